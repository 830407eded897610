"""What a person finds, from the operation to the result."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from casework import access, cases
from casework.models import Case, User
from search import narrowing, run, sync
from search.engines import Engine, SearchOrder
from tests.search.conftest import Find

NOW = datetime(2024, 3, 14, 6, tzinfo=UTC)
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


def test_wider_rungs_are_asked_while_too_little_is_found(
    engine: Engine, investigator: User
) -> None:
    def rung(typed: str, **fields: Any) -> tuple[str, int]:
        answer = run.search(investigator, run.Params(typed=typed, **fields))
        return answer.rung, answer.total

    assert rung("ivory black tea") == ("exact", 1)
    assert rung("ivory black zebra") == ("some", 1)
    assert rung("ivry") == ("near", 1)
    assert rung("zebra") == ("exact", 0)
    assert rung('"ivory tea"') == ("exact", 0)


def test_the_best_answer_may_lack_one_of_many_words(
    case: Case, investigator: User, engine: Engine
) -> None:
    for n in range(10):
        text = f"A fern and a bog, {n}; far from them gorse on the heath"
        cases.note(case, text=text, happened_at=NOW, actor=investigator)
    cases.note(case, text="Gorse heath fern", happened_at=NOW, actor=investigator)
    sync.catch_up()
    asked = run.Params(typed="gorse heath fern bog")
    best = run.search(investigator, asked)
    assert (best.rung, best.exact, best.total) == ("most", 10, 11)
    assert "Gorse heath fern" in {result.title.plain for result in best.results}
    by_date = replace(asked, order=SearchOrder.NEWEST)
    assert run.search(investigator, by_date).total == 10


def test_narrowing_never_widens(case: Case, investigator: User, engine: Engine) -> None:
    """Twelve hold all the words; a tick that leaves one of them must not bring others."""
    for n in range(11):
        cases.note(case, text=f"gorse heath fern {n}", happened_at=NOW, actor=investigator)
    cases.note(case, text="gorse heath alone", happened_at=NOW, actor=investigator)
    made = cases.open_case(title="Gorse heath fern", tier="port", actor=investigator)
    cases.open_case(title="Gorse heath", tier="port", actor=investigator)
    sync.catch_up()
    asked = run.Params(typed="gorse heath fern")
    assert run.search(investigator, asked).total == 12
    narrowed = run.search(investigator, replace(asked, chosen={"kind": frozenset({"case"})}))
    assert (narrowed.rung, narrowed.total) == ("exact", 1)
    assert narrowed.results[0].reference == made.reference


def test_a_rung_counts_only_what_one_may_see(
    engine: Engine, case: Case, prosecutor: User, manager: User
) -> None:
    cases.open_case(title="Gorse in black tea", tier="port", actor=manager)
    sync.catch_up()
    answer = run.search(prosecutor, run.Params(typed="gorse black tea"))
    assert (answer.rung, answer.exact, answer.total) == ("some", 0, 1)
    assert answer.results[0].reference == case.reference


def test_days_are_those_of_the_installation(case: Case, investigator: User, engine: Engine) -> None:
    zone = timezone.get_default_timezone()
    for day, hour in ((3, 23), (4, 0), (4, 23), (5, 0)):
        moment = datetime(2024, 3, day, hour, tzinfo=zone)
        cases.note(case, text=f"heron {day} {hour}", happened_at=moment, actor=investigator)
    sync.catch_up()
    on = date(2024, 3, 4)
    answer = run.search(investigator, run.Params(typed="heron", since=on, until=on))
    assert {hit.title.plain for hit in answer.results} == {"heron 4 0", "heron 4 23"}


def test_what_is_spelt_otherwise_says_so(engine: Engine, investigator: User) -> None:
    (hit,) = run.search(investigator, run.Params(typed="ivry")).results
    assert hit.is_otherwise
    (hit,) = run.search(investigator, run.Params(typed="ivory")).results
    assert not hit.is_otherwise


@pytest.fixture
def few_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six hits are as deep as anybody reads, two on a page."""
    for module in (run, narrowing):
        monkeypatch.setattr(module, "DEEPEST", 6)
        monkeypatch.setattr(module, "ON_A_PAGE", 2)


def test_by_date_the_last_page_leads_on(
    few_pages: None, engine: Engine, case: Case, investigator: User
) -> None:
    for day in range(1, 11):
        moment = NOW.replace(day=day)
        cases.note(case, text=f"heron {day}", happened_at=moment, actor=investigator)
    sync.catch_up()

    def step(order: SearchOrder, page: int) -> str:
        asked = run.Params(typed="heron", order=order, page=page)
        link = narrowing.step(run.search(investigator, asked))
        return link.url if link else ""

    assert step(SearchOrder.NEWEST, 2) == ""
    assert step(SearchOrder.NEWEST, 3) == "?q=heron&to=2024-03-05&sort=newest"
    assert step(SearchOrder.OLDEST, 3) == "?q=heron&from=2024-03-06&sort=oldest"
    assert step(SearchOrder.RELEVANCE, 3) == ""


def test_a_day_that_holds_more_than_all_pages_leads_nowhere(
    few_pages: None, engine: Engine, case: Case, investigator: User
) -> None:
    for n in range(8):
        cases.note(case, text=f"heron {n}", happened_at=NOW, actor=investigator)
    sync.catch_up()
    day = date(2024, 3, 14)
    asked = run.Params(typed="heron", order=SearchOrder.NEWEST, page=3, until=day)
    answer = run.search(investigator, asked)
    assert answer.total == 8
    assert narrowing.step(answer) is None
