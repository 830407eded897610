"""A conviction proposes a party, a manager decides, carriers get names and numbers alone."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import access, clock
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, Charge, Outcome, User
from kyc import parties
from kyc.diligence import merges
from kyc.models import Fact, FeedEntry, Party
from kyc.watch import feed, feed_export
from tests.casework import court_stories as court
from tests.kyc import lists

pytestmark = pytest.mark.django_db
Convict = Callable[..., Charge]
SignIn = Callable[[User], Client]


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> court.Pair:
    return court.Pair(investigator, prosecutor)


@pytest.fixture
def firm(investigator: User) -> Party:
    return parties.create(kind="firm", name="Coral Gate Traders", country="KE", actor=investigator)


@pytest.fixture
def convict(pair: court.Pair) -> Convict:
    """A case in which a party was convicted; with `hidden`, only its prosecutor reads it."""

    def _convict(party: Party, *, hidden: bool = False, day: date = court.DECIDED) -> Charge:
        (charge,) = court.charged(pair, names=(party.name,))
        accused = charge.accused
        accused.party = party
        accused.save()
        if hidden:
            hide(accused.case)
        court.decide({charge: Outcome.Decision.CONVICTED_TRIAL}, pair, day=day)
        return charge

    return _convict


def hide(case: Case) -> None:
    """Nobody of the unit or the agency reads it any longer."""
    case.group_grants.all().delete()
    case.user_grants.exclude(user__username__in=("prosecutor", "investigator")).delete()


def overturn(charge: Charge, pair: court.Pair) -> None:
    trial = charge.count.charge_sheet.proceeding
    court.decide_appeal(court.appeal(trial, pair), {charge: "quashed"}, pair)


def proposed(user: User) -> list[Party]:
    return [s.party for s in feed.standings(user) if s.is_proposed]


def test_a_conviction_proposes_the_party(manager: User, firm: Party, convict: Convict) -> None:
    assert proposed(manager) == []
    convict(firm)
    assert proposed(manager) == [firm]


def test_a_conviction_in_an_unseen_case_proposes_nothing(
    manager: User, firm: Party, convict: Convict
) -> None:
    charge = convict(firm, hidden=True)
    assert feed.standings(manager) == []
    with pytest.raises(RuleBroken, match="No conviction that you may read"):
        feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    assert not FeedEntry.objects.exists()
    assert charge.outcomes.exists()


def test_a_quashed_conviction_proposes_nothing(
    manager: User, firm: Party, convict: Convict, pair: court.Pair
) -> None:
    overturn(convict(firm), pair)
    assert proposed(manager) == []


def test_a_manager_lists_the_party_and_takes_it_out(
    manager: User, firm: Party, convict: Convict
) -> None:
    charge = convict(firm)
    entry = feed.decide(firm, is_listed=True, basis="Convicted of trafficking", actor=manager)
    assert feed.listing(firm) == entry
    assert proposed(manager) == []
    written = AuditEntry.objects.get(action="feed.list")
    assert (written.actor, written.case) == (manager, charge.accused.case)
    feed.withdraw(entry, reason="Firm dissolved", actor=manager)
    assert feed.listing(firm) is None
    (row,) = feed.standings(manager)
    assert (row.is_withdrawn, row.is_proposed) == (True, False)


def test_a_decision_against_stands_until_a_new_conviction(
    manager: User, firm: Party, convict: Convict
) -> None:
    convict(firm)
    with clock.telling(court.noon(date(2022, 3, 1))):
        feed.decide(firm, is_listed=False, basis="A small part", actor=manager)
    assert proposed(manager) == []
    convict(firm, day=date(2022, 6, 1))
    assert proposed(manager) == [firm]
    feed.decide(firm, is_listed=True, basis="Again", actor=manager)
    assert FeedEntry.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_a_listed_party_whose_conviction_fell_is_raised(
    manager: User, firm: Party, convict: Convict, pair: court.Pair, sign_in: SignIn
) -> None:
    charge = convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    overturn(charge, pair)
    (row,) = feed.standings(manager)
    assert row.is_shaken
    assert "The conviction no longer stands" in sign_in(manager).get("/feed/").content.decode()


def test_only_who_decides_on_the_feed_may(
    investigator: User, prosecutor: User, manager: User, firm: Party, convict: Convict
) -> None:
    convict(firm)
    for person in (investigator, prosecutor):
        with pytest.raises(NotAllowed):
            feed.decide(firm, is_listed=True, basis="Convicted", actor=person)
    entry = feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    with pytest.raises(NotAllowed):
        feed.withdraw(entry, reason="No", actor=investigator)
    with pytest.raises(NotAllowed):
        feed_export.export(actor=investigator)


def test_a_party_kept_to_a_case_cannot_be_listed(
    manager: User, investigator: User, firm: Party, convict: Convict
) -> None:
    charge = convict(firm)
    kept = parties.create(
        kind="firm", name="Reef Gate", own_case=charge.accused.case, actor=investigator
    )
    charge.accused.party = kept
    charge.accused.save()
    with pytest.raises(RuleBroken, match="kept to its case"):
        feed.decide(kept, is_listed=True, basis="Convicted", actor=manager)


def test_the_reason_names_no_case(manager: User, firm: Party, convict: Convict) -> None:
    reference = convict(firm).accused.case.reference
    for text in (f"See {reference}.", f"({reference.lower()})", " "):
        with pytest.raises(RuleBroken):
            feed.decide(firm, is_listed=True, basis=text, actor=manager)


def shown(answer: Any) -> str:
    """A page without the token that is new each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


