"""System checks of the evidence settings: without a signing key, custody events stay pending."""

from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from evidence import sequencer


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
