"""Continuity of exhibits as the record stands: chains read with few queries, findings in words.

However many exhibits are asked for, the number of queries is the same and the rows are bounded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import clock, display
from casework.ledger.event import Event, Person
from evidence import continuity
from evidence.continuity import Finding, Measure, Sighting, Subject
from evidence.continuity.finding import ONGOING
from evidence.continuity.telling import Writing, sentence
from evidence.lifeline import HOLDER, SEAL, Stretch
from evidence.models import CustodyEvent, Exhibit, StocktakeLine

LANES = {"lost": HOLDER, "lost_found": HOLDER, "unsealed": SEAL, "still_unsealed": SEAL}
ACTS: dict[str, tuple[str, StrOrPromise]] = {
    "still_unsealed": ("custody-seal", _("Seal it")),
    "no_place": ("custody-move", _("Say where it is")),
    "missing": ("custody-move", _("Say where it is")),
    "found_elsewhere": ("custody-move", _("Say where it is")),
    "unanswered": ("custody-withdraw", _("Take the offer back")),
}
MOST_AMONG = 100  # other chains of its case that one is held against
MOST_EXHIBITS = 500  # whose chains one page reads; the rest is said to be left out
HOLDS_A_PART = (CustodyEvent.Kind.SAMPLED, CustodyEvent.Kind.SPLIT, CustodyEvent.Kind.COMBINED)
COLUMNS = (
    "exhibit_id", "exhibit__identifier", "sequence", "kind", "happened_at", "recorded_at",
    "recorder_name", "recorder_number", "recorder_agency", "from_name", "from_number",
    "from_agency", "to_name", "to_number", "to_agency", "place", "discrepancy", "seal_number",
    "seal_intact", "new_seal_number", "count", "weight_mg", "tolerance_mg", "related",
    "answers__sequence", "corrects__sequence", "hand_out__expected_back_on",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A finding as a page shows it."""

    finding: Finding
    text: str

    @property
    def mark(self) -> str:
        return self.finding.mark

    @property
    def sequence(self) -> int:
        return self.finding.sequence

    @property
    def act(self) -> tuple[str, StrOrPromise] | None:
        """What its holder does about it: the address of the act, and its words."""
        return ACTS.get(self.finding.kind)

    @property
    def can_be_explained(self) -> bool:
        return self.mark != "half" and self.finding.kind not in ONGOING


@dataclass(frozen=True)
class ExhibitGaps:
    exhibit: Exhibit
    told: Sequence[Told]

    @property
    def worst(self) -> Told:
        return min(self.told, key=lambda one: (one.finding.gravity, one.sequence))


@dataclass(frozen=True)
class Gaps:
    """The exhibits that leave something open, worst first; how many were not looked at."""

    rows: Sequence[ExhibitGaps]
    left_out: int


def of(exhibit: Exhibit, among: QuerySet[Exhibit] | None = None) -> tuple[Finding, ...]:
    """What the chain of one exhibit leaves open now.

    `among` are exhibits that the reader may see, against whose chains it is held.
    """
    others = among.exclude(pk=exhibit.pk).order_by("-pk")[:MOST_AMONG] if among is not None else ()
    return read([exhibit, *others])[exhibit.identifier]


def told(findings: Iterable[Finding]) -> list[Told]:
    """In the language and the zone of the reader."""
    writing = Writing(gettext, display.day, display.duration, display.weight)
    return [Told(finding, sentence(finding, writing)) for finding in findings]


def marks(told: Iterable[Told]) -> dict[int, str]:
    """The worst mark of each event, for the lifeline: what only one side says changes nothing."""
    found: dict[int, str] = {}
    for one in sorted(told, key=lambda one: one.finding.gravity):
        if one.mark != "half":
            found.setdefault(one.sequence, one.mark)
    return found


def stretches(told: Iterable[Told]) -> list[Stretch]:
    """For the lifeline: when it was missing, and when it was under no seal."""
    return [
        Stretch(LANES[one.finding.kind], one.sequence, one.finding.until, _length(one.finding))
        for one in told
        if one.finding.kind in LANES
    ]


def _length(finding: Finding) -> str:
    return display.duration(finding.length)


def standing(exhibits: QuerySet[Exhibit], *, most: int = MOST_EXHIBITS) -> Gaps:
    """Those among the exhibits (which the reader may see) that nobody or nothing accounts for.

    What only one side says is left to the page of the exhibit.
    """
    rows = list(exhibits.select_related("case", "seizure").order_by("-pk")[: most + 1])
    left_out = exhibits.count() - most if len(rows) > most else 0
    found = read(rows[:most])
    made = []
    for row in rows[:most]:
        serious = [one for one in found[row.identifier] if one.mark != "half"]
        if serious:
            made.append(ExhibitGaps(row, told(serious)))
    return Gaps(sorted(made, key=lambda one: _order(one)), left_out)