def say(party: Party, kind: str, value: str, actor: User, case: Case | None = None) -> Fact:
    return lists.say(party, kind, value, actor, case)


def exported(manager: User) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(feed_export.export(actor=manager))))


def test_the_export_holds_facts_of_the_register_alone(
    manager: User, investigator: User, firm: Party, convict: Convict
) -> None:
    case = convict(firm).accused.case
    role = court.code("party_role", "shipper")
    parties.involve(case, firm, role=role, actor=investigator)
    say(firm, "trading_name", "Reef Gate", investigator)
    say(firm, "registration", "CPR/2019/1", investigator)
    say(firm, "alias", "The Grey Heron", investigator, case)
    say(firm, "tax_pin", "P051234567X", investigator, case)
    wrong = say(firm, "previous_name", "Wrong Ltd", investigator)
    Fact.objects.filter(pk=wrong.pk).update(standing=Fact.Standing.CONTRADICTED)
    feed.decide(firm, is_listed=True, basis="Convicted of trafficking", actor=manager)
    (row,) = exported(manager)
    assert row == {
        "name": "Coral Gate Traders", "other_names": "Reef Gate", "kind": "firm",
        "country": "KE", "registration": "CPR/2019/1", "tax_pin": "",
        "listed_since": clock.now().date().isoformat(),
    }  # fmt: skip


def test_a_merged_party_is_told_once_with_the_other_name(
    manager: User, investigator: User, firm: Party, convict: Convict
) -> None:
    convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    kept = parties.create(kind="firm", name="Coral Gate Trading", actor=investigator)
    merges.merge(kept, firm, reason="One desk", actor=investigator)
    (row,) = exported(manager)
    assert (row["name"], row["other_names"]) == ("Coral Gate Trading", "Coral Gate Traders")
    assert feed.listing(kept) == feed.listing(Party.objects.get(pk=firm.pk))


@pytest.mark.parametrize("name", ["=1+1", "+Reef", "-Reef", "@SUM(A1)"])
def test_no_cell_becomes_a_formula(
    name: str, manager: User, investigator: User, convict: Convict
) -> None:
    firm = parties.create(kind="firm", name=name, actor=investigator)
    convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    assert exported(manager)[0]["name"] == f"'{name}"


def test_what_an_unseen_case_says_changes_no_byte(
    manager: User, investigator: User, firm: Party, convict: Convict, sign_in: SignIn
) -> None:
    """The page of proposals and the export read the same with and without a case in the dark."""
    convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    browser = sign_in(manager)
    page, table = shown(browser.get("/feed/")), feed_export.export(actor=manager)
    stranger = parties.create(kind="firm", name="Silent Heron Ltd", actor=investigator)
    hidden = convict(stranger, hidden=True).accused.case
    assert not access.can(manager, hidden, "view")
    convict(firm, hidden=True)
    role = court.code("party_role", "shipper")
    parties.involve(hidden, firm, role=role, actor=investigator)
    say(firm, "alias", "Heron", investigator, hidden)
    assert shown(browser.get("/feed/")) == page
    assert feed_export.export(actor=manager) == table


def test_a_decision_against_shows_with_its_case_only(
    manager: User, firm: Party, convict: Convict, sign_in: SignIn
) -> None:
    charge = convict(firm)
    feed.decide(firm, is_listed=False, basis="A small part", actor=manager)
    browser = sign_in(manager)
    assert "A small part" in browser.get("/feed/").content.decode()
    hide(charge.accused.case)
    assert "Coral Gate" not in browser.get("/feed/").content.decode()


