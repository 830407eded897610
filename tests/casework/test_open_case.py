"""Opening a case: its reference, its first grants."""

from casework import cases, people
from casework.models import Agency, User
from tests.conftest import PASSWORD


def test_a_person_without_a_unit_opens_a_case_seen_by_them_and_the_auditors(
    wildlife: Agency, colleague: User
) -> None:
    roaming = people.create_person(
        username="roaming",
        password=PASSWORD,
        name="Wanjiru Kai",
        position="investigator",
        agency=wildlife,
        actor=None,
    )
    case = cases.open_case(title="Skins in a lorry", tier="possession", actor=roaming)
    assert case.reference.startswith("KE-WS-")
    assert [grant.user for grant in case.user_grants.all()] == [roaming]
    assert [grant.group.name for grant in case.group_grants.all()] == ["WS: auditors"]


def test_references_follow_the_pattern_and_never_repeat(investigator: User) -> None:
    opened = [cases.open_case(title="T", tier="port", actor=investigator) for _ in range(3)]
    assert [case.reference[-4:] for case in opened] == ["0001", "0002", "0003"]
