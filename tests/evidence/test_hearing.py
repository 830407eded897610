"""A hearing's page: what it needs with its marks, suggestions, and what a protected one hides."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from casework import clock, hearings, proceedings
from casework.days import needs, presiding, summonses
from casework.days.appearances import Seen
from casework.models import Accused, Hearing, HearingNeed, Proceeding, User, Witness
from casework.witnesses import witnesses
from evidence.days import readiness, suggestions
from evidence.models import Exhibit
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair
from tests.evidence import scenes

SignIn = Callable[[User], Client]


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    return stories.charged(pair)[0].count.charge_sheet.proceeding


@pytest.fixture
def ahead(trial: Proceeding, pair: Pair) -> Hearing:
    return list_one(trial, pair)


@pytest.fixture
def page(ahead: Hearing) -> str:
    return f"/cases/{ahead.proceeding.case.reference}/hearings/{ahead.pk}/needs/"


def list_one(trial: Proceeding, pair: Pair, kind: str = "hearing", days: int = 5) -> Hearing:
    return hearings.schedule(
        trial, kind=stories.code("hearing_type", kind), actor=pair.prosecutor,
        starts_at=clock.now() + timedelta(days=days),
    )  # fmt: skip


def ready(hearing: Hearing, user: User) -> list[tuple[str, str]]:
    (row,) = readiness.read([hearing], user)
    return [(line.mark, line.word) for line in row.lines]


def test_a_witness_goes_from_open_to_half_to_full(
    trial: Proceeding, ahead: Hearing, pair: Pair
) -> None:
    witness = witnesses.add(trial.case, name="Salim Mwero", actor=pair.investigator)
    needs.add(ahead, kind="witness", witness=witness, actor=pair.prosecutor)
    assert ready(ahead, pair.prosecutor) == [("open", "Not summoned")]
    (paper,) = summonses.issue(ahead, [witness], issued_on=clock.today(), actor=pair.prosecutor)
    assert ready(ahead, pair.prosecutor)[0][0] == "half"
    summonses.record(
        paper, state="served", served_on=clock.today(), served_by="Cpl B", actor=pair.prosecutor
    )
    assert ready(ahead, pair.prosecutor)[0][0] == "full"
    summonses.record(paper, state="refused", note="Tore it", actor=pair.prosecutor)
    assert ready(ahead, pair.prosecutor)[0][0] == "cross"


def test_an_exhibit_is_read_from_custody(
    trial: Proceeding, ahead: Hearing, pair: Pair, custodian: User
) -> None:
    exhibit: Exhibit = scenes.exhibit(trial.case, pair.investigator)
    needs.add(ahead, kind="exhibit", exhibit=exhibit, actor=pair.prosecutor)
    assert ready(ahead, pair.prosecutor) == [("full", f"{pair.investigator} can bring it")]
    pair.investigator.is_active = False
    pair.investigator.save()
    mark, word = ready(ahead, pair.prosecutor)[0]
    assert (mark, "no longer works here" in word) == ("cross", True)


def test_what_is_offered_is_half(
    trial: Proceeding, ahead: Hearing, pair: Pair, custodian: User
) -> None:
    stories.join(trial.case, custodian, "custodian", pair)
    offered = scenes.offer(trial.case, pair.investigator, custodian)
    needs.add(ahead, kind="exhibit", exhibit=offered.exhibit, actor=pair.prosecutor)
    mark, word = ready(ahead, pair.prosecutor)[0]
    assert mark == "half"
    assert "not taken over" in word


def test_an_interpreter_is_named_then_ready(ahead: Hearing, pair: Pair) -> None:
    need = needs.add(ahead, kind="interpreter", language="Vietnamese", actor=pair.prosecutor)
    assert ready(ahead, pair.prosecutor) == [("open", "No interpreter is named")]
    needs.settle(need, is_ready=False, what="R. Mwende", actor=pair.prosecutor)
    assert ready(ahead, pair.prosecutor) == [("half", "Asked: R. Mwende")]
    needs.settle(need, is_ready=True, what="R. Mwende", actor=pair.prosecutor)
    assert ready(ahead, pair.prosecutor)[0][0] == "full"


def test_suggested_are_those_not_heard_and_their_language(
    trial: Proceeding, ahead: Hearing, pair: Pair, page: str, sign_in: SignIn
) -> None:
    first, second = (
        witnesses.add(trial.case, name=name, language="Vietnamese", actor=pair.investigator)
        for name in ("First", "Second")
    )
    past = list_one(trial, pair, days=0)
    with clock.telling(clock.now() + timedelta(hours=1)):
        hearings.record(
            past, state="held", actor=pair.prosecutor,
            appeared=[Seen("witness", witness=first, has_testified=True)],
        )  # fmt: skip
    client = sign_in(pair.prosecutor)
    assert [one.title for one in client.get(page).context["suggestions"]] == [str(second)]
    client.post(f"{page}add/", {"take": [f"witness-{second.pk}", "witness-0", "x"]})
    assert HearingNeed.objects.get().witness == second
    suggested = client.get(page).context["suggestions"]
    assert [one.title for one in suggested] == ["Interpreter: Vietnamese"]


def test_a_trial_that_starts_again_hears_all_again(
    trial: Proceeding, ahead: Hearing, pair: Pair
) -> None:
    witness = witnesses.add(trial.case, name="First", actor=pair.investigator)
    past = list_one(trial, pair, days=-20)
    heard = Seen("witness", witness=witness, has_testified=True)
    hearings.record(past, state="held", actor=pair.prosecutor, appeared=[heard])
    assert not suggestions.unheard(ahead, ahead.proceeding.case).exists()
    presiding.change(
        trial, after="Hon. B. Tuva", changed_on=clock.today(), is_heard_anew=True,
        cause=stories.code("presiding_change", "transferred"), actor=pair.prosecutor,
    )  # fmt: skip
    assert suggestions.unheard(ahead, ahead.proceeding.case).get() == witness


def test_an_accused_of_another_language_needs_an_interpreter_for_a_plea(
    trial: Proceeding, pair: Pair
) -> None:
    plea = list_one(trial, pair, "plea", days=9)
    accused = Accused.objects.get(case=trial.case)
    proceedings.change_accused(accused, language="Vietnamese", actor=pair.prosecutor)
    assert [one.fields for one in suggestions.of(plea, plea.proceeding.case)] == [
        {"language": "Vietnamese"}
    ]
    accused.language = "swahili"
    accused.save()
    assert suggestions.of(plea, plea.proceeding.case) == []


def test_a_protected_witness_leaves_no_need_and_no_summons(
    trial: Proceeding, ahead: Hearing, pair: Pair, page: str, colleague: User, sign_in: SignIn
) -> None:
    hidden = witnesses.add(
        trial.case, name="Hidden", language="Thai", is_protected=True, actor=pair.investigator
    )
    need = needs.add(ahead, kind="witness", witness=hidden, actor=pair.prosecutor)
    (paper,) = summonses.issue(ahead, [hidden], issued_on=clock.today(), actor=pair.prosecutor)
    client = sign_in(colleague)
    reference = trial.case.reference
    for address in (page, f"{page}add/", f"/cases/{reference}/hearings/", "/hearings/readiness/",
                    f"/cases/{reference}/hearings/{ahead.pk}/summons/"):  # fmt: skip
        body = client.get(address).content.decode()
        assert "Hidden" not in body
        assert "Thai" not in body
    assert client.get(page).context["ready"].lines == ()
    assert client.get(f"/cases/{reference}/needs/{need.pk}/").status_code == 404
    assert client.get(f"/cases/{reference}/summonses/{paper.pk}/").status_code == 404
    assert "Hidden" in sign_in(pair.prosecutor).get(page).content.decode()


def test_summons_and_service_by_the_pages(
    trial: Proceeding, ahead: Hearing, pair: Pair, page: str, sign_in: SignIn
) -> None:
    witness: Witness = witnesses.add(trial.case, name="First", actor=pair.investigator)
    client = sign_in(pair.investigator)
    reference = trial.case.reference
    posted = {"witnesses": witness.pk, "kind": "summons", "issued_on": str(clock.today())}
    client.post(f"/cases/{reference}/hearings/{ahead.pk}/summons/", posted)
    paper = ahead.summonses.get()
    address = f"/cases/{reference}/summonses/{paper.pk}/"
    refused = client.post(address, {"state": "served", "served_on": str(clock.today())})
    assert refused.context["form"].errors["served_by"]
    client.post(address, {"state": "served", "served_on": str(clock.today()), "served_by": "Cpl"})
    paper.refresh_from_db()
    assert paper.state == "served"
    assert "Summons served" in client.get(f"/cases/{reference}/witnesses/W1/").content.decode()


def test_a_need_is_settled_or_taken_out_on_its_page(
    ahead: Hearing, pair: Pair, page: str, sign_in: SignIn
) -> None:
    client = sign_in(pair.prosecutor)
    client.post(f"{page}add/", {"thing": "", "what": "Video link"})
    need = HearingNeed.objects.get()
    address = f"/cases/{ahead.proceeding.case.reference}/needs/{need.pk}/"
    client.post(address, {"is_ready": "on", "what": "Video link", "note": "Clerk said so"})
    need.refresh_from_db()
    assert (need.is_ready, need.what) == (True, "Video link")
    client.post(address, {"remove": "1"})
    assert not HearingNeed.objects.exists()
