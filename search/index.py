"""The engine this installation searches with; chosen by settings alone."""

from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.db import connection

from search import pen
from search.engines import Engine, EngineUnavailableError
from search.engines.elastic import ElasticEngine
from search.engines.elastic_server import Address, Server
from search.engines.tantivy import TantivyEngine


def is_remote() -> bool:
    """Whether the index is on a server, which may keep whoever writes to it waiting."""
    return bool(settings.ELASTICSEARCH_URL)


def engine() -> Engine:
    if is_remote():
        return _on_server(_address())
    return _in_folder(Path(settings.SEARCH_DIR))


@lru_cache(maxsize=4)
def _in_folder(folder: Path) -> Engine:
    """One per process: it keeps the index open."""
    return TantivyEngine(folder)


@lru_cache(maxsize=4)
def _on_server(address: Address) -> Engine:
    """One per process: it keeps the connections, and remembers when the server was away."""
    return ElasticEngine(Server(address), _pen)


def _pen() -> AbstractContextManager[None]:
    if connection.vendor == "postgresql":
        return pen.in_database()
    return pen.in_folder(Path(settings.SEARCH_DIR))


def _address() -> Address:
    hosts = [urlsplit(url.strip()) for url in settings.ELASTICSEARCH_URL.split(",")]
    return Address(
        hosts=tuple(map(_host, hosts)),
        user=unquote(hosts[0].username or settings.ELASTICSEARCH_USER),
        password=unquote(hosts[0].password or "") or _password(),
        ca_file=settings.ELASTICSEARCH_CA_FILE,
        prefix=settings.ELASTICSEARCH_PREFIX,
        shards=settings.ELASTICSEARCH_SHARDS,
        search_seconds=settings.ELASTICSEARCH_SECONDS,
        write_seconds=settings.ELASTICSEARCH_WRITE_SECONDS,
    )


def _host(address: SplitResult) -> str:
    """Without the password, which must reach no log, and with the port."""
    place = address.netloc.rpartition("@")[2]
    has_port = place.rpartition(":")[2].isdecimal() and not place.endswith("]")
    return f"{address.scheme}://{place}{'' if has_port else ':9200'}"


def _password() -> str:
    """Read when needed: a secret is put into its place by others, and may be changed."""
    file = settings.ELASTICSEARCH_PASSWORD_FILE
    try:
        return Path(file).read_text().strip() if file else ""
    except OSError as error:
        raise EngineUnavailableError("The password file cannot be read.") from error
