"""What a camera wrote: kept in the file, shown on its page, in nothing made for the public."""

import io
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin

from casework.models import AuditEntry, Case, User
from evidence import files
from evidence.filestore import acquisitions, camera_notes, file_page, images
from evidence.filestore.acquisitions import Statement
from evidence.models import Attachment
from tests.evidence.acts import text
from tests.evidence.pictures import upload
from tests.evidence.test_dossier_pictures import DATA

SignIn = Callable[[User], Client]
SECRETS = (b"secret", b"Examplecam", b"Exif", b"http://ns.adobe", b"ICC_PROFILE", b"Photoshop")


def with_notes() -> bytes:
    """A photograph with everything that could give somebody away, all of it invented."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x010E] = "Examplecam", "X 100", "secret description"
    exif[0x9286] = b"ASCII\0\0\0secret comment"
    place = exif.get_ifd(0x8825)
    place.update({1: "S", 2: (4.0, 2.0, 36.6), 3: "E", 4: (39.0, 40.0, 5.52), 6: 12.0})
    place.update({7: (2.0, 40.0, 12.0), 29: "2026:03:14"})
    camera = exif.get_ifd(0x8769)
    camera.update({0x9003: "2026:03:14 05:40:12", 0xA431: "secret-serial", 0xA434: "28 mm"})
    target = io.BytesIO()
    Image.effect_noise((64, 48), 50).convert("RGB").save(
        target, "JPEG", exif=exif, comment=b"secret comment",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret http://ns.adobe</x:xmpmeta>",
    )  # fmt: skip
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0dsecret byline"
    content = target.getvalue()
    marker = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return content[:2] + marker + content[2:] + b"secret after the end"


def segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment of a JPEG before its first scan."""
    at = 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        yield content[at + 1], content[at + 4 : at + 2 + length]
        at += 2 + length


def assert_bare(content: bytes) -> None:
    """Only what a decoder needs: tables, the frame, the plain JFIF head; nothing after the end."""
    assert content.startswith(b"\xff\xd8")
    assert content.endswith(b"\xff\xd9")
    for marker, body in segments(content):
        assert marker in (0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD), f"segment {marker:x}"
        assert marker != 0xE0 or (body[:5] == b"JFIF\0" and len(body) == 14)
    assert not [word for word in SECRETS if word in content]


def kept(case: Case, actor: User, content: bytes, name: str = "p.jpg") -> Attachment:
    return files.attach(case, upload=upload(content, name), kind="photograph", actor=actor)


@pytest.fixture
def photo(case: Case, investigator: User) -> Attachment:
    return kept(case, investigator, with_notes())


def public(browser: Client, photo: Attachment) -> bytes:
    url = reverse("evidence:file-public", args=[photo.case.reference, photo.pk])
    answer = browser.get(url)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file


def test_the_photograph_of_the_test_has_it_all() -> None:
    content = with_notes()
    assert [word for word in SECRETS if word in content] == list(SECRETS)


