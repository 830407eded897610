"""The pages: the same bytes each time, right page numbers, and nothing typed can harm them."""

import io
import json
import os
import re
import tempfile
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from evidence.dossier import pages, snapshot
from evidence.dossier.pages import Built
from tests.evidence import dossier_snapshot
from tests.evidence.dossier_snapshot import Pictures

pytestmark = pytest.mark.usefixtures("faces")
DATA = Path(os.environ.get("CASEWORK_TEST_DATA", Path(__file__).parents[3] / "shared/data"))
HOSTILE = [
    '<b>bold</b><img src="http://127.0.0.1:9/x.png"/><a href="javascript:1">x</a>',
    "&nbsp;&#0;&undefined; ]]> <!-- <para> </para>",
    "abc\u202e\u2066fed\u200f\u0000\u0007\ufeff",
    "مرحبا 王伟 🐘 \U0010ffff e\u0301\u0301\u0301",
    "x" * 900,
    "line\r\nline\tline\x0bline\u2028line",
    "'; DROP TABLE exhibits; -- {{ 7*7 }} %s %(x)s ${x}",
]


def build(taken: snapshot.Snapshot, pictures: Pictures) -> tuple[bytes, Built]:
    with tempfile.TemporaryDirectory() as folder:
        built = pages.build(taken, pictures, Path(folder))
        return built.volumes[0].path.read_bytes(), built


@cache
def example() -> tuple[bytes, Built]:
    pictures = Pictures()
    return build(dossier_snapshot.snapshot(pictures), pictures)


