"""`export_dossier CASE --as USERNAME --out DIR`: build a dossier now and copy it out.

Exit 2 where the person may not, with the same words for a case that is not there.
"""

import shutil
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from casework import access, roles
from casework.errors import DomainError, NotAllowed
from casework.models import Case, User
from evidence.disclosure import disclosures, last
from evidence.disclosure.disclosures import Asked
from evidence.issuing import bundling, dossiers
from evidence.models import Dossier

REFUSED = 2
UNSEEN = "There is no such case that this person may see and build a dossier of."


class Command(BaseCommand):
    help = "Builds a dossier with its bundle and copies both into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", metavar="CASE", help="the reference of the case")
        parser.add_argument("--as", dest="username", required=True, metavar="USERNAME")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--for", dest="addressed_to", default="", metavar="WHOM")
        parser.add_argument("--disclosure", action="store_true", help="without what is withheld")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, case = _authorised(options["username"], options["case"])
        try:
            dossier = dossiers.request(case, actor=actor, **_asked(case, actor, options))
        except DomainError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        dossiers.build(dossier)
        dossier.refresh_from_db()
        if dossier.state != Dossier.State.ISSUED:
            raise CommandError(dossier.failure)
        for path in _copied(dossier, actor, options["out"]):
            self.stdout.write(str(path))


def _asked(case: Case, actor: User, options: dict[str, Any]) -> dict[str, Any]:
    """A disclosure goes by what was decided of each thing, and by the defaults for the rest."""
    named = options["addressed_to"]
    if not options["disclosure"]:
        return {"addressed_to": named}
    before = last.of(case, actor)
    asked = Asked(to=named, words=before.asked.words if before else ())
    return {
        "addressed_to": named,
        "is_disclosure": True,
        "wishes": disclosures.wishes_of(case, asked, actor),
    }


def _authorised(username: str, reference: str) -> tuple[User, Case]:
    """Who does not exist, what is hidden and what is not allowed sound the same."""
    try:
        actor = User.objects.select_related("agency").get(username__iexact=username)
        return actor, access.get_case(actor, reference, roles.DOSSIER)
    except (User.DoesNotExist, Http404, NotAllowed) as error:
        raise CommandError(UNSEEN, returncode=REFUSED) from error


def _copied(dossier: Dossier, actor: User, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for volume in dossier.volumes.all():
        _, source = dossiers.volume_path(dossier, volume.number)
        dossiers.record_download(dossier, actor=actor, kind=f"volume {volume.number}")
        made.append(Path(shutil.copyfile(source, folder / bundling.name_of(dossier, volume))))
    source = dossiers.bundle_path(dossier)
    dossiers.record_download(dossier, actor=actor, kind="bundle")
    return [*made, Path(shutil.copyfile(source, folder / source.name))]
