"""What continuity finds in the record, and where people are told of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import clock
from casework.models import Case, User
from evidence import custody, gaps
from tests.evidence.acts import address, text, tusks

pytestmark = pytest.mark.django_db


def test_a_new_exhibit_leaves_nothing_open(case: Case, investigator: User) -> None:
    assert custody.gaps(tusks(case, investigator)) == ()


def test_an_offer_nobody_answers_is_told_on_page_case_and_list(
    case: Case, investigator: User, custodian: User, client: Client
) -> None:
    exhibit = tusks(case, investigator)
    with clock.telling(timezone.now() + timedelta(seconds=1)):
        custody.offer(exhibit, to=custodian, actor=investigator, place="Store")
    client.force_login(investigator)
    later = timezone.now() + timedelta(days=4)
    with clock.telling(later):
        (found,) = gaps.of(exhibit)
        page = text(client.get(address("exhibit", exhibit)))
        listed = text(client.get("/exhibits/to-explain/"))
    assert (found.kind, found.mark) == ("unanswered", "open")
    assert "Offered to Joseph Kilonzi 3 days ago; nobody has acknowledged it." in page
    assert "Offered to Joseph Kilonzi" in listed


def test_a_broken_seal_stands_on_the_case_page_until_it_is_explained(
    case: Case, investigator: User, client: Client
) -> None:
    exhibit = tusks(case, investigator)
    custody.examine(
        exhibit, actor=investigator, purpose="Look", seal_number="WS-M 006120", seal_intact=False,
        new_seal_number="WS-M 007000",
    )  # fmt: skip
    client.force_login(investigator)
    sentence = "The seal WS-M 006120 was not intact at event 2."
    assert sentence in text(client.get(f"/cases/{case.reference}/"))
    assert sentence in text(client.get("/"))
    event = exhibit.custody.get(sequence=2)
    custody.correct(event, actor=investigator, note="Cut by me before the court")
    assert sentence not in text(client.get(f"/cases/{case.reference}/"))
    assert f"{sentence} The record explains it." in text(client.get(address("exhibit", exhibit)))


def test_what_a_sample_weighs_is_accounted_for(case: Case, investigator: User) -> None:
    from evidence import exhibits
    from evidence.exhibits import Thing

    exhibit = tusks(case, investigator)
    part = Thing(
        kind=exhibit.kind, label="E1/S1", description="Tip", count=1, weight_mg=6_000_000,
        scale="ES-04", seal_number="S-9",
    )  # fmt: skip
    details = {"purpose": "DNA", "new_seal_number": "WS-M 7"}
    exhibits.take_sample(exhibit, part, actor=investigator, **details)  # type: ignore[arg-type]
    told = "The sample"
    custody.reweigh(
        exhibit, actor=investigator, weight_mg=200_850_000, scale="ES-04", discrepancy=told
    )
    assert gaps.of(exhibit) == ()


def test_nobody_reads_of_chains_they_may_not_see(
    case: Case, investigator: User, outsider: User, client: Client
) -> None:
    exhibit = tusks(case, investigator)
    custody.examine(exhibit, actor=investigator, purpose="Look", seal_intact=False)
    client.force_login(outsider)
    for query in ("", "?show=all", "?show=store", f"?case={case.reference}"):
        assert "was not intact" not in text(client.get(f"/exhibits/to-explain/{query}"))


def test_thirty_chains_cost_no_more_queries_than_three(case: Case, investigator: User) -> None:
    made = [tusks(case, investigator, seal_number=f"S-{n}") for n in range(30)]
    counts = []
    for number in (3, 30):
        with CaptureQueriesContext(connection) as queries:
            gaps.read(made[:number])
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_lifeline_shows_the_time_without_a_seal(
    case: Case, investigator: User, client: Client
) -> None:
    exhibit = tusks(case, investigator)
    custody.examine(exhibit, actor=investigator, purpose="Look", place="Gate 9")
    with clock.telling(timezone.now() + timedelta(hours=30)):
        custody.seal(exhibit, actor=investigator, seal_number="S-2", place="Gate 9")
        client.force_login(investigator)
        page = text(client.get(address("exhibit", exhibit)))
    lane = page.split('class="ln-dot wax"')[1]
    assert ">30" in lane[:200]


def test_a_person_at_two_sites_stands_on_the_page_of_the_exhibit(
    case: Case, investigator: User, client: Client
) -> None:
    one, other = tusks(case, investigator), tusks(case, investigator, seal_number="S-2")
    custody.examine(one, actor=investigator, purpose="Look", place="Gate 9")
    custody.produce(other, actor=investigator, place="Law Courts")
    client.force_login(investigator)
    assert f"at Law Courts with {other.label}" in text(client.get(address("exhibit", one)))


def test_who_holds_nothing_is_not_told_that_all_is_well(
    auditor: User, sign_in: Callable[[User], Client]
) -> None:
    page = text(sign_in(auditor).get("/exhibits/to-explain/"))
    assert "You hold no exhibit." in page
    assert "accounted for" not in page
