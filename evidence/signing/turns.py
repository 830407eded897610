"""The people who sign a dossier, one after the other, each over every volume.

A signature is never taken back: who finds a fault refuses, and the dossier is stopped. Who loses a
race leaves nothing.
"""

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import User
from evidence.issuing import dossiers, storing
from evidence.models import Dossier, DossierSignature
from evidence.signing import pdf, places, stamping, volumes
from evidence.signing.credentials import Credentials
from evidence.signing.stamping import Stamper
from evidence.signing.volumes import Signed

State = Dossier.State


class NotYourTurn(NotAllowed):
    """Only the next one in turn signs."""

    code = "not-your-turn"
    message = _("It is not your turn to sign this dossier.")


def next_of(dossier: Dossier) -> DossierSignature | None:
    """Whose turn it is; None where nobody is left, or it is not there to be signed."""
    if dossier.state != State.BUILT:
        return None
    rows = dossier.signatures.filter(signed_at__isnull=True).select_related("signer__agency")
    found: DossierSignature | None = rows.order_by("turn").first()
    return found


def sign(
    dossier: Dossier, credentials: Credentials, *, actor: User, with_stamp: bool = True
) -> None:
    """Sign every volume as the one whose turn it is; after the last one the bundle is made.

    Raises NotYourTurn, NotStamped, Conflict, RuleBroken, OSError.
    """
    row = demand(dossier, actor)
    stamper = stamping.stamper() if with_stamp else None
    place = pdf.Place(
        field=places.field_of(row),
        fields=places.of(dossier),
        name=row.signer.get_full_name(),
        reason=f"{row.capacity}, dossier {dossier.name}",
        is_first=not dossier.signatures.filter(signed_at__isnull=False).exists(),
    )
    made = volumes.sign(dossier, credentials, place, stamper)
    try:
        _record(row, credentials, made, stamper, actor)
    except BaseException:
        volumes.remove(one.path for one in made)
        raise


def demand(dossier: Dossier, actor: User) -> DossierSignature:
    """Their place, where they still may open it and are the next. Http404 or NotAllowed."""
    access.require(actor, dossier.case, roles.DOSSIER)
    if dossier.has_sensitive:
        access.require(actor, dossier.case, roles.SENSITIVE)
    if dossier.signatures.filter(signer=actor, signed_at__isnull=False).exists():
        raise Conflict(_("You have signed this dossier already."))
    row = next_of(dossier)
    if row is None or row.signer_id != actor.pk:
        raise NotYourTurn
    return row


@transaction.atomic
def _record(
    row: DossierSignature,
    credentials: Credentials,
    made: list[Signed],
    stamper: Stamper | None,
    actor: User,
) -> None:
    dossier = Dossier.objects.select_for_update(no_key=True).get(pk=row.dossier_id)
    if demand(dossier, actor).pk != row.pk:
        raise Conflict
    volumes.take_over(made)
    row.signed_at = clock.now()
    row.subject, row.issuer = credentials.subject, credentials.issuer
    row.serial_number, row.fingerprint = credentials.serial_number, credentials.fingerprint
    if stamper is not None:
        row.time_stamped_at, row.authority = stamper.stamped_at, stamper.authority[:300]
    row.full_clean()
    row.save()
    audit.record(
        "dossier.sign",
        actor=actor,
        case=dossier.case,
        subject=dossier,
        capacity=row.capacity,
        certificate=row.subject,
        fingerprint=row.fingerprint,
        volumes=[one.digest for one in made],
    )
    Dossier.objects.filter(pk=dossier.pk).update(told_at=row.signed_at)
    if next_of(dossier) is None:
        transaction.on_commit(lambda: issue_soon(dossier))


def issue_soon(dossier: Dossier) -> None:
    """The bundle, by the worker."""
    from evidence import tasks

    tasks.issue_dossier.enqueue(dossier.pk)


def retry(dossier: Dossier, *, actor: User) -> None:
    """Make the bundle of a dossier that everybody has signed, where that failed before."""
    access.require(actor, dossier.case, roles.DOSSIER)
    if not dossiers.is_stuck(dossier):
        raise Conflict(_("There is nothing to do again: read the page of the dossier."))
    rows = Dossier.objects.filter(pk=dossier.pk, state=State.BUILT)
    rows.update(failure="", told_at=clock.now())
    audit.record("dossier.retry", actor=actor, case=dossier.case, subject=dossier)
    issue_soon(dossier)


@transaction.atomic
def refuse(dossier: Dossier, *, actor: User, reason: str) -> None:
    """Stop the dossier instead of signing it; the reason stays on its page and in the audit."""
    locked = Dossier.objects.select_for_update(no_key=True).get(pk=dossier.pk)
    row = demand(locked, actor)
    if not reason.strip():
        raise RuleBroken(_("Say why you do not sign. Others read it."), field="reason")
    told = say("%(who)s did not sign: %(why)s") % {
        "who": row.signer.get_full_name(),
        "why": reason.strip(),
    }
    stopped = Dossier.objects.filter(pk=dossier.pk, state=State.BUILT)
    stopped.update(state=State.STOPPED, failure=told[:300], told_at=clock.now())
    audit.record(
        "dossier.refuse", actor=actor, case=dossier.case, subject=dossier, reason=reason.strip()
    )
    transaction.on_commit(lambda: storing.clear(dossier))
