"""What experts, certificates, checks and hand-outs state, changed behind the code, is found."""

from typing import Any

import pytest
from django.db import connection

from casework import clock
from casework.models import Case, User
from evidence import files
from evidence.acts import handouts
from evidence.acts.handouts import Outside
from evidence.filestore import acquisitions
from evidence.filestore.acquisitions import Statement
from evidence.models import Exhibit
from evidence.papers import laboratory
from evidence.papers.laboratory import Found, Packed
from evidence.store import places, stocktakes
from tests.evidence.broken_ledgers import broken, past_the_triggers, result, sequence
from tests.evidence.pictures import jpeg, upload


@pytest.fixture
def stated(ledger: list[Exhibit], case: Case, investigator: User, custodian: User) -> list[Exhibit]:
    """A report of a laboratory, an acquisition, a hand-out and a check of the store."""
    to = laboratory.laboratory(name="Invented Laboratory", actor=investigator)
    memo = laboratory.send(
        case, to=to, question="Which?", items=[Packed(ledger[0])], sent_by="A", carried_by="B",
        sent_on=clock.today(), actor=investigator,
    )  # fmt: skip
    found = [Found(memo.items.get(), "Loxodonta africana")]
    laboratory.report(
        memo, expert="Dr R", reported_on=clock.today(), findings=found, actor=investigator
    )
    photo = files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)
    acquisitions.acquire(photo, Statement(person="Sgt W", method="camera"), actor=investigator)
    clerk = Outside("Clerk Otieno", "C 1", "Registry")
    handouts.hand_out(
        ledger[0], to=clerk, purpose="Trial", is_signed_on_paper=True,
        expected_back_on=clock.today(), actor=custodian,
    )  # fmt: skip
    room = places.add(kind="room", name="Room 2", actor=custodian)
    check = stocktakes.start(room, actor=custodian)
    stocktakes.scan(check, str(ledger[1].identifier), actor=custodian)
    stocktakes.sign(check, note="", actor=custodian)
    sequence()
    assert result()["ok"]
    return ledger


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE evidence_finding SET certainty = 'open'", "evidence.finding"),
        ("UPDATE evidence_laboratoryreport SET expert = 'X'", "evidence.laboratoryreport"),
        ("UPDATE evidence_acquisition SET person = 'X'", "evidence.acquisition"),
        ("UPDATE evidence_handout SET expected_back_on = NULL", "evidence.handout"),
        ("UPDATE evidence_stocktakeline SET result = 'found'", "evidence.stocktakeline"),
        ("DELETE FROM evidence_stocktakeline", "evidence.stocktakeline"),
        (
            "UPDATE evidence_attachment SET exhibit_id = (SELECT min(id) FROM evidence_exhibit)",
            "file ",
        ),
        ("UPDATE evidence_storedfile SET digest = replace(digest, 'a', 'b')", "file "),
    ],
)
def test_a_changed_statement_is_named(stated: list[Exhibit], statement: str, part: str) -> None:
    with past_the_triggers() as cursor:
        cursor.execute(statement)
    assert broken().startswith(part)


@pytest.mark.parametrize("of_one", [True, False])
def test_an_exhibit_that_was_given_another_label_is_named(
    ledger: list[Exhibit], *, of_one: bool
) -> None:
    Exhibit.objects.filter(pk=ledger[1].pk).update(label="E9")
    ledger[1].refresh_from_db()
    options = {"exhibit": str(ledger[1])} if of_one else {}
    assert broken(**options) == f"{ledger[1]}, case and label"


def test_a_statement_of_no_act_is_named(stated: list[Exhibit]) -> None:
    names: Any = "stocktake_id, result, recorded_at_place, found_at_place, at"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO evidence_stocktakeline (exhibit_id, {names})"  # noqa: S608  # ours
            f" SELECT {stated[0].pk}, {names} FROM evidence_stocktakeline"
        )
    assert broken().startswith("evidence.stocktakeline")
