"""System checks of the evidence settings: the signing key, and the host for files."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from evidence import sequencer
from evidence.store import labels


@register("casework")
def signing_key(**kwargs: Any) -> list[CheckMessage]:
    try:
        sequencer.signer()
    except sequencer.NoSigningKey:
        return [
            Warning(
                "CASEWORK_SIGNING_KEY_FILE names no key: custody events stay pending.",
                hint="Run `manage.py create_signing_key` and keep the file out of the database.",
                id="evidence.W001",
            )
        ]
    except (OSError, ValueError) as error:
        return [
            Error(
                f"The signing key cannot be read: {error}",
                hint="CASEWORK_SIGNING_KEY_FILE must be an Ed25519 key in PEM, readable here.",
                id="evidence.E001",
            )
        ]
    return []


@register("casework")
def files_host(**kwargs: Any) -> list[CheckMessage]:
    """A host for files is only worth something where no page of the product is served."""
    host = settings.FILES_HOST
    if not host:
        return []
    if "/" in host or host in (urlsplit(settings.PUBLIC_URL).netloc.lower(), "*"):
        return [
            Error(
                "CASEWORK_FILES_HOST is no host of its own.",
                hint="Write another host name than that of CASEWORK_PUBLIC_URL, without https://.",
                id="evidence.E002",
            )
        ]
    return []


@register("casework")
def label_address(**kwargs: Any) -> list[CheckMessage]:
    """A label that is stuck on an exhibit today has to be read by a telephone in years."""
    if settings.DEBUG or settings.IS_DEMONSTRATION or not labels.is_only_here():
        return []
    return [
        Warning(
            "CASEWORK_PUBLIC_URL reaches this machine only: a telephone cannot open labels.",
            hint="Set it to the address people use before you print labels.",
            id="evidence.W003",
        )
    ]
