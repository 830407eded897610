"""The contract on a real Elasticsearch, and how its indices follow each other."""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from search.engines import (
    DocumentsRefusedError,
    Engine,
    IndexDocument,
    IndexLostError,
    Key,
    Scope,
)
from search.engines.elastic import ElasticEngine
from search.engines.elastic_server import Address, Server
from tests.search.elastic_fixtures import asked
from tests.search.engine_contract import EngineContract, ask, document


class TestElastic(EngineContract):
    @pytest.fixture
    def engine(self, elastic: ElasticEngine) -> Engine:
        return elastic


def rebuilt(engine: ElasticEngine, *titles: str) -> ElasticEngine:
    with engine.writing():
        engine.rebuild(document(pk, title) for pk, title in enumerate(titles, 1))
    return engine


def indices(address: Address) -> list[str]:
    return sorted(asked(f"{address.hosts[0]}/{address.prefix}.*/_alias"))


def test_without_an_index_it_is_unavailable_and_none_is_made(
    elastic: ElasticEngine, address: Address
) -> None:
    with pytest.raises(IndexLostError):
        ask(elastic, "tea")
    with pytest.raises(IndexLostError), elastic.writing():
        elastic.write([document(1, "tea")])
    with pytest.raises(IndexLostError):
        list(elastic.digests())
    assert indices(address) == []


def test_a_rebuild_leaves_one_index_behind_the_alias(
    elastic: ElasticEngine, address: Address
) -> None:
    rebuilt(elastic, "tea")
    (first,) = indices(address)
    rebuilt(elastic, "coffee")
    (second,) = indices(address)
    assert first != second
    assert second.startswith(f"{address.alias}-")


def test_a_rebuild_killed_halfway_leaves_the_old_index(
    elastic: ElasticEngine, address: Address
) -> None:
    rebuilt(elastic, "tea")

    def broken() -> Iterator[IndexDocument]:
        yield document(1, "coffee")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), elastic.writing():
        elastic.rebuild(broken())
    assert ask(elastic, "tea").total == 1
    assert len(indices(address)) == 2
    rebuilt(elastic, "tea")
    assert len(indices(address)) == 1


class Late(Server):
    """While it looks around, the last request of a killed rebuild removes an index."""

    def _own(self) -> Mapping[str, Any]:
        found = super()._own()
        for name, about in found.items():
            if name.endswith("-gone") and not about.get("aliases"):
                asked(f"{self.address.hosts[0]}/{name}", "DELETE")
        return found


def test_a_rebuild_where_another_removes_the_same_index(
    elastic: ElasticEngine, address: Address
) -> None:
    late = ElasticEngine(Late(address), elastic.pen)
    unfinished = f"{address.hosts[0]}/{address.alias}-gone"

    def documents() -> Iterator[IndexDocument]:
        yield document(1, "tea")
        asked(unfinished, "PUT", {})

    asked(unfinished, "PUT", {})
    with elastic.writing():
        late.rebuild(documents())
    assert ask(elastic, "tea").total == 1
    assert len(indices(address)) == 1


def test_what_a_killed_rebuild_left_is_removed_by_several_at_once(address: Address) -> None:
    """The server lists an index until its removal is done, and refuses the second removal."""
    for number in range(3):
        asked(f"{address.hosts[0]}/{address.alias}-gone{number}", "PUT", {})
    servers = [Server(address) for _ in range(4)]
    assert [len(server._own()) for server in servers] == [3] * 4  # each has its connection
    start = threading.Barrier(len(servers))

    def remove(server: Server) -> None:
        start.wait(60)
        server.remove_unfinished()

    with ThreadPoolExecutor(len(servers)) as threads:
        list(threads.map(remove, servers))
    assert indices(address) == []


def test_an_index_of_another_layout_goes_with_the_next_rebuild(
    elastic: ElasticEngine, address: Address
) -> None:
    older = f"{address.prefix}.0123456789ab"
    asked(f"{address.hosts[0]}/{older}-20200101", "PUT", {"aliases": {older: {}}})
    rebuilt(elastic, "tea")
    assert [name.startswith(address.alias) for name in indices(address)] == [True]


