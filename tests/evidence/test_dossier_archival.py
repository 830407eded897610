"""Volumes are PDF/A-2b, said by veraPDF; what each says of itself agrees with its description."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pikepdf
import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageCms

from evidence.dossier import archival, colour, numbering, pages
from evidence.dossier.pages import Built
from evidence.dossier.sheet import Sheet, Signature, write
from evidence.dossier.volume import About
from tests.evidence import dossier_snapshot, test_dossier_pages, verapdf
from tests.evidence.dossier_snapshot import Pictures

pytestmark = pytest.mark.usefixtures("faces")
SCRIPTS = "Nguyễn Đức Thắng, Ольга Щукина, Ωνάσης, محمد عبد الرحمن 12/2024, مُحَمَّد, 王伟, አማ, 🐘 <b>"
SHEET = Sheet(
    reference="KE-1", number="Draft 1", agency="Wildlife Service", title=f"Certificate {SCRIPTS}",
    paragraphs=(SCRIPTS,), signatures=(Signature("Officer"),),
)  # fmt: skip


@pytest.fixture
def rich(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    """Every script, photographs, and many volumes."""
    monkeypatch.setattr(numbering, "MOST_PAGES", 9)
    pictures = Pictures()
    taken = dossier_snapshot.snapshot(pictures)
    party = replace(taken.parties[0], name=SCRIPTS)
    taken = replace(taken, title=SCRIPTS, parties=(party, *taken.parties[1:]), summary=SCRIPTS * 9)
    return pages.build(taken, pictures, tmp_path)


@pytest.fixture
def hostile(tmp_path: Path) -> list[Path]:
    """Markup, controls, marks of direction and several scripts in every field."""
    pictures, text = Pictures(), " ".join(test_dossier_pages.HOSTILE[:4])
    taken = test_dossier_pages.spoilt(dossier_snapshot.snapshot(pictures, 1), text)
    return [volume.path for volume in pages.build(taken, pictures, tmp_path).volumes]


def test_every_volume_of_a_rich_dossier_is_archival(rich: Built) -> None:
    paths = [volume.path for volume in rich.volumes]
    assert len(paths) > 2
    assert all(volume.claims_archival for volume in rich.volumes)
    assert verapdf.broken_rules(paths) == {path: [] for path in paths}


def test_hostile_texts_leave_a_volume_archival(hostile: list[Path], tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    with paper.open("wb") as out:
        write(SHEET, out)
    paths = [paper, *hostile]
    assert verapdf.broken_rules(paths) == {path: [] for path in paths}


def test_a_volume_that_lost_its_colours_or_a_face_is_refused(rich: Built, tmp_path: Path) -> None:
    path = rich.volumes[0].path
    plain, faceless = tmp_path / "plain.pdf", tmp_path / "faceless.pdf"
    with pikepdf.open(path) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(plain)
    with pikepdf.open(path) as pdf:
        face = next(iter(pdf.pages[0].Resources.Font.values()))
        del face.DescendantFonts[0].FontDescriptor.FontFile2
        pdf.save(faceless)
    found = verapdf.broken_rules([plain, faceless])
    assert "6.2.4.3-2" in found[plain]
    assert "6.2.11.4.1-1" in found[faceless]


def test_qpdf_finds_nothing_wrong(rich: Built) -> None:
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    for volume in rich.volumes:
        subprocess.run(["qpdf", "--check", str(volume.path)], check=True, capture_output=True)


def texts(packet: Element) -> Iterator[str]:
    return (said.strip() for said in packet.itertext() if said.strip())


def test_metadata_say_what_the_description_says(rich: Built) -> None:
    with pikepdf.open(rich.volumes[0].path) as pdf:
        info, said = pdf.docinfo, list(texts(fromstring(pdf.Root.Metadata.read_bytes())))
        assert str(info.Title) in said
        assert str(info.Author) in said
        assert str(pdf.Root.Lang) in said
        digits = "".join(re.findall(r"\d+", str(info.CreationDate)))[:14]
        made_at = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        assert made_at.isoformat() in said


def test_a_title_is_text_in_the_metadata() -> None:
    title = 'A <rdf:li> & "B" \x07\ufffe ]]>'
    packet = archival.metadata(About(title=title, author="", subject=""))
    assert 'A <rdf:li> & "B"  ]]>' in list(texts(fromstring(packet.encode())))


def test_the_colours_are_those_of_a_screen() -> None:
    ours = ImageCms.ImageCmsProfile(BytesIO(colour.profile()))
    theirs = ImageCms.createProfile("sRGB")
    through = ImageCms.buildTransform(ours, theirs, "RGB", "RGB")
    for shade in [(0, 0, 0), (255, 255, 255), (200, 30, 60), (9, 128, 240)]:
        seen = ImageCms.applyTransform(Image.new("RGB", (1, 1), shade), through)
        assert seen is not None
        pixel = seen.getpixel((0, 0))
        assert isinstance(pixel, tuple)
        assert all(abs(a - b) <= 1 for a, b in zip(pixel, shade, strict=True))
