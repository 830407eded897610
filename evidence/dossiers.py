"""Dossiers: asked for, built, issued once and for ever.

A number is used once. Files are whole and on the disk before the row says "issued"; what fails
leaves a row that says why, and no half file under a final name.
"""

import hashlib
import io
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import Conflict, DomainError, NotAllowed, RuleBroken
from casework.models import Case, User
from evidence import custody, files, sequencer
from evidence.dossier import bundle, collect, fonts, pages, snapshot
from evidence.dossier.bundle import BundleError, BundleFile, BundleInput, LedgerExtract
from evidence.dossier.collect import Order
from evidence.dossier.snapshot import Snapshot
from evidence.models import Dossier, Exhibit, SignedHead

State = Dossier.State
SILENT = timedelta(minutes=15)  # a build that has said nothing for so long was killed
READ_ONLY = 0o440
TRIES = 3
FIRST_PAGE, LAST_PAGE, BUNDLE, DONE = 10, 70, 75, 100  # percent at which the steps begin
Tell = Callable[[int, str], None]


class ChainMoved(Conflict):
    """Custody went on while the dossier read it."""

    code = "chain-moved"
    message = _("Custody events were recorded while the dossier was built. Build it again.")


def find(user: access.Reader, reference: str, number: int) -> Dossier:
    """The dossier, for a reader who may open dossiers of its case. Http404 or NotAllowed."""
    case = access.get_case(user, reference, roles.DOSSIER)
    rows = Dossier.objects.visible_to(user).filter(case=case, number=number)
    found: Dossier | None = rows.select_related("requested_by__agency", "head").first()
    if found is None:
        raise Http404
    found.case = case
    return found


@transaction.atomic
def request(case: Case, *, actor: User, addressed_to: str = "") -> Dossier:
    """A dossier with the next number, waiting to be built; one at a time for each case."""
    access.require(actor, case, roles.DOSSIER)
    Case.objects.select_for_update().get(pk=case.pk)
    _give_up_silent(case)
    if Dossier.objects.filter(case=case).unfinished().exists():
        raise Conflict(_("A dossier of this case is being built. Wait until it is done."))
    last = Dossier.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    dossier = Dossier(
        case=case,
        number=(last or 0) + 1,
        addressed_to=addressed_to,
        requested_by=actor,
        requested_at=clock.now(),
        told_at=clock.now(),
    )
    dossier.full_clean()
    dossier.save()
    audit.record("dossier.request", actor=actor, case=case, subject=dossier)
    return dossier


def _give_up_silent(case: Case) -> None:
    """What a killed worker left behind does not stand in the way for ever."""
    silent = Dossier.objects.filter(case=case, told_at__lt=clock.now() - SILENT).unfinished()
    for dossier in silent:
        _fail(dossier, say("The work stopped before the end. Build it again."))


def request_soon(case: Case, *, actor: User, addressed_to: str = "") -> Dossier:
    """The same, built by the worker as soon as the row is committed."""
    from evidence import tasks

    with transaction.atomic():
        dossier = request(case, actor=actor, addressed_to=addressed_to)
        transaction.on_commit(lambda: tasks.build_dossier.enqueue(dossier.pk))
    return dossier


def build(dossier: Dossier) -> None:
    """Build and issue a waiting dossier; what has begun already is left alone."""
    waiting = Dossier.objects.filter(pk=dossier.pk, state=State.WAITING)
    if not waiting.update(state=State.BUILDING, told_at=clock.now()):
        return
    failure = say("Something unexpected stopped it. The administrator finds it in the log.")
    try:
        _build(dossier)
        failure = ""
    except (DomainError, BundleError) as error:
        failure = str(error)
    except Http404:
        failure = str(NotAllowed.message)
    except OSError as error:
        failure = say("The disk refused: %(why)s.") % {"why": error.strerror or error}
    finally:
        if failure:
            _fail(dossier, failure)


def _fail(dossier: Dossier, why: str) -> None:
    """A row that was issued in the meantime stays as it is."""
    unfinished = Dossier.objects.filter(pk=dossier.pk).unfinished()
    with transaction.atomic():
        if unfinished.update(state=State.FAILED, failure=why[:300]):
            actor = dossier.requested_by
            audit.record("dossier.fail", actor=actor, case=dossier.case, subject=dossier, why=why)


def _build(dossier: Dossier) -> None:
    def tell(percent: int, step: str) -> None:
        rows = Dossier.objects.filter(pk=dossier.pk, state=State.BUILDING)
        rows.update(progress=percent, step=step, told_at=clock.now())

    case = access.get_case(dossier.requested_by, dossier.case.reference, roles.DOSSIER)
    tell(1, say("Reading the record"))
    taken, extract, head = _take(dossier, case)
    name = bundle.safe_segment(taken.name)
    pdf = _lay_out(taken, tell)
    tell(BUNDLE, say("Writing the bundle"))
    folder = Path(settings.DOSSIERS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}-dossier.pdf", folder / f"{name}.zip"]
    _refuse_existing(paths)
    try:
        _write(paths[0], pdf.data)
        packed = _bundle(taken, name, paths[0], extract)
        dossier.bundle_digest = bundle.write(packed, paths[1])
        _make_durable(paths)
        _issue(dossier, taken, head, paths, pdf)
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise


