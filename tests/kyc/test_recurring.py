"""Who and what comes together in several cases of a reader's."""

from collections.abc import Callable

from django.test import Client

from casework.models import Case, User
from kyc.ties import recurring
from tests.kyc import network_scene as made
from tests.kyc import scene


def names(found: list[recurring.Row]) -> list[tuple[list[str], int]]:
    """The members of each row and how often; a container's number has spaces that do not break."""
    told = ([n.name.replace("\u00a0", " ") for n in row.members] for row in found)
    return [(members, len(row.cases)) for members, row in zip(told, found, strict=True)]


def of_all(user: User) -> list[tuple[list[str], int]]:
    return names(recurring.told(recurring.of_all(user), user))


def of_case(case: Case, user: User) -> list[tuple[list[str], int]]:
    return names(recurring.told(recurring.of_case(case, user), user))


def test_two_parties_in_two_cases_are_told_once(case: Case, investigator: User) -> None:
    other = made.case_of("Tea again", investigator)
    tea, hill, once = (made.firm(n, investigator) for n in ("Tea Ltd", "Hill Ltd", "Once Ltd"))
    for one in (case, other):
        made.involve(one, tea, "shipper", investigator)
        made.involve(one, hill, "clearing_agent", investigator)
    made.involve(case, once, "notify", investigator)
    told = [(["Hill Ltd", "Tea Ltd"], 2)]
    assert of_all(investigator) == told
    assert of_case(case, investigator) == told


def test_a_consignee_with_one_vessel_and_container(case: Case, investigator: User) -> None:
    other = made.case_of("Tea again", investigator)
    river = made.firm("Red River", investigator)
    for one in (case, other):
        made.involve(one, river, "consignee", investigator)
        scene.seize(one, investigator)
    [(together, times)] = of_case(case, investigator)
    assert times == 2
    assert together == ["Red River", "CU 558120", "Corralis Dawn, IMO 9817559", "MDOU 418200 0"]


def test_one_exporter_behind_two_names_shows_by_its_telephone(
    case: Case, investigator: User
) -> None:
    other = made.case_of("Tea again", investigator)
    river = made.firm("Red River", investigator)
    for one, name in ((case, "Tea Ltd"), (other, "Coffee Ltd")):
        firm = made.firm(name, investigator)
        made.say(firm, "phone", "+254 712 345678", investigator)
        made.involve(one, firm, "shipper", investigator)
        made.involve(one, river, "consignee", investigator)
    assert of_all(investigator) == [(["Red River", "+254 712 345678"], 2)]
    assert of_case(other, investigator) == of_all(investigator)


def test_carriers_are_in_every_bill_and_tell_nothing(case: Case, investigator: User) -> None:
    other = made.case_of("Tea again", investigator)
    line, tea = (made.firm(n, investigator) for n in ("Orient Line", "Tea Ltd"))
    for one in (case, other):
        made.involve(one, line, "carrier", investigator)
        made.involve(one, tea, "shipper", investigator)
    assert of_all(investigator) == []


def test_a_case_that_is_not_the_readers_does_not_count(
    case: Case, investigator: User, prosecutor: User, sign_in: Callable[[User], Client]
) -> None:
    other = made.case_of("Tea again", investigator)
    for firm in (made.firm("Tea Ltd", investigator), made.firm("Hill Ltd", investigator)):
        for one in (case, other):
            made.involve(one, firm, "shipper", investigator)
    assert len(of_all(investigator)) == 1
    assert of_all(prosecutor) == []
    told = sign_in(prosecutor).get("/network/recurring/").content.decode()
    assert "Tea Ltd" not in told
