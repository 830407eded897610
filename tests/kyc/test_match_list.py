"""The same number or file in two cases: who is told of it, and that nobody else ever is."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework import access, cases, people, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import Agency, AuditEntry, Case, CaseUserGrant, Code, User
from casework.roles import ROLES
from evidence import files, waiting, waiting_number
from evidence.models import Attachment
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from kyc.models import Consignment, Match
from kyc.ties import matches
from tests.conftest import PASSWORD
from tests.evidence.pictures import jpeg, upload
from tests.kyc import scene

SignIn = Callable[[User], Client]
HIDDEN = "is in a case that you may not read."


@pytest.fixture
def stranger(customs: Agency) -> User:
    """Leads cases of another agency."""
    return people.create_person(
        username="stranger", password=PASSWORD, name="Halima Said", position="investigator",
        rank="Insp", agency=customs, phone="+254 700 000017", actor=None,
    )  # fmt: skip


@pytest.fixture
def theirs(stranger: User) -> Case:
    """B: hidden from everybody of A."""
    return cases.open_case(title="Pangolin scales among cashew nuts", tier="port", actor=stranger)


@pytest.fixture
def ours(case: Case, colleague: User) -> Case:
    """A: led by the investigator, read by the colleague through the unit."""
    return case


def load(case: Case, actor: User, **box: object) -> Consignment:
    customs = Code.objects.get(kind="seal_source", code="CUS")
    filled = {"number": scene.container_number(3), "seal_number": "CU 558120", **box}
    seizure = consignments.add_seizure(
        case, actor=actor, seized_at=scene.WHEN, place="Shed 4",
        boxes=[Box(seal_source=customs, **filled)],  # type: ignore[arg-type]
    )  # fmt: skip
    return Consignment.objects.get(seizure=seizure)


@pytest.fixture
def both(ours: Case, theirs: Case, investigator: User, stranger: User) -> tuple[Case, Case]:
    """The same seal on two containers, in two cases of two agencies."""
    load(ours, investigator)
    load(theirs, stranger, number=scene.container_number(4), seal_number="cu-55812O")
    return ours, theirs


def page_of(sign_in: SignIn, person: User, case: Case) -> str:
    return sign_in(person).get(f"/cases/{case.reference}/matches/").content.decode()


def test_both_cases_are_told_whatever_the_spelling(both: tuple[Case, Case]) -> None:
    told = {(row.kind, row.case, row.other_case) for row in Match.objects.all()}
    assert told == {("seal", *both), ("seal", *reversed(both))}


def test_a_second_reading_tells_nothing_new(both: tuple[Case, Case], investigator: User) -> None:
    source = Code.objects.get(kind="seal_source", code="CAR")
    mine = Consignment.objects.get(seizure__case=both[0])
    consignments.add_seal(mine, number="CU558120", source=source, actor=investigator)
    assert Match.objects.count() == 2


@pytest.mark.parametrize("number", ["NIL", "NONE", "1"])
def test_what_is_written_where_there_is_no_number_is_no_match(
    ours: Case, theirs: Case, investigator: User, stranger: User, number: str
) -> None:
    load(ours, investigator, seal_number=number)
    load(theirs, stranger, number=scene.container_number(4), seal_number=number)
    assert not Match.objects.exists()


def test_containers_and_bills_are_held_against_each_other(
    ours: Case, theirs: Case, investigator: User, stranger: User
) -> None:
    for where, who, bill in ((ours, investigator, "MDO-MBA-24"), (theirs, stranger, "MDOMBA 24")):
        seizure = consignments.add_seizure(
            where, actor=who, seized_at=scene.WHEN, place="Shed 4", bill={"number": bill},
            boxes=[Box(number=scene.container_number(5))],
        )  # fmt: skip
        assert seizure.case == where
    assert set(Match.objects.values_list("kind", flat=True)) == {"container", "bill"}


def test_only_the_lead_is_told_of_a_hidden_case(
    both: tuple[Case, Case],
    investigator: User,
    colleague: User,
    auditor: User,
    prosecutor: User,
    custodian: User,
    stranger: User,
    sign_in: SignIn,
) -> None:
    mine, other = both
    for reader in (colleague, auditor, prosecutor, custodian):
        page = page_of(sign_in, reader, mine)
        assert "No match that you may know of." in page
        assert "558120" not in page.split("<main", 1)[1]
    for lead, own, hidden in ((investigator, mine, other), (stranger, other, mine)):
        page = page_of(sign_in, lead, own)
        assert HIDDEN in page
        assert hidden.reference not in page
        assert hidden.title not in page
        assert hidden.agency.name not in page.split("<main", 1)[1]


def test_there_is_no_trace_anywhere_else(
    both: tuple[Case, Case], colleague: User, auditor: User, outsider: User, sign_in: SignIn
) -> None:
    mine, other = both
    matches.keep(Match.objects.get(case=mine), actor=User.objects.get(username="investigator"))
    for reader in (colleague, auditor):
        browser = sign_in(reader)
        for tail in ("", "history/", "audit/", "consignments/", "matches/", "team/"):
            page = browser.get(f"/cases/{mine.reference}/{tail}").content.decode()
            assert other.reference not in page
            assert "Halima" not in page
            assert "match.keep" not in page
        assert waiting_number.number(reader) == 0
    assert sign_in(outsider).get(f"/cases/{mine.reference}/matches/").status_code == 404


def test_the_count_in_the_margin_is_the_reader_s_own(
    both: tuple[Case, Case], investigator: User, colleague: User
) -> None:
    from evidence import case_index

    counts = {}
    for reader in (investigator, colleague):
        case = access.get_case(reader, both[0].reference)
        entry = {e.key: e.count for e in case_index.entries(case, reader)}
        counts[reader.username] = entry["matches"]
    assert counts == {"investigator": "1", "colleague": "0"}


def test_who_may_read_both_sees_it_at_once(
    both: tuple[Case, Case], colleague: User, stranger: User, sign_in: SignIn
) -> None:
    mine, other = both
    access.grant(other, role="viewer", to=colleague, actor=stranger, reason="Joint inquiry")
    page = page_of(sign_in, colleague, mine)
    assert other.reference in page
    assert "is on two containers." in page
    row = CaseUserGrant.objects.get(user=colleague, content_object=other)
    access.revoke(row, actor=stranger, reason="Over")
    assert other.reference not in page_of(sign_in, colleague, mine)


def test_the_lead_shares_with_the_readers_of_the_other_case(
    both: tuple[Case, Case], colleague: User, stranger: User, sign_in: SignIn
) -> None:
    mine, other = both
    told = Match.objects.get(case=other)
    answer = sign_in(stranger).post(
        f"/cases/{other.reference}/matches/{told.pk}/", {"note": "Ask for the seal halves"}
    )
    assert answer.status_code == 302
    page = page_of(sign_in, colleague, mine)
    for shown in (other.reference, "Insp Halima Said", "+254 700 000017", "Ask for the seal"):
        assert shown in page
    assert other.title not in page
    assert f'href="/cases/{other.reference}/' not in page
    assert sign_in(colleague).get(f"/cases/{other.reference}/").status_code == 404


def test_sharing_opens_nothing_to_the_sharing_side(
    both: tuple[Case, Case], stranger: User, sign_in: SignIn
) -> None:
    mine, other = both
    matches.share(Match.objects.get(case=other), note="", actor=stranger)
    page = page_of(sign_in, stranger, other)
    assert HIDDEN in page
    assert "You shared this case with its readers" in page
    assert mine.reference not in page


def test_both_trails_keep_what_each_may_know(both: tuple[Case, Case], stranger: User) -> None:
    mine, other = both
    matches.share(Match.objects.get(case=other), note="Call me", actor=stranger)
    entries = {entry.action: entry for entry in AuditEntry.objects.filter(action__startswith="ma")}
    assert (entries["match.share"].case, entries["match.learn"].case) == (other, mine)
    assert mine.reference not in str(entries["match.share"].detail)
    assert entries["match.learn"].detail["other_case"] == other.reference


def test_only_who_looks_after_the_team_answers(
    both: tuple[Case, Case], colleague: User, outsider: User, stranger: User, sign_in: SignIn
) -> None:
    told = Match.objects.get(case=both[0])
    url = f"/cases/{both[0].reference}/matches/{told.pk}/"
    assert [sign_in(p).get(url).status_code for p in (colleague, outsider)] == [403, 404]
    with pytest.raises(NotAllowed):
        matches.share(told, note="", actor=colleague)
    theirs = Match.objects.get(case=both[1])
    matches.share(theirs, note="", actor=stranger)
    with pytest.raises(RuleBroken):
        matches.share(theirs, note="", actor=stranger)


def test_a_match_of_another_case_has_no_page_here(
    both: tuple[Case, Case], investigator: User, sign_in: SignIn
) -> None:
    theirs = Match.objects.get(case=both[1])
    url = f"/cases/{both[0].reference}/matches/{theirs.pk}/"
    assert sign_in(investigator).get(url).status_code == 404


def test_it_waits_for_the_lead_until_somebody_takes_note(
    both: tuple[Case, Case], investigator: User, stranger: User, sign_in: SignIn
) -> None:
    told = Match.objects.get(case=both[0])
    before = waiting_number.number(investigator)
    titles = [todo.title for todo in waiting.of(investigator)]
    assert "Seal CU 558120 is in another case" in titles
    assert both[1].reference not in sign_in(investigator).get("/").content.decode()
    sign_in(investigator).post(f"/cases/{both[0].reference}/matches/{told.pk}/", {"keep": "1"})
    assert waiting_number.number(investigator) == before - 1
    matches.share(Match.objects.get(case=both[1]), note="", actor=stranger)
    assert waiting_number.number(investigator) == before  # there is news


def test_a_corrected_number_is_no_match_any_more(
    both: tuple[Case, Case], investigator: User
) -> None:
    seal = Consignment.objects.get(seizure__case=both[0]).seals.get()
    consignments.amend_seal(seal, number="CU 558121", reason="Misread", actor=investigator)
    assert not Match.objects.exists()
    assert Match.history.filter(history_type="-").count() == 2


def attach(case: Case, actor: User, *, is_sensitive: bool = False) -> Attachment:
    return files.attach(
        case, upload=upload(jpeg()), kind="photograph", is_sensitive=is_sensitive, actor=actor
    )


def test_the_same_file_in_two_cases_is_told(
    ours: Case, theirs: Case, investigator: User, stranger: User, colleague: User, sign_in: SignIn
) -> None:
    attach(ours, investigator)
    attach(theirs, stranger)
    attach(theirs, stranger)
    assert Match.objects.filter(kind="file").count() == 2
    access.grant(theirs, role="viewer", to=colleague, actor=stranger, reason="Joint inquiry")
    assert theirs.reference in page_of(sign_in, colleague, ours)


@pytest.mark.parametrize("hidden", ["ours", "theirs"])
def test_a_sensitive_file_makes_no_match_for_who_may_not_open_it(
    ours: Case,
    theirs: Case,
    investigator: User,
    stranger: User,
    colleague: User,
    sign_in: SignIn,
    hidden: str,
) -> None:
    attach(ours, investigator, is_sensitive=hidden == "ours")
    attach(theirs, stranger, is_sensitive=hidden == "theirs")
    access.grant(theirs, role="viewer", to=colleague, actor=stranger, reason="Joint inquiry")
    assert "No match that you may know of." in page_of(sign_in, colleague, ours)
    assert HIDDEN in page_of(sign_in, investigator, ours)


def test_the_page_costs_the_same_at_3_and_at_20_matches(
    ours: Case, theirs: Case, investigator: User, stranger: User, colleague: User, sign_in: SignIn
) -> None:
    access.grant(theirs, role="viewer", to=colleague, actor=stranger, reason="Joint inquiry")
    browser, costs = sign_in(colleague), []
    mine, other = load(ours, investigator), load(theirs, stranger)
    source = Code.objects.get(kind="seal_source", code="CUS")
    for numbers in (range(3), range(3, 20)):
        for number in numbers:
            for row, actor in ((mine, investigator), (other, stranger)):
                consignments.add_seal(row, number=f"X {7000 + number}", source=source, actor=actor)
        browser.get(f"/cases/{ours.reference}/matches/")
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(f"/cases/{ours.reference}/matches/").content.decode()
        costs.append(len(queries))
        assert f"X {7000 + numbers[-1]}" in page
    assert costs[0] == costs[1]


@pytest.mark.parametrize("who", ["investigator", "colleague", "stranger"])
def test_home_costs_the_same_however_many_wait(
    both: tuple[Case, Case], who: str, sign_in: SignIn
) -> None:
    person = User.objects.get(username=who)
    source = Code.objects.get(kind="seal_source", code="CUS")
    browser, costs = sign_in(person), []
    for first in (0, 2):
        for number in range(first, first + 2):
            for case in both:
                row = Consignment.objects.get(seizure__case=case)
                consignments.add_seal(
                    row, number=f"X {7000 + number}", source=source, actor=case.lead_officer
                )
        browser.get("/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_consignment_s_page_has_no_trace_either(
    both: tuple[Case, Case], colleague: User, investigator: User, sign_in: SignIn
) -> None:
    url = f"/cases/{both[0].reference}/seizures/1/consignments/1/"
    for reader, is_told in ((colleague, False), (investigator, True)):
        page = sign_in(reader).get(url).content.decode()
        assert ("The same elsewhere" in page) is is_told
        assert both[1].reference not in page


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize("there", ["", *ROLES])
def test_every_role_here_and_there_sees_what_the_rule_says(
    both: tuple[Case, Case], outsider: User, stranger: User, there: str, is_shared: bool
) -> None:
    mine, other = both
    if is_shared:
        matches.share(Match.objects.get(case=other), note="", actor=stranger)
    if there:
        access.grant(other, role=there, to=outsider, actor=stranger, reason="Joint inquiry")
    rows = Match.objects.filter(case=mine)
    assert not rows.visible_to(outsider).exists()
    for role in ROLES:
        row = access.grant(mine, role=role, to=outsider, actor=stranger, reason="Joint inquiry")
        may_know = bool(there) or is_shared
        looks_after = roles.TEAM in ROLES[role]
        assert rows.visible_to(outsider).exists() == (may_know or looks_after)
        assert rows.filter(rows.named_to(outsider)).exists() == may_know
        CaseUserGrant.objects.filter(pk=row.pk).delete()


def test_who_has_left_is_told_nothing(both: tuple[Case, Case], investigator: User) -> None:
    User.objects.filter(pk=investigator.pk).update(is_active=False)
    gone = User.objects.get(pk=investigator.pk)
    assert not Match.objects.visible_to(gone).exists()
    assert not matches.waiting(gone).exists()
    assert not Match.objects.visible_to(AnonymousUser()).exists()


def test_what_many_cases_have_is_a_blank_form(
    ours: Case, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "MOST_CASES", 2)
    for _number in range(3):
        attach(cases.open_case(title="Tea", tier="port", actor=investigator), investigator)
    assert Match.objects.count() == 2


def test_older_cases_are_told_when_the_tables_are_brought_up_to_date(
    both: tuple[Case, Case], investigator: User, stranger: User
) -> None:
    for case, actor in zip(both, (investigator, stranger), strict=True):
        attach(case, actor)
    told = set(Match.objects.values_list("kind", "value", "case", "other_case"))
    Match.objects.all().delete()
    import_module("kyc.migrations.0003_value_keys").find_matches(apps, None)
    assert set(Match.objects.values_list("kind", "value", "case", "other_case")) == told


def test_a_match_that_is_gone_is_not_shared(
    both: tuple[Case, Case], investigator: User, stranger: User
) -> None:
    theirs = Match.objects.get(case=both[1])
    Match.objects.all().delete()
    with pytest.raises(RuleBroken):
        matches.share(theirs, note="", actor=stranger)
