"""What a person finds, from the operation to the result."""

from typing import Any

from casework import access, cases
from casework.models import Case, User
from search import run
from search.engines import Engine
from tests.search.conftest import Find

TITLE = "case: Elephant ivory declared as black tea"


def test_members_of_the_team_find_the_case(
    engine: Engine, find: Find, case: Case, investigator: User, custodian: User, prosecutor: User
) -> None:
    for person in (investigator, custodian, prosecutor):
        assert find(person, "ivory tea") == {TITLE}


def test_the_unit_and_the_auditor_find_it_through_their_groups(
    case: Case, colleague: User, auditor: User, engine: Engine, find: Find
) -> None:
    assert find(colleague, "ivory") == find(auditor, "ivory") == {TITLE}


def test_an_outsider_finds_nothing(case: Case, outsider: User, engine: Engine, find: Find) -> None:
    assert find(outsider, "ivory") == set()
    facets = run.search(outsider, run.Params(typed="ivory")).facets
    assert set(facets.values()) == {()}


def test_what_changed_is_found_at_once(
    engine: Engine, committed: Any, find: Find, investigator: User
) -> None:
    with committed():
        made = cases.open_case(title="Pangolin scales in beans", tier="port", actor=investigator)
    for typed in ("pangolin", made.reference, made.reference.replace("-", " ").lower()):
        assert find(investigator, typed) == {"case: Pangolin scales in beans"}


def test_a_grant_bites_before_the_index_has_seen_it(
    engine: Engine, find: Find, case: Case, outsider: User, investigator: User
) -> None:
    row = access.grant(case, role="viewer", to=outsider, actor=investigator, reason="Helps")
    assert find(outsider, "ivory") == {TITLE}
    access.revoke(row, actor=investigator, reason="Done")
    assert find(outsider, "ivory") == set()
