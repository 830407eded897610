"""Making a dossier: the record read, its pages laid out, the bundle written, the row issued.

Files are whole and on the disk before the row says "issued"; what fails leaves neither.
"""

import hashlib
import io
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import Conflict, RuleBroken
from casework.models import Case
from evidence import custody, files, sequencer
from evidence.dossier import bundle, collect, fonts, pages, snapshot
from evidence.dossier.bundle import BundleFile, BundleInput, LedgerExtract
from evidence.dossier.collect import Order
from evidence.dossier.snapshot import Snapshot
from evidence.filestore import images
from evidence.models import Dossier, Exhibit, SignedHead, StoredFile
from evidence.tree import attesting

State = Dossier.State
READ_ONLY = 0o440
TRIES = 3
READ, FIRST_PAGE, LAST_PAGE, BUNDLE, DONE = 1, 10, 70, 75, 100  # percent where a step begins
Tell = Callable[[int, str], None]


class ChainMoved(Conflict):
    """Custody went on while the dossier read it."""

    code = "chain-moved"
    message = _("Custody events were recorded while the dossier was built. Build it again.")


def make(dossier: Dossier) -> None:
    def tell(percent: int, step: str) -> None:
        rows = Dossier.objects.filter(pk=dossier.pk, state=State.BUILDING)
        rows.update(progress=percent, step=step, told_at=clock.now())

    """Read, lay out, bundle, issue. Raises DomainError, BundleError, OSError or Http404."""
    case = access.get_case(dossier.requested_by, dossier.case.reference, roles.DOSSIER)
    tell(READ, say("Reading the record"))
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
        if _agree(chains, extract) and extract.checkpoint.startswith(order.head.note):
            taken = collect.collect(case, order, rows, chains, extract)
            return taken, attesting.attested(extract, order.head, order.previous), order.head
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


@dataclass(frozen=True)
class _Laid:
    data: bytes
    pages: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def _lay_out(taken: Snapshot, tell: Tell) -> _Laid:
    reached = FIRST_PAGE

    def told(done: int, of: int) -> None:
        nonlocal reached
        percent = FIRST_PAGE + (LAST_PAGE - FIRST_PAGE) * done // of
        if percent > reached:
            reached = percent
            tell(percent, say("Laying out the pages"))

    tell(FIRST_PAGE, say("Laying out the pages"))
    fonts.register(Path(settings.DATA_DIR) / "fonts")
    out = io.BytesIO()
    built = pages.build(taken, _bytes_of, out, told)
    return _Laid(out.getvalue(), built.pages)


def _bytes_of(digest: str) -> bytes | None:
    """A stored picture as pages show it, never its own bytes; None where they are not its digest's.

    What is printed was drawn by the walled process; the bundle carries the file itself.
    """
    with suppress(OSError):
        if files.digest_of(files.path_of(digest)) == digest:
            return _drawn(digest)
    return None


def _drawn(digest: str) -> bytes:
    """Empty where it cannot be drawn: the page says so in its place."""
    stored = StoredFile.objects.get(digest=digest)
    with suppress(images.NotShown):
        return images.preview(stored, images.SIZES[-1]).read_bytes()
    return b""


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
