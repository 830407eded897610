"""Making a dossier: the record read, its volumes laid out, signed in turn, the bundle written.

Files are whole and on the disk before a row says so; what fails or is stopped leaves neither.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import Conflict, RuleBroken
from casework.models import Case
from evidence import custody, faces, files, sequencer
from evidence.disclosure import disclosures
from evidence.disclosure.disclosures import Carried
from evidence.dossier import annex, collect, pages, snapshot
from evidence.dossier.bundle import LedgerExtract
from evidence.dossier.collect import Order
from evidence.dossier.pages import Built
from evidence.dossier.snapshot import Snapshot
from evidence.filestore import images
from evidence.issuing import annexing, bundling, findings, storing, wishes
from evidence.models import Dossier, DossierVolume, Exhibit, SignedHead, StoredFile
from evidence.tree import attesting

State = Dossier.State
TRIES = 3
READ, FIRST_PAGE, LAST_PAGE, BUNDLE, DONE = 1, 10, 70, 75, 100  # percent where a step begins
PIECES = "pieces"  # below DATA_DIR: chapters that the next dossier may take again
Tell = Callable[[int, str], None]


class ChainMoved(Conflict):
    """Custody went on while the dossier read it."""

    code = "chain-moved"
    message = _("Custody events were recorded while the dossier was built. Build it again.")


class Stopped(Conflict):
    """Somebody stopped it, or it was given up, while it was being built."""

    code = "dossier-stopped"
    message = _("This dossier was stopped in the meantime. Build another one.")


def make(dossier: Dossier) -> None:
    """Read, lay out, then wait for signatures or issue.

    Raises DomainError, BundleError, OSError or Http404.
    """

    def tell(percent: int, step: str) -> None:
        rows = Dossier.objects.filter(pk=dossier.pk, state=State.BUILDING)
        if not rows.update(progress=percent, step=step, told_at=clock.now()):
            raise Stopped

    case = access.get_case(dossier.requested_by, dossier.case.reference, roles.DOSSIER)
    tell(READ, say("Reading the record"))
    taken, extract, head = take(dossier, case)
    carried = disclosures.carry_out(dossier, case, taken, extract)
    taken, extract = carried.snapshot, carried.extract
    folder = storing.begin(taken.name)
    try:
        storing.claim(folder, dossier)
        built = lay_out(taken, folder, tell)
        kept = bundling.keep(taken, extract, folder)
        storing.make_durable([*(volume.path for volume in built.volumes), *kept])
        _built(dossier, carried, head, built)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def take(dossier: Dossier, case: Case) -> tuple[Snapshot, LedgerExtract, SignedHead]:
    """Record and ledger at one moment: read again where custody went on between the two."""
    actor = dossier.requested_by
    for _try in range(TRIES):
        rows = wishes.ordered(dossier, collect.exhibits(case, actor))
        order = _order(dossier, case)
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


def _order(dossier: Dossier, case: Case) -> Order:
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
        plan=wishes.plan(dossier, case),
    )


def _agree(chains: list[custody.Chain], extract: LedgerExtract) -> bool:
    """Whether the pages will show exactly the events that the bundle proves."""
    ours = {str(one.identifier): len(one.events) for one in chains if one.events}
    return ours == {one.exhibit: len(one.events) for one in extract.chains}


def lay_out(taken: Snapshot, folder: Path, tell: Tell) -> Built:
    """Documents first: the index tells their pages. Their volumes come after the generated ones."""
    faces.register()
    read = _telling(tell, READ, FIRST_PAGE, say("Reading the documents"))
    laid = _telling(tell, FIRST_PAGE, LAST_PAGE, say("Laying out the pages"))
    merged = _telling(tell, LAST_PAGE, BUNDLE, say("Merging the documents"))
    with annexing.prepared(taken, folder, read) as documents:
        findings.keep(taken, documents, folder)
        annexed = annex.annexed(documents)
        tell(FIRST_PAGE, say("Laying out the pages"))
        kept = Path(settings.DATA_DIR) / PIECES
        built = pages.build(taken, _bytes_of, folder, laid, cache=kept, annexed=annexed)
        return annexing.appended(built, documents, taken, folder, merged)


def _telling(tell: Tell, begin: int, end: int, step: str) -> Callable[[int, int], None]:
    """Percent of the whole, said when it grows."""
    reached = begin

    def told(done: int, of: int) -> None:
        nonlocal reached
        percent = begin + (end - begin) * done // of
        if percent > reached:
            reached = percent
            tell(percent, step)

    return told


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


@transaction.atomic
def _built(dossier: Dossier, carried: Carried, head: SignedHead, built: Built) -> None:
    """The row says "built", with its volumes: both or neither."""
    building = Dossier.objects.filter(pk=dossier.pk, state=State.BUILDING)
    values = {
        "state": State.BUILT,
        "has_sensitive": carried.has_sensitive,
        "snapshot_digest": snapshot.digest(carried.snapshot),
        "pages": built.pages,
        "last_page": built.last_page,
        "wishes": wishes.lettered(dossier, built.lettered),
        "head": head,
        "progress": BUNDLE,
        "step": "",
        "told_at": clock.now(),
    }
    if not building.update(**values):
        raise Stopped
    for number, volume in enumerate(built.volumes, 1):
        digest = files.digest_of(volume.path)
        DossierVolume.objects.create(
            dossier=dossier, number=number, kind=volume.kind, pages=volume.pages,
            first_label=volume.first_label, last_label=volume.last_label,
            path=storing.relative(volume.path), digest=digest, unsigned_digest=digest,
            unsigned_size=volume.path.stat().st_size, claims_archival=volume.claims_archival,
        )  # fmt: skip
    disclosures.write_items(carried, built.page_of)
    audit.record(
        "dossier.build",
        actor=dossier.requested_by,
        case=dossier.case,
        subject=dossier,
        pages=values["pages"],
        record=values["snapshot_digest"],
    )
