"""Documents of the days in court: files of the court with what was decided, accused, hearings,
orders and bail."""

from django.db.models import Prefetch, Q

from casework.models import (
    Accused,
    AccusedEvent,
    Appearance,
    BailDecision,
    Count,
    CourtOrder,
    Hearing,
    HearingNeed,
    OrderedThing,
    Outcome,
    Proceeding,
    SentenceEvent,
    TrialStep,
)
from search.documents.content import Content, Source, moment, parts, present, standing
from search.documents.words import choice, spoken, values


def read_proceeding(proceeding: Proceeding) -> Content:
    sheets = list(proceeding.charge_sheets.all())
    counts = [count for sheet in sheets for count in sheet.counts.all()]
    outcomes = list(proceeding.outcomes.all())
    return Content(
        case=proceeding.case_id,
        title=f"{proceeding.court}, {proceeding.number}",
        parts=parts(
            ("count", [_count(count) for count in counts]),
            ("amendment", [sheet.amended_why for sheet in sheets]),
            ("outcome", [_outcome(outcome) for outcome in outcomes]),
            ("sentence", [said for outcome in outcomes for said in _sentence(outcome)]),
            ("presiding", _presiding(proceeding)),
            ("prosecutor", proceeding.prosecutor.name),
            ("grounds", proceeding.grounds),
            ("step", [f"{_word(s)}. {s.note} {s.despite}" for s in _steps(proceeding)]),
        ),
        date=moment(proceeding.opened_on),
        identifiers=present(proceeding.number, *(r for o in outcomes for r in _receipts(o))),
        names=present(proceeding.presiding, proceeding.prosecutor.name),
        values=values(kind=choice(proceeding, "kind")),
    )


def _count(count: Count) -> str:
    return f"{count.offence}. {count.particulars} ({count.provision})"


def _outcome(outcome: Outcome) -> str:
    cause = outcome.cause.label if outcome.cause else ""
    decision = choice(outcome, "decision")
    return ". ".join(present(outcome.charge.accused.name, *decision, cause, outcome.reason))


def _sentence(outcome: Outcome) -> list[str]:
    """What was imposed and what became of it, in the words that were written."""
    sentence = getattr(outcome, "sentence", None)
    if sentence is None:
        return []
    events = [f"{e.receipt} {e.note}".strip() for e in sentence.standing_events]
    life = spoken(sentence._meta.get_field("is_life").verbose_name) if sentence.is_life else ()
    fine = (f"{sentence.currency} {sentence.fine}",) if sentence.fine else ()
    return [*present(sentence.other, *life, *fine, *events)]


def _receipts(outcome: Outcome) -> list[str]:
    sentence = getattr(outcome, "sentence", None)
    return [event.receipt for event in sentence.standing_events] if sentence else []


def _presiding(proceeding: Proceeding) -> list[str]:
    changes = proceeding.presiding_changes.all()
    return [*present(proceeding.presiding, *(f"{c.before} {c.after} {c.note}" for c in changes))]


def _steps(proceeding: Proceeding) -> list[TrialStep]:
    return list(proceeding.standing_steps)  # type: ignore[attr-defined]  # prefetched below


def _word(step: TrialStep) -> str:
    return " ".join(choice(step, "kind"))


def read_accused(accused: Accused) -> Content:
    events = accused.standing_events  # type: ignore[attr-defined]  # prefetched below
    told = [" ".join(present(*choice(e, "kind"), e.place, e.note)) for e in events]
    return Content(
        case=accused.case_id,
        title=accused.name,
        parts=parts(
            ("number", f"A{accused.number}"),
            ("occupation", accused.occupation),
            ("counsel", accused.counsel),
            ("language", accused.language),
            ("event", told),
        ),
        date=moment(accused.arrested_on) if accused.arrested_on else accused.case.created_at,
        names=present(accused.name, accused.counsel),
        values=values(
            place=[event.place for event in events], role=spoken(Appearance.Role.ACCUSED.label)
        ),
    )


def read_hearing(hearing: Hearing) -> Content:
    """Appearances and needs are those that every reader of the case sees: see `_OPEN_PARTS`."""
    reason = hearing.adjournment_reason.label if hearing.adjournment_reason else ""
    appeared = list(hearing.open_appearances)  # type: ignore[attr-defined]
    needs = list(hearing.open_needs)  # type: ignore[attr-defined]
    who = [str(one.accused or one.witness or one.name) for one in appeared]
    return Content(
        case=hearing.proceeding.case_id,
        title=f"{hearing.kind.label}, {hearing.proceeding.court}",
        parts=parts(
            ("note", hearing.note),
            ("present", [hearing.present, *present(*who)]),
            ("result", hearing.result.label if hearing.result else ""),
            ("adjournment", reason),
            ("presiding", hearing.presiding),
            ("prosecutor", hearing.prosecutor.name if hearing.prosecutor else ""),
            ("courtroom", hearing.courtroom),
            ("need", [_need(need) for need in needs]),
            ("court_file", hearing.proceeding.number),
        ),
        date=hearing.starts_at,
        identifiers=(hearing.proceeding.number,),
        names=present(hearing.presiding, *(one.name for one in appeared if one.name)),
        values=values(place=hearing.courtroom, kind=hearing.kind.label),
    )


