"""A preview: the volumes as they would be, marked as a draft; never issued, no number used up.

One for each person and case, below DATA_DIR/previews, gone after a day. It holds what its maker
may see, so nobody else opens it. Its state is a small file beside the volumes, not a row.
"""

import json
import secrets
import shutil
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as say

from casework import access, audit, clock, roles
from casework.models import Case, User
from evidence import failing
from evidence.dossier import draft
from evidence.issuing import build, findings, signers, supplements
from evidence.issuing import wishes as asking
from evidence.issuing.findings import Finding
from evidence.issuing.signers import Signer
from evidence.issuing.wishes import Wishes
from evidence.models import Dossier, DossierTemplate

KEPT = timedelta(hours=24)
SILENT = timedelta(minutes=15)
STATE = "state.json"
WAITING, BUILDING, DONE, FAILED = "waiting", "building", "done", "failed"


class Overtaken(Exception):
    """The person has asked for another preview in the meantime."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    run: str
    asked_at: str
    addressed_to: str = ""
    template: int | None = None
    continues: int | None = None
    wishes: dict[str, Any] = field(default_factory=dict)
    state: str = WAITING
    progress: int = 0
    step: str = ""
    failure: str = ""
    has_sensitive: bool = False
    volumes: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.state in (WAITING, BUILDING)

    @property
    def asked(self) -> datetime:
        return datetime.fromisoformat(self.asked_at)


def ask(
    case: Case,
    *,
    actor: User,
    addressed_to: str = "",
    wishes: Wishes | None = None,
    template: DossierTemplate | None = None,
    signers: tuple[Signer, ...] = (),
    continues: Dossier | None = None,
) -> Preview:
    """Begin a preview in the place of the one before; the worker lays it out."""
    from evidence import tasks

    access.require(actor, case, roles.DOSSIER)
    asked = _wanted(case, actor, wishes or Wishes(), signers, continues)
    sweep()
    folder = _folder(case, actor)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    preview = Preview(
        run=secrets.token_hex(8), asked_at=clock.now().isoformat(), addressed_to=addressed_to,
        template=template.pk if template else None, wishes=asked.plain,
        continues=continues.pk if continues else None,
    )  # fmt: skip
    _write(folder, preview)
    with transaction.atomic():
        audit.record("dossier.preview", actor=actor, case=case)
        transaction.on_commit(lambda: tasks.preview_dossier.enqueue(case.pk, actor.pk, preview.run))
    return preview


def _wanted(
    case: Case, actor: User, asked: Wishes, wanted: tuple[Signer, ...], continues: Dossier | None
) -> Wishes:
    """The rules of a dossier are the rules of its preview."""
    if continues is not None:
        supplements.demand(continues, case_pk=case.pk)
    signers.demand(case, wanted)
    asking.demand(asked, case, actor, continues)
    return replace(asked, signers=signers.kept(wanted))


def find(case: Case, actor: User) -> Preview | None:
    """The person's own; None where there is none, the day is over, or it shows too much by now."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads((_folder(case, actor) / STATE).read_text())
        found = [Finding(**each) for each in kept.pop("findings")]
        preview = Preview(**kept, findings=found)
        if preview.has_sensitive and not access.can(actor, case, roles.SENSITIVE):
            return None  # the right is lost since it was laid out
        age = clock.now() - preview.asked
        if preview.is_open and age > SILENT:
            stopped = say("The work stopped before the end. Ask for it again.")
            return replace(preview, state=FAILED, failure=stopped)
        return preview if age < KEPT else None
    return None


def run(case: Case, actor: User, key: str) -> None:
    """Lay a preview out; nothing where a newer one took its place."""
    preview = find(case, actor)
    if preview is None or preview.run != key or preview.state != WAITING:
        return
    folder = _folder(case, actor)
    with _failing(folder, preview):
        _make(folder, preview, case, actor)


def _make(folder: Path, preview: Preview, case: Case, actor: User) -> None:
    def tell(percent: int, step: str) -> None:
        _change(folder, preview, state=BUILDING, progress=percent, step=step)

    readable = access.get_case(actor, case.reference, roles.DOSSIER)
    tell(build.READ, say("Reading the record"))
    taken, _extract, _head = build.take(_unsaved(preview, readable, actor), readable)
    inside = folder / preview.run
    inside.mkdir()
    built = build.lay_out(taken, inside, tell)
    for volume in built.volumes:
        draft.mark(volume.path)
    told = [
        {"name": one.path.name, "first": one.first_label, "last": one.last_label,
         "pages": one.pages, "kind": one.kind}
        for one in built.volumes
    ]  # fmt: skip
    found = findings.read(inside)
    _change(
        folder, preview, state=DONE, progress=build.DONE, volumes=told, findings=found,
        has_sensitive=taken.has_sensitive,
    )  # fmt: skip


def _unsaved(preview: Preview, case: Case, actor: User) -> Dossier:
    """A dossier as it would be, of the next number, which stays free."""
    last = Dossier.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    before = Dossier.objects.filter(pk=preview.continues or 0, case=case).first()
    return Dossier(
        case=case, number=(last or 0) + 1, addressed_to=preview.addressed_to,
        template=DossierTemplate.objects.filter(pk=preview.template or 0).first(),
        continues=before, first_page=(before.last_page or 0) + 1 if before else 1,
        wishes=preview.wishes, requested_by=actor,
    )  # fmt: skip


def _failing(folder: Path, preview: Preview) -> AbstractContextManager[None]:
    """Whatever stops the work, the page says why; what was written until then goes."""

    def fail(why: str) -> None:
        shutil.rmtree(folder / preview.run, ignore_errors=True)
        with suppress(Overtaken, OSError):
            _change(folder, preview, state=FAILED, failure=why)

    return failing.told(fail, silent=(Overtaken,))


def volume_path(case: Case, actor: User, number: int) -> Path:
    """A volume of the person's own preview; Http404 where there is none."""
    preview = find(case, actor)
    if preview is None or preview.state != DONE or not 1 <= number <= len(preview.volumes):
        raise Http404
    path = _folder(case, actor) / preview.run / str(preview.volumes[number - 1]["name"])
    if not path.is_file():
        raise Http404
    return path


def record_read(case: Case, *, actor: User, volume: int) -> None:
    audit.record("dossier.preview_read", actor=actor, case=case, volume=volume)


def clear(case: Case, actor: User) -> None:
    shutil.rmtree(_folder(case, actor), ignore_errors=True)


def sweep() -> None:
    """Remove what is older than a day, whoever made it."""
    oldest = (clock.now() - KEPT).timestamp()
    for folder in _root().glob("*"):
        with suppress(OSError):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return Path(settings.DATA_DIR) / "previews"


def _folder(case: Case, actor: User) -> Path:
    return _root() / f"{case.pk}-{actor.pk}"


def _change(folder: Path, preview: Preview, **values: Any) -> None:
    kept = json.loads((folder / STATE).read_text()) if (folder / STATE).exists() else {}
    if kept.get("run") != preview.run:
        raise Overtaken
    _write(folder, replace(preview, **values))


def _write(folder: Path, preview: Preview) -> None:
    """Whole or not at all: a page may be reading it."""
    beside = folder / f"{STATE}.{secrets.token_hex(4)}"
    beside.write_text(json.dumps(asdict(preview), default=str))
    beside.rename(folder / STATE)
