"""Operations on the charge sheet: counts against accused, filing it, and the pleas to it.

A draft changes freely; from its filing a charge sheet is fixed and pleas are written once.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, display, law, roles, signals, stages
from casework import lines as of_charges
from casework.errors import Conflict, RuleBroken
from casework.models import (
    Accused,
    Charge,
    ChargeSheet,
    Count,
    Plea,
    Proceeding,
    Provision,
    Taxon,
    User,
)
from casework.procedure import gate, record, standing, substitution
from casework.procedure.position import Line
from casework.procedure.states import Step

# What is written of a count, beside its accused.
WRITTEN = (
    "offence_on", "offence_until", "provision", "offence", "particulars", "taxon", "alternative_to",
)  # fmt: skip


def of_proceeding(trial: Proceeding) -> "QuerySet[Charge]":
    """The charges of a trial as they stand, count by count."""
    return standing.live_charges(trial)


@transaction.atomic
def add_count(
    sheet: ChargeSheet,
    *,
    provision: Provision,
    offence_on: date,
    particulars: str,
    accused: Iterable[Accused],
    actor: User,
    offence: str = "",
    offence_until: date | None = None,
    taxon: Taxon | None = None,
    alternative_to: Count | None = None,
) -> Count:
    """One more count of a draft. Without a statement of offence the provision's words stand."""
    open_draft(sheet, actor)
    count = Count(charge_sheet=sheet, number=next_number(sheet))
    values = {
        "provision": provision, "offence_on": offence_on, "offence_until": offence_until,
        "particulars": particulars, "offence": offence, "taxon": taxon,
        "alternative_to": alternative_to,
    }  # fmt: skip
    return save_count(count, values, list(accused), actor, "count.add")


@transaction.atomic
def change_count(count: Count, *, accused: Iterable[Accused], actor: User, **values: Any) -> Count:
    """Change a count of a draft."""
    _open_count(count, actor)
    return save_count(count, values, list(accused), actor, "count.change")


def next_number(sheet: ChargeSheet) -> int:
    """The number of a further count: in an amended sheet after those that stand already."""
    numbers = set(sheet.counts.values_list("number", flat=True))
    if sheet.amends_id is not None:
        numbers |= set(standing.live_counts(sheet.proceeding).values_list("number", flat=True))
    return max(numbers, default=0) + 1


def own_words(provision: Provision) -> str:
    """The statement of offence that a count takes from its provision."""
    longest = Count._meta.get_field("offence").max_length
    return (provision.offence or provision.title)[:longest]


def typed_words(count: Count) -> str:
    """Its statement of offence, or nothing where it is the provision's: that follows the law."""
    return "" if count.offence == own_words(count.provision) else count.offence


def save_count(
    count: Count, values: dict[str, Any], accused: list[Accused], actor: User, action: str
) -> Count:
    for name, value in values.items():
        setattr(count, name, value)
    count.offence = count.offence.strip() or own_words(count.provision)
    _check_count(count, accused)
    count.full_clean()
    audit.sign(count, actor)
    count.save()
    _set_accused(count, accused)
    case = count.charge_sheet.proceeding.case
    audit.record(action, actor=actor, case=case, subject=count)
    signals.changed.send(sender=Count, instance=count)
    return count


def _check_count(count: Count, accused: list[Accused]) -> None:
    case = count.charge_sheet.proceeding.case
    beside = count.alternative_to
    if beside is not None and (beside == count or beside.charge_sheet.proceeding.case != case):
        raise RuleBroken(_("Choose another count of this case."), field="alternative_to")
    stages.check_day(count.offence_on, field="offence_on")
    if count.offence_until:
        stages.check_day(
            count.offence_until, field="offence_until", after=count.offence_on,
            after_what=_("the first day of the offence"),
        )  # fmt: skip
    if why := law.why_not(count.provision, count.offence_on, law.country_of(case)):
        raise RuleBroken(why, field="provision")
    if not accused or any(person.case_id != case.pk for person in accused):
        raise RuleBroken(_("Choose at least one accused of this case."), field="accused")


def _set_accused(count: Count, accused: list[Accused]) -> None:
    count.charges.exclude(accused__in=accused).delete()
    charged = set(count.charges.values_list("accused", flat=True))
    for person in accused:
        if person.pk not in charged:
            Charge.objects.create(count=count, accused=person)


