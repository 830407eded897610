"""An exhibit's life in court as its page and the list of a court file tell it, beside its chain."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import display, roles
from casework.models import Case, Proceeding, User
from evidence.chain import Chain
from evidence.in_court import holds, lineage, lock, marks, needs, order
from evidence.in_court.lock import Reason
from evidence.models import CourtMark, CustodyEvent, Exhibit, ExhibitHold

Kind = CourtMark.Kind
STANDS = {
    Kind.MARKED: "half",
    Kind.PRODUCED: "half",
    Kind.ADMITTED: "full",
    Kind.REFUSED: "cross",
    Kind.RELEASED: "later",
}
JOINED = ("proceeding__court", "proceeding__case", "hearing__kind", "witness", "recorded_by")


@dataclass(frozen=True)
class InCourt:
    """One court and one exhibit: every act that stands, and where that leaves it."""

    exhibit: Exhibit
    proceeding: Proceeding
    acts: Sequence[CourtMark]
    said: Sequence[str] = ()  # what the chain says otherwise

    @property
    def last(self) -> CourtMark:
        return self.acts[-1]

    @property
    def mark(self) -> str:
        return STANDS[Kind(self.settled.kind)]

    @property
    def settled(self) -> CourtMark:
        """What the court did with it: shown again, what is in evidence stays in evidence."""
        ruled = [act for act in self.acts if act.kind in (Kind.ADMITTED, Kind.RELEASED)]
        return ruled[-1] if ruled else self.last

    @property
    def number(self) -> str:
        """The court's number now: of the evidence, or else for identification."""
        numbers = [act.court_number for act in self.acts if act.court_number]
        return numbers[-1] if numbers else ""

    @property
    def produced_by(self) -> list[Any]:
        people = [act.witness for act in self.acts if act.witness is not None]
        return list(dict.fromkeys(people))


@dataclass(frozen=True)
class Held:
    """A hold as this reader may know it."""

    row: ExhibitHold
    case: Case | None  # None: another case, which is not theirs to read
    may_release: bool


@dataclass(frozen=True)
class Page:
    """The sections “In court” and “What keeps it” of an exhibit."""

    courts: Sequence[InCourt]
    loose: Sequence[str]  # productions that only the chain knows
    proceedings: Sequence[Proceeding]  # where this reader may record
    holds: Sequence[Held]
    reasons: Sequence[Reason]
    may_hold: bool


def readable(user: User) -> QuerySet[Any]:
    """The marks this person may read: of another case's court only with that case. What was
    corrected to something that they may not read is not there as it was before, either."""
    rows: Any = CourtMark.objects.visible_to(user)
    rows = rows.filter(Q(successor__isnull=True) | Q(successor__in=rows.values("pk")))
    own = Q(proceeding__case=F("exhibit__case"))
    found: QuerySet[Any] = rows.filter(own | Q(proceeding__case__in=Case.objects.visible_to(user)))
    return found.select_related(*JOINED)


def of_exhibit(exhibit: Exhibit, chain: Chain, user: User) -> Page:
    """For a reader for whom the exhibit was fetched, with `granted_actions` on its case."""
    shown = _produced_days(chain)
    courts = _grouped(readable(user).filter(exhibit=exhibit), shown)
    days = {act.happened_on for court in courts for act in court.acts if act.kind == Kind.PRODUCED}
    is_here = exhibit.holder_id is not None or _is_out(chain)
    prosecutes = roles.PROSECUTE in exhibit.case.granted_actions
    files = Proceeding.objects.filter(case=exhibit.case).select_related("court")
    return Page(
        courts=courts,
        loose=[_only_the_chain(day, number) for day, number in shown.items() if day not in days],
        proceedings=list(files) if prosecutes else [],
        holds=_holds(exhibit, user),
        reasons=_worst(_reasons(exhibit, chain, user)) if is_here else [],
        may_hold=is_here and holds.cases_of(user).exists(),
    )