def _take(dossier: Dossier, case: Case) -> tuple[Snapshot, LedgerExtract, SignedHead]:
    """Record and ledger at one moment: read again where custody went on between the two."""
    actor = dossier.requested_by
    for _try in range(TRIES):
        rows = collect.exhibits(case, actor)
        order = _order(dossier)
        extract = custody.extract(_with_events(rows), order.previous)
        chains = custody.chains(rows)
        if _agree(chains, extract) and order.head.note == extract.checkpoint:
            return collect.collect(case, order, rows, chains, extract), extract, order.head
    raise ChainMoved


def _with_events(rows: list[Exhibit]) -> list[Exhibit]:
    kept = set(
        Exhibit.objects.filter(pk__in=[row.pk for row in rows], custody__sequence=1).values_list(
            "pk", flat=True
        )
    )
    return [row for row in rows if row.pk in kept]


def _order(dossier: Dossier) -> Order:
    head = sequencer.run()
    if head is None:
        raise RuleBroken(_("There is no custody event yet. Register an exhibit first."))
    previous = (
        Dossier.objects.filter(
            case=dossier.case, number__lt=dossier.number, state=State.ISSUED, head__isnull=False
        )
        .select_related("head")
        .order_by("-number")
        .first()
    )
    return Order(
        number=dossier.number,
        addressed_to=dossier.addressed_to,
        actor=dossier.requested_by,
        issued_at=clock.now(),
        key=sequencer.signer().key,
        head=head,
        previous=previous.head if previous else None,
    )


def _agree(chains: list[custody.Chain], extract: LedgerExtract) -> bool:
    """Whether the pages will show exactly the events that the bundle proves."""
    ours = {str(one.identifier): len(one.events) for one in chains if one.events}
    return ours == {one.exhibit: len(one.events) for one in extract.chains}


class _Laid:
    def __init__(self, data: bytes, count: int) -> None:
        self.data, self.pages = data, count
        self.digest = hashlib.sha256(data).hexdigest()


def _lay_out(taken: Snapshot, tell: Tell) -> _Laid:
    def told(done: int, of: int) -> None:
        tell(FIRST_PAGE + (LAST_PAGE - FIRST_PAGE) * done // of, say("Laying out the pages"))

    fonts.register(Path(settings.DATA_DIR) / "fonts")
    out = io.BytesIO()
    built = pages.build(taken, _bytes_of, out, told)
    return _Laid(out.getvalue(), built.pages)


def _bytes_of(digest: str) -> bytes | None:
    """A stored file, re-hashed as it is read; None where it is not what its digest says."""
    with suppress(OSError):
        data = files.path_of(digest).read_bytes()
        return data if hashlib.sha256(data).hexdigest() == digest else None
    return None


def _bundle(taken: Snapshot, name: str, pdf: Path, extract: LedgerExtract) -> BundleInput:
    found = [*taken.files, *(file for exhibit in taken.exhibits for file in exhibit.files)]
    once = {file.bundle_path.lower(): file for file in found}
    packed = [
        BundleFile(file.bundle_path, files.path_of(file.digest), file.digest)
        for file in once.values()
    ]
    volume = BundleFile(f"dossier/{pdf.name}", pdf, files.digest_of(pdf))
    return BundleInput(
        name=name,
        case_reference=taken.reference,
        organisation=taken.agency,
        issued_at=taken.issued_at,
        files=[volume, *packed],
        ledger=extract,
        signer=sequencer.signer(),
    )


def _refuse_existing(paths: list[Path]) -> None:
    for path in paths:
        if path.exists():
            told = _("%(name)s exists already in the folder of dossiers. Move it away first.")
            raise RuleBroken(told % {"name": path.name})


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.part")
    with beside.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def _make_durable(paths: list[Path]) -> None:
    for path in paths:
        path.chmod(READ_ONLY)
    handle = os.open(paths[0].parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@transaction.atomic
def _issue(
    dossier: Dossier, taken: Snapshot, head: SignedHead, paths: list[Path], pdf: _Laid
) -> None:
    """The row says "issued" with its digests, and the audit who built it: both or neither."""
    building = Dossier.objects.filter(pk=dossier.pk, state=State.BUILDING)
    values = {
        "state": State.ISSUED,
        "issued_at": taken.issued_at,
        "has_sensitive": taken.has_sensitive,
        "snapshot_digest": snapshot.digest(taken),
        "pages": pdf.pages,
        "pdf_path": paths[0].name,
        "pdf_digest": pdf.digest,
        "bundle_path": paths[1].name,
        "bundle_digest": dossier.bundle_digest,
        "head": head,
        "progress": DONE,
        "step": "",
        "told_at": clock.now(),
    }
    if not building.update(**values):
        raise Conflict(_("This dossier was given up in the meantime. Build another one."))
    audit.record(
        "dossier.issue",
        actor=dossier.requested_by,
        case=dossier.case,
        subject=dossier,
        pages=pdf.pages,
        bundle=dossier.bundle_digest,
        head=head.tree_size,
    )


def path_of(dossier: Dossier, kind: str) -> Path:
    """Where the PDF or the bundle of an issued dossier is; Http404 where there is none."""
    name = dossier.pdf_path if kind == "pdf" else dossier.bundle_path
    path = Path(settings.DOSSIERS_DIR) / name
    if dossier.state != State.ISSUED or not name or not path.is_file():
        raise Http404
    return path


def record_download(dossier: Dossier, *, actor: User, kind: str) -> None:
    audit.record("dossier.download", actor=actor, case=dossier.case, subject=dossier, kind=kind)
