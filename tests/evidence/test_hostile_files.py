"""Evidence can be hostile: it is kept as it came, never run, never rendered as itself."""

import io
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from casework.models import Case, User
from evidence import files
from evidence.filestore import file_names, images, restricted
from evidence.filestore.images import NotShown
from evidence.models import Attachment, StoredFile
from evidence.sealed import limits
from tests.evidence.acts import text
from tests.evidence.pictures import jpeg, upload

SignIn = Callable[[User], Client]
DATA = Path(os.environ.get("CASEWORK_TEST_DATA", Path(__file__).parents[3] / "shared/data"))


def gif_with_script() -> bytes:
    return b"GIF89a/*" + b"\x00" * 4 + b"*/=1;alert(document.domain)//"


def svg() -> bytes:
    return (
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)</script></svg>"
    )


def html_in_jpeg() -> bytes:
    return jpeg() + b"<html><script>alert(1)</script></html>"


def zip_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\x00" * (50 << 20))
    return target.getvalue()


def pdf(*objects: bytes) -> bytes:
    """A PDF with these objects, numbered from 1; the first is its catalogue."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(body),
    )
    return body + table + end


def stream(content: bytes, extra: bytes = b"", times: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(content) for _ in range(times)) + packer.flush()
    head = b"<</Length %d/Filter/FlateDecode%s>>\nstream\n" % (len(packed), extra)
    return head + packed + b"\nendstream"


def pdf_bomb() -> bytes:
    """A page whose picture claims to be huge and whose content unpacks without end."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"q 600 0 0 800 0 0 cm /I Do Q " * 2_000_000),
        stream(b"\xff" * (300 << 20), b"/Type/XObject/Subtype/Image/Width 60000/Height 60000"
               b"/ColorSpace/DeviceRGB/BitsPerComponent 8"),
    )  # fmt: skip


def pdf_of_spaces() -> bytes:
    """A page of 700 MB of nothing in 700 kB; drawn without walls it takes 1.4 GB."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        stream(b" " * (1 << 20), times=700),
    )


def pdf_that_acts() -> bytes:
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )


def pdf_and_zip() -> bytes:
    target = io.BytesIO(pdf_that_acts())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("run.js", "alert(1)")
    return target.getvalue()


def tiff_without_end() -> bytes:
    """Its directory points at itself."""
    return (
        b"II*\x00\x08\x00\x00\x00\x01\x00"
        + b"\x00\x01\x04\x00\x01\x00\x00\x00"
        + b"\xff" * 4
        + b"\x08\x00\x00\x00"
    )


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "gif and script": (gif_with_script(), "image/gif"),
    "active drawing": (svg(), "text/plain"),
    "page in a photograph": (html_in_jpeg(), "image/jpeg"),
    "page": (b"<!doctype html><script>alert(1)</script>", "text/plain"),
    "archive that unpacks far": (zip_bomb(), DOCX),
    "paper and archive": (pdf_and_zip(), "application/pdf"),
    "paper that acts": (pdf_that_acts(), "application/pdf"),
    "broken paper": (b"%PDF-1.7\n" + b"\x00\xff" * 500, "application/pdf"),
    "paper cut off": (pdf_that_acts()[:90], "application/pdf"),
    "broken office file": (b"PK\x03\x04" + b"\xff" * 26 + b"word/document.xml" + b"\x00" * 99,
                           DOCX),
    "program": (b"MZ\x90\x00" + b"\x00" * 60, "application/x-msdownload"),
    "directory that points at itself": (tiff_without_end(), "image/tiff"),
}  # fmt: skip


def keep(case: Case, actor: User, content: bytes, name: str = "x.bin") -> Attachment:
    return files.attach(case, upload=upload(content, name), kind="other", actor=actor)


def get(browser: Client, name: str, of: Attachment, *more: int) -> Any:
    return browser.get(reverse(f"evidence:{name}", args=[of.case.reference, of.pk, *more]))


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_kept_as_it_came_and_leaves_as_a_download(
    kind: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    content, media_type = HOSTILE[kind]
    kept = keep(case, investigator, content, "evil.html")
    assert kept.file.media_type == media_type
    browser = sign_in(investigator)
    answer = get(browser, "file-download", kept)
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="evil.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert get(browser, "file", kept).status_code == 200


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_page_shows_it_redrawn_or_says_why_not(
    kind: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    kept = keep(case, investigator, HOSTILE[kind][0])
    answer = get(sign_in(investigator), "file-image", kept, 400)
    assert "sandbox" in answer["Content-Security-Policy"]
    if answer.status_code == 200:
        assert answer["Content-Type"] == "image/jpeg"
        assert Image.open(io.BytesIO(answer.content)).format == "JPEG"
        assert b"script" not in answer.content
    else:
        assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain")


def test_a_paper_that_unpacks_without_end_stops_at_the_walls(
    case: Case, investigator: User
) -> None:
    kept = keep(case, investigator, pdf_bomb())
    began = time.monotonic()
    with suppress(NotShown):
        assert images.preview(kept.file, 400).stat().st_size < 100_000
    assert time.monotonic() - began < restricted.SECONDS + 5


MOST_MEMORY = """
import contextlib, pathlib, resource, sys
sys.path.append({root!r})
from evidence.filestore import restricted
with contextlib.suppress(restricted.Failed):
    restricted.run("page", pathlib.Path({path!r}), number=1, edge=400, quality=80)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def test_a_paper_that_unpacks_without_end_takes_the_memory_of_the_walls_at_most(
    tmp_path: Path,
) -> None:
    """Started by a small process: the kernel counts to a child what its parent held until then."""
    (tmp_path / "paper").write_bytes(pdf_of_spaces())
    program = MOST_MEMORY.format(root=str(restricted.ROOT), path=str(tmp_path / "paper"))
    most = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=True, timeout=60
    )
    assert 0 < int(most.stdout) <= limits.MEMORY


