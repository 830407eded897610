"""Service of an issued dossier or disclosure: recorded once, corrected or taken back by a row."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from casework import access, audit, clock, roles, signals
from casework.errors import RuleBroken
from casework.holding import hold
from casework.models import User
from evidence import files
from evidence.filestore.uploads import HashedUpload
from evidence.models import Attachment, DisclosureService, Dossier

SLACK = timedelta(minutes=5)  # clocks differ


@transaction.atomic
def record(
    dossier: Dossier, *, actor: User, upload: HashedUpload | None = None, **fields: Any
) -> DisclosureService:
    """Who received it, when and how; the receipt becomes a file of the case."""
    access.require(actor, dossier.case, roles.DOSSIER)
    made = DisclosureService(dossier=dossier, served_by=actor, **fields)
    made.receipt = _receipt(dossier, upload, actor)
    return _save(made, actor, "dossier.serve")


@transaction.atomic
def correct(
    service: DisclosureService, *, correction: str, actor: User,
    upload: HashedUpload | None = None, **fields: Any,
) -> DisclosureService:  # fmt: skip
    """A row in the place of another; without a new receipt the earlier one stays with it."""
    _require(service, correction, actor)
    made = DisclosureService(
        dossier=service.dossier, served_by=service.served_by, supersedes=service,
        correction=correction, **fields,
    )  # fmt: skip
    made.receipt = _receipt(service.dossier, upload, actor) or service.receipt
    return _save(made, actor, "dossier.serve_correct")


@transaction.atomic
def take_back(service: DisclosureService, *, correction: str, actor: User) -> DisclosureService:
    """It was not served after all: the row stays and counts no longer."""
    _require(service, correction, actor)
    gone = DisclosureService(
        dossier=service.dossier, accused=service.accused, recipient=service.recipient,
        means=service.means, served_at=service.served_at, served_by=service.served_by,
        supersedes=service, is_withdrawn=True, correction=correction,
    )  # fmt: skip
    return _save(gone, actor, "dossier.serve_take_back")


def _require(service: DisclosureService, correction: str, actor: User) -> None:
    access.require(actor, service.dossier.case, roles.DOSSIER)
    hold(service.dossier)
    rows: Any = DisclosureService.objects
    if not rows.standing().filter(pk=service.pk).exists():
        raise RuleBroken(_("This was corrected already. Open the entry that stands."))
    if not correction.strip():
        raise RuleBroken(_("Say what was wrong. Both stay on record."), field="correction")


def _receipt(dossier: Dossier, upload: HashedUpload | None, actor: User) -> Attachment | None:
    if upload is None:
        return None
    return files.attach(
        dossier.case, upload=upload, kind=Attachment.Kind.DOCUMENT, actor=actor,
        caption=_("Receipt for dossier %(n)s") % {"n": dossier.number}, right=roles.DOSSIER,
    )  # fmt: skip


def _save(made: DisclosureService, actor: User, action: str) -> DisclosureService:
    dossier = made.dossier
    _check(made, dossier)
    made.recorded_by, made.recorded_at = actor, clock.now()
    made.full_clean(exclude=["recorded_by"])
    made.save()
    audit.record(
        action, actor=actor, case=dossier.case, subject=dossier, recipient=made.recipient,
        how=made.means, at=made.served_at.isoformat(), correction=made.correction,
    )  # fmt: skip
    signals.changed.send(sender=DisclosureService, instance=made)
    return made


def _check(made: DisclosureService, dossier: Dossier) -> None:
    if dossier.state != Dossier.State.ISSUED or dossier.issued_at is None:
        raise RuleBroken(_("Only an issued dossier can be served."))
    if made.served_at < dossier.issued_at.replace(second=0, microsecond=0):
        raise RuleBroken(_("It was issued later than that. Check the time."), field="served_at")
    if made.served_at > clock.now() + SLACK:
        raise RuleBroken(_("That lies in the future. Enter it once it is served."),
                         field="served_at")  # fmt: skip
    if made.accused is not None and made.accused.case_id != dossier.case_id:
        raise RuleBroken(_("Choose an accused of this case."), field="accused")