def test_an_index_of_another_shape_is_no_answer(elastic: ElasticEngine, address: Address) -> None:
    url = f"{address.hosts[0]}/{address.alias}-by-hand"
    asked(url, "PUT", {"aliases": {address.alias: {}}})
    with pytest.raises(IndexLostError):
        ask(elastic, "tea")
    rebuilt(elastic, "tea")
    assert ask(elastic, "tea").total == 1


def test_an_index_made_under_the_name_of_the_alias_is_replaced(
    elastic: ElasticEngine, address: Address
) -> None:
    asked(f"{address.hosts[0]}/{address.alias}", "PUT", {})
    with pytest.raises(IndexLostError):
        ask(elastic, "tea")
    rebuilt(elastic, "tea")
    assert ask(elastic, "tea").total == 1


def test_unknown_fields_are_refused_by_the_index(elastic: ElasticEngine, address: Address) -> None:
    rebuilt(elastic, "tea")
    mapping = asked(f"{address.hosts[0]}/{address.alias}/_mapping")
    (found,) = mapping.values()
    assert found["mappings"]["dynamic"] == "strict"
    assert found["mappings"]["_source"] == {"enabled": False}


IMMENSE = document(2, "tea", facets={"kind": ("x" * 40_000,)})


def test_a_refused_document_is_named_and_the_rest_is_stored(elastic: ElasticEngine) -> None:
    rebuilt(elastic, "tea")
    with elastic.writing(), pytest.raises(DocumentsRefusedError) as refused:
        elastic.write([IMMENSE, document(3, "coffee")])
    assert list(refused.value.reasons) == [Key("case", 2)]
    assert ask(elastic, "coffee").total == 1
    assert ask(elastic, "tea").total == 1


def test_a_rebuild_with_a_refused_document_is_taken_into_use(elastic: ElasticEngine) -> None:
    with elastic.writing(), pytest.raises(DocumentsRefusedError) as refused:
        elastic.rebuild([document(1, "coffee"), IMMENSE])
    assert list(refused.value.reasons) == [Key("case", 2)]
    assert ask(elastic, "coffee").total == 1


def test_one_pen_for_two_engines(elastic: ElasticEngine, address: Address) -> None:
    rebuilt(elastic, "tea")
    other = ElasticEngine(Server(address), elastic.pen)
    assert ask(other, "tea").total == 1
    rebuilt(elastic, "coffee")
    assert ask(other, "coffee").total == 1


def test_deep_pages_to_the_ten_thousandth_hit_and_none_beyond(elastic: ElasticEngine) -> None:
    rebuilt(elastic, *["tea"] * 50)
    assert ask(elastic, "tea", offset=9_980, limit=20).total == 50
    beyond = ask(elastic, "tea", offset=3_000_000, limit=20)
    assert (beyond.total, beyond.hits) == (50, ())


def test_more_tokens_than_one_clause_takes(elastic: ElasticEngine) -> None:
    rebuilt(elastic, "tea", "coffee")
    many = frozenset(f"c:{pk}" for pk in range(2, 70_000))
    assert ask(elastic, "", scope=Scope(direct=many)).total == 1


def test_a_thousand_clauses_are_no_error(elastic: ElasticEngine) -> None:
    rebuilt(elastic, "tea")
    typed = " ".join(["ab cd ef 1 2 3 OR"] * 8 + ["tea"])
    assert ask(elastic, typed).total in (0, 1)


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\u2028", "a\tb", "\U0010ffff", "é" * 9_000])
def test_odd_characters_are_stored_and_found_or_refused(elastic: ElasticEngine, odd: str) -> None:
    made = document(1, f"tea {odd}", facets={"kind": (odd,)}, identifiers=(odd,))
    with elastic.writing():
        elastic.rebuild([made])
    chosen = {"kind": frozenset({odd})}
    assert ask(elastic, f"tea {odd}", chosen=chosen).total in (0, 1)
    assert ask(elastic, "tea").total == 1
