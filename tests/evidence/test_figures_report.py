"""The printable report of the figures: question, panels, definitions, page numbers, no names."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client

from casework.charts.bars import Bar, bars
from casework.models import AuditEntry, User
from casework.panels import read
from casework.panels.panel import Big, Cell, Panel, Part, Row, Table
from evidence.dossier import fonts
from evidence.reporting.report import Report, write
from tests.casework import figures_scene as scene
from tests.casework.court_stories import Pair

Enter = Callable[[User], Client]


@pytest.fixture
def six(investigator: User, prosecutor: User) -> Pair:
    return scene.six(Pair(investigator, prosecutor))


def pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as found:
        texts = [page.get_textpage().get_text_range() for page in found]
    return [re.sub(r"\s+", " ", text) for text in texts]


def report(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/figures/report.pdf?{query}")
    assert answer["Content-Type"] == "application/pdf"
    return pages(answer.content)


def test_the_report_says_question_figures_and_definitions(six: Pair, sign_in: Enter) -> None:
    found = report(sign_in(six.prosecutor), "unit=cases&cohort=filed")
    first, whole = found[0], " ".join(found)
    assert "Cases, filed in any year, all tiers, as at" in first
    assert "Known at" in first
    assert "The cases that the reader may open" in first
    assert "17 % 1 / 6 cases" in whole
    for title, _read in read.PANELS.values():
        assert str(title) in whole
    assert whole.index("At least one count ends in a conviction.") > whole.index("By port")
    assert whole.count("At least one count ends in a conviction.") == 1
    assert all(str(number) in text.split() for number, text in enumerate(found, 1))


def test_the_report_tells_no_small_group(six: Pair, sign_in: Enter) -> None:
    client = sign_in(scene.three_of_poaching(six).prosecutor)
    whole = " ".join(report(client))
    assert re.search(r"Poaching 3 too few to tell \N{EN DASH}", whole)
    assert "Poaching 3 3" not in whole
    alone = " ".join(report(client, "tier=poaching"))
    assert "too few to tell: 3 accused" in alone
    assert "100 %" not in re.sub(r"Seized \d+ 100 %", "", alone)


def test_the_report_names_no_person_and_no_case(six: Pair, sign_in: Enter) -> None:
    whole = " ".join(report(sign_in(six.prosecutor)))
    for name in ("Benson", "Tsofa", "Wekesa", "Odera", "Ivory in tea"):
        assert name not in whole
    assert not re.search(r"KE-\w+-20\d\d-\d+", whole)


def test_a_report_is_in_the_audit(investigator: User, sign_in: Enter) -> None:
    report(sign_in(investigator), "unit=cases")
    (entry,) = AuditEntry.objects.filter(action="figures.export", actor=investigator)
    assert (entry.detail["form"], entry.detail["question"]) == ("pdf", "unit=cases")


def made(name: str) -> Report:
    chart = bars(name, "", [Bar(name, 3, "3", "lost", lost=1), Bar("Few", None, "too few")])
    rows = tuple(Row(Cell(f"{name} {n}"), (Cell(str(n), n),)) for n in range(60))
    panel = Panel(
        "a", name, bigs=(Big(name, "36 %", Cell("9", 9), Cell("25", 25)),),
        parts=(Part(Table("Table", (name, "Number"), rows), chart),), definitions=((name, name),),
    )  # fmt: skip
    return Report(name, name, ((name, name),), (panel,), name, name, "Definitions")


def test_a_chart_higher_than_a_page_is_made_to_fit(tmp_path: Path) -> None:
    fonts.register(tmp_path)
    tall = bars("Tall", "", [Bar(f"A long cause {n} " * 12, 3, "3") for n in range(60)])
    table = Table("Table", ("Cause", "Number"), ())
    panel = Panel("a", "Panel", parts=(Part(table, tall),), definitions=(("A", "b"),))
    out = io.BytesIO()
    assert write(Report("T", "Q", (("As at", "now"),), (panel,), "WS", "now", "D"), out) >= 2


@pytest.mark.parametrize("name", ["<b>& \N{GREEK SMALL LETTER OMEGA}", "\u202etxt", "\u4e2d\u6587"])
def test_odd_letters_are_drawn_or_named_and_the_same_twice(name: str, tmp_path: Path) -> None:
    fonts.register(tmp_path)
    first, second = io.BytesIO(), io.BytesIO()
    assert write(made(name), first) == write(made(name), second) >= 2
    assert first.getvalue() == second.getvalue()
    text = " ".join(pages(first.getvalue()))
    assert "59" in text
    assert ("U+" in text) == (not name.startswith("<"))