def test_a_picture_of_many_frames_or_layers_is_one_picture(case: Case, investigator: User) -> None:
    target = io.BytesIO()
    frames = [Image.new("P", (600, 600), n) for n in range(40)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    kept = keep(case, investigator, target.getvalue())
    with Image.open(images.preview(kept.file, 400)) as shown:
        assert getattr(shown, "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/absolute/path.jpg", "path.jpg"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("a\x00b\nc\r\nSet-Cookie: x.pdf", "abcSet-Cookie: x.pdf"),
        ("..", "file"),
        (".htaccess", "htaccess"),
        ("tusk\u200b\u2066.jpg", "tusk.jpg"),
        ("x" * 5000 + ".jpeg", "x" * 195 + ".jpeg"),
        ("象牙 \u0622\u062c.jpg", "象牙 \u0622\u062c.jpg"),
        ("CON.txt", "CON.txt"),
        ("", "file"),
    ],
)
def test_a_name_is_shown_as_it_reads_and_never_a_path(
    name: str, shown: str, case: Case, investigator: User, sign_in: SignIn
) -> None:
    kept = keep(case, investigator, b"words", name)
    assert kept.name == shown == file_names.clean(name)
    answer = get(sign_in(investigator), "file-download", kept)
    header = answer["Content-Disposition"]
    assert header.startswith("attachment")
    assert "\r" not in header + "".join(answer.headers.keys())
    assert "\n" not in header
    assert "Set-Cookie" not in answer.headers
    stored = [path.name for path in Path(files.path_of(kept.file.digest)).parent.iterdir()]
    assert stored == [kept.file.digest]


def test_markup_in_a_name_is_text(case: Case, investigator: User, sign_in: SignIn) -> None:
    kept = keep(case, investigator, b"words", '"><img src=x onerror=alert(1)>.txt')
    page = text(get(sign_in(investigator), "file", kept))
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_two_files_of_one_digest_are_two_records_and_one_set_of_bytes(
    case: Case, investigator: User
) -> None:
    first = keep(case, investigator, b"same", "a.txt")
    second = keep(case, investigator, b"same", "b.txt")
    assert first.file == second.file
    assert StoredFile.objects.count() == 1
    assert {row.name for row in Attachment.objects.all()} == {"a.txt", "b.txt"}


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["pdf", "images", "office", "email"])
def test_real_files_are_kept_and_drawn_or_refused_with_a_reason(
    folder: str, case: Case, investigator: User
) -> None:
    paths = sorted((DATA / "files" / folder).glob("*")) if (DATA / "files").is_dir() else []
    if not paths:
        pytest.skip(f"set CASEWORK_TEST_DATA: there is no files/{folder} in it")
    reasons = {str(words) for words in images.REASONS.values()} | {"Only photographs"}
    for path in paths:
        kept = keep(case, investigator, path.read_bytes(), path.name)
        try:
            images.preview(kept.file, 400)
        except NotShown as refused:
            said = str(refused.message)
            assert said in reasons or said.startswith("Only photographs"), path.name
