"""The pages of the charges, the proceedings and the accused: who may open and change them."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Accused, Case, Charge, Proceeding, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

HOSTILE = '<b>"O\'Neil" & Söhne\u202e</b>'


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    """A trial with a filed sheet, one accused convicted and sentenced, and a hearing."""
    (charge,) = stories.charged(pair)
    stories.decide({charge: "convicted_trial"}, pair)
    return charge.count.charge_sheet.proceeding


def pages(trial: Proceeding) -> list[str]:
    case, charge = trial.case.reference, trial.charge_sheets.get().counts.get().charges.get()
    return [
        f"/cases/{case}/charges/",
        f"/cases/{case}/proceedings/{trial.pk}/",
        f"/cases/{case}/proceedings/{trial.pk}/charge-sheet/",
        f"/cases/{case}/hearings/",
        *writing_pages(trial, charge.pk),
    ]


def writing_pages(trial: Proceeding, charge: int) -> list[str]:
    case, one = f"/cases/{trial.case.reference}/", f"proceedings/{trial.pk}/"
    return [
        f"{case}proceedings/new/",
        f"{case}{one}appeal/",
        f"{case}{one}bail/",
        f"{case}{one}charge-sheet/file/",
        f"{case}{one}charge-sheet/counts/new/",
        f"{case}{one}charge-sheet/counts/1/",
        f"{case}{one}charge-sheet/counts/1/remove/",
        f"{case}{one}charge-sheet/amend/",
        f"{case}{one}sever/",
        f"{case}{one}join/",
        f"{case}{one}withdraw/",
        f"{case}{one}steps/new/",
        f"{case}{one}pleas/",
        f"{case}{one}decisions/",
        f"{case}{one}hearings/new/",
        f"{case}accused/new/",
        f"{case}accused/1/edit/",
        f"{case}charges/{charge}/correct/",
        f"{case}charges/{charge}/sentence/new/",
    ]


def test_the_prosecutor_opens_every_page(trial: Proceeding, pair: Pair, client: Client) -> None:
    client.force_login(pair.prosecutor)
    for page in pages(trial):
        assert client.get(page).status_code == 200, page


def test_an_outsider_finds_nothing_at_all(
    trial: Proceeding, outsider: User, client: Client
) -> None:
    client.force_login(outsider)
    for page in pages(trial):
        assert client.get(page).status_code == 404, page
        assert client.post(page, {"a": "b"}).status_code in (404, 405), page


def test_an_investigator_reads_and_does_not_write(
    trial: Proceeding, pair: Pair, client: Client
) -> None:
    client.force_login(pair.investigator)
    found = {page: client.get(page).status_code for page in pages(trial)}
    assert set(list(found.values())[:4]) == {200}
    assert set(list(found.values())[4:]) == {403}
    assert "Enter decisions" not in client.get(pages(trial)[1]).content.decode()


def test_a_proceeding_of_another_case_is_not_found(
    trial: Proceeding, pair: Pair, client: Client
) -> None:
    other = stories.accepted(stories.seized(pair), pair)
    client.force_login(pair.prosecutor)
    for page in (f"proceedings/{trial.pk}/", f"proceedings/{trial.pk}/decisions/", "accused/1/"):
        assert client.get(f"/cases/{other.reference}/{page}").status_code == 404


def test_a_trial_is_opened_through_the_page(pair: Pair, client: Client) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    client.force_login(pair.prosecutor)
    posted = {
        "kind": "trial", "court": stories.court().pk, "number": "CR 412/2020",
        "opened_on": "2020-03-10",
    }  # fmt: skip
    client.post(f"/cases/{case.reference}/proceedings/new/", posted)
    trial = Proceeding.objects.get(case=case)
    assert trial.charge_sheets.count() == 1
    case.refresh_from_db()
    assert case.court_file == "CR 412/2020"


def test_a_refused_trial_says_why_and_keeps_what_was_typed(pair: Pair, client: Client) -> None:
    case = stories.seized(pair)
    stories.join(case, pair.prosecutor, "prosecutor", pair)
    client.force_login(pair.prosecutor)
    posted = {
        "kind": "trial", "court": stories.court().pk, "number": HOSTILE, "opened_on": "2020-03-10",
    }  # fmt: skip
    answer = client.post(f"/cases/{case.reference}/proceedings/new/", posted).content.decode()
    assert "has not been accepted" in answer
    assert "&lt;b&gt;&quot;O&#x27;Neil&quot;" in answer
    assert HOSTILE not in answer
    assert not Proceeding.objects.exists()


@pytest.mark.parametrize("day", ["2020-03-01", "2999-01-01", "0001-01-01", "not a day", "\x00"])
def test_a_wrong_day_is_answered_beside_its_field(pair: Pair, client: Client, day: str) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    client.force_login(pair.prosecutor)
    posted = {"kind": "trial", "court": stories.court().pk, "number": "CR 1", "opened_on": day}
    answer = client.post(f"/cases/{case.reference}/proceedings/new/", posted)
    assert answer.status_code == 200
    assert answer.context["form"].errors["opened_on"]
    assert not Proceeding.objects.exists()


def test_a_hostile_name_is_shown_as_text(pair: Pair, client: Client) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    client.force_login(pair.prosecutor)
    client.post(f"/cases/{case.reference}/accused/new/", {"name": HOSTILE, "occupation": HOSTILE})
    accused = Accused.objects.get(case=case)
    assert accused.number == 1
    answer = client.get(f"/cases/{case.reference}/charges/").content.decode()
    assert HOSTILE not in answer
    assert "&lt;b&gt;" in answer


def test_an_accused_needs_a_name_and_a_party_is_charged_once(pair: Pair, client: Client) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    client.force_login(pair.prosecutor)
    answer = client.post(f"/cases/{case.reference}/accused/new/", {"name": " "})
    assert "Give the name" in answer.content.decode()
    stories.accuse(case, pair, "Benson Tsofa")
    client.post(f"/cases/{case.reference}/accused/1/edit/", {"name": "Benson Karisa Tsofa"})
    assert case.accused.get().name == "Benson Karisa Tsofa"


def test_bail_is_recorded_with_its_amount(trial: Proceeding, pair: Pair, client: Client) -> None:
    client.force_login(pair.prosecutor)
    page = f"/cases/{trial.case.reference}/proceedings/{trial.pk}/bail/"
    posted = {
        "accused": trial.case.accused.get().pk, "currency": "KES", "amount": "5000000",
        "decision": stories.code("bail", "granted_bond").pk, "decided_on": "2020-03-17",
    }  # fmt: skip
    client.post(page, {**posted, "amount": "9" * 40})
    assert not trial.bail.exists()
    client.post(page, posted)
    assert trial.bail.get().amount == 5_000_000


def test_an_appeal_is_brought_through_the_page(
    trial: Proceeding, pair: Pair, client: Client
) -> None:
    client.force_login(pair.prosecutor)
    page = f"/cases/{trial.case.reference}/proceedings/{trial.pk}/appeal/"
    posted = {
        "court": stories.court("high").pk, "number": "HCCRA 7/2021", "opened_on": "2021-06-10",
        "appellant_side": "defence", "about": "conviction",
        "charges": [str(charge) for charge in Charge.objects.values_list("pk", flat=True)],
    }  # fmt: skip
    client.post(page, posted)
    brought = trial.children.get()
    assert brought.kind == Proceeding.Kind.APPEAL
    assert brought.appealed.count() == 1
    trial.case.refresh_from_db()
    assert trial.case.status == Case.Status.APPEAL


@pytest.mark.parametrize(
    "page", ["charges/", "proceedings/{pk}/", "proceedings/{pk}/charge-sheet/"]
)
def test_three_counts_and_thirty_cost_the_same(
    pair: Pair, client: Client, page: str, django_assert_num_queries: object
) -> None:
    numbers = []
    for size in (3, 30):
        case = stories.accepted(stories.seized(pair), pair)
        trial = stories.opened(case, pair)
        people = stories.accuse(case, pair, *[f"Person {n}" for n in range(2)])
        found = [stories.count_in(trial, people, pair) for _n in range(size)]
        stories.file_sheet(trial, pair)
        every = [charge for charges in found for charge in charges]
        stories.plead(every, pair)
        stories.decide(dict.fromkeys(every, "acquitted"), pair)
        client.force_login(pair.prosecutor)
        numbers.append(_queries(client, f"/cases/{case.reference}/{page.format(pk=trial.pk)}"))
    assert numbers[0] == numbers[1]


def _queries(client: Client, page: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_a_day_before_the_appealed_decision_is_refused(trial: Proceeding, pair: Pair) -> None:
    charge = trial.charge_sheets.get().counts.get().charges.get()
    brought = stories.appeal(trial, pair)
    with pytest.raises(Exception, match="before"):
        stories.decide_appeal(brought, {charge: "quashed"}, pair, day=date(2021, 5, 1))
