"""A break is told in a sentence that can be read out, above the digests that prove it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from evidence.ledger_check.meaning import meaning
from evidence.models import Exhibit
from tests.evidence.broken_ledgers import past_the_triggers

E1 = "KE-MSA-2026-0001/E1"


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (f"{E1}, event 2, digest", "what this event says now"),
        (f"{E1}, event 2, account of to", "somebody else"),
        (f"{E1}, event 2, answers", "is not in the chain"),
        (f"{E1}, event 2, sequence", "do not follow each other"),
        (f"{E1}, event 2, previous", "do not follow each other"),
        (f"{E1}, event 2", "its place was removed"),
        (f"{E1}, events", "no chain of custody"),
        (f"{E1}, holder", "lists show another holder"),
        (f"{E1}, case and label", "another name"),
        ("audit entry 57", "not what the act wrote"),
        ("evidence.finding 12, audit entry 57", "not what the act wrote"),
        ("evidence.finding 12", "not what was recorded"),
        ("leaf index", "removed, or another put in its place"),
        ("leaf 7, custody event 4", "removed, or another put in its place"),
        ("newest head", "not over the whole ledger"),
        ("head of 1204, records", "an old copy was restored"),
        ("heads.txt, head of 1204, records", "an old copy was restored"),
        ("head of 1204, root", "written anew"),
        ("head of 1204, row", "signed head is not as it was written"),
        ("heads.txt, order", "file of signed heads"),
        ("heads file", "file of signed heads"),
        ("cosignature of watch.example on the head of 9, root", "somebody outside"),
        ("time stamp on the head of 9, time", "somebody outside"),
        ("node 8/0", "The records are whole"),
        ("triggers", "could be changed now"),
    ],
)
def test_what_a_break_means(part: str, told: str) -> None:
    assert told.lower() in meaning(part).lower()


def test_the_command_says_it_below_the_name_of_the_break(ledger: list[Exhibit]) -> None:
    with past_the_triggers() as cursor:
        cursor.execute("UPDATE evidence_custodyevent SET count = 40 WHERE sequence = 2")
    with pytest.raises(CommandError) as caught:
        call_command("verify_custody", stdout=StringIO())
    first, second, *rest = str(caught.value).splitlines()
    assert first == f"BROKEN: {ledger[0]}, event 2, digest"
    assert second == meaning(f"{ledger[0]}, event 2, digest")
    assert [line.split(":")[0].strip() for line in rest] == ["expected", "found"]
