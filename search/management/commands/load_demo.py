"""The demonstration: invented people and stories, told through the real operations, once.

One case goes all the way to a dossier, whose bundle is then checked as a stranger would check it.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casework import clock
from casework.demonstration import PASSWORD
from casework.models import Case, User
from evidence.issuing import dossiers, templates
from evidence.models import Dossier
from evidence.signing import turns
from evidence.signing.credentials import open_file
from evidence.verifier import cli as verifier
from search.demo import (
    cast,
    certificates,
    lists,
    no_report,
    overturned,
    rosewood,
    seal_origin,
    short,
    store,
    tea,
    tea_letters,
    three_names,
    wording,
)
from search.reading import working

SIGNERS = {"investigator": "Investigating officer", "prosecutor": "Prosecutor"}
PEOPLE = ("investigator", "custodian", "prosecutor", "manager", "legal", "auditor", "outsider")


class Command(BaseCommand):
    help = "Load the demonstration (invented people and cases), once."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMONSTRATION:
            raise CommandError(
                "This database may hold real cases. Set CASEWORK_DEMONSTRATION=1 where it does not."
            )
        if not Path(settings.SIGNING_KEY_FILE).is_file():
            call_command("create_signing_key", verbosity=0, stdout=self.stdout)
        if User.objects.filter(username=PEOPLE[0]).exists():
            self.stdout.write("The demonstration is loaded already.")
        else:
            self._load()
        self._show(_dossier())

    def _load(self) -> None:
        """All or nothing, so that a story broken off half-way can be told again."""
        self.stdout.write("Telling the stories of the demonstration ...")
        with transaction.atomic():
            people = cast.assemble()
            kept = store.build(people)
            cut = seal_origin.tell(people)
            case = tea.tell(people)
            seal_origin.share(people, cut)
            short.tell(people)
            overturned.tell(people)
            no_report.tell(people)
            rosewood.tell(people)
            three_names.tell(people)
            lists.renew(people)
            wording.add()
            store.check(people, kept, case)
        working.work()
        call_command("rebuild_search", verbosity=0, stdout=self.stdout)

    def _show(self, dossier: Dossier) -> None:
        """Check the bundle with the public key, then say where it is and who may sign in."""
        bundle = dossiers.bundle_path(dossier)
        key = Path(settings.SIGNING_KEY_FILE).with_suffix(".vkey")
        self.stdout.write(f"\ncasework-verify {bundle.name} --key {key.name}")
        if verifier.main([str(bundle), "--key", str(key)]) != 0:
            raise CommandError("The bundle does not verify.")
        self.stdout.write(f"\nBundle: {_short(bundle)}")
        self.stdout.write(f"Signed with {_short(_keys())}/demonstration-*.p12 (same password)")
        self.stdout.write(f"Sign in as {', '.join(PEOPLE)}; the password is {PASSWORD}")


def _dossier() -> Dossier:
    """The issued dossier of the story told in full; built when there is none yet."""
    case = Case.objects.get(title__startswith="Elephant ivory declared as black tea")
    issued = (
        Dossier.objects.filter(case=case, state=Dossier.State.ISSUED).order_by("number").first()
    )
    if issued is not None:
        return issued
    prosecutor = User.objects.get(username="prosecutor")
    signers = [(User.objects.get(username=login), says) for login, says in SIGNERS.items()]
    template = templates.default(case, list(templates.offered(case)))
    dossier = dossiers.request(
        case, actor=prosecutor, template=template, signers=signers, wishes=tea_letters.wishes(case)
    )
    dossiers.build(dossier)
    dossier.refresh_from_db()
    if dossier.state != Dossier.State.BUILT:
        raise CommandError(dossier.failure)
    _sign(dossier)
    dossiers.issue(dossier)
    dossier.refresh_from_db()
    return dossier


def _sign(dossier: Dossier) -> None:
    """As the two would do it on the page, each with a certificate of the demonstration."""
    names = {login: User.objects.get(username=login).name for login in SIGNERS}
    files = certificates.write(_keys(), names, PASSWORD)
    while (row := turns.next_of(dossier)) is not None:
        data = files[row.signer.username].read_bytes()
        opened = open_file(data, PASSWORD, at=clock.now())
        turns.sign(dossier, opened, actor=row.signer)


def _keys() -> Path:
    return Path(settings.DATA_DIR) / "keys"


def _short(path: Path) -> Path:
    """Below the folder of the project where it lies there, as a person would type it."""
    root = Path(settings.BASE_DIR)
    return path.relative_to(root) if path.is_relative_to(root) else path
