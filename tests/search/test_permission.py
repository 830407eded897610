"""Property: whatever is granted, revoked, expired or lagging, search is what `visible_to` says."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from casework import access, cases
from casework.models import Case, CaseGroupGrant, CaseUserGrant, DiaryEntry, User
from search import documents, run, sync
from search.engines import Key, SearchOrder
from search.models import OutboxEntry

ROLES = st.sampled_from(["supervisor", "investigator", "auditor", "viewer"])
WHICH = st.integers(0, 2)


@dataclass
class World:
    """Three cases with an open and a sensitive note each, and people who may come and go."""

    cases: list[Case]
    notes: list[DiaryEntry]
    people: list[User]
    actor: User

    def grant(self, case: int, person: int, role: str, in_days: int | None) -> None:
        end = timezone.now() + timedelta(days=in_days) if in_days else None
        self._grant(case, self.people[person], role, end)

    def grant_unit(self, case: int, person: int, role: str, in_days: int | None) -> None:
        unit = self.people[person].unit
        end = timezone.now() + timedelta(days=in_days) if in_days else None
        if unit is not None:
            self._grant(case, unit.group, role, end)

    def _grant(self, case: int, to: Any, role: str, end: Any) -> None:
        if isinstance(to, User) and not to.is_active:
            return
        access.grant(
            self.cases[case], role=role, to=to, actor=self.actor, reason="", expires_at=end
        )

    def revoke(self, which: int) -> None:
        rows = [*CaseUserGrant.objects.order_by("pk"), *CaseGroupGrant.objects.order_by("pk")]
        if rows:
            rows[which % len(rows)].delete()

    def let_time_pass(self) -> None:
        """What had an end has ended; nobody tells the index."""
        for model in (CaseUserGrant, CaseGroupGrant):
            ending = model.objects.filter(expires_at__isnull=False)
            ending.update(expires_at=timezone.now() - timedelta(seconds=1))

    def toggle_person(self, person: int) -> None:
        someone = self.people[person]
        someone.is_active = not someone.is_active
        someone.save()

    def leave_unit(self, person: int) -> None:
        self.people[person].groups.clear()

    def toggle_note(self, which: int) -> None:
        note = self.notes[which % len(self.notes)]
        note.is_sensitive = not note.is_sensitive
        note.save()
        sync.note(DiaryEntry, note)

    def index(self) -> None:
        sync.catch_up()


DAYS = st.sampled_from([None, 1])
STEPS = st.one_of(
    st.tuples(st.just("grant"), WHICH, WHICH, ROLES, DAYS),
    st.tuples(st.just("grant_unit"), WHICH, WHICH, ROLES, DAYS),
    st.tuples(st.just("revoke"), st.integers(0, 9)),
    st.tuples(st.just("let_time_pass")),
    st.tuples(st.just("toggle_person"), WHICH),
    st.tuples(st.just("leave_unit"), WHICH),
    st.tuples(st.just("toggle_note"), st.integers(0, 5)),
    st.tuples(st.just("index")),
)


@pytest.fixture
def world(investigator: User, colleague: User, custodian: User, outsider: User) -> World:
    made = [cases.open_case(title=f"Ivory {n}", tier="port", actor=investigator) for n in range(3)]
    notes = [
        DiaryEntry.objects.create(
            case=case,
            text=f"ivory note {sensitive}",
            is_sensitive=sensitive,
            happened_at=timezone.now(),
            written_by=investigator,
        )
        for case in made
        for sensitive in (False, True)
    ]
    return World(made, notes, [colleague, custodian, outsider], investigator)


def expected(person: User) -> tuple[set[Key], Counter[str]]:
    """Brute force: every row through `visible_to`, but for those waiting to be hidden."""
    person = User.objects.get(pk=person.pk)
    waiting = set(OutboxEntry.objects.values_list("kind", "object_id"))
    keys = {
        Key(kind, row.pk)
        for kind in ("case", "note")
        for row in documents.SOURCES[kind].rows().visible_to(person)
        if (kind, row.pk) not in waiting
    }
    return keys, Counter(key.kind for key in keys)


def found(person: User, typed: str) -> tuple[set[Key], Counter[str]]:
    person = User.objects.get(pk=person.pk)
    answer = run.search(person, run.Params(typed=typed, order=SearchOrder.NEWEST))
    assert not answer.is_lookup
    keys = {hit.key for hit in answer.results}
    assert answer.total == len(keys) == len(answer.results)
    return keys, Counter({c.value: c.count for c in answer.facets["kind"]})


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, max_size=10))
def test_search_is_what_is_visible(
    world: World, settings: Settings, tmp_path_factory: Any, steps: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        settings.SEARCH_DIR = Path(tmp_path_factory.mktemp("index"))
        sync.rebuild()
        for name, *values in steps:
            act: Callable[..., None] = getattr(world, name)
            act(*values)
            for person in world.people:
                assert found(person, "ivory") == expected(person)
        transaction.set_rollback(True)
    for person in world.people:
        person.refresh_from_db()
    for note in world.notes:
        note.refresh_from_db()
