"""The figures as rows and as a workbook: the numbers of the page, and none besides."""

import csv
import io
import re
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.test import Client

from casework.models import Agency, AuditEntry, Unit, User
from casework.panels import read, sheets
from casework.panels.panel import Cell, Panel, Part, Row, Table
from tests.casework import figures_scene as scene
from tests.casework.court_stories import Pair

Enter = Callable[[User], Client]
FEW = "too few to tell"


@pytest.fixture
def six(investigator: User, prosecutor: User) -> Pair:
    return scene.six(Pair(investigator, prosecutor))


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/figures/figures.csv?{query}")
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def book(client: Client, query: str = "") -> dict[str, list[tuple[object, ...]]]:
    content = client.get(f"/figures/figures.xlsx?{query}").content
    found = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.values) for sheet in found}


def value(found: list[dict[str, str]], row: str, column: str) -> str:
    return next(one["value"] for one in found if one["row"] == row and one["column"] == column)


def test_each_row_has_its_number_and_the_whole_question(six: Pair, sign_in: Enter) -> None:
    found = rows(sign_in(six.prosecutor), "as_at=2021-12-31&tier=port")
    assert value(found, "After appeals", "Convicted") == "2"
    assert value(found, "After appeals", "Of") == "6"
    assert value(found, "After appeals", "Share") == "0.3333"
    for row in found:
        assert row["As at"] == "2021-12-31"
        assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d", row["Known at"])
        assert row["Tier"] == "trafficking through a port"
        assert row["Whose cases"] == "The cases that the reader may open"


def test_all_panels_are_in_the_rows(six: Pair, sign_in: Enter) -> None:
    named = {row["panel"] for row in rows(sign_in(six.prosecutor))}
    assert named >= {str(title) for title, _read in read.PANELS.values()} - {"By port"}


def test_the_workbook_has_a_sheet_for_each_panel_with_question_and_dates(
    six: Pair, sign_in: Enter
) -> None:
    found = book(sign_in(six.prosecutor), "unit=cases&cohort=filed")
    assert len(found) == len(read.PANELS) + 1
    for lines in found.values():
        said = {line[0]: line[1] for line in lines[2:9]}
        assert said["What is counted"] == "Cases"
        assert said["As at"]
        assert said["Known at"]
    (after,) = (line for line in found["How many were convicted"] if line[0] == "After appeals")
    assert after[1:3] == (1, 6)
    assert any(line[0] == "Withdrawn" for line in found["How it is counted"])


def test_what_the_page_does_not_tell_is_a_word_in_every_export(six: Pair, sign_in: Enter) -> None:
    client = sign_in(scene.three_of_poaching(six).prosecutor)
    found = [row for row in rows(client) if row["panel"] == "By tier" and row["row"] == "Poaching"]
    told = {row["column"]: row["value"] for row in found}
    assert told.pop("Accused") == "3"
    assert told.pop("Convicted") == FEW
    assert set(told.values()) == {"\N{EN DASH}"}
    (line,) = (line for line in book(client)["By tier"] if line[0] == "Poaching")
    assert [cell for cell in line[1:] if isinstance(cell, int | float)] == [3]


@pytest.mark.parametrize("query", ["", "tier=poaching", "unit=counts&cohort=filed"])
def test_no_export_holds_a_number_that_the_page_does_not(
    six: Pair, sign_in: Enter, query: str
) -> None:
    client = sign_in(scene.three_of_poaching(six).prosecutor)
    on_pages = {
        cell
        for key in read.PANELS
        for cell in cells(client.get(f"/figures/panels/{key}/?{query}").context["panel"])
    }
    for row in rows(client, query):
        assert (row["panel"], row["table"], row["row"], row["column"], row["value"]) in on_pages


def cells(panel: Panel) -> Iterator[tuple[str, ...]]:
    """What the page has drawn, as the rows of the export name it."""
    for table in panel.tables:
        for name, found in table.lines:
            for word, cell in found:
                told = cell.text if cell.value is None else str(cell.value)
                yield panel.title, table.title, name.text, word, sheets.safe(told)


def test_no_export_names_a_person_or_a_case(six: Pair, sign_in: Enter) -> None:
    client = sign_in(six.prosecutor)
    text = client.get("/figures/figures.csv").content.decode()
    text += str(book(client))
    for name in ("Benson", "Tsofa", "Wekesa", "Ivory in tea", "WS-"):
        assert name not in text
    assert not re.search(r"KE-\w+-20\d\d-\d+", text)


def test_a_manager_exports_the_figures_of_the_agency(
    six: Pair, wildlife: Agency, store_unit: Unit, sign_in: Enter
) -> None:
    found = rows(sign_in(scene.counting_manager(wildlife, store_unit)))
    assert value(found, "After appeals", "Of") == "6"
    assert found[0]["Whose cases"].startswith("All cases of Wildlife Service")


def test_an_outsider_exports_nothing_whatever_there_is(
    outsider: User, investigator: User, prosecutor: User, sign_in: Enter
) -> None:
    client = sign_in(outsider)

    def told() -> list[tuple[str, ...]]:
        return [(row["panel"], row["row"], row["column"], row["value"]) for row in rows(client)]

    before = told()
    scene.six(Pair(investigator, prosecutor))
    assert told() == before


def test_each_export_is_in_the_audit(investigator: User, sign_in: Enter) -> None:
    client = sign_in(investigator)
    for name in ("figures.csv", "figures.xlsx"):
        client.get(f"/figures/{name}?unit=cases")
    found = AuditEntry.objects.filter(action="figures.export", actor=investigator).order_by("pk")
    assert [(entry.detail["form"], entry.detail["question"]) for entry in found] == [
        ("csv", "unit=cases"),
        ("xlsx", "unit=cases"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    table = Table(text, (text, text), (Row(Cell(text), (Cell(text),)),), note=text)
    panel = Panel("a", "Panel", parts=(Part(table),), definitions=((text, text),))
    content = sheets.workbook([panel], text, [(text, text)], "Words")
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
            assert all(str(cell.value or "'")[0] in "'PW" for cell in row)
    for line in sheets.lines([panel], [(text, text)], ("panel", text)):
        assert all(word.startswith(("'", "P", "p")) for word in line)


def test_a_sheet_is_named_as_a_workbook_can_name_it() -> None:
    title = "Why [hearings]: were adjourned / and on whose side?"
    content = sheets.workbook([Panel("a", title)], "q", [], "Words")
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names == ["Why hearings were adjourned  an", "Words"]
