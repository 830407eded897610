"""System checks of the settings: what would make an installation unsafe or unable to work.

Each has an id and a hint; `manage.py check` prints them, and serving stops at an error.
"""

import os
import zoneinfo
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.http.request import validate_host

OTHERS_MAY = 0o077  # the bits of a file's mode that concern anybody but its owner


def host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def is_loopback(name: str) -> bool:
    """Whether only this machine reaches the name."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


@register("casework")
def public_address(**kwargs: Any) -> list[CheckMessage]:
    """What may be told to this machine only must not be reachable from others."""
    if not host():
        return [
            Error(
                "CASEWORK_PUBLIC_URL is no address.",
                hint="Write it as https://casework.example.org.",
                id="casework.E001",
            )
        ]
    return list(_exposed()) + list(_unanswered())


def _exposed() -> Iterator[CheckMessage]:
    if is_loopback(host()):
        return
    if not settings.IS_HTTPS:
        yield Error(
            "CASEWORK_PUBLIC_URL is plain HTTP and reaches beyond this machine.",
            hint="Put a proxy with TLS in front and write https://. Passwords travel readable.",
            id="casework.E002",
        )
    if settings.IS_DEMONSTRATION:
        yield Error(
            "CASEWORK_DEMONSTRATION shows a password to everybody who reaches this address.",
            hint="Switch it off, or set CASEWORK_PUBLIC_URL to http://127.0.0.1:8000.",
            id="casework.E003",
        )
    if settings.DEBUG:
        yield Error(
            "CASEWORK_DEBUG shows errors in full to everybody who reaches this address.",
            hint="Switch it off, or set CASEWORK_PUBLIC_URL to http://127.0.0.1:8000.",
            id="casework.E004",
        )
    if settings.LEDGER_ORIGIN.split("/")[0].endswith(".invalid"):
        yield Warning(
            "CASEWORK_LEDGER_ORIGIN is still the example: heads are signed under no real name.",
            hint="Choose a host name of yours and a path before the first event; it never changes.",
            id="casework.W001",
        )


def _unanswered() -> Iterator[CheckMessage]:
    if not settings.DEBUG and not validate_host(_bracketed(host()), settings.ALLOWED_HOSTS):
        yield Error(
            f"CASEWORK_ALLOWED_HOSTS lacks {host()}: every request would be refused.",
            hint="Add the host name of CASEWORK_PUBLIC_URL.",
            id="casework.E005",
        )


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


@register("casework")
def folders(**kwargs: Any) -> list[CheckMessage]:
    """Files, dossiers, heads and index must find a place before the first upload does."""
    named = {
        "CASEWORK_FILES_DIR": settings.FILES_DIR,
        "CASEWORK_DOSSIERS_DIR": settings.DOSSIERS_DIR,
        "CASEWORK_SEARCH_DIR": settings.SEARCH_DIR,
        "CASEWORK_HEADS_FILE": Path(settings.HEADS_FILE).parent,
    }
    return [
        Error(
            f"{name}: {folder} cannot be written.",
            hint="Create the folder and give it to the user that runs Casework.",
            id="casework.E006",
        )
        for name, folder in named.items()
        if not _is_writable(Path(folder))
    ]


def _is_writable(folder: Path) -> bool:
    """The folder, or the nearest one above it that exists: it is created when needed."""
    existing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


@register("casework")
def signing_key_file(**kwargs: Any) -> list[CheckMessage]:
    """Whoever reads the key can sign heads and dossiers in this installation's name."""
    path = Path(settings.SIGNING_KEY_FILE) if settings.SIGNING_KEY_FILE else None
    if path is None or not path.is_file() or not path.stat().st_mode & OTHERS_MAY:
        return []
    return [
        Warning(
            "The signing key may be read by others on this machine.",
            hint=f"chmod 600 {path}",
            id="casework.W002",
        )
    ]


@register("casework")
def time_zone(**kwargs: Any) -> list[CheckMessage]:
    if settings.TIME_ZONE in zoneinfo.available_timezones():
        return []
    return [
        Error(
            f"CASEWORK_TIME_ZONE: nobody knows the zone {settings.TIME_ZONE}.",
            hint="Use a name such as Africa/Nairobi.",
            id="casework.E007",
        )
    ]