def test_a_public_copy_has_no_metadata_of_any_kind(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    copy = public(sign_in(investigator), photo)
    assert_bare(copy)
    assert Image.open(io.BytesIO(copy)).size == (64, 48)
    original = files.path_of(photo.file.digest).read_bytes()
    assert not [word for word in SECRETS if word not in original]  # kept as it came


@pytest.mark.parametrize("size", images.SIZES)
def test_what_pages_show_has_no_metadata(size: int, photo: Attachment) -> None:
    assert_bare(images.preview(photo.file, size).read_bytes())


def test_texts_in_a_png_stay_behind(case: Case, investigator: User) -> None:
    notes, target = PngImagePlugin.PngInfo(), io.BytesIO()
    notes.add_text("Comment", "secret words")
    notes.add_itxt("XML:com.adobe.xmp", "secret http://ns.adobe")
    Image.new("RGB", (9, 9)).save(target, "PNG", pnginfo=notes)
    assert_bare(images.public_copy(kept(case, investigator, target.getvalue()).file).read_bytes())


@pytest.mark.parametrize("name", ["jpg_gps_DSCN0010.jpg", "heic_IMG_5195.HEIC"])
def test_a_real_photograph_tells_its_place_and_its_copy_does_not(
    name: str, case: Case, investigator: User
) -> None:
    path = DATA / "files" / "images" / name
    if not path.is_file():
        pytest.skip(f"{name} is not in the folder of test data")
    photo = kept(case, investigator, path.read_bytes(), name)
    notes = camera_notes.read(photo, None)
    assert notes is not None
    assert notes.has_position
    assert notes.taken_at is not None
    assert_bare(images.public_copy(photo.file).read_bytes())


def test_the_page_shows_time_camera_and_place(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    url = reverse("evidence:file", args=[photo.case.reference, photo.pk])
    page = text(sign_in(investigator).get(url))
    assert "2026:03:14 05:40:12" in page
    assert "Examplecam X 100" in page
    assert "4.043500° S, 39.668200° E" in page
    assert 'href="geo:-4.0435,39.6682"' in page
    assert "the camera named no zone" in page


def test_a_public_copy_is_audited_with_both_digests(
    photo: Attachment, investigator: User, sign_in: SignIn
) -> None:
    public(sign_in(investigator), photo)
    entry = AuditEntry.objects.get(action="file.public_copy")
    assert entry.detail["digest"] == photo.file.digest
    assert len(entry.detail["public_digest"]) == 64


def test_a_camera_whose_clock_is_wrong_is_told_and_explained(
    photo: Attachment, investigator: User
) -> None:
    taken = datetime(2026, 3, 14, 1, 40, 12, tzinfo=UTC)  # the camera said 02:40:12 in UTC
    zone = "Africa/Nairobi"
    said = Statement(method="camera", acquired_at=taken, time_zone=zone)
    notes = camera_notes.read(photo, acquisitions.acquire(photo, said, actor=investigator))
    assert notes is not None
    assert notes.difference == timedelta(hours=1)
    assert notes.unexplained == timedelta(hours=1)
    said = Statement(method="camera", acquired_at=taken, time_zone=zone, clock_offset=3600)
    explained = camera_notes.read(photo, acquisitions.acquire(photo, said, actor=investigator))
    assert explained is not None
    assert explained.unexplained is None


def test_a_camera_that_names_itself_otherwise_is_told(
    photo: Attachment, investigator: User
) -> None:
    said = Statement(method="camera", device_make="Another", device_model="Z 9")
    notes = camera_notes.read(photo, acquisitions.acquire(photo, said, actor=investigator))
    assert notes is not None
    assert notes.is_of_another_device


@pytest.mark.parametrize(
    "place",
    [
        {1: "N", 2: (400.0, 0.0, 0.0), 3: "E", 4: (1.0, 1.0, 1.0)},
        {1: "N", 2: (1.0, 0.0), 3: "E", 4: (1.0, 1.0, 1.0)},
        {1: "N", 3: "E"},
    ],
)
def test_a_place_that_is_none_is_left_out(
    place: dict[int, object], case: Case, investigator: User
) -> None:
    exif, target = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8825).update(place)
    exif[0x0110] = "a\u202eb\x00\x07<script>"
    Image.new("RGB", (9, 9)).save(target, "JPEG", exif=exif)
    notes = camera_notes.read(kept(case, investigator, target.getvalue()), None)
    assert notes is not None
    assert not notes.has_position
    assert "\u202e" not in notes.device
    assert "\x07" not in notes.device


def test_a_document_has_no_public_copy(case: Case, investigator: User, sign_in: SignIn) -> None:
    paper = kept(case, investigator, b"plain words", "a.txt")
    url = reverse("evidence:file-public", args=[case.reference, paper.pk])
    answer = sign_in(investigator).get(url)
    assert answer.status_code == 422
    assert "Only photographs" in text(answer)


def test_the_pages_of_a_paper_are_drawn_and_counted(case: Case, investigator: User) -> None:
    path = Path(DATA) / "files" / "pdf" / "pypdf_multicolumn.pdf"
    if not path.is_file():
        pytest.skip("the PDF is not in the folder of test data")
    paper = kept(case, investigator, path.read_bytes(), "r.pdf")
    case.granted_actions = frozenset()  # as get_case sets them
    page = file_page.read(paper, investigator, page=2)
    assert (page.page_count, page.not_shown, list(page.pages)) == (3, "", [1, 2, 3])
    assert_bare(images.preview(paper.file, 400, 2).read_bytes())
    assert file_page.read(paper, investigator, page=9).not_shown