@cache
def read(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_the_same_snapshot_gives_the_same_bytes() -> None:
    first, _built = example()
    pictures = Pictures()
    again, _built = build(dossier_snapshot.snapshot(pictures), pictures)
    assert again == first


def test_another_snapshot_gives_another_digest() -> None:
    taken = dossier_snapshot.snapshot(Pictures())
    other = replace(taken, summary=taken.summary + ".")
    assert snapshot.digest(taken) != snapshot.digest(other)


def numbers_beside_links(page: PageObject) -> list[tuple[str, str]]:
    """The anchor that each number of a page leads to, and the number that stands in its place."""
    words: list[tuple[float, float, str]] = []

    def visit(text: str, moved: Any, matrix: Any, _font: Any, _size: Any) -> None:
        words.append((matrix[4] + moved[4], matrix[5] + moved[5], text.strip()))

    page.extract_text(visitor_text=visit)
    found = []
    for annotation in page.get("/Annots", []):
        left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
        inside = [said for x, y, said in words if left < x < right and bottom < y < top]
        found += [(str(annotation["/A"]["/D"]), said) for said in inside if said.isdecimal()]
    return found


def test_the_page_numbers_of_the_index_are_right() -> None:
    data, built = example()
    reader = PdfReader(io.BytesIO(data))
    found = [pair for page in reader.pages[:9] for pair in numbers_beside_links(page)]
    assert {"charges", "chronology", "exhibit.2", "party.1", "certificate"} <= dict(found).keys()
    for key, said in found:
        destination = reader.named_destinations[key]
        page = reader.get_destination_page_number(destination)
        assert reader.page_labels[page or 0] == said == str(built.page_of[key])


def test_bookmarks_lead_to_the_same_pages() -> None:
    data, built = example()
    reader = PdfReader(io.BytesIO(data))
    found = {
        item.title: reader.get_destination_page_number(item)
        for item in reader.outline
        if not isinstance(item, list)
    }
    assert found["Chronology"] == built.page_of["chronology"] - 1
    assert found["Certificate"] == built.pages - 1


def test_the_total_stands_on_the_last_page_only() -> None:
    data, built = example()
    last = PdfReader(io.BytesIO(data)).pages[-1].extract_text(extraction_mode="layout")
    assert re.search(rf"Last page +{built.pages}\n", last)
    assert not any(f"of {built.pages}" in text for text in read(data))


def test_every_page_carries_its_number_and_the_case() -> None:
    data, built = example()
    assert len(read(data)) == built.pages
    for number, text in enumerate(read(data), start=1):
        assert "KE-MSA-2024-0031" in text
        assert str(number) in text.split()


def test_every_face_is_embedded() -> None:
    data, _built = example()
    assert b"/Helvetica" not in data
    assert b"/Times" not in data
    assert data.count(b"/FontFile2") >= 6


def test_a_custody_report_names_both_sides_and_the_digest() -> None:
    data, built = example()
    report = "\n".join(read(data)[built.page_of["custody.0"] - 1 : built.page_of["exhibit.1"] - 1])
    flat = " ".join(report.split())
    assert "Acknowledged by Joseph Kilonzi, from Sgt Amina Wekesa" in flat
    assert "WS-1182" in flat
    assert dossier_snapshot.digest_of("E14") in report
    assert "nobody has acknowledged it" in flat


def test_what_a_refuser_read_is_not_how_the_exhibit_stands() -> None:
    pictures = Pictures()
    taken = dossier_snapshot.snapshot(pictures, 1)
    (told,) = taken.exhibits
    refused = replace(
        told.events[-1], sequence=99, kind="refused", title="Refused", seal_number="XX-9 000999",
        new_seal_number="", seal_intact=False, count=77, weight_mg=9_900_000,
    )  # fmt: skip
    data, built = build(
        replace(taken, exhibits=(replace(told, events=(*told.events, refused)),)), pictures
    )
    listed, chapter = (read(data)[built.page_of[key] - 1] for key in ("exhibits", "exhibit.0"))
    assert "000999" not in listed
    assert "9.9" not in listed
    assert "intact at last reading" in chapter


def test_a_picture_that_cannot_be_shown_becomes_a_slip() -> None:
    pictures = Pictures()
    taken = dossier_snapshot.snapshot(pictures, 1)
    pictures.bytes = dict.fromkeys(pictures.bytes, b"broken")
    data, built = build(taken, pictures)
    text = read(data)[built.page_of["exhibit.0"] - 1]
    assert text.count("This picture cannot be shown.") == 2
    lost, _built = build(taken, lambda digest: None)  # type: ignore[arg-type]
    assert "or are missing" in " ".join("".join(read(lost)).split())


def test_an_empty_case_still_makes_a_dossier() -> None:
    empty = replace(
        dossier_snapshot.snapshot(Pictures()), accused=(), proceedings=(), seizures=(),
        consignments=(), parties=(), exhibits=(), summary="", court_file="", addressed_to="",
    )  # fmt: skip
    data, _built = build(empty, Pictures())
    assert "No summary of facts is on the record." in read(data)[1]


def spoilt(value: Any, text: str) -> Any:
    """The same snapshot with every typed text replaced."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(spoilt(item, text) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: spoilt(getattr(value, field.name), text)
            for field in fields(value)
            if field.name not in FIXED
        }
        return replace(value, **changed)
    return value


FIXED = {
    "zone",
    "digest",
    "root",
    "previous_root",
    "state",
    "standing",
    "fingerprint",
    "kind",
    "key",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_printed_as_text(text: str) -> None:
    pictures = Pictures()
    taken = spoilt(dossier_snapshot.snapshot(pictures, 1), text)
    data, built = build(taken, pictures)
    assert built.pages == len(read(data))
    assert b"/URI" not in data
    assert b"/JavaScript" not in data


def test_a_text_of_a_hundred_pages_is_laid_out() -> None:
    pictures = Pictures()
    long = "The witness said so. " * 20_000
    taken = replace(dossier_snapshot.snapshot(pictures, 1), summary=long + "x" * 50_000)
    _data, built = build(taken, pictures)
    assert built.pages > 100


def test_the_list_of_naughty_strings_is_printed() -> None:
    path = DATA / "files/strings/blns.json"
    if not path.is_file():
        pytest.skip("the test data are not beside the repository")
    strings = [text for text in json.loads(path.read_text("utf-8")) if text.strip()]
    pictures = Pictures()
    taken = dossier_snapshot.snapshot(pictures, 1)
    facts = tuple(
        replace(taken.parties[0].facts[0], value=text, source=text, method=text) for text in strings
    )
    party = replace(taken.parties[0], name=strings[0], facts=facts)
    data, _built = build(replace(taken, parties=(party,), summary="\n".join(strings)), pictures)
    assert len(read(data)) > 10