def _reasons(exhibit: Exhibit, chain: Chain, user: User) -> Sequence[Reason]:
    """Without those that a proposal to destroy it has answered already."""
    found = lock.reasons(exhibit, user)
    asked = any(e.kind == "proposed" and e.answered_by is None for e in chain.events)
    return [reason for reason in found if not (asked and reason.code in lock.ASKED)]


def _worst(reasons: Sequence[Reason]) -> Sequence[Reason]:
    """That no order is on record is said when nothing else is: the order comes last."""
    return [reason for reason in reasons if reason.code != "no_order"] or reasons


def _is_out(chain: Chain) -> bool:
    out = [e for e in chain.events if e.kind == CustodyEvent.Kind.HANDED_OUT]
    return bool(out) and out[-1].answered_by is None


def _produced_days(chain: Chain) -> dict[date, int]:
    """The days on which the chain says it was in court, with the number of the event."""
    events = (event for event in chain.events if event.kind == CustodyEvent.Kind.PRODUCED)
    return {timezone.localdate(event.plain.happened_at): event.sequence for event in events}


def _only_the_chain(day: date, number: int) -> str:
    told = _("The chain says that it was produced in court on %(day)s (event %(n)s). What the "
             "court did with it that day is not on record.")  # fmt: skip
    return told % {"day": display.day(day), "n": number}


def _only_the_court(days: Iterable[date]) -> Iterable[str]:
    for day in days:
        told = _("Produced on %(day)s as the court's record has it; the chain of custody names no "
                 "production that day.")  # fmt: skip
        yield told % {"day": display.day(day)}


def _grouped(rows: Iterable[CourtMark], shown: dict[date, int] | None) -> list[InCourt]:
    """By court and exhibit, in the order in which the courts first saw it."""
    every: dict[tuple[int, int], list[CourtMark]] = defaultdict(list)
    for row in rows:
        every[row.proceeding_id, row.exhibit_id].append(row)
    found = []
    for group in every.values():
        line = marks.standing(group)
        if not line:
            continue
        days = [act.happened_on for act in line if act.kind == Kind.PRODUCED]
        silent = [day for day in days if shown is not None and day not in shown]
        first = line[0]
        said = tuple(_only_the_court(dict.fromkeys(silent)))
        found.append(InCourt(first.exhibit, first.proceeding, tuple(line), said))
    return sorted(found, key=lambda one: (one.acts[0].happened_on, one.proceeding.pk))


def of_proceeding(proceeding: Proceeding, user: User) -> list[InCourt]:
    """The exhibits before one court, in the order of its numbers as people read them."""
    rows = readable(user).filter(proceeding=proceeding).select_related(*JOINED, "exhibit__case")
    return sorted(_grouped(rows, None), key=lambda one: (one.acts[0].happened_on, one.exhibit.pk))


def _holds(exhibit: Exhibit, user: User) -> list[Held]:
    """Those on it and on what it came out of."""
    keys = needs.seen(lineage.origins([exhibit.pk]), user)
    rows = ExhibitHold.objects.filter(exhibit__in=keys).select_related("case", "placed_by",
                                                                       "released_by")  # fmt: skip
    known = {case.pk: case for case in Case.objects.visible_to(user).filter(holds__in=rows)}
    working = set(holds.cases_of(user).filter(holds__in=rows).values_list("pk", flat=True))
    return [
        Held(row, known.get(row.case_id), row.case_id in working and row.released_at is None)
        for row in rows
        if row.released_at is None or row.case_id in known
    ]


def next_acts(proceeding: Proceeding, exhibits: Sequence[Exhibit]) -> dict[int, frozenset[str]]:
    """What this court may do next with each exhibit, in one query."""
    rows = CourtMark.objects.filter(proceeding=proceeding, exhibit__in=exhibits)
    every: dict[int, list[CourtMark]] = defaultdict(list)
    for row in rows:
        every[row.exhibit_id].append(row)
    return {
        exhibit.pk: order.may_follow([
            act.kind for act in marks.standing(every[exhibit.pk])
        ])
        for exhibit in exhibits
    }  # fmt: skip
