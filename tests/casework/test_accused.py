"""Where an accused is: recorded, corrected, read; what an absconding or a late arraignment asks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import access, clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import Accused, AccusedEvent, Authority, Outcome, User
from casework.sentencing import accused_page, bail, custody, people_rows
from casework.sentencing.whereabouts import Need
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

DAY = stories.OPENED


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def accused(pair: Pair) -> Accused:
    (charge,) = stories.charged(pair)
    return charge.accused


def happened(
    accused: Accused, pair: Pair, kind: str, day: date = DAY, **more: object
) -> AccusedEvent:
    return custody.record(accused, kind=kind, happened_on=day, actor=pair.prosecutor, **more)  # type: ignore[arg-type]


def address(accused: Accused, rest: str = "") -> str:
    return f"/cases/{accused.case.reference}/accused/{accused.number}/{rest}"


def where(accused: Accused) -> str:
    (row,) = people_rows.of_case(accused.case)
    return row.place.text.replace("\N{NO-BREAK SPACE}", " ")


def asked(accused: Accused, user: User) -> list[Need]:
    accused.refresh_from_db()
    return accused_page.read(accused, user).needs


def test_the_last_day_says_where_the_accused_is(accused: Accused, pair: Pair) -> None:
    assert where(accused) == "Nobody has recorded where this accused is"
    happened(accused, pair, "arrested")
    happened(accused, pair, "bailed", DAY + timedelta(days=9))
    happened(accused, pair, "remanded", DAY + timedelta(days=1), until=DAY + timedelta(days=8))
    assert where(accused) == "Out on bail"
    accused.refresh_from_db()
    assert accused.arrested_on == DAY


def test_a_remand_that_ran_out_is_said(accused: Accused, pair: Pair) -> None:
    today = clock.today()
    row = happened(accused, pair, "remanded", today - timedelta(days=9), until=today)
    assert where(accused).startswith("In custody, remanded until")
    custody.correct(row, why="Misread", until=today - timedelta(days=1), actor=pair.prosecutor)
    assert where(accused).startswith("The remand ran out on")


def test_only_a_remand_has_an_end_and_none_before_its_beginning(
    accused: Accused, pair: Pair
) -> None:
    with pytest.raises(RuleBroken, match="Only a remand"):
        happened(accused, pair, "arrested", until=DAY)
    with pytest.raises(RuleBroken, match="before the day it began"):
        happened(accused, pair, "remanded", until=DAY - timedelta(days=1))
    with pytest.raises(RuleBroken, match="in the future"):
        happened(accused, pair, "arrested", clock.today() + timedelta(days=1))


def test_a_wrong_row_is_corrected_once_and_stays_on_the_page(
    accused: Accused, pair: Pair, client: Client
) -> None:
    row = happened(accused, pair, "arrested", place="Gate 9")
    client.force_login(pair.prosecutor)
    typed = {"kind": "arrested", "happened_on": str(DAY), "place": "Gate 12"}
    url = address(accused, f"events/{row.pk}/correct/")
    assert client.post(url, typed).status_code == 200  # what was wrong is not said
    assert client.post(url, {**typed, "correction": "Another gate"}).status_code == 302
    page = client.get(address(accused)).content.decode()
    assert "Gate 12" in page
    assert 'class="struck"><b>Arrested</b>, <bdi>Gate 9' in page
    with pytest.raises(RuleBroken, match="A later entry stands"):
        custody.take_back(row, why="Again", actor=pair.prosecutor)
    assert client.get(url).status_code == 404


def test_what_should_never_have_been_recorded_is_taken_back(
    accused: Accused, pair: Pair, client: Client
) -> None:
    row = happened(accused, pair, "absconded")
    client.force_login(pair.prosecutor)
    url = address(accused, f"events/{row.pk}/withdraw/")
    assert client.post(url, {"correction": "Another man"}).status_code == 302
    assert where(accused) == "Nobody has recorded where this accused is"
    assert AccusedEvent.objects.filter(accused=accused).count() == 2


@pytest.mark.parametrize(("after", "said"), [(0, None), (1, None), (2, "after the limit")])
def test_arraignment_after_the_limit_is_warned_of(
    accused: Accused, pair: Pair, after: int, said: str | None
) -> None:
    happened(accused, pair, "arrested")
    happened(accused, pair, "arraigned", DAY + timedelta(days=after))
    found = asked(accused, pair.prosecutor)
    assert [need for need in found if said and said in need.text] == (found if said else [])
    assert bool(found) == (said is not None)


def test_an_arrest_that_no_court_has_seen_is_asked_for_until_the_release(
    accused: Accused, pair: Pair
) -> None:
    happened(accused, pair, "arrested")
    assert [need.act for need in asked(accused, pair.prosecutor)] == ["event"]
    happened(accused, pair, "released", DAY + timedelta(days=1))
    assert asked(accused, pair.prosecutor) == []


def test_absconding_asks_for_a_warrant_and_for_the_bail(accused: Accused, pair: Pair) -> None:
    trial = accused.case.proceedings.get()
    granted = stories.code("bail", "granted_bond")
    bail.decide(
        trial, accused=accused, decision=granted, decided_on=DAY, sureties="Two, KES 1m each",
        actor=pair.prosecutor,
    )  # fmt: skip
    happened(accused, pair, "bailed", DAY)
    assert asked(accused, pair.prosecutor) == []
    gone = happened(accused, pair, "absconded", DAY + timedelta(days=30)).happened_on
    assert [need.act for need in asked(accused, pair.prosecutor)] == ["warrant", "bail"]
    Authority.objects.create(
        case=accused.case, kind=stories.code("authority_kind", "bench_warrant"),
        issued_on=gone, accused=accused, recorded_by=pair.prosecutor,
    )  # fmt: skip
    bail.decide(
        trial, accused=accused, decision=stories.code("bail", "forfeited"), decided_on=gone,
        actor=pair.prosecutor,
    )  # fmt: skip
    assert [need.mark for need in asked(accused, pair.prosecutor)] == ["full"]


def test_a_death_ends_the_charges_and_nothing_follows_it(accused: Accused, pair: Pair) -> None:
    died = clock.today() - timedelta(days=5)
    row = happened(accused, pair, "died", died, place="Hospital")
    (charge,) = accused.charges.all()
    assert charge.outcomes.current().get().decision == Outcome.Decision.ABATED
    assert where(accused) == "Died"
    with pytest.raises(RuleBroken, match="The death of this accused"):
        happened(accused, pair, "arrested", clock.today())
    with pytest.raises(RuleBroken, match="not changed into something else"):
        custody.correct(row, why="Wrong", kind="absconded", actor=pair.prosecutor)
    with pytest.raises(RuleBroken, match="Charges ended with this death"):
        custody.take_back(row, why="He lives", actor=pair.prosecutor)


def test_language_and_counsel_are_kept_with_the_particulars(
    accused: Accused, pair: Pair, client: Client
) -> None:
    client.force_login(pair.prosecutor)
    typed = {"name": accused.name, "language": "Kidigo", "counsel": "<b>M. Ngao</b>"}
    assert client.post(address(accused, "edit/"), typed).status_code == 302
    page = client.get(address(accused)).content.decode()
    assert "Kidigo" in page
    assert "&lt;b&gt;M. Ngao" in page


def test_who_reads_does_not_write_and_who_lost_access_finds_nothing(
    accused: Accused, pair: Pair, auditor: User, colleague: User, outsider: User, client: Client
) -> None:
    row = happened(accused, pair, "arrested")
    with pytest.raises(NotAllowed):
        custody.record(accused, kind="released", happened_on=DAY, actor=pair.investigator)
    stories.join(accused.case, outsider, "viewer", pair)
    for person in (auditor, colleague, outsider):
        client.force_login(person)
        assert client.get(address(accused)).status_code == 200
        assert client.get(address(accused, f"events/{row.pk}/correct/")).status_code == 403
    access.revoke(
        accused.case.user_grants.get(user=outsider), actor=pair.investigator, reason="Left"
    )
    assert client.get(address(accused)).status_code == 404


def test_the_rows_of_ten_accused_cost_no_more_queries_than_those_of_two(
    pair: Pair, client: Client
) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    client.force_login(pair.prosecutor)
    counts = []
    for names in (("Aza", "Bora"), tuple(f"Mtu {n}" for n in range(8))):
        for person in stories.accuse(case, pair, *names):
            stories.count_in(trial, [person], pair)
            happened(person, pair, "arrested")
            happened(person, pair, "remanded", until=DAY + timedelta(days=9))
            bail.decide(
                trial, accused=person, decision=stories.code("bail", "denied"), decided_on=DAY,
                actor=pair.prosecutor,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            people_rows.of_case(case)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_offers_bail_only_in_the_courts_that_try_the_accused(
    pair: Pair, sign_in: Any
) -> None:
    one, two = stories.charged(pair, names=["Benson Tsofa", "Neema Kai"])
    apart = stories.severed([two], pair)
    browser = sign_in(pair.prosecutor)
    shown = browser.get(address(two.accused))
    assert shown.context["read"].proceedings == [apart]
    assert f"/charges/{two.pk}/" in shown.content.decode()
    assert browser.get(address(one.accused)).context["read"].proceedings != [apart]
    happened(two.accused, pair, "died", stories.AMENDED)
    assert not browser.get(address(two.accused)).context["read"].proceedings


def test_a_charge_that_was_amended_is_named_once(pair: Pair, sign_in: Any) -> None:
    old = stories.charged(pair)
    (new,) = stories.amended(old, pair)
    assert sign_in(pair.prosecutor).get(address(new.accused)).context["read"].charges == [new]
