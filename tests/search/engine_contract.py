"""What every engine must do, as one test class; a subclass provides the engine."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import query
from search.engines import (
    Engine,
    EngineBusyError,
    IndexDocument,
    Key,
    Page,
    Part,
    Request,
    Scope,
    SearchOrder,
)
from tests.search import oracle, random_searches

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
EVERYBODY = Scope(shared=frozenset({"v:g1", "v:g2"}))


def document(pk: int, title: str, *texts: str, **fields: object) -> IndexDocument:
    defaults: dict[str, object] = {
        "access": frozenset({"v:g1", f"c:{pk}"}),
        "case": pk,
        "date": BEGIN + timedelta(days=pk),
        "facets": {"kind": ("case",)},
    }
    parts = tuple(Part("summary", text) for text in texts)
    return IndexDocument(Key("case", pk), title, parts=parts, **(defaults | fields))  # type: ignore[arg-type]


# The engine is filled anew for each example, so that one of them serves for all.
SEARCHES = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


class EngineContract:
    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError

    @pytest.fixture
    def filled(self, engine: Engine) -> Engine:
        documents = [
            document(1, "Black tea to Hai Phong", "Customs seal CU 558120 was cut."),
            document(2, "Tamarind Reef Exporters", identifiers=("MDOU4182079", "A012345678A")),
            document(3, "Pangolin scales", "Scales hidden in bags of black beans and green tea"),
            document(4, "象牙制品", "Đặng Văn Ơn; MDOU 418207 9"),
        ]
        with engine.writing():
            engine.rebuild(documents)
        return engine

    def found(self, engine: Engine, typed: str, scope: Scope = EVERYBODY) -> set[int]:
        return {key.pk for key in ask(engine, typed, scope=scope).hits}

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("", {1, 2, 3, 4}),
            ("tea", {1, 3}),
            ("TEA", {1, 3}),
            ("bag", {3}),
            ("black tea", {1, 3}),
            ('"black tea"', {1}),
            ('"tea black"', set()),
            ("black -tea", set()),
            ("-tea", {2, 4}),
            ('tea -"green tea"', {1}),
            ("pangolin OR tamarind", {2, 3}),
            ("tea pangolin OR tamarind", {3}),
            ("cu558120", {1}),
            ("seal cu-558120", {1}),
            ("558120", {1}),
            ("mdou 418207 9", {2, 4}),
            ("MDOU4182079", {2, 4}),
            ("mdou-418207-9", {2, 4}),
            ("a012345678a", {2}),
            ("dang van on", {4}),
            ("象牙", {4}),
            ("牙", {4}),
            ("牙象", set()),
            ("nothing-like-it", set()),
        ],
    )
    def test_finds(self, filled: Engine, typed: str, expected: set[int]) -> None:
        assert self.found(filled, typed) == expected

    def test_an_empty_scope_finds_nothing(self, filled: Engine) -> None:
        empty = ask(filled, "tea", scope=Scope())
        assert empty == ask(filled, "nothing-like-it")
        assert empty.total == 0

    def test_a_scope_finds_only_what_it_shares(self, filled: Engine) -> None:
        assert self.found(filled, "", Scope(direct=frozenset({"c:2"}))) == {2}
        assert self.found(filled, "", Scope(shared=frozenset({"v:g2"}))) == set()

    def test_many_direct_tokens_are_the_same_as_few(self, filled: Engine) -> None:
        many = frozenset(f"c:{pk}" for pk in range(2, 400))
        assert self.found(filled, "", Scope(direct=many)) == {2, 3, 4}

    def test_lagging_cases_are_found_by_direct_tokens_only(self, filled: Engine) -> None:
        shared = frozenset({"v:g1"})
        lagging = Scope(shared=shared, lagging=frozenset({1, 2}), direct=frozenset({"c:2"}))
        assert self.found(filled, "", lagging) == {2, 3, 4}

    def test_hidden_documents_are_not_found(self, filled: Engine) -> None:
        shared = frozenset({"v:g1"})
        hidden = Scope(shared=shared, hidden=frozenset({Key("case", 3)}))
        page = ask(filled, "", scope=hidden)
        assert page.total == 3
        assert [count.count for count in page.facets["kind"]] == [3]

    def test_newest_and_oldest_first(self, filled: Engine) -> None:
        newest = ask(filled, "", order=SearchOrder.NEWEST)
        oldest = ask(filled, "", order=SearchOrder.OLDEST)
        assert [key.pk for key in newest.hits] == [4, 3, 2, 1]
        assert oldest.hits == newest.hits[::-1]

    @pytest.mark.parametrize("typed", ["black tea seal", "black tea seal zebra"])
    def test_words_that_stand_together_come_first(self, engine: Engine, typed: str) -> None:
        """Without changing what is found: the other is newer, and otherwise as good."""
        together = document(1, "Found", "Black tea stood behind the cut seal")
        apart = document(2, "Found", "Tea stood behind the cut black seal")
        with engine.writing():
            engine.rebuild([together, apart])
        rungs = {rung.name: rung for rung in query.rungs(typed)}
        asked = Request(rungs["some" if "zebra" in typed else "exact"].tree, EVERYBODY)
        assert [key.pk for key in engine.search(asked).hits] == [1, 2]
        newest = engine.search(replace(asked, order=SearchOrder.NEWEST))
        assert [key.pk for key in newest.hits] == [2, 1]
        assert engine.search(asked) == replace(newest, hits=newest.hits[::-1])

    @pytest.mark.parametrize("order", list(SearchOrder))
    def test_pages_join_without_gap_or_repeat(self, engine: Engine, order: SearchOrder) -> None:
        with engine.writing():
            engine.rebuild(document(pk, "the same title", date=BEGIN) for pk in range(1, 48))
        pages = [ask(engine, "title", order=order, offset=o, limit=10) for o in range(0, 50, 10)]
        keys = [key.pk for page in pages for key in page.hits]
        assert sorted(keys) == list(range(1, 48))
        assert {page.total for page in pages} == {47}

    def test_counts_facets_exactly(self, filled: Engine) -> None:
        with filled.writing():
            filled.write(
                [
                    document(5, "tea", facets={"kind": ("file",), "port": ("KEMBA", "MYPKG")}),
                    document(6, "tea", facets={"kind": ("case",), "port": ("KEMBA",)}),
                ]
            )
        facets = counted(ask(filled, "tea"))
        assert facets["kind"] == {"case": 3, "file": 1}
        assert facets["port"] == {"KEMBA": 2, "MYPKG": 1}

    def test_a_chosen_value_narrows_all_but_its_own_facet(self, filled: Engine) -> None:
        with filled.writing():
            filled.write([document(5, "tea", facets={"kind": ("file",), "port": ("KEMBA",)})])
        page = ask(filled, "tea", chosen={"kind": frozenset({"file"})})
        assert page.total == 1
        assert counted(page)["kind"] == {"case": 2, "file": 1}
        assert counted(page)["port"] == {"KEMBA": 1}

    def test_values_of_one_facet_are_alternatives(self, filled: Engine) -> None:
        with filled.writing():
            filled.write([document(5, "tea", facets={"kind": ("file",)})])
        page = ask(filled, "tea", chosen={"kind": frozenset({"file", "case"})})
        assert page.total == 3

    def test_writing_replaces_and_removes(self, filled: Engine) -> None:
        with filled.writing():
            filled.write([document(1, "Green tea")], gone=[Key("case", 3)])
        assert self.found(filled, "tea") == {1}
        assert self.found(filled, "black") == set()

    def test_one_writer_at_a_time(self, filled: Engine) -> None:
        with filled.writing(), pytest.raises(EngineBusyError), filled.writing():
            pass
        with filled.writing():
            filled.write([document(7, "free again")])

    def test_digests_tell_what_is_indexed(self, filled: Engine) -> None:
        first = dict(filled.digests())
        with filled.writing():
            filled.write([document(1, "Another title")])
        second = dict(filled.digests())
        assert {key.pk for key in first} == {1, 2, 3, 4}
        assert {key.pk for key in first if first[key] != second[key]} == {1}

    def test_rebuilding_replaces_everything(self, filled: Engine) -> None:
        with filled.writing():
            assert filled.rebuild([document(9, "alone")]) == 1
        assert self.found(filled, "") == {9}

    @pytest.mark.parametrize("order", [SearchOrder.NEWEST, SearchOrder.OLDEST])
    def test_hidden_documents_change_nothing(self, filled: Engine, order: SearchOrder) -> None:
        before = [ask(filled, typed, order=order) for typed in ("", "tea", '"black tea"')]
        other = frozenset({"v:g9"})
        for pk in range(20, 40):
            made = document(pk, "black tea", access=other, facets={"port": ("KEMBA",)}, date=BEGIN)
            with filled.writing():
                filled.write([made])
        after = [ask(filled, typed, order=order) for typed in ("", "tea", '"black tea"')]
        assert repr(after) == repr(before)

    @SEARCHES
    @given(st.data(), random_searches.collections)
    def test_agrees_with_the_oracle(
        self, engine: Engine, data: st.DataObject, documents: tuple[IndexDocument, ...]
    ) -> None:
        with engine.writing():
            engine.rebuild(documents)
        for request in data.draw(st.lists(random_searches.requests, min_size=10, max_size=20)):
            page, expected = engine.search(request), oracle.answer(documents, request)
            assert (page.total, page.facets) == (expected.total, expected.facets)
            if request.order is not SearchOrder.RELEVANCE:
                assert page.hits == expected.hits
            best = replace(request, order=SearchOrder.RELEVANCE, offset=0, limit=20)
            hits = {document.key for document in oracle.found(documents, request)}
            assert set(engine.search(best).hits) == hits


def ask(engine: Engine, typed: str, *, scope: Scope = EVERYBODY, **fields: object) -> Page:
    return engine.search(Request(query.build(typed), scope, **fields))  # type: ignore[arg-type]


def counted(page: Page) -> dict[str, dict[str, int]]:
    return {
        name: {count.value: count.count for count in counts} for name, counts in page.facets.items()
    }
