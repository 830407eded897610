"""System checks of the search settings: what sends words and passwords readable over a network, or
leaves the index unwritten."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from casework.checks import is_loopback

PREFIX: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")


@register("casework")
def elasticsearch(**kwargs: Any) -> list[CheckMessage]:
    if not settings.ELASTICSEARCH_URL:
        return []
    hosts = [urlsplit(url.strip()) for url in settings.ELASTICSEARCH_URL.split(",")]
    return [*_addresses(hosts), *_names(), *_files()]


def _addresses(hosts: list[SplitResult]) -> Iterator[CheckMessage]:
    if not all(_is_address(host) for host in hosts):
        yield Error(
            "ELASTICSEARCH_URL is no address.",
            hint="Write it as https://search.example.org:9200; several are separated by commas.",
            id="search.E001",
        )
    elif any(h.scheme == "http" and not is_loopback(h.hostname or "") for h in hosts):
        yield Warning(
            "ELASTICSEARCH_URL is plain HTTP: names, words and the password travel readable.",
            hint="Write https:// and name the certificate in CASEWORK_ELASTICSEARCH_CA_FILE.",
            id="search.W001",
        )


def _is_address(host: SplitResult) -> bool:
    try:
        return host.scheme in ("http", "https") and bool(host.hostname) and host.port != 0
    except ValueError:  # a port that is no number
        return False


def _names() -> Iterator[CheckMessage]:
    if not PREFIX.fullmatch(settings.ELASTICSEARCH_PREFIX):
        yield Error(
            "CASEWORK_ELASTICSEARCH_PREFIX cannot begin the name of an index.",
            hint="Use small letters, digits and dashes.",
            id="search.E002",
        )


def _files() -> Iterator[CheckMessage]:
    named = {
        "CASEWORK_ELASTICSEARCH_PASSWORD_FILE": settings.ELASTICSEARCH_PASSWORD_FILE,
        "CASEWORK_ELASTICSEARCH_CA_FILE": settings.ELASTICSEARCH_CA_FILE,
    }
    for name, file in named.items():
        if file and not _is_readable(Path(file)):
            yield Error(
                f"{name}: {file} cannot be read.",
                hint="Give the file to the user that runs Casework.",
                id="search.E003",
            )


def _is_readable(file: Path) -> bool:
    try:
        with file.open():
            return True
    except OSError:
        return False
