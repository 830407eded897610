"""System checks of what signs dossiers: the seal opens, and the roots of signers can be read.

The libraries of signatures take half a second to load: only where there is something to check.
"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from casework.errors import RuleBroken


@register("casework")
def seal(**kwargs: Any) -> list[CheckMessage]:
    if not settings.CERTIFICATE_FILE:
        return []
    from evidence.signing import sealing

    try:
        sealing.credentials()
    except RuleBroken as error:
        hint = "CASEWORK_CERTIFICATE_FILE is a .p12, CASEWORK_CERTIFICATE_PASSPHRASE_FILE its key."
        return [Error(f"The seal of dossiers: {error}", hint=hint, id="evidence.E008")]
    return []


@register("casework")
def trust_roots(**kwargs: Any) -> list[CheckMessage]:
    if not settings.TRUST_ROOTS:
        return []
    from evidence.signing import checking

    try:
        checking.read_roots(settings.TRUST_ROOTS)
    except (OSError, ValueError) as error:
        hint = "CASEWORK_TRUST_ROOTS names a PEM file with the roots of signers' certificates."
        return [Warning(f"No signer can be known: {error}", hint=hint, id="evidence.W005")]
    return []
