"""The sentences of an accused taken together, in words: the terms, the fines, what is owed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework import display
from casework.models import Accused, Outcome, Sentence, SentenceEvent
from casework.sentencing import events, sentences, totals
from casework.sentencing.events import Standing
from casework.sentencing.term_words import term, words


@dataclass(frozen=True)
class Line:
    """One sentence with what became of it."""

    sentence: Sentence
    events: tuple[SentenceEvent, ...]
    standing: Standing

    @property
    def words(self) -> str:
        return words(self.sentence)

    @property
    def state(self) -> tuple[str, str]:
        """Mark and words: what is owed, served, done."""
        return _state(self.sentence, self.standing)

    @property
    def prison(self) -> str:
        """The imprisonment alone."""
        if self.sentence.is_life:
            return _("for life")
        days = self.sentence.imprisonment_days
        return term(days) if days else ""

    @property
    def default(self) -> str:
        """The term in default alone."""
        return term(self.sentence.default_days) if self.sentence.default_days else ""

    @property
    def owed(self) -> str:
        return f"{self.sentence.currency} {self.standing.owed:,}"


@dataclass(frozen=True)
class Sum:
    """All sentences of one accused that are in force."""

    accused: Accused
    lines: tuple[Line, ...]
    total: totals.Total | None

    @property
    def words(self) -> list[str]:
        return [*_term_words(self.total), *_fine_words(self.lines)]


def of_accused(people: Iterable[Accused]) -> list[Sum]:
    """The sums of these accused, those without a sentence left out; three queries for all."""
    people = list(people)
    found = sentences.of_people(people)
    by_charge = events.of_charges(row.outcome.charge_id for rows in found.values() for row in rows)
    return [
        Sum(person, _lines(found[person.pk], by_charge), _total(found[person.pk]))
        for person in people
        if found.get(person.pk)
    ]


def _lines(rows: Sequence[Sentence], by_charge: dict[int, list[SentenceEvent]]) -> tuple[Line, ...]:
    lines = []
    for row in rows:
        became = by_charge.get(row.outcome.charge_id, [])
        lines.append(Line(row, tuple(became), events.standing(row, became)))
    return tuple(lines)


def _total(rows: Sequence[Sentence]) -> totals.Total | None:
    return totals.total([sentences.term(row) for row in rows])


def of_charge(sentence: Sentence) -> Line:
    """One sentence with what became of it."""
    became = events.of_charge(sentence.outcome.charge)
    return Line(sentence, tuple(became), events.standing(sentence, became))


def _term_words(total: totals.Total | None) -> list[str]:
    if total is None:
        return []
    if total.is_life:
        return [_("Imprisonment for life.")]
    found = [_("Imprisonment for %(term)s in all.") % {"term": term(total.days)}]
    if total.is_unsaid:
        found = [
            _("Imprisonment for %(least)s if the terms run together, %(most)s if one after "
              "another: the court did not say.")
            % {"least": term(total.days), "most": term(total.longest)}
        ]  # fmt: skip
    if total.credited:
        found.append(
            _("%(credit)s days in remand count: %(rest)s to serve.")
            % {"credit": f"{total.credited:,}", "rest": term(total.to_serve)}
        )
    if total.ends_on is not None:
        days = {"start": display.day(total.starts_on), "end": display.day(total.ends_on)}
        found.append(_("From %(start)s to %(end)s, without remission.") % days)
    return found


def _fine_words(lines: Sequence[Line]) -> list[str]:
    imposed: dict[str, int] = defaultdict(int)
    owed: dict[str, int] = defaultdict(int)
    default = 0
    for line in lines:
        if line.sentence.fine:
            imposed[line.sentence.currency] += line.sentence.fine
            owed[line.sentence.currency] += line.standing.owed
            if line.standing.owed and not line.standing.default_since:
                default += line.sentence.default_days or 0
    if not imposed:
        return []
    found = [_("Fines of %(sum)s.") % {"sum": _money(imposed)}]
    if any(owed.values()):
        found.append(_("%(sum)s is not paid.") % {"sum": _money(owed)})
        if default:
            found.append(
                _("In default of what is not paid: up to %(term)s more.") % {"term": term(default)}
            )
    else:
        found.append(_("Nothing is owed."))
    return found


def _money(sums: dict[str, int]) -> str:
    return ", ".join(f"{currency} {amount:,}" for currency, amount in sums.items() if amount)


def _state(sentence: Sentence, at: Standing) -> tuple[str, str]:
    parts = []
    if at.remitted_on:
        parts.append(_("remitted %(day)s") % {"day": display.day(at.remitted_on)})
    elif sentence.fine and at.owed:
        parts.append(_("%(sum)s owed") % {"sum": f"{sentence.currency} {at.owed:,}"})
    elif sentence.fine:
        parts.append(_("fine paid"))
    if at.released_on:
        parts.append(_("released %(day)s") % {"day": display.day(at.released_on)})
    elif at.default_since:
        parts.append(_("term in default since %(day)s") % {"day": display.day(at.default_since)})
    elif at.begun_on:
        parts.append(_("serving since %(day)s") % {"day": display.day(at.begun_on)})
    elif sentence.imprisonment_days or sentence.is_life:
        parts.append(_("beginning of the term not recorded"))
    if at.done_on:
        parts.append(_("order carried out"))
    text = ", ".join(parts) or _("nothing recorded yet")
    is_open = (at.owed and not at.default_since) or not parts
    return ("half" if is_open else "full"), text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Fallen:
    """A sentence that no longer counts, and why."""

    words: str
    outcome: Outcome
    why: str


def fallen(outcomes: Sequence[Outcome]) -> list[Fallen]:
    """Of the decisions on one charge, in their order: the sentences that no longer count."""
    gone = {row.outcome_id for row in sentences.fallen(list(outcomes))}
    return [
        Fallen(words(outcome.sentence), outcome, _why(outcomes[place + 1 :]))
        for place, outcome in enumerate(outcomes)
        if outcome.pk in gone
    ]


def _why(later: Sequence[Outcome]) -> str:
    """The first decision after a sentence that ends it: a correction, an appeal, another one."""
    for outcome in later:
        word = outcome.get_decision_display()
        day = display.day(outcome.decided_on)
        if outcome.is_correction:
            return _("Corrected in the record.")
        if outcome.decision not in Outcome.CONVICTIONS or getattr(outcome, "sentence", None):
            return _("%(decision)s, %(day)s.") % {"decision": word, "day": day}
    return ""
