"""The filing of an amended charge sheet: old charges end, new ones stand in their place."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework import outcomes, signals, stages
from casework.models import Charge, ChargeSheet, Code, Count, Outcome, User
from casework.procedure import gate, reasons, record, standing
from casework.procedure.position import Line
from casework.procedure.states import Step

Decision = Outcome.Decision


def put_in_place(sheet: ChargeSheet, *, filed_on: date, actor: User) -> None:
    """At the filing of an amended sheet: end what it replaces, and draw the lines between."""
    lines = record.lines_of(sheet.proceeding.case)
    for count in sheet.counts.exclude(replaces=None).select_related("replaces"):
        new = {one.accused_id: one for one in count.charges.all()}
        _check_elsewhere(sheet, count, new)
        live = standing.live_charges(sheet.proceeding).filter(count=count.replaces)
        for old in live.select_related("count", "accused"):
            _end(old, lines[old.pk], new.get(old.accused_id), sheet, filed_on, actor)


def _check_elsewhere(sheet: ChargeSheet, count: Count, new: Mapping[int, Charge]) -> None:
    """Nobody is charged here anew with what was severed to another trial since the draft."""
    here = standing.live_charges(sheet.proceeding).filter(count=count.replaces)
    others = standing.of_case(sheet.proceeding.case).filter(count=count.replaces)
    for old in others.exclude(pk__in=here.values("pk")):
        if old.accused_id in new:
            raise gate.refused(
                new[old.accused_id],
                _("It is tried in another court file now. Leave this accused out of the count."),
            )


def _end(
    old: Charge,
    line: Line,
    new: Charge | None,
    sheet: ChargeSheet,
    filed_on: date,
    actor: User,
) -> None:
    """The old charge is substituted; of an accused whom the new count leaves out, withdrawn."""
    lines = {old.pk: line}
    gate.check(lines, old, Step.SUBSTITUTE if new else Step.WITHDRAW)
    if sheet.proceeding_id not in line.courts:
        raise gate.refused(old, reasons.SENT_BACK)
    days = [line.filed_on, *(one.day for one in line.pleas), *(one[0] for one in line.moves)]
    stages.check_day(
        filed_on, field="filed_on", after=max(day for day in days if day),
        after_what=_("what is on record of the charge it replaces"),
    )  # fmt: skip
    row = Outcome(
        charge=old, proceeding=sheet.proceeding, decided_on=filed_on,
        decision=Decision.SUBSTITUTED if new else Decision.WITHDRAWN,
        reason=sheet.amended_why,
    )  # fmt: skip
    if new is None:
        row.cause = Code.objects.filter(kind=outcomes.CAUSES, code="left_out").first()
    outcomes.save(row, actor)
    if new is not None:
        new.replaces, new.root = old, old.root or old
        new.save(update_fields=["replaces", "root"])
    signals.changed.send(sender=Count, instance=old.count)