def test_the_pages_list_and_take_out(
    manager: User, firm: Party, convict: Convict, sign_in: SignIn
) -> None:
    convict(firm)
    browser = sign_in(manager)
    assert "Coral Gate Traders" in browser.get("/feed/").content.decode()
    answer = browser.post(f"/feed/parties/{firm.pk}/", {"decision": "list", "basis": "Convicted"})
    assert answer.status_code == 302
    entry = feed.listing(firm)
    assert entry is not None
    text = browser.get("/feed/export/").content.decode()
    assert text.startswith("name,other_names,kind,country,registration,tax_pin,listed_since\r\n")
    assert AuditEntry.objects.get(action="feed.export").actor == manager
    browser.post(f"/feed/{entry.pk}/withdraw/", {"basis": "Dissolved"})
    assert feed.listing(firm) is None


def test_a_party_that_nobody_convicted_cannot_be_decided(
    manager: User, firm: Party, convict: Convict, sign_in: SignIn
) -> None:
    address = f"/feed/parties/{firm.pk}/"
    browser = sign_in(manager)
    before = browser.get(address)
    convict(firm, hidden=True)
    after = browser.get(address)
    assert (before.status_code, after.status_code) == (403, 403)
    assert shown(before) == shown(after)


def test_the_command_writes_the_feed(
    manager: User, investigator: User, firm: Party, convict: Convict, tmp_path: Path
) -> None:
    convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    out = tmp_path / "feed.csv"
    call_command("export_feed", out=out)
    assert out.read_bytes().count(b"Coral Gate Traders") == 1
    assert AuditEntry.objects.get(action="feed.export").actor is None
    for name in ("investigator", "nobody"):
        with pytest.raises(CommandError) as refused:
            call_command("export_feed", out=out, username=name)
        assert refused.value.returncode == 2


def test_readers_of_the_register_see_that_carriers_are_warned(
    manager: User, investigator: User, custodian: User, firm: Party, convict: Convict,
    sign_in: SignIn,
) -> None:  # fmt: skip
    case = convict(firm).accused.case
    parties.involve(case, firm, role=court.code("party_role", "shipper"), actor=investigator)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    access.grant(case, role="custodian", to=custodian, actor=investigator, reason="Store")
    for person, is_told in ((investigator, True), (custodian, False)):
        page = sign_in(person).get(f"/parties/{firm.pk}/").content.decode()
        assert ("In the feed to carriers since" in page) is is_told


def test_more_parties_cost_no_more_queries(
    manager: User, investigator: User, firm: Party, convict: Convict, sign_in: SignIn
) -> None:
    browser = sign_in(manager)

    def grow(first: int, last: int) -> None:
        for number in range(first, last):
            one = parties.create(kind="firm", name=f"Firm {number}", actor=investigator)
            say(one, "registration", f"CPR/{number}", investigator)
            convict(one)
            for is_listed in (False, True)[: number % 3]:
                feed.decide(one, is_listed=is_listed, basis="Convicted", actor=manager)

    def cost() -> list[int]:
        counts = []
        for address in ("/feed/", "/feed/export/"):
            with CaptureQueriesContext(connection) as asked:
                browser.get(address)
            counts.append(len(asked))
        return counts

    grow(0, 3)
    cost()  # the first request asks more than the others
    few = cost()
    grow(3, 9)
    assert cost() <= few


def test_carriers_are_not_warned_once_the_conviction_fell(
    manager: User, firm: Party, convict: Convict, pair: court.Pair
) -> None:
    charge = convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    assert [line.name for line in feed_export.told()] == [firm.name]
    overturn(charge, pair)
    assert feed_export.told() == []


def test_a_conviction_that_fell_in_an_unseen_case_is_raised_without_the_case(
    manager: User, firm: Party, convict: Convict, pair: court.Pair, sign_in: SignIn
) -> None:
    """Whoever decides must learn of it, or nobody takes an innocent party out."""
    charge = convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    hide(charge.accused.case)
    overturn(charge, pair)
    (row,) = feed.standings(manager)
    assert (row.is_shaken, row.overturned) == (True, [])
    page = sign_in(manager).get("/feed/").content.decode()
    assert "no longer stands" in page
    assert charge.accused.case.reference not in page


def test_another_conviction_keeps_the_party_in_the_feed(
    manager: User, firm: Party, convict: Convict, pair: court.Pair
) -> None:
    charge = convict(firm)
    convict(firm)
    feed.decide(firm, is_listed=True, basis="Convicted", actor=manager)
    overturn(charge, pair)
    assert [line.name for line in feed_export.told()] == [firm.name]
