"""Dossiers: asked for, built, issued once and for ever.

A number is used once. Files are whole and on the disk before the row says "issued"; what fails
leaves a row that says why, and no half file under a final name.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import Conflict, RuleBroken
from casework.holding import hold
from casework.models import Case, User
from evidence import failing
from evidence.issuing import build as building
from evidence.issuing import bundling, storing, supplements, unaltered
from evidence.issuing import signers as signing
from evidence.issuing import wishes as asking
from evidence.issuing.signers import Signer
from evidence.issuing.wishes import Wishes
from evidence.models import Dossier, DossierSignature, DossierTemplate, DossierVolume
from evidence.signing import sealing, volumes

State = Dossier.State
SILENT = timedelta(minutes=15)  # a build that has said nothing for so long was killed


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
def request(
    case: Case,
    *,
    actor: User,
    addressed_to: str = "",
    wishes: Wishes | None = None,
    is_disclosure: bool = False,
    template: DossierTemplate | None = None,
    signers: Sequence[Signer] = (),
    continues: Dossier | None = None,
) -> Dossier:
    """A dossier with the next number, waiting to be built; one at a time for each case.

    One that continues an issued dossier goes on with its numbers.
    """
    access.require(actor, case, roles.DOSSIER)
    hold(case)
    _give_up_silent(case)
    asked = replace(wishes or Wishes(), signers=signing.kept(signers))
    if continues is not None:
        supplements.demand(continues, case_pk=case.pk, is_disclosure=is_disclosure)
    signing.demand(case, signers)
    asking.demand(asked, case, actor, continues)
    if Dossier.objects.filter(case=case).unfinished().exists():
        raise Conflict(_("A dossier of this case is being built. Wait until it is done."))
    last = Dossier.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    dossier = Dossier(
        case=case,
        number=(last or 0) + 1,
        addressed_to=addressed_to,
        is_disclosure=is_disclosure,
        template=template,
        continues=continues,
        first_page=(continues.last_page or 0) + 1 if continues else 1,
        wishes=asked.plain,
        requested_by=actor,
        requested_at=clock.now(),
        told_at=clock.now(),
    )
    dossier.full_clean()
    dossier.save()
    signing.add(dossier, signers)
    audit.record(
        "dossier.request", actor=actor, case=case, subject=dossier, disclosure=is_disclosure
    )
    return dossier


def _give_up_silent(case: Case) -> None:
    """What a killed worker left behind does not stand in the way for ever."""
    silent = Dossier.objects.filter(case=case, told_at__lt=clock.now() - SILENT).unfinished()
    for dossier in silent:
        _fail(dossier, say("The work stopped before the end. Build it again."))


def request_soon(case: Case, *, actor: User, **asked: Any) -> Dossier:
    """The same, built by the worker as soon as the row is committed."""
    from evidence import tasks

    with transaction.atomic():
        dossier = request(case, actor=actor, **asked)
        transaction.on_commit(lambda: tasks.build_dossier.enqueue(dossier.pk))
    return dossier


def build(dossier: Dossier) -> None:
    """Build a waiting dossier, and issue it where nobody signs; what has begun is left alone."""
    waiting = Dossier.objects.filter(pk=dossier.pk, state=State.WAITING)
    if not waiting.update(state=State.BUILDING, told_at=clock.now()):
        return
    with _failing(dossier):
        building.make(dossier)
        if not dossier.signatures.exists():
            issue(dossier)


def _failing(dossier: Dossier) -> AbstractContextManager[None]:
    """Whatever stops the work, the row says why."""
    return failing.told(lambda why: _fail(dossier, why), silent=(building.Stopped,))


def _fail(dossier: Dossier, why: str) -> None:
    """A row that was issued or stopped in the meantime stays as it is; what people signed too."""
    open_rows = Dossier.objects.filter(pk=dossier.pk).exclude(
        state__in=[State.ISSUED, State.STOPPED, State.FAILED]
    )
    if DossierSignature.objects.filter(dossier=dossier, signed_at__isnull=False).exists():
        open_rows.update(failure=why[:300])
        return
    with transaction.atomic():
        has_failed = open_rows.update(state=State.FAILED, failure=why[:300])
        if has_failed:
            actor = dossier.requested_by
            audit.record("dossier.fail", actor=actor, case=dossier.case, subject=dossier, why=why)
    if has_failed:
        storing.clear(dossier)


def issue(dossier: Dossier) -> None:
    """Write the bundle over the volumes as they are signed, then say "issued": both or neither.

    Raises RuleBroken while a signature is missing, BundleError, OSError.
    """
    dossier.refresh_from_db()
    if dossier.state != State.BUILT:
        raise Conflict(_("Only a dossier that is built can be issued."))
    if dossier.signatures.filter(signed_at__isnull=True).exists():
        raise RuleBroken(_("Not everybody has signed yet."))
    Dossier.objects.filter(pk=dossier.pk, state=State.BUILT).update(told_at=clock.now())
    sealing.seal(dossier)
    volumes.demand_signed(dossier)
    dossier.issued_at = clock.now()
    beside = storing.beside_bundle(dossier.name)
    try:
        digest = bundling.write(dossier, beside)
        storing.make_durable([beside])
        _say_issued(dossier, digest, beside)
    finally:
        beside.unlink(missing_ok=True)
    volumes.sweep(dossier)
    storing.sweep(dossier.name)


def is_stuck(dossier: Dossier) -> bool:
    """Nobody is left to sign and no bundle comes: it failed, or its worker was killed."""
    is_open = dossier.signatures.filter(signed_at__isnull=True).exists()
    if dossier.state != State.BUILT or is_open:
        return False
    told_at = dossier.told_at or dossier.requested_at
    return bool(dossier.failure) or told_at < clock.now() - SILENT


def issue_signed(dossier: Dossier) -> None:
    """The same as the worker does it: what stops it is said on the row, and can be tried again."""
    if Dossier.objects.filter(pk=dossier.pk, state=State.BUILT).exists():
        with _failing(dossier):
            issue(dossier)


@transaction.atomic
def _say_issued(dossier: Dossier, digest: str, beside: Path) -> None:
    """Where two pack at once, the second finds the row "issued" and touches nothing."""
    hold(dossier)
    built = Dossier.objects.filter(pk=dossier.pk, state=State.BUILT)
    path = storing.bundle_path(dossier.name)
    if built.exists():
        beside.replace(path)
        storing.make_durable([path])
    values = {
        "state": State.ISSUED,
        "issued_at": dossier.issued_at,
        "bundle_path": storing.relative(path),
        "bundle_digest": digest,
        "progress": building.DONE,
        "failure": "",
        "told_at": clock.now(),
    }
    if not built.update(**values):
        raise building.Stopped
    audit.record(
        "dossier.issue",
        actor=dossier.requested_by,
        case=dossier.case,
        subject=dossier,
        pages=dossier.pages,
        bundle=digest,
        volumes=[volume.digest for volume in dossier.volumes.all()],
        head=dossier.head.tree_size if dossier.head else None,
    )


@transaction.atomic
def stop(dossier: Dossier, *, actor: User) -> None:
    """Give up a dossier that is not issued; its number is not used again."""
    access.require(actor, dossier.case, roles.DOSSIER)
    open_rows = Dossier.objects.filter(
        pk=dossier.pk, state__in=[State.WAITING, State.BUILDING, State.BUILT]
    )
    if not open_rows.update(state=State.STOPPED, told_at=clock.now()):
        raise Conflict(_("It is not being built any more."))
    audit.record("dossier.stop", actor=actor, case=dossier.case, subject=dossier)
    transaction.on_commit(lambda: storing.clear(dossier))


def volume_path(dossier: Dossier, number: int) -> tuple[DossierVolume, Path]:
    """A volume, as soon as it is built; Http404 where there is none."""
    found = dossier.volumes.filter(number=number).first()
    if found is None or dossier.state not in (State.BUILT, State.ISSUED):
        raise Http404
    path = storing.absolute(found.path)
    if not path.is_file():
        raise Http404
    recorded = unaltered.recorded(dossier, "volumes")
    unaltered.demand(path, [found.digest, *recorded[number - 1 : number]])
    return found, path


def bundle_path(dossier: Dossier) -> Path:
    """Where the bundle of an issued dossier is; Http404 where there is none."""
    path = storing.absolute(dossier.bundle_path)
    if dossier.state != State.ISSUED or not dossier.bundle_path or not path.is_file():
        raise Http404
    unaltered.demand(path, [dossier.bundle_digest, *unaltered.recorded(dossier, "bundle")])
    return path


def record_download(dossier: Dossier, *, actor: User, kind: str) -> None:
    audit.record("dossier.download", actor=actor, case=dossier.case, subject=dossier, kind=kind)
