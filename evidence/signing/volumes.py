"""Every volume of a dossier signed into a new file, proved, on the disk; rows come after that."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError

from casework.errors import Conflict, RuleBroken
from evidence import files
from evidence.issuing import storing
from evidence.models import Dossier, DossierVolume
from evidence.signing import checking, pdf, places
from evidence.signing.credentials import Credentials
from evidence.signing.stamping import Stamper
from evidence.tree.outgoing import NoAnswer

CHUNK = 1 << 20


class NotStamped(RuleBroken):
    """The authority did not answer; a person decides whether to sign without it."""

    code = "not-stamped"


@dataclass(frozen=True)
class Signed:
    """A volume with one more signature, not yet known to the record."""

    volume: DossierVolume
    path: Path
    digest: str


def sign(
    dossier: Dossier, credentials: Credentials, place: pdf.Place, stamper: Stamper | None
) -> list[Signed]:
    """New files beside the old ones, synced; on any fault none of them is left."""
    made: list[Signed] = []
    targets: list[Path] = []
    try:
        for volume in dossier.volumes.all():
            targets.append(_beside(volume, place.field))
            made.append(_sign(volume, targets[-1], credentials, place, stamper))
        storing.make_durable(targets)
    except BaseException as error:
        remove(targets)
        if isinstance(error, NoAnswer):
            told = _("The authority of time stamps did not stamp it: %(why)s") % {"why": error}
            raise NotStamped(told, field="without_stamp") from error
        raise
    return made


def _beside(volume: DossierVolume, field: str) -> Path:
    """A name that no other attempt has: two that sign at once never write into one file."""
    name = f"volume-{volume.number}-{field}-{secrets.token_hex(6)}.pdf"
    return storing.absolute(volume.path).with_name(name)


def _sign(
    volume: DossierVolume,
    target: Path,
    credentials: Credentials,
    place: pdf.Place,
    stamper: Stamper | None,
) -> Signed:
    source = storing.absolute(volume.path)
    if files.digest_of(source) != volume.digest:
        raise RuleBroken(_("A volume is not the one that was built. Tell the administrator."))
    try:
        pdf.sign(source, target, credentials, place, stamper)
        holds = checking.newest_holds(target)
    except (PdfError, SigningError, ValueError) as error:
        told = _("Volume %(n)d could not be signed: %(why)s")
        raise RuleBroken(told % {"n": volume.number, "why": error}) from error
    if not holds or beginning(target, volume.unsigned_size) != volume.unsigned_digest:
        raise RuleBroken(_("The signature does not verify. Tell the administrator."))
    return Signed(volume, target, files.digest_of(target))


def beginning(path: Path, size: int) -> str:
    """SHA-256 of the first bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while size and (chunk := file.read(min(size, CHUNK))):
            digest.update(chunk)
            size -= len(chunk)
    return digest.hexdigest()


def demand_signed(dossier: Dossier) -> None:
    """Every signature on the record is on every volume, and holds."""
    rows = dossier.signatures.filter(signed_at__isnull=False)
    wanted = {places.field_of(row): row.fingerprint for row in rows}
    for volume in dossier.volumes.all():
        path = storing.absolute(volume.path)
        is_begun = beginning(path, volume.unsigned_size) == volume.unsigned_digest
        if not is_begun or _lacks(path, wanted):
            told = _("Volume %(n)d is not as people signed it. Tell the administrator.")
            raise RuleBroken(told % {"n": volume.number})


def _lacks(path: Path, wanted: dict[str, str]) -> bool:
    """Whether a signature on the record is missing, broken, or of another key."""
    try:
        found = checking.held(path) if wanted else {}
    except (PdfError, ValueError):
        return True
    return any(found.get(field) != fingerprint for field, fingerprint in wanted.items())


def take_over(made: Iterable[Signed]) -> None:
    """Inside a transaction: the rows name the new files; the old ones go when that is certain."""
    for one in made:
        unchanged = DossierVolume.objects.filter(pk=one.volume.pk, digest=one.volume.digest)
        if not unchanged.update(path=storing.relative(one.path), digest=one.digest):
            raise Conflict
    old = [storing.absolute(one.volume.path) for one in made]
    transaction.on_commit(lambda: remove(old))


def remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def sweep(dossier: Dossier) -> None:
    """What a killed process left behind: files of volumes that no row names."""
    named = {storing.absolute(volume.path) for volume in dossier.volumes.all()}
    remove(set(storing.folder_of(dossier.name).glob("volume-*-casework-*.pdf")) - named)
