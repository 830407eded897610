"""What a chain of custody says, event by event, as a person reads it. Texts stay plain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import display
from casework.ledger.event import Event, Person
from evidence import lifeline
from evidence.chain import ChainEvent
from evidence.store import scales


@dataclass(frozen=True)
class Link:
    """One event: the bold verb, the rest of the sentence, what was read, and remarks."""

    number: int
    at: datetime
    verb: str
    rest: str
    mark: str
    is_open: bool
    readings: tuple[tuple[str, str, str], ...]  # word, value, remark
    remarks: tuple[str, ...]
    warning: str
    digest: str
    files: tuple[str, ...]


def links(events: Iterable[ChainEvent], named: Mapping[UUID, str] | None = None) -> list[Link]:
    """The events as links, in the order of the chain."""
    told = list(events)
    proposed = {event.sequence for event in told if event.kind == "proposed"}
    return [_link(event, event.plain.answers in proposed, named or {}) for event in told]


def _link(event: ChainEvent, of_proposal: bool, named: Mapping[UUID, str]) -> Link:
    plain = event.plain
    return Link(
        number=plain.sequence,
        at=plain.happened_at,
        verb=_verb(event, of_proposal),
        rest=_rest(plain, of_proposal),
        mark=lifeline.mark(event),
        is_open=event.is_open_offer,
        readings=tuple(_readings(plain)),
        remarks=tuple(_remarks(event, named)),
        warning=plain.explanation,
        digest=event.digest,
        files=tuple(plain.files),
    )


def _verb(event: ChainEvent, of_proposal: bool) -> str:
    if event.kind == "withdrawn" and of_proposal:
        return _("Proposal withdrawn")
    if event.kind == "refused" and of_proposal:
        return _("Not confirmed")
    if event.kind == "seized" and event.plain.seal_number:
        return _("Seized and sealed")
    if event.kind == "reweighed":
        return _("Weighed")
    if event.kind == "handed_out":
        return _("Handed out")
    return event.kind_label


def _who(person: Person | None, *, at_home: str = "") -> str:
    """A person, with the agency where it is another one than that of the event's recorder."""
    if person is None:
        return display.NOTHING
    if at_home and person.agency and person.agency != at_home:
        return f"{person.name} ({person.agency})"
    return person.name


def _rest(plain: Event, of_proposal: bool) -> str:
    agencies = {p.agency for p in (plain.giver, plain.receiver, plain.recorder) if p and p.agency}
    home = "-" if len(agencies) > 1 else ""  # two agencies: name both
    names = {
        "recorder": _who(plain.recorder, at_home=home),
        "giver": _who(plain.giver, at_home=home),
        "receiver": _who(plain.receiver, at_home=home),
        "card": plain.receiver.service_number if plain.receiver else "",
        "offer": plain.answers,
        "event": plain.corrects,
    }
    sentence = _SENTENCES.get(plain.kind, _by_recorder)() % names
    if plain.kind == "refused" and of_proposal:
        told = _("by %(receiver)s: the destruction proposed by %(giver)s in event %(offer)s")
        sentence = told % names
    if plain.kind in ("seized", "received") and plain.receiver != plain.recorder:
        sentence = _("by %(receiver)s, recorded by %(recorder)s") % names
    return f"{sentence}, {plain.place}" if plain.place else sentence


def _by_recorder() -> str:
    return _("by %(recorder)s")


_SENTENCES = {
    "offered": lambda: _("by %(giver)s to %(receiver)s"),
    "acknowledged": lambda: _("by %(receiver)s from %(giver)s, answering event %(offer)s"),
    "refused": lambda: _("by %(receiver)s, offered by %(giver)s in event %(offer)s"),
    "withdrawn": lambda: _("by %(recorder)s, event %(offer)s"),
    "returned": lambda: _("to %(receiver)s by %(recorder)s"),
    "proposed": lambda: _("by %(giver)s, to be confirmed by %(receiver)s"),
    "disposed": lambda: _("by %(giver)s, confirmed by %(receiver)s"),
    "handed_out": lambda: _("to %(receiver)s, card %(card)s, by %(recorder)s"),
    "taken_back": lambda: _("by %(receiver)s from %(giver)s, who had it since event %(offer)s"),
    "enclosed": lambda: _("to event %(event)s by %(recorder)s"),
    "corrected": lambda: _("event %(event)s by %(recorder)s"),
}


def _readings(plain: Event) -> Iterable[tuple[str, str, str]]:
    if plain.seal_number:
        intact = {True: _("intact"), False: _("not intact"), None: ""}[plain.seal_intact]
        yield _("Seal"), plain.seal_number, intact
    if plain.new_seal_number:
        yield _("New seal"), plain.new_seal_number, ""
    if plain.count is not None:
        yield _("Count"), f"{plain.count:,}", ""
    if plain.weight_mg is not None:
        allowed = ""
        if plain.tolerance_mg is not None and plain.kind != "declared":
            within = {"mg": display.weight(plain.tolerance_mg)}
            allowed = _("differences up to %(mg)s count as equal") % within
        yield _("Weight"), display.weight(plain.weight_mg), allowed
    if plain.scale:
        said = scales.calibration_words(plain.scale, plain.happened_at.date())
        yield _("Scale"), plain.scale.id, said
    if plain.kind == "declared":
        yield _("Taken as equal"), display.weight(plain.tolerance_mg), _("from now on")


def _kin(plain: Event, named: Mapping[UUID, str]) -> str:
    """What it was made of, or what was made of it; exhibits not to be named are counted."""
    labels = [label for one, label in named.items() if one in plain.related]
    hidden = len(plain.related) - len(labels)
    if hidden:
        told = ngettext("%(n)s other exhibit", "%(n)s other exhibits", hidden)
        labels.append(told % {"n": hidden})
    words, combined = {"labels": ", ".join(labels)}, plain.kind == "combined"
    if plain.sequence == 1:
        return (_("Made from %(labels)s") if combined else _("Taken from %(labels)s")) % words
    if combined:
        return _("Became part of %(labels)s") % words
    return _("New: %(labels)s") % words


def _remarks(event: ChainEvent, named: Mapping[UUID, str]) -> Iterable[str]:
    plain = event.plain
    if plain.purpose:
        yield plain.purpose
    if plain.authority:
        yield _("Authority: %(what)s") % {"what": plain.authority}
    if plain.note:
        yield plain.note
    if plain.related:
        yield _kin(plain, named)
    if event.answered_by is not None:
        yield _("Answered by event %(n)s") % {"n": event.answered_by}
    if (late := event.recorded_late_by) is not None:
        yield _("Recorded %(when)s, %(late)s later") % {
            "when": display.when(plain.recorded_at),
            "late": display.duration(late),
        }
