"""What is promised of permission, on any engine, held against a brute-force look at the database.

- Nothing is found, counted or faceted that the reader may not see now, however far the index lags.
- What no change waits for is found, if it is visible: a grant, a revocation, an expiry, another
  post count at once.
- With nothing waiting, hits, total and all facets are those of the documents made from the
  database now that `visible_to` lets through.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import access, roles
from casework.models import User
from search import documents, index, loading, query, scope, sync
from search.documents.content import Need
from search.engines import FACETS, IndexDocument, Key, Page, Request, Scope, SearchOrder
from search.models import OutboxEntry
from search.scope import WHOLE_CASE
from tests.search import oracle
from tests.search.permission_world import WORDS, World, told_by

EVERYBODY = frozenset({"everybody"})
OF_THE_REGISTER = (Need.REGISTER.value, f"{Need.CASE_AND_REGISTER}:")

two, four = st.integers(0, 1), st.integers(0, 3)
person = st.integers(0, 3)
role = st.sampled_from(["supervisor", "investigator", "auditor", "viewer"])
days = st.sampled_from([None, 1])
position = st.sampled_from(["investigator", "custodian", "auditor", "observer"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), two, person, role, days),
        st.tuples(st.just("grant_unit"), two, person, role, days),
        st.tuples(st.just("revoke"), st.integers(0, 9)),
        st.tuples(st.just("let_time_pass")),
        st.tuples(st.just("toggle_person"), person),
        st.tuples(st.just("move"), person, position, st.booleans()),
        st.tuples(st.sampled_from(["restrict", "hide_file", "hide_note", "protect"]), four),
        st.tuples(st.just("release"), four),
        st.tuples(st.just("involve"), two, four),
        st.tuples(st.just("write"), two),
        st.tuples(st.just("index"), st.sampled_from([1, 2, 5, 1_000])),
    ),
    max_size=8,
)
typed = st.one_of(
    st.just(""),
    st.sampled_from(WORDS),
    st.sampled_from(
        ["tus*", '"ivory tusks"', "ivory -tusks", "zephirine OR godown", "port:mombasa",
         "kind:file", "species:ivory", "E2", "X1", "ivroy", "seal:1", "tamarinde reef"]
    ),
)  # fmt: skip
chosen = st.sampled_from(
    [{}, {"kind": frozenset({"note", "file"})}, {"port": frozenset({"KEMBA"})}]
)
searches = st.lists(st.tuples(typed, chosen), min_size=1, max_size=3)


def visible(everything: list[IndexDocument], reader: User) -> list[IndexDocument]:
    """Documents of the register, and those that also need it, are for its readers; others find
    the part that a party has in their case."""
    pks: dict[str, set[int]] = {}
    for kind in {document.key.kind for document in everything}:
        rows = documents.SOURCES[kind].rows().visible_to(reader)
        pks[kind] = set(rows.order_by().values_list("pk", flat=True))
    has_register = access.holds(reader, roles.VIEW_REGISTER)
    return [
        replace(document, access=EVERYBODY)
        for document in everything
        if document.key.pk in pks[document.key.kind]
        and (has_register or not all(t.startswith(OF_THE_REGISTER) for t in document.access))
    ]


def found(request: Request) -> Page:
    return index.engine().search(request)


class PermissionProperty:
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.differing_executors,  # a class for each engine runs it
        ],
    )
    @given(steps=steps, searches=searches)
    def test_search_is_what_is_visible(
        self,
        world: World,
        a_new_index: Callable[[], None],
        steps: list[tuple[Any, ...]],
        searches: list[tuple[str, Any]],
    ) -> None:
        with transaction.atomic():
            a_new_index()
            for number, (name, *values) in enumerate(steps):
                act: Callable[..., None] = getattr(world, name)
                act(*values)
                look(world.people[number % 2 :: 2], searches)  # two at a time: it is quicker
            world.index(1_000)
            look(world.people, searches)
            assert not any(sync.drift().values())
            transaction.set_rollback(True)
        for one in world.people:
            one.refresh_from_db()


def look(people: Iterable[User], searches: Iterable[tuple[str, Any]]) -> None:
    everything = list(loading.everything({}))
    entries = OutboxEntry.objects.exclude(kind=WHOLE_CASE)
    waiting = {key for row in entries for key in told_by(row)}
    for one in people:
        reader = User.objects.get(pk=one.pk)
        seen = visible(everything, reader)
        for words, values in searches:
            _compare(reader, seen, waiting, query.build(words), values)


def _compare(
    reader: User, seen: list[IndexDocument], waiting: set[Key], tree: query.Tree, values: Any
) -> None:
    request = Request(
        tree, scope.build(reader), values, order=SearchOrder.NEWEST, limit=500, facets=FACETS
    )
    page = found(request)
    told = oracle.answer(seen, replace(request, scope=Scope(direct=EVERYBODY)))
    keys = set(page.hits)
    assert page.total == len(page.hits) == len(keys)
    assert keys <= {document.key for document in seen}
    assert keys - waiting == set(told.hits) - waiting
    if not values:
        kinds = Counter(key.kind for key in keys)
        assert {one.value: one.count for one in page.facets["kind"]} == kinds
    if not waiting:
        assert page == told