@transaction.atomic
def remove_count(count: Count, *, actor: User) -> None:
    """Take a count out of a draft; the later ones move up."""
    sheet = count.charge_sheet
    _open_count(count, actor)
    audit.record("count.remove", actor=actor, case=sheet.proceeding.case, subject=count)
    count.charges.all().delete()
    for other in count.alternatives.all():
        other.alternative_to = None
        audit.sign(other, actor)
        other.save()
    audit.sign(count, actor)
    count.delete()
    if sheet.amends_id is not None:  # its numbers are those of the counts it replaces
        signals.changed.send(sender=Proceeding, instance=sheet.proceeding)
        return
    for number, later in enumerate(sheet.counts.order_by("number"), start=1):
        if later.number != number:
            later.number = number
            audit.sign(later, actor)
            later.save()
    signals.changed.send(sender=Proceeding, instance=sheet.proceeding)


def _open_count(count: Count, actor: User) -> None:
    """A count of a draft as it stands now. Raises Conflict where it was taken out."""
    sheet = count.charge_sheet
    open_draft(sheet, actor)
    if not sheet.counts.filter(pk=count.pk).exists():
        raise Conflict(_("This count was taken out of the charge sheet. Read the sheet again."))
    count.refresh_from_db()
    count.charge_sheet = sheet


@transaction.atomic
def file_sheet(sheet: ChargeSheet, *, filed_on: date, actor: User) -> ChargeSheet:
    """File the charge sheet: from now on it is fixed, and the case is charged.

    An amended sheet ends the charges that its counts replace.
    """
    case = sheet.proceeding.case
    open_draft(sheet, actor)
    stages.check_day(
        filed_on, field="filed_on", after=sheet.proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip
    last = sheet.counts.aggregate(last=Max("offence_on"))["last"]
    if last is None:
        raise RuleBroken(_("The charge sheet is empty. Add a count first."))
    stages.check_day(filed_on, field="filed_on", after=last, after_what=_("the day of the offence"))
    if sheet.amends_id is not None:
        substitution.put_in_place(sheet, filed_on=filed_on, actor=actor)
    sheet.filed_on, sheet.filed_by, sheet.filing_recorded_at = filed_on, actor, clock.now()
    audit.sign(sheet, actor)
    sheet.save()
    of_charges.renew(Charge.objects.filter(count__charge_sheet=sheet))
    audit.record("charge_sheet.file", actor=actor, case=case, subject=sheet)
    signals.changed.send(sender=Proceeding, instance=sheet.proceeding)
    stages.follow(case, actor=actor)
    return sheet


def open_draft(sheet: ChargeSheet, actor: User) -> None:
    """The right to change this sheet, and its lock. Raises RuleBroken once it is filed."""
    case = sheet.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    sheet.refresh_from_db()
    if sheet.filed_on is not None:
        raise RuleBroken(
            _("This charge sheet was filed on %(day)s and is fixed.")
            % {"day": display.day(sheet.filed_on)}
        )


@transaction.atomic
def enter_pleas(
    trial: Proceeding, *, pleas: Mapping[Charge, str], entered_on: date, actor: User
) -> list[Plea]:
    """The pleas taken on one day in a trial or a retrial.

    A later plea changes an earlier one, which stays on record.
    """
    access.require(actor, trial.case, roles.PROSECUTE)
    stages.lock(trial.case)
    if not of_proceeding(trial).exists():
        raise RuleBroken(_("No plea before the charge sheet is filed. File it first."))
    if not pleas:
        raise RuleBroken(_("Choose at least one plea."))
    lines = record.lines_of(trial.case)
    entered = [
        _enter(trial, lines, charge, plea, entered_on, actor) for charge, plea in pleas.items()
    ]
    audit.record("plea.enter", actor=actor, case=trial.case, subject=trial, pleas=len(entered))
    signals.changed.send(sender=Proceeding, instance=trial)
    stages.follow(trial.case, actor=actor)
    return entered


STEP_OF_PLEA = {
    Plea.Kind.NOT_GUILTY: Step.PLEAD_NOT_GUILTY,
    Plea.Kind.GUILTY: Step.PLEAD_GUILTY,
    Plea.Kind.NONE: Step.PLEAD_NONE,
}


def _enter(
    trial: Proceeding, lines: Mapping[int, Line], charge: Charge, plea: str, day: date, actor: User
) -> Plea:
    if charge.pk not in lines or plea not in Plea.Kind.values:
        raise gate.refused(charge, _("Choose one from the list."))
    gate.check(lines, charge, STEP_OF_PLEA[Plea.Kind(plea)])
    gate.check_court(lines, charge, trial)
    line = lines[charge.pk]
    after, what = line.filed_on, _("the filing of the charges")
    if line.pleas:
        after, what = line.pleas[-1].day, _("the plea before it")
    if line.last is not None:
        after, what = line.last.day, _("the order to retry")
    stages.check_day(day, field="entered_on", after=after, after_what=what)
    row = Plea(charge=charge, plea=plea, entered_on=day, recorded_by=actor, recorded_at=clock.now())
    row.full_clean()
    row.save()
    of_charges.renew([charge])
    return row


field_of = gate.field_of
