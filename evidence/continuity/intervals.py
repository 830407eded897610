"""Who answered for the exhibit, and for which time nobody did."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from casework.ledger.event import Event
from evidence.continuity.finding import Finding, Rules, Subject, between, found
from evidence.continuity.reading import holders, leaves, name, same, takes_hold

MADE_OF_ANOTHER = ("split", "sampled", "combined")  # the chain before is that one's
GIVES = ("offered", "handed_out", "returned", "disposed")


def read(
    subject: Subject, events: Sequence[Event], now: datetime, rules: Rules
) -> Iterator[Finding]:
    yield from _beginning(subject, events[0], rules)
    yield from _holding(events)
    yield from _handovers(events, now, rules)
    yield from _outside(subject, events, now, rules)
    yield from _lost(events, now)
    yield from _place(events, now, rules)


def _beginning(subject: Subject, first: Event, rules: Rules) -> Iterator[Finding]:
    seized = None if first.kind in MADE_OF_ANOTHER else subject.seized_at
    if seized and takes_hold(first) and first.happened_at - seized > rules.first_record:
        yield between("before_first", "open", first, seized, first.happened_at)


def _holding(events: Sequence[Event]) -> Iterator[Finding]:
    has_ended = False
    for event, holder in zip(events, holders(events), strict=True):
        if has_ended and event.kind != "corrected":
            yield found("after_end", "cross", event)
        elif holder is None and not takes_hold(event) and event.kind != "corrected":
            yield found("no_holder", "open", event)
        elif event.kind in GIVES and event.giver and not same(event.giver, holder):
            giver, held = name(event.giver), name(holder)
            yield found("wrong_giver", "cross", event, giver=giver, holder=held)
        if event.kind == "returned" and not (event.receiver and event.receiver.name):
            yield found("returned_to_nobody", "open", event)
        if event.kind == "damaged":
            yield found("damaged", "half", event)
        has_ended = has_ended or leaves(event)


def _handovers(events: Sequence[Event], now: datetime, rules: Rules) -> Iterator[Finding]:
    offers = {event.sequence: event for event in events if event.kind == "offered"}
    proposals = {event.sequence for event in events if event.kind == "proposed"}
    answered = {event.answers for event in events if event.answers}
    for event in events:
        if event.kind == "offered" and event.sequence not in answered:
            yield _unanswered(event, now, rules)
        elif event.kind == "refused" and event.answers not in proposals:
            yield found("refused", "half", event, who=name(event.receiver or event.recorder))
        elif event.kind == "acknowledged":
            yield from _acknowledged(event, offers.get(event.answers or 0), rules)


def _unanswered(offer: Event, now: datetime, rules: Rules) -> Finding:
    to = name(offer.receiver)
    if now - offer.happened_at <= rules.answer:
        return found("offered", "half", offer, to=to)
    return between("unanswered", "open", offer, offer.happened_at, now, to=to)


def _acknowledged(event: Event, offer: Event | None, rules: Rules) -> Iterator[Finding]:
    if offer is None:
        yield found("not_offered", "cross", event, receiver=name(event.receiver))
    elif event.happened_at - offer.happened_at > rules.handover:
        yield between(
            "slow_handover", "half", offer, offer.happened_at, event.happened_at, event,
            giver=name(offer.giver), receiver=name(event.receiver),
        )  # fmt: skip


def _outside(
    subject: Subject, events: Sequence[Event], now: datetime, rules: Rules
) -> Iterator[Finding]:
    """With a person without an account, such as the clerk of a court."""
    for at, event in enumerate(events):
        if event.kind != "handed_out":
            continue
        end = next((one for one in events[at + 1 :] if takes_hold(one) or leaves(one)), None)
        start, who = event.happened_at, name(event.receiver)
        due = subject.due_back.get(event.sequence, start + rules.back)
        is_long = (end.happened_at if end else now) > due
        if end is None:
            kind, mark = ("overdue", "open") if is_long else ("handed_out", "half")
            yield between(kind, mark, event, start, now, receiver=who)
        elif is_long:
            yield between("was_out", "half", event, start, end.happened_at, end, receiver=who)


def _lost(events: Sequence[Event], now: datetime) -> Iterator[Finding]:
    for at, event in enumerate(events):
        if event.kind != "lost":
            continue
        end = next((one for one in events[at + 1 :] if one.kind == "found"), None)
        if end is None:
            yield between("lost", "open", event, event.happened_at, now)
        else:
            yield between("lost_found", "open", event, event.happened_at, end.happened_at, end)


def _place(events: Sequence[Event], now: datetime, rules: Rules) -> Iterator[Finding]:
    """Whoever holds it last has to say where it is kept."""
    if any(leaves(event) for event in events):
        return
    taken = [at for at, event in enumerate(events) if takes_hold(event)]
    if not taken or events[taken[-1]].kind == "handed_out":
        return
    since = events[taken[-1] :]
    if not any(event.place for event in since) and now - since[0].happened_at > rules.place:
        yield between("no_place", "open", since[0], since[0].happened_at, now)
