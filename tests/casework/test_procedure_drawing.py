"""The drawing in the documentation and the table that judges change together."""

import re
from pathlib import Path
from xml.etree import ElementTree

from casework.procedure import drawing, machine
from casework.procedure.states import State, Step

DOCS = Path(__file__).resolve().parents[2] / "docs"
REDRAW = "python -m casework.procedure.drawing > docs/images/procedure.svg"


def test_the_picture_is_the_table() -> None:
    assert (DOCS / "images" / "procedure.svg").read_text() == drawing.svg(), REDRAW


def test_the_document_lists_every_step() -> None:
    assert drawing.table() in (DOCS / "procedure.md").read_text()
    assert "images/procedure.svg" in (DOCS / "procedure.md").read_text()


def test_every_row_of_the_table_stands_in_the_picture() -> None:
    root = ElementTree.fromstring(drawing.svg())  # noqa: S314  made here
    titles = "; ".join(str(one.text) for one in root.iter() if one.tag.endswith("title"))
    drawn = {
        (source, step)
        for part in titles.split("; ")
        for source in re.split(", ", part.split(": ")[0])
        for step in [part.split(": ")[1]]
    }
    kept = {
        (drawing.name(of), drawing.name(one))
        for of, all_ in drawing.stays().items()
        for one in all_
    }
    expected = {(drawing.name(of), drawing.name(step)) for of, step in machine.TABLE}
    assert drawn | kept == expected


def test_every_state_has_its_place() -> None:
    assert set(drawing.PLACES) == set(State)
    assert all(drawing.name(step) for step in Step)
