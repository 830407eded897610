"""How a thing came to the laboratory, beside what the memo says of it."""

from collections.abc import Callable

from django.test import Client

from casework import clock
from casework.models import Case, User
from evidence.acts import handouts
from evidence.models import Exhibit
from evidence.papers import laboratory
from tests.evidence.acts import tusks
from tests.evidence.test_laboratory import row, send

SignIn = Callable[[User], Client]
CLERK = handouts.Outside("Asha Clerk", "CR-114", "Court registry")
ANALYST = handouts.Outside("Dr Mwikali", "NL-7", "Invented laboratory, reception")
COURIER = handouts.Outside("Juma Barasa", "WS-31", "Wildlife Service")


def hand_out(exhibit: Exhibit, to: handouts.Outside, actor: User, purpose: str) -> None:
    out = handouts.hand_out(exhibit, to=to, purpose=purpose, is_signed_on_paper=True, actor=actor)
    read = {"seal_number": out.seal_number, "count": out.count}
    handouts.take_back(out, actor=actor, **read)  # type: ignore[arg-type]


def test_a_clerk_of_a_court_is_not_taken_for_the_laboratory(case: Case, investigator: User) -> None:
    tusk = tusks(case, investigator)
    send(case, investigator, tusk)
    hand_out(tusk, CLERK, investigator, "Production")
    (item,) = row(case, investigator).items
    assert "Asha Clerk, Court registry" in item.handed_over
    assert "The memo names somebody else." in item.handed_over
    hand_out(tusk, ANALYST, investigator, "Which species?")
    (item,) = row(case, investigator).items
    assert "Dr Mwikali" in item.handed_over
    assert "somebody else" not in item.handed_over


def test_whoever_the_memo_says_carries_it_is_known_by_a_name(
    case: Case, investigator: User
) -> None:
    tusk = tusks(case, investigator)
    send(case, investigator, tusk)
    hand_out(tusk, CLERK, investigator, "Production")
    hand_out(tusk, COURIER, investigator, "To the laboratory")
    (item,) = row(case, investigator).items
    assert "Juma Barasa" in item.handed_over


def test_seals_that_came_otherwise_than_the_memo_says_stand_in_the_list(
    sign_in: SignIn, case: Case, investigator: User
) -> None:
    request = send(case, investigator, tusks(case, investigator))
    page = f"/cases/{case.reference}/laboratory/"
    told = "received with seals not as on the memo"
    laboratory.receive(
        request, received_by="A. Clerk", received_on=clock.today(), is_intact=True,
        actor=investigator,
    )  # fmt: skip
    assert told not in sign_in(investigator).get(page).content.decode()
    laboratory.receive(
        request, received_by="A. Clerk", received_on=clock.today(), is_intact=False,
        remarks="Torn at one corner", reason="Looked at again", actor=investigator,
    )  # fmt: skip
    assert told in sign_in(investigator).get(page).content.decode()