def _need(need: HearingNeed) -> str:
    who = need.witness or (need.exhibit and need.exhibit.label) or need.what
    return " ".join(present(str(who), need.language, need.note))


def read_order(order: CourtOrder) -> Content:
    """Things that are restricted exhibits are left out: see `_OPEN_THINGS`."""
    things = list(order.open_things)  # type: ignore[attr-defined]
    named = [" ".join(present(t.exhibit and t.exhibit.label, t.what)) for t in things]
    return Content(
        case=order.proceeding.case_id,
        title=f"{order.kind.label}, {order.proceeding.court}",
        parts=parts(
            ("order", order.text),
            ("thing", named),
            ("number", order.number),
            ("court_file", order.proceeding.number),
        ),
        date=moment(order.made_on),
        identifiers=present(order.number, order.proceeding.number),
        values=values(kind=order.kind.label),
    )


def read_bail(bail: BailDecision) -> Content:
    sum_of = f"{bail.currency} {bail.amount}" if bail.amount else ""
    return Content(
        case=bail.proceeding.case_id,
        title=f"{bail.accused.name}, {bail.decision.label}",
        parts=parts(
            ("conditions", bail.conditions),
            ("sureties", bail.sureties),
            ("amount", sum_of),
            ("court_file", bail.proceeding.number),
        ),
        date=moment(bail.decided_on),
        identifiers=(bail.proceeding.number,),
        names=present(bail.accused.name),
        values=values(kind=bail.decision.label),
    )


_COUNTS = Prefetch("charge_sheets__counts", Count.objects.select_related("provision"))
_OUTCOMES = Prefetch(
    "outcomes",
    Outcome.objects.select_related("charge__accused", "cause", "sentence")
    .prefetch_related(
        Prefetch("sentence__events", standing(SentenceEvent), to_attr="standing_events")
    )
    .order_by("pk"),
)
_STEPS = Prefetch("steps", standing(TrialStep), to_attr="standing_steps")
_EVENTS = Prefetch("events", standing(AccusedEvent), to_attr="standing_events")
# Who may not see a protected witness or a restricted exhibit finds no trace of it in a hearing.
_SEEN = Q(witness__isnull=True) | Q(witness__is_protected=False)
_OPEN_PARTS = (
    Prefetch(
        "appearances",
        Appearance.objects.filter(_SEEN).select_related("accused", "witness"),
        to_attr="open_appearances",
    ),
    Prefetch(
        "needs",
        HearingNeed.objects.filter(
            _SEEN, Q(exhibit__isnull=True) | Q(exhibit__is_restricted=False)
        ).select_related("witness", "exhibit"),
        to_attr="open_needs",
    ),
)
_OPEN_THINGS = Prefetch(
    "things",
    OrderedThing.objects.filter(
        Q(exhibit__isnull=True) | Q(exhibit__is_restricted=False)
    ).select_related("exhibit"),
    to_attr="open_things",
)

SOURCES = (
    Source(
        "proceeding",
        lambda: Proceeding.objects.select_related("case", "court", "prosecutor").prefetch_related(
            _COUNTS, _OUTCOMES, _STEPS, "presiding_changes"
        ),
        "case",
        read_proceeding,
    ),
    Source(
        "accused",
        lambda: Accused.objects.select_related("case").prefetch_related(_EVENTS),
        "case",
        read_accused,
    ),
    Source(
        "hearing",
        lambda: Hearing.objects.select_related(
            "proceeding__case",
            "proceeding__court",
            "kind",
            "adjournment_reason",
            "result",
            "prosecutor",
        ).prefetch_related(*_OPEN_PARTS),
        "proceeding__case",
        read_hearing,
    ),
    Source(
        "order",
        lambda: (
            standing(CourtOrder)
            .select_related("proceeding__case", "proceeding__court", "kind")
            .prefetch_related(_OPEN_THINGS)
        ),
        "proceeding__case",
        read_order,
    ),
    Source(
        "bail",
        lambda: BailDecision.objects.select_related("proceeding__case", "accused", "decision"),
        "proceeding__case",
        read_bail,
    ),
)
