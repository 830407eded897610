"""The seal of the agency: the last signature on each volume, by the certificate of the settings."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import audit, clock
from casework.errors import Conflict, RuleBroken
from evidence.models import Dossier
from evidence.signing import pdf, places, stamping, volumes
from evidence.signing.credentials import Credentials, open_file


def is_on() -> bool:
    return bool(settings.CERTIFICATE_FILE)


def credentials() -> Credentials:
    """The certificate of the settings. RuleBroken where it cannot be read or has ended."""
    try:
        data = Path(settings.CERTIFICATE_FILE).read_bytes()
        secret = Path(settings.CERTIFICATE_PASSPHRASE_FILE).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        told = _("The seal cannot be read. Tell the administrator: CASEWORK_CERTIFICATE_FILE.")
        raise RuleBroken(told) from error
    return open_file(data, secret, at=clock.now())


def seal(dossier: Dossier) -> None:
    """Seal the volumes once, where a seal is configured and everybody has signed."""
    if not is_on() or _is_sealed(dossier):
        return
    opened = credentials()
    place = pdf.Place(
        field=places.SEAL,
        fields=places.of(dossier),
        name=opened.name,
        reason=f"Seal, dossier {dossier.name}",
        is_first=not dossier.signatures.exists(),
    )
    made = volumes.sign(dossier, opened, place, stamping.stamper())
    try:
        _record(dossier, opened, made)
    except BaseException:
        volumes.remove(one.path for one in made)
        raise


def _is_sealed(dossier: Dossier) -> bool:
    return all(f"-{places.SEAL}-" in volume.path for volume in dossier.volumes.all())


@transaction.atomic
def _record(dossier: Dossier, opened: Credentials, made: list[volumes.Signed]) -> None:
    built = Dossier.objects.select_for_update(no_key=True).filter(
        pk=dossier.pk, state=Dossier.State.BUILT
    )
    if built.first() is None:
        raise Conflict
    volumes.take_over(made)
    audit.record(
        "dossier.seal",
        actor=None,
        case=dossier.case,
        subject=dossier,
        certificate=opened.subject,
        fingerprint=opened.fingerprint,
        volumes=[one.digest for one in made],
    )
