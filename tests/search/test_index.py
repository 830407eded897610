"""Which engine, and where: from the settings alone."""

from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from search import index
from search.engines import EngineUnavailableError
from search.engines.elastic import ElasticEngine
from search.engines.elastic_server import Address
from search.engines.tantivy import TantivyEngine


def address_of(settings: Settings, url: str) -> Address:
    settings.ELASTICSEARCH_URL = url
    engine = index.engine()
    assert isinstance(engine, ElasticEngine)
    return engine.server.address


def test_without_an_address_it_searches_in_the_process() -> None:
    assert isinstance(index.engine(), TantivyEngine)


def test_one_engine_for_a_process(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9200"
    assert index.engine() is index.engine()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://127.0.0.1:9201", "http://127.0.0.1:9201"),
        ("https://search.example.org", "https://search.example.org:9200"),
        ("https://[::1]", "https://[::1]:9200"),
        ("https://[::1]:9201", "https://[::1]:9201"),
        ("https://someone:hush@search.example.org:9201", "https://search.example.org:9201"),
    ],
)
def test_the_host_is_without_password_and_with_port(
    settings: Settings, url: str, host: str
) -> None:
    assert address_of(settings, url).hosts == (host,)


def test_user_and_password_of_the_address(settings: Settings) -> None:
    found = address_of(settings, "https://case%40work:hu%3Ash@search.example.org")
    assert (found.user, found.password) == ("case@work", "hu:sh")
    assert "hu:sh" not in repr(found)


def test_several_nodes(settings: Settings) -> None:
    found = address_of(settings, "https://someone:hush@a.example.org, https://b.example.org:9201")
    assert found.hosts == ("https://a.example.org:9200", "https://b.example.org:9201")
    assert found.user == "someone"


def test_a_password_from_a_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("hush%20\n")
    settings.ELASTICSEARCH_USER = "casework"
    settings.ELASTICSEARCH_PASSWORD_FILE = str(tmp_path / "password")
    found = address_of(settings, "https://search.example.org")
    assert (found.user, found.password) == ("casework", "hush%20")


def test_an_absent_password_is_an_engine_that_is_away(settings: Settings, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URL = "https://search.example.org"
    settings.ELASTICSEARCH_PASSWORD_FILE = str(tmp_path / "absent")
    with pytest.raises(EngineUnavailableError):
        index.engine()


def ids() -> set[str]:
    return {str(m.id) for m in run_checks(tags=["casework"]) if str(m.id).startswith("search.")}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("URL", "https://search.example.org", set()),
        ("URL", "http://127.0.0.1:9200,http://localhost:9201", set()),
        ("URL", "http://search.example.org:9200", {"search.W001"}),
        ("URL", "https://a.example.org,http://10.0.0.7:9200", {"search.W001"}),
        ("URL", "search.example.org:9200", {"search.E001"}),
        ("URL", "https://search.example.org:abc", {"search.E001"}),
        ("PREFIX", "Case work", {"search.E002"}),
        ("PREFIX", "case.work", {"search.E002"}),
        ("PASSWORD_FILE", "/nowhere/password", {"search.E003"}),
        ("CA_FILE", "/nowhere/ca.pem", {"search.E003"}),
    ],
)
def test_each_mistake_is_named(
    settings: Settings, name: str, value: str, expected: set[str]
) -> None:
    settings.ELASTICSEARCH_URL = "https://search.example.org"
    setattr(settings, f"ELASTICSEARCH_{name}", value)
    assert ids() == expected
