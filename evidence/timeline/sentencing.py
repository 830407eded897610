"""What the timeline says of custody and bail, of sentences and of orders about things."""

from django.utils.translation import gettext as _

from casework import display
from casework.models import AccusedEvent, BailDecision, CourtOrder, Sentence, SentenceEvent
from casework.sentencing.term_words import words
from evidence.lacks import address
from evidence.timeline.moment import Moment

BROKEN = (AccusedEvent.Kind.ABSCONDED,)


def _by(row: AccusedEvent | BailDecision | Sentence | SentenceEvent | CourtOrder) -> str:
    return _("Recorded by %(person)s") % {"person": row.recorded_by}


def accused_event(row: AccusedEvent) -> Moment:
    until = _("until %(day)s") % {"day": display.day(row.until)} if row.until else ""
    return Moment(
        row.happened_on,
        f"{row.get_kind_display()}.",
        (str(row.accused),),
        ", ".join(filter(None, (until, row.place, row.note))),
        _by(row),
        "cross" if row.kind in BROKEN else "full",
        url=address("casework:accused", row.accused.case.reference, row.accused.number),
        key=("accused", row.kind, row.happened_on, row.until, row.place, row.note),
    )


def bail(row: BailDecision) -> Moment:
    amount = f"{row.currency} {row.amount:,}" if row.amount else ""
    return Moment(
        row.decided_on,
        _("Bail."),
        (str(row.accused),),
        ", ".join(filter(None, (str(row.decision), amount, row.conditions, row.sureties))),
        _by(row),
        url=address("casework:accused", row.accused.case.reference, row.accused.number),
        key=("bail", row.decision_id, row.decided_on, row.amount, row.conditions, row.sureties),
        joint=": ",
    )


def sentence(row: Sentence) -> Moment:
    charge = row.outcome.charge
    return Moment(
        row.outcome.decided_on,
        _("Sentence."),
        (f"A{charge.accused.number} {charge.count}",),
        words(row),
        _by(row),
        url=address("casework:sentence", charge.accused.case.reference, charge.pk),
        key=("sentence", words(row), row.outcome.decided_on),
        joint=": ",
    )


def sentence_event(row: SentenceEvent) -> Moment:
    charge = row.sentence.outcome.charge
    amount = f"{row.sentence.currency} {row.amount:,}" if row.amount else ""
    return Moment(
        row.happened_on,
        f"{row.get_kind_display()}.",
        (f"A{charge.accused.number} {charge.count}",),
        ", ".join(filter(None, (amount, row.receipt, row.note))),
        _by(row),
        url=address("casework:sentence", charge.accused.case.reference, charge.pk),
        joint=": ",
    )


def order(row: CourtOrder) -> Moment:
    number = (row.number,) if row.number else ()
    return Moment(
        row.made_on,
        _("Order: %(kind)s.") % {"kind": row.kind},
        number,
        row.text,
        ", ".join((str(row.proceeding.court), _by(row))),
        url=address("casework:court-order", row.proceeding.case.reference, row.pk),
        joint=": ",
    )
