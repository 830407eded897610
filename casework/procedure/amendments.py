"""Operations on an amended charge sheet: it holds only the counts that it adds or replaces.

At its filing the charges that it replaces end, and new ones stand in their place; every other
count stays in the sheet where it was filed.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from casework import access, audit, charges, roles, stages
from casework.errors import RuleBroken
from casework.models import Accused, ChargeSheet, Count, Proceeding, User
from casework.procedure import machine, record, standing
from casework.procedure.position import state
from casework.procedure.states import Step


def draft_of(trial: Proceeding) -> ChargeSheet | None:
    """The sheet of a trial that is not filed yet."""
    return trial.charge_sheets.filter(filed_on=None).first()


@transaction.atomic
def begin(trial: Proceeding, *, why: str, actor: User) -> ChargeSheet:
    """Draft the next version of a filed charge sheet."""
    access.require(actor, trial.case, roles.PROSECUTE)
    stages.lock(trial.case)
    if draft_of(trial) is not None:
        raise RuleBroken(_("A draft is open already. File it, or throw it away."))
    if not why.strip():
        raise RuleBroken(_("Say why the charge is amended."), field="amended_why")
    here = list(standing.live_charges(trial))
    if trial.kind != Proceeding.Kind.TRIAL or not here:
        raise RuleBroken(_("Nothing is charged here yet. File the charge sheet first."))
    lines = record.lines_of(trial.case)
    said = [machine.refusal(state(lines[one.pk]), Step.SUBSTITUTE) for one in here]
    if None not in said:
        raise RuleBroken(said[0] or "")
    last = trial.charge_sheets.aggregate(last=Max("version"))["last"] or 0
    amends = trial.charge_sheets.order_by("version").last() or here[0].count.charge_sheet
    sheet = ChargeSheet(
        proceeding=trial, version=last + 1, amends=amends, amended_why=why.strip()
    )  # fmt: skip
    sheet.full_clean()
    audit.sign(sheet, actor)
    sheet.save()
    audit.record("charge_sheet.amend", actor=actor, case=trial.case, subject=sheet, reason=why)
    return sheet


@transaction.atomic
def discard(sheet: ChargeSheet, *, actor: User) -> None:
    """Throw an amended draft away; what is filed stands as it is."""
    charges.open_draft(sheet, actor)
    if sheet.amends_id is None:
        raise RuleBroken(_("This is the first charge sheet. Change its counts instead."))
    audit.record("charge_sheet.discard", actor=actor, case=sheet.proceeding.case, subject=sheet)
    for count in sheet.counts.all():
        count.charges.all().delete()
        audit.sign(count, actor)
        count.delete()
    audit.sign(sheet, actor)
    sheet.delete()


@transaction.atomic
def replace(
    sheet: ChargeSheet, old: Count, *, accused: Iterable[Accused], actor: User, **values: Any
) -> Count:
    """A count of the draft that stands in the place of a filed one, under the same number."""
    charges.open_draft(sheet, actor)
    if not standing.live_counts(sheet.proceeding).filter(pk=old.pk).exists():
        raise RuleBroken(_("This count does not stand here any more. Read the charges again."))
    if sheet.counts.filter(replaces=old).exists():
        raise RuleBroken(_("The draft has a count in its place already. Change that one."))
    number = old.number
    if sheet.counts.filter(number=number).exists():
        number = charges.next_number(sheet)
    values.setdefault("alternative_to", old.alternative_to)
    count = Count(charge_sheet=sheet, number=number, replaces=old, taxon=old.taxon)
    saved = charges.save_count(count, values, list(accused), actor, "count.replace")
    saved.exhibits.set(old.exhibits.all())
    return saved
