"""What the pages do: open the file that a person chose, weigh it, and sign; or look and tell."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from pyhanko.pdf_utils.misc import PdfError

from casework import clock
from casework.errors import RuleBroken
from casework.models import User
from evidence.issuing import storing
from evidence.models import Dossier, DossierVolume
from evidence.signing import checking, doubts, turns
from evidence.signing.checking import Seen
from evidence.signing.credentials import open_file


@dataclass(frozen=True)
class Choice:
    """The file and its passphrase, and what the person has said yes to."""

    data: bytes
    passphrase: str
    is_sure: bool = False
    without_stamp: bool = False

    def __repr__(self) -> str:
        return "Choice()"  # nothing of it belongs into a log


@dataclass(frozen=True)
class VolumeSeen:
    volume: DossierVolume
    signatures: list[Seen]
    is_readable: bool = True


@sensitive_variables("choice")
def sign(dossier: Dossier, choice: Choice, *, actor: User) -> bool:
    """Open the file, say what is doubtful once, and sign. RuleBroken, NotAllowed, Http404."""
    turns.demand(dossier, actor)
    credentials = open_file(choice.data, choice.passphrase, at=clock.now())
    try:
        found = [] if choice.is_sure else doubts.of(credentials, actor)
        if found:
            raise doubts.Doubted(" ".join(map(str, found)), field="is_sure")
        turns.sign(dossier, credentials, actor=actor, with_stamp=not choice.without_stamp)
    except OSError as error:
        told = _("The disk refused: %(why)s.") % {"why": error.strerror or error}
        raise RuleBroken(told) from error
    return True


def seen(dossier: Dossier) -> list[VolumeSeen]:
    """Every signature of every volume, checked now against the roots of the settings."""
    roots = checking.read_roots(settings.TRUST_ROOTS)
    stamp_roots = checking.read_roots(settings.TIMESTAMP_CERTIFICATES)
    found = []
    for volume in dossier.volumes.all():
        path = storing.absolute(volume.path)
        try:
            found.append(VolumeSeen(volume, checking.examine(path, roots, stamp_roots)))
        except (OSError, PdfError, ValueError):
            found.append(VolumeSeen(volume, [], is_readable=False))
    return found
