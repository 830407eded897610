"""A server that is away, slow, broken or somebody else: always one error, soon, and never twice."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search import pen
from search.engines import DocumentsRefusedError, EngineUnavailableError, elastic_server
from search.engines.elastic import ElasticEngine
from search.engines.elastic_server import Address, Server
from tests.search import elastic_edge
from tests.search.elastic_edge import Wire
from tests.search.engine_contract import ask, document
from tests.search.test_elastic import rebuilt


@pytest.fixture(autouse=True)
def _without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_server, "RETRIES", 0)


def engine_at(url: str, folder: Path, **fields: object) -> ElasticEngine:
    address = Address(hosts=(url,), search_seconds=0.4, write_seconds=0.6)
    return ElasticEngine(Server(replace(address, **fields)), lambda: pen.in_folder(folder))  # type: ignore[arg-type]


def is_unavailable(engine: ElasticEngine) -> bool:
    """However it is asked."""
    for act in (
        lambda: ask(engine, "tea"),
        lambda: engine.write([document(1, "tea")]),
        lambda: engine.rebuild([document(1, "tea")]),
        lambda: list(engine.digests()),
    ):
        engine.server.breaker.answered()
        with pytest.raises(EngineUnavailableError):
            act()
    return True


def test_nobody_at_the_address(tmp_path: Path) -> None:
    assert is_unavailable(engine_at(elastic_edge.dead_port(), tmp_path))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 429, 500, 502, 503, 504])
def test_answers_that_are_errors(tmp_path: Path, status: int) -> None:
    body = b'{"error": {"type": "trouble", "reason": "the secret word"}, "status": 500}'
    with elastic_edge.answering(status, body) as url:
        assert is_unavailable(engine_at(url, tmp_path))


def test_a_document_larger_than_any_request_is_refused_alone(tmp_path: Path) -> None:
    with elastic_edge.answering(413) as url, pytest.raises(DocumentsRefusedError) as refused:
        engine_at(url, tmp_path, write_seconds=60).write([document(1, "tea"), document(2, "tea")])
    assert len(refused.value.reasons) == 2


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"<html>"),
        *(b'{"hits": 3}', b'{"errors": true}', b'{"id": "x", "hits": {"hits": [{}]}}'),
        b'{"hits": {"total": {"value": "many"}, "hits": [{"sort": [null]}]}}',
    ],
)
def test_answers_that_are_something_else(tmp_path: Path, body: bytes) -> None:
    with elastic_edge.answering(body=body) as url, pytest.raises(EngineUnavailableError):
        ask(engine_at(url, tmp_path), "tea")
    with elastic_edge.answering(body=body) as url, pytest.raises(EngineUnavailableError):
        list(engine_at(url, tmp_path).digests())


def test_another_product(tmp_path: Path) -> None:
    with elastic_edge.answering(product="SomethingElse") as url:
        assert is_unavailable(engine_at(url, tmp_path))


def test_an_unreadable_certificate(tmp_path: Path) -> None:
    absent = str(tmp_path / "absent.pem")
    assert is_unavailable(engine_at("https://127.0.0.1:9", tmp_path, ca_file=absent))
    (tmp_path / "odd.pem").write_text("no certificate")
    odd = str(tmp_path / "odd.pem")
    assert is_unavailable(engine_at("https://127.0.0.1:9", tmp_path, ca_file=odd))


def test_a_slow_server_is_waited_for_once(tmp_path: Path) -> None:
    with elastic_edge.answering(after=5) as url, elastic_edge.wire(url) as counted:
        engine = engine_at(counted.url, tmp_path)
        for _ in range(5):
            with pytest.raises(EngineUnavailableError):
                ask(engine, "tea")
        assert counted.asked == 1


@pytest.fixture
def wire(address: Address) -> Iterator[Wire]:
    with elastic_edge.wire(address.hosts[0]) as made:
        yield made


@pytest.fixture
def over_the_wire(wire: Wire, address: Address, tmp_path: Path) -> ElasticEngine:
    patience = {"search_seconds": 5, "write_seconds": 60}
    engine = engine_at(wire.url, tmp_path, prefix=address.prefix, **patience)
    rebuilt(engine, "tea", "coffee")
    return engine


@pytest.mark.parametrize("how", ["is_cut", "is_still"])
def test_a_server_that_goes_and_comes_back(
    over_the_wire: ElasticEngine, wire: Wire, how: str
) -> None:
    assert ask(over_the_wire, "tea").total == 1
    over_the_wire.server.breaker.pause = 0.3
    setattr(wire, how, True)
    for _ in range(3):
        with pytest.raises(EngineUnavailableError):
            ask(over_the_wire, "tea")
    setattr(wire, how, False)
    time.sleep(0.4)
    assert ask(over_the_wire, "tea").total == 1


def test_a_rebuild_cut_in_the_middle_leaves_the_old_index(
    over_the_wire: ElasticEngine, wire: Wire
) -> None:
    def cut() -> Iterator[object]:
        for pk in range(1, 3_000):
            wire.is_cut = pk > 1_200
            yield document(pk, "tea")

    with pytest.raises(EngineUnavailableError), over_the_wire.writing():
        over_the_wire.rebuild(cut())  # type: ignore[arg-type]
    wire.is_cut = False
    over_the_wire.server.breaker.answered()
    assert ask(over_the_wire, "tea").total == 1
    rebuilt(over_the_wire, "tea", "tea")
    assert ask(over_the_wire, "tea").total == 2


def test_while_it_is_away_nobody_asks_the_network(over_the_wire: ElasticEngine, wire: Wire) -> None:
    wire.is_cut = True
    with pytest.raises(EngineUnavailableError):
        ask(over_the_wire, "tea")
    before = wire.asked
    for _ in range(20):
        with pytest.raises(EngineUnavailableError):
            ask(over_the_wire, "tea")
    assert wire.asked == before


def test_no_secret_in_an_error(tmp_path: Path) -> None:
    secrets = {"user": "casework", "password": "hush-and-hush"}
    with elastic_edge.answering(401, b"{}") as url:
        engine = engine_at(url, tmp_path, **secrets)
        with pytest.raises(EngineUnavailableError) as told:
            ask(engine, "tea")
    assert "hush" not in f"{told.value!r} {told.value.__cause__!r} {engine.server.address!r}"
