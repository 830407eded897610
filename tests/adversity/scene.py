"""The invented people and exhibits of the nursery, and how the record is judged afterwards."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from casework import cases, people
from casework.models import Agency, Code, Unit, User
from evidence import exhibits as registering
from evidence import sequencer
from evidence.files import path_of
from evidence.models import Attachment, CustodyEvent, Exhibit, SignedHead, StoredFile


def make(writers: int, exhibits: int) -> None:
    """A case whose writers see it through their unit; each registers exhibits and holds them."""
    agency = people.create_agency(
        code="AD", name="Adversity Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="ADU", name="Adversity unit", actor=None)
    made = [_person(f"writer{number}", agency, unit) for number in range(writers)]
    case = cases.open_case(title="Adversity", tier="port", actor=made[0])
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    for number, actor in enumerate(made):
        things = [
            registering.Thing(
                kind=kind, description="Tusks", label=f"W{number}-{n}", seal_number="S 1", count=2
            )
            for n in range(exhibits)
        ]
        registering.register_all(case, things, actor=actor)


def _person(username: str, agency: Agency, unit: Unit) -> User:
    made: User = people.create_person(
        username=username,
        password="tusk-river-lantern-42",
        name=username,
        position="investigator",
        agency=agency,
        unit=unit,
        actor=None,
    )
    return made


def writer(number: int) -> User:
    found: User = User.objects.get(username=f"writer{number}")
    return found


def exhibits_of(number: int) -> list[Exhibit]:
    """The exhibits that this writer registered."""
    found = Exhibit.objects.filter(label__startswith=f"W{number}-").order_by("label")
    return list(found.select_related("case"))


def holder(exhibit: Exhibit) -> User:
    found: User = User.objects.get(pk=Exhibit.objects.get(pk=exhibit.pk).holder_id)
    return found


def open_offer(exhibit: Exhibit) -> CustodyEvent | None:
    waiting = CustodyEvent.objects.filter(exhibit=exhibit).awaiting_acknowledgement()
    found: CustodyEvent | None = waiting.select_related("exhibit__case", "to_user").first()
    return found


def find_again(told: list[Any]) -> None:
    """Every acknowledged event, head and file is there as it was told."""
    for kind, number, digest in told:
        if kind == "file":
            attachment = Attachment.objects.select_related("file").get(pk=number)
            assert attachment.file.digest == digest, f"file {number} has other bytes"
        elif kind == "head":
            assert SignedHead.objects.get(tree_size=number).root_hash == digest
        elif kind != "refused":
            event = CustodyEvent.objects.get(exhibit__label=kind, sequence=number)
            assert event.digest == digest, f"{kind}, event {number} is another one"


def clean() -> None:
    """What an administrator runs after a crash: the documented command."""
    run("verify_files")


def verify() -> dict[str, Any]:
    """The findings of both verifications; raises where either fails."""
    run("verify_custody")  # as the kill left it
    sequencer.run()
    report = json.loads(run("verify_custody", "--json"))
    stored = json.loads(run("verify_files", "--json"))
    for row in StoredFile.objects.all():
        assert path_of(row.digest).stat().st_size == row.size
    attached = Attachment.objects.count()
    return {"custody": report, "files": stored, "attached": attached, **_left_over()}


def _left_over() -> dict[str, int]:
    folder = Path(settings.FILES_DIR)
    names = [path.name for path in folder.rglob("*") if path.is_file()]
    known = set(StoredFile.objects.values_list("digest", flat=True))
    without = StoredFile.objects.filter(attachments__isnull=True).count()
    return {"unknown_files": len(set(names) - known), "unattached": without}


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()
