"""Operations on proceedings and the accused in them.

A trial carries charge sheets; a retrial and an appeal decide on the counts of the trial they
come from, so that no count is ever counted twice.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages, submissions
from casework.errors import RuleBroken
from casework.models import (
    Accused,
    Case,
    Charge,
    ChargeSheet,
    Court,
    Outcome,
    Proceeding,
    User,
)
from casework.procedure import appeals

LEVELS = ("magistrate", "high", "appeal", "supreme")


@transaction.atomic
def open_proceeding(
    case: Case,
    *,
    court: Court,
    number: str,
    opened_on: date,
    actor: User,
    kind: str = Proceeding.Kind.TRIAL,
    presiding: str = "",
    prosecutor: User | None = None,
) -> Proceeding:
    """A trial with its draft charge sheet, or the retrial that an appeal ordered.

    Raises RuleBroken before the file is accepted, for a court file number already used, or for a
    day before the seizure or in the future.
    """
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    stages.check_after_seizure(case, opened_on, field="opened_on")
    parent = _parent_of_retrial(case, opened_on) if kind == Proceeding.Kind.RETRIAL else None
    if parent is None and not submissions.is_accepted(case):
        raise RuleBroken(_("The file has not been accepted for prosecution. Accept it first."))
    proceeding = save_new(
        case, actor=actor, kind=kind, court=court, number=number, opened_on=opened_on,
        presiding=presiding, prosecutor=prosecutor or actor, parent=parent,
    )  # fmt: skip
    if kind == Proceeding.Kind.TRIAL:
        sheet = ChargeSheet(proceeding=proceeding)
        audit.sign(sheet, actor)
        sheet.save()
    return proceeding


def _parent_of_retrial(case: Case, opened_on: date) -> Proceeding:
    """The appeal that ordered it: one whose order has no court file yet, before all others."""
    files = Proceeding.objects.filter(kind=Proceeding.Kind.RETRIAL, parent=OuterRef("proceeding"))
    ordered = (
        Outcome.objects.current()
        .filter(decision=Outcome.Decision.RETRIAL, proceeding__case=case)
        .annotate(has_file=Exists(files))
        .select_related("proceeding")
        .order_by("has_file", "-decided_on")
        .first()
    )
    if ordered is None:
        raise RuleBroken(
            _("No appeal has ordered a retrial. Record the decision of the appeal first."),
            field="kind",
        )
    stages.check_day(
        opened_on, field="opened_on", after=ordered.decided_on, after_what=_("the order to retry")
    )
    parent: Proceeding = ordered.proceeding
    return parent


@transaction.atomic
def open_appeal(
    parent: Proceeding,
    *,
    court: Court,
    number: str,
    opened_on: date,
    appellant_side: str,
    actor: User,
    presiding: str = "",
    prosecutor: User | None = None,
    about: str = "",
    charges: Collection[Charge] = (),
    cross_to: Proceeding | None = None,
    is_out_of_time: bool = False,
    grounds: str = "",
) -> Proceeding:
    """An appeal to a higher court against what `parent` decided, on these charges or on all.

    With `cross_to` it answers the other side's appeal, in the same court. Raises RuleBroken where
    nothing is decided, or where the state machine has no room for it.
    """
    case = parent.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    decided = _decision_of(parent, charges)
    if decided is None:
        raise RuleBroken(appeals.NOTHING)
    appeals.check(parent, charges, side=appellant_side, about=about, cross_to=cross_to)
    stages.check_day(
        opened_on, field="opened_on", after=decided.decided_on, after_what=_("the decision")
    )
    _check_court(parent, court, cross_to)
    appeal = save_new(
        case, actor=actor, kind=Proceeding.Kind.APPEAL, court=court, number=number,
        opened_on=opened_on, presiding=presiding, prosecutor=prosecutor or actor, parent=parent,
        appellant_side=appellant_side, about=about, cross_to=cross_to,
        is_out_of_time=is_out_of_time, grounds=grounds,
    )  # fmt: skip
    appeal.appealed.set(charges)
    stages.follow(case, actor=actor)
    return appeal


def _decision_of(parent: Proceeding, charges: Collection[Charge]) -> Outcome | None:
    """The decision that an appeal comes after: the last on its charges, or the first of all."""
    rows = parent.outcomes.filter(superseded_by__isnull=True)
    if charges:
        on_these = rows.filter(charge__in=charges).order_by("-decided_on").first()
        return on_these or rows.first()
    return rows.order_by("decided_on").first()


def _check_court(parent: Proceeding, court: Court, cross_to: Proceeding | None) -> None:
    """An appeal goes higher; a cross-appeal goes to the court of the appeal that it answers."""
    if cross_to is not None and court != cross_to.court:
        raise RuleBroken(
            _("A cross-appeal goes to the court of the appeal, %(court)s.")
            % {"court": cross_to.court},
            field="court",
        )
    if LEVELS.index(court.level) <= LEVELS.index(parent.court.level):
        raise RuleBroken(
            _("An appeal goes to a higher court than %(court)s.") % {"court": parent.court},
            field="court",
        )


def save_new(case: Case, *, actor: User, number: str, **fields: Any) -> Proceeding:
    """A court file under its number, which its court has given once."""
    proceeding = Proceeding(
        case=case,
        number=" ".join(number.split()),
        created_by=actor,
        created_at=clock.now(),
        **fields,
    )
    proceeding.full_clean(validate_constraints=False)
    audit.sign(proceeding, actor)
    try:
        with transaction.atomic():
            proceeding.save()
    except IntegrityError as taken:  # the database decides between two at once
        raise RuleBroken(
            _("This number is on record for this court already. Read it again from the file."),
            field="number",
        ) from taken
    audit.record("proceeding.open", actor=actor, case=case, subject=proceeding)
    if not case.court_file:
        case.court_file = proceeding.number
        audit.sign(case, actor)
        case.save()
    signals.changed.send(sender=Proceeding, instance=proceeding)
    signals.changed.send(sender=Case, instance=case)
    return proceeding


@transaction.atomic
def add_accused(
    case: Case, *, actor: User, name: str = "", party: Any = None, **fields: Any
) -> Accused:
    """A person or firm charged in the case, as the next of A1, A2, ...; a party lends its name."""
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    last = case.accused.aggregate(last=Max("number"))["last"] or 0
    accused = Accused(
        case=case, number=last + 1, name=name.strip() or getattr(party, "name", ""), party=party,
        **fields,
    )  # fmt: skip
    _check_accused(accused)
    return _save_accused(accused, actor, "accused.add")


@transaction.atomic
def change_accused(accused: Accused, *, actor: User, **fields: Any) -> Accused:
    """Correct what is recorded of an accused; the history keeps what stood before."""
    case = access.require(actor, accused.case, roles.PROSECUTE)
    stages.lock(case)
    accused.refresh_from_db()
    accused.case = case
    for name, value in fields.items():
        setattr(accused, name, value)
    accused.name = accused.name.strip() or getattr(accused.party, "name", "")
    _check_accused(accused)
    return _save_accused(accused, actor, "accused.change")


def _check_accused(accused: Accused) -> None:
    if not accused.name:
        raise RuleBroken(_("Give the name, or choose a party of the case."), field="name")
    twice = accused.case.accused.exclude(pk=accused.pk).filter(party__isnull=False)
    same = twice.filter(party=accused.party).first() if accused.party else None
    if same is not None:
        raise RuleBroken(_("This party is %(accused)s already.") % {"accused": same}, field="party")
    if accused.born_on:
        stages.check_day(accused.born_on, field="born_on")
    if accused.arrested_on:
        stages.check_day(
            accused.arrested_on, field="arrested_on", after=accused.born_on,
            after_what=_("the date of birth"),
        )  # fmt: skip


def _save_accused(accused: Accused, actor: User, action: str) -> Accused:
    accused.full_clean()
    audit.sign(accused, actor)
    accused.save()
    audit.record(action, actor=actor, case=accused.case, subject=accused)
    signals.changed.send(sender=Accused, instance=accused)
    return accused
