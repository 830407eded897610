"""System checks of those whom we trust: witnesses, watched ledgers, former keys, the authority."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from casework.ledger import checkpoint
from casework.ledger.checkpoint import WITNESS
from casework.ledger.format import Mismatch
from evidence import sequencer
from evidence.tree import outgoing, timestamps, trusted_keys
from evidence.tree.trusted_keys import BadKeyFile

FILES: tuple[tuple[str, Callable[[], object]], ...] = (
    ("CASEWORK_WITNESSES", trusted_keys.witnesses),
    ("CASEWORK_WATCHED_LOGS", trusted_keys.logs),
    ("CASEWORK_FORMER_KEYS", trusted_keys.former),
)


@register("casework")
def key_files(**kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for setting, read in FILES:
        try:
            read()
        except BadKeyFile as error:
            hint = "Each line begins with a verifier key, as create_signing_key writes it."
            found.append(Error(f"{setting}: {error}", hint=hint, id="evidence.E003"))
    return found or _addresses()


def _addresses() -> list[CheckMessage]:
    asked = [one.url for one in trusted_keys.witnesses() if one.url]
    wrong = [
        url for url in [*asked, settings.TIMESTAMP_URL] if url and not outgoing.is_allowed(url)
    ]
    return [
        Error(f"{url} is not asked.", hint="Write an https address.", id="evidence.E004")
        for url in wrong
    ]


@register("casework")
def witness_key(**kwargs: Any) -> list[CheckMessage]:
    """The key we cosign with can be read, has a proper name, and signs nothing else."""
    try:
        ours = trusted_keys.witness_signer()
        if ours is not None:
            checkpoint.parse_key(str(ours.witness_key), WITNESS)
        signs = sequencer.public_key()
    except (OSError, ValueError, Mismatch) as error:
        hint = "An Ed25519 key in PEM, and a CASEWORK_WITNESS_NAME without spaces and plus signs."
        return [Error(f"We cannot be a witness: {error}", hint=hint, id="evidence.E006")]
    if ours is not None and signs is not None and ours.key.public == signs.public:
        hint = "Run `manage.py create_signing_key --witness`, with a file of its own."
        return [Error("The witness key signs our own heads too.", hint=hint, id="evidence.E007")]
    return []


@register("casework")
def time_stamps(**kwargs: Any) -> list[CheckMessage]:
    if bool(settings.TIMESTAMP_URL) != bool(settings.TIMESTAMP_CERTIFICATES):
        hint = "Set CASEWORK_TIMESTAMP_URL and CASEWORK_TIMESTAMP_CERTIFICATES, or neither."
        return [Warning("No head is stamped.", hint=hint, id="evidence.W004")]
    if not timestamps.is_on():
        return []
    try:
        timestamps.verifier()
    except (OSError, ValueError) as error:
        hint = "A PEM file with the authority's root certificate, and any between."
        text = f"CASEWORK_TIMESTAMP_CERTIFICATES cannot be read: {error}"
        return [Error(text, hint=hint, id="evidence.E005")]
    return []
