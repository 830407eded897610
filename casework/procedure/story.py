"""One charge told in order: what is on record, where it stands, what may follow and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from casework.models import Charge, Proceeding, TrialStep
from casework.procedure import machine, record, steps, words
from casework.procedure.position import Line, state
from casework.procedure.states import Step
from casework.sentencing import term_words


@dataclass(frozen=True)
class Entry:
    """One row of the record; a struck one no longer stands."""

    day: date
    recorded_at: datetime | None
    text: StrOrPromise
    detail: str = ""
    court: Proceeding | None = None
    is_struck: bool = False


@dataclass(frozen=True)
class Story:
    said: words.Said
    entries: tuple[Entry, ...]  # the newest first
    may: tuple[StrOrPromise, ...]
    may_not: tuple[tuple[StrOrPromise, StrOrPromise], ...]


def of_charge(charge: Charge) -> Story:
    """Reads the record of one charge in a fixed number of queries."""
    line = record.line_of(charge)
    now = state(line)
    entries = sorted(
        [*_before(charge), *_decisions(charge), *_courts(charge, line)],
        key=lambda one: (one.day, one.recorded_at.timestamp() if one.recorded_at else 0.0),
        reverse=True,
    )
    refused = ((step, machine.refusal(now, step)) for step in Step)
    return Story(
        said=words.said(now),
        entries=tuple(entries),
        may=tuple(words.STEPS[step] for step in machine.legal(now)),
        may_not=tuple((words.STEPS[step], why) for step, why in refused if why is not None),
    )


def _before(charge: Charge) -> Iterator[Entry]:
    sheet = charge.count.charge_sheet
    if sheet.filed_on is not None:
        text = _("Filed")
        if charge.replaces_id is not None:
            text = _("Filed, in the place of the charge before")
        yield Entry(sheet.filed_on, sheet.filing_recorded_at, text, sheet.amended_why)
    for plea in charge.pleas.all():
        words_of_plea = _("Plea: %(plea)s") % {"plea": plea.get_plea_display()}
        yield Entry(plea.entered_on, plea.recorded_at, words_of_plea)
    for move in charge.transfers.select_related("to_proceeding__court"):
        yield Entry(
            move.ordered_on, move.recorded_at, move.get_kind_display(), move.reason,
            court=move.to_proceeding,
        )  # fmt: skip


def _decisions(charge: Charge) -> Iterator[Entry]:
    rows = list(
        charge.outcomes.select_related("proceeding__court", "sentence", "cause").order_by("pk")
    )
    for row in rows:
        said = [str(row.cause)] if row.cause else []
        said += [row.reason] if row.reason else []
        sentence = getattr(row, "sentence", None)
        if sentence is not None:
            said.append(term_words.words(sentence))
        text = row.get_decision_display()
        if row.is_correction:
            text = _("Corrected: %(decision)s") % {"decision": text}
        yield Entry(
            row.decided_on, row.recorded_at, text, ". ".join(said), court=row.proceeding,
            is_struck=row != rows[-1],
        )  # fmt: skip


def _courts(charge: Charge, line: Line) -> Iterator[Entry]:
    """The steps of the trials it was tried in, and the appeals about it."""
    places = {line.place, *line.courts, *(court for _order, court in line.retrials)}
    rows = TrialStep.objects.filter(pk__in=[
        one.pk for court in Proceeding.objects.filter(pk__in=places)
        for one in steps.of_proceeding(court)
    ])  # fmt: skip
    for step in rows.select_related("proceeding__court"):
        if step.accused_id in (None, charge.accused_id):
            yield Entry(
                step.happened_on, step.recorded_at, step.get_kind_display(), step.note,
                court=step.proceeding,
            )  # fmt: skip
    appeals = Proceeding.objects.filter(pk__in=[one.court for one in line.appeals])
    for appeal in appeals.select_related("court"):
        text = _("Cross-appeal") if appeal.cross_to_id else _("Appeal")
        side = appeal.get_appellant_side_display()
        yield Entry(appeal.opened_on, appeal.created_at, f"{text}: {side}", appeal.grounds, appeal)