def _order(gaps: ExhibitGaps) -> tuple[int, int, str, int]:
    reference = gaps.exhibit.case.reference
    return (gaps.worst.finding.gravity, -len(gaps.told), reference, gaps.exhibit.pk)


def read(
    exhibits: Sequence[Exhibit], now: datetime | None = None
) -> Mapping[UUID, tuple[Finding, ...]]:
    """Findings by exhibit; the chains of all of them are held against each other, too."""
    return continuity.findings_of_all(subjects(exhibits), now=now or clock.now())


def subjects(exhibits: Sequence[Exhibit]) -> list[Subject]:
    """What the engine is given, in the order of the exhibits."""
    keys = [exhibit.pk for exhibit in exhibits]
    events: dict[int, list[Event]] = {key: [] for key in keys}
    due: dict[int, dict[int, datetime]] = {key: {} for key in keys}
    for row in _rows(exhibit__in=keys):
        event = _event(row)
        events[row["exhibit_id"]].append(event)
        if row["hand_out__expected_back_on"]:
            due[row["exhibit_id"]][event.sequence] = _end_of(row["hand_out__expected_back_on"])
    others = _others([event for chain in events.values() for event in chain])
    sightings = _sightings(keys)
    return [
        Subject(
            identifier=exhibit.identifier,
            label=exhibit.label,
            events=events[exhibit.pk],
            seized_at=exhibit.seizure.seized_at if exhibit.seizure else None,
            others=_measures(events[exhibit.pk], others),
            due_back=due[exhibit.pk],
            sightings=sightings.get(exhibit.pk, ()),
        )
        for exhibit in exhibits
    ]


def _rows(**filters: Any) -> Iterable[dict[str, Any]]:
    rows: Any = CustodyEvent.objects.filter(**filters).order_by("exhibit_id", "sequence")
    found: Iterable[dict[str, Any]] = rows.values(*COLUMNS)
    return found


def _event(row: dict[str, Any]) -> Event:
    def person(prefix: str) -> Person | None:
        name = row[f"{prefix}_name"]
        return Person(name, row[f"{prefix}_number"], row[f"{prefix}_agency"]) if name else None

    names = ("sequence", "kind", "happened_at", "recorded_at", "place", "seal_number",
             "seal_intact", "new_seal_number", "count", "weight_mg", "tolerance_mg")  # fmt: skip
    return Event(
        exhibit=row["exhibit__identifier"],
        label="",
        previous=None,
        recorder=person("recorder") or Person("", "", ""),
        giver=person("from"),
        receiver=person("to"),
        explanation=row["discrepancy"],
        related=[UUID(identifier) for identifier in row["related"]],
        answers=row["answers__sequence"],
        corrects=row["corrects__sequence"],
        **{name: row[name] for name in names},
    )


def _end_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time())) + timedelta(days=1)


def _others(events: Sequence[Event]) -> dict[UUID, list[Event]]:
    """The chains of parts and sources, whoever may see them: what they weigh is accounted for."""
    wanted = {other for event in events if event.kind in HOLDS_A_PART for other in event.related}
    chains: dict[UUID, list[Event]] = {identifier: [] for identifier in wanted}
    for event in events:
        if event.exhibit in wanted:
            chains[event.exhibit].append(event)
    absent = [identifier for identifier, chain in chains.items() if not chain]
    for row in _rows(exhibit__identifier__in=absent) if absent else ():
        chains[row["exhibit__identifier"]].append(_event(row))
    return chains


def _measures(events: Sequence[Event], others: dict[UUID, list[Event]]) -> dict[UUID, Measure]:
    """A part took out what it was first; a source brought in what it was last."""
    made = {}
    for event in events:
        for other in event.related:
            if other in others:
                is_sum = event.kind == CustodyEvent.Kind.COMBINED and event.sequence == 1
                measure = continuity.last_measure if is_sum else continuity.first_measure
                made[other] = measure("", others[other])
    return made


def _sightings(keys: Sequence[int]) -> dict[int, list[Sighting]]:
    """Of exhibits that a check once did not find where they were recorded."""
    odd = StocktakeLine.objects.exclude(result=StocktakeLine.Result.FOUND)
    lines = StocktakeLine.objects.filter(
        Q(exhibit__in=keys) & Q(Exists(odd.filter(exhibit=OuterRef("exhibit"))))
    )
    made: dict[int, list[Sighting]] = {}
    for line in lines.order_by("pk"):
        is_found = line.result == StocktakeLine.Result.FOUND
        recorded = line.recorded_at_place
        seen = recorded or line.found_at_place if is_found else line.found_at_place
        sighting = Sighting(line.at, seen if is_found else recorded, seen)
        made.setdefault(line.exhibit_id, []).append(sighting)
    return made
