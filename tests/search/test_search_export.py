"""What was found, as a table to take away."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import FileResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from casework import access, cases
from casework.models import AuditEntry, User
from search import exporting, sync
from search.engines import EngineUnavailableError
from tests.search.conftest import Story

SignIn = Callable[[User], Client]
HEAD = ["kind", "title", "case", "date", "where matched", "snippet", "address"]


@pytest.fixture(autouse=True)
def indexed(story: Story) -> None:
    sync.rebuild()


def content(answer: object) -> bytes:
    assert isinstance(answer, FileResponse)
    assert answer.status_code == 200
    return answer.getvalue()


def taken(client: Client, **asked: str) -> list[list[str]]:
    said = content(client.get("/search/found.csv", asked)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(said)))


def test_the_rows_say_what_the_page_says(sign_in: SignIn, investigator: User, story: Story) -> None:
    head, row = taken(sign_in(investigator), q="cu 558120")
    assert head == HEAD
    assert row[0] == "Consignment"
    assert row[2:5] == [story.case.reference, "2024-03-14", "seal"]
    assert row[6].startswith("http://127.0.0.1:8000/cases/")


def test_a_workbook_has_the_same_rows(sign_in: SignIn, investigator: User) -> None:
    client = sign_in(investigator)
    made = content(client.get("/search/found.xlsx", {"q": "ivory OR tea"}))
    sheet = load_workbook(io.BytesIO(made)).active
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows == taken(client, q="ivory OR tea")


def test_who_took_what_and_how_much_is_on_record(sign_in: SignIn, investigator: User) -> None:
    rows = taken(sign_in(investigator), q="ivory", kind="case")
    entry = AuditEntry.objects.get(action="search.export")
    assert entry.actor == investigator
    assert entry.detail == {"form": "csv", "question": "q=ivory&kind=case", "count": len(rows) - 1}


def test_a_position_without_it_is_refused_in_a_sentence(sign_in: SignIn, custodian: User) -> None:
    client = sign_in(custodian)
    answer = client.get("/search/found.csv", {"q": "ivory"})
    assert answer.status_code == 403
    assert "Your position does not take" in answer.content.decode()
    assert "found.csv" not in client.get("/search/", {"q": "ivory"}).content.decode()
    assert not AuditEntry.objects.filter(action="search.export").exists()


def test_nothing_leaves_that_may_not_be_seen(
    sign_in: SignIn, investigator: User, colleague: User, story: Story
) -> None:
    assert len(taken(sign_in(investigator), q="telephone informant")) == 2
    assert taken(sign_in(colleague), q="telephone informant") == [HEAD]


def test_an_end_of_access_between_index_and_file_bites(
    sign_in: SignIn, prosecutor: User, investigator: User, story: Story
) -> None:
    client = sign_in(prosecutor)
    access.revoke(story.case.user_grants.get(user=prosecutor), actor=investigator, reason="Moved")
    assert [row[2] for row in taken(client)[1:] if row[2]] == []


def test_no_cell_is_a_formula(sign_in: SignIn, investigator: User, story: Story) -> None:
    for said in ("=1+1 heron", "@heron", "+heron", "-heron"):
        cases.note(story.case, text=said, happened_at=timezone.now(), actor=investigator)
    sync.catch_up()
    client = sign_in(investigator)
    rows = taken(client, q="heron")[1:]
    assert len(rows) == 4
    assert all(cell[:1] not in "=+-@" for row in rows for cell in row if cell)
    made = content(client.get("/search/found.xlsx", {"q": "heron"}))
    cells = [c for row in load_workbook(io.BytesIO(made)).active.iter_rows() for c in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_all_pages_are_taken_in_their_order(
    sign_in: SignIn, investigator: User, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 10)
    for n in range(45):
        moment = timezone.now() - timedelta(days=n)
        cases.note(story.case, text=f"heron {n}", happened_at=moment, actor=investigator)
    sync.catch_up()
    rows = taken(sign_in(investigator), q="heron", sort="newest", page="3")[1:]
    assert [row[1] for row in rows] == [f"heron {n}" for n in range(45)]


def test_reading_grows_by_batches_only(sign_in: SignIn, investigator: User, story: Story) -> None:
    client = sign_in(investigator)
    taken(client, q="heron")

    def queries(rows: int) -> int:
        for n in range(rows):
            cases.note(
                story.case, text=f"heron {n}", happened_at=timezone.now(), actor=investigator
            )
        sync.catch_up()
        with CaptureQueriesContext(connection) as asked:
            taken(client, q="heron")
        return len(asked)

    assert queries(3) == queries(30)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_look_up_is_not_taken_for_everything(
    form: str, sign_in: SignIn, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise EngineUnavailableError("away")

    monkeypatch.setattr("search.engines.tantivy.TantivyEngine.search", fail)
    answer = sign_in(investigator).get(f"/search/found.{form}", {"q": "tea"})
    assert answer.status_code == 409
    assert "The full-text index is away" in answer.content.decode()
