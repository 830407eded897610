"""What the page of one accused shows, read in few queries."""

from dataclasses import dataclass

from casework import access, clock, law
from casework.models import Accused, AccusedEvent, Authority, BailDecision, Charge, Proceeding
from casework.procedure import standing
from casework.sentencing import sums, whereabouts
from casework.sentencing.sums import Sum
from casework.sentencing.whereabouts import Need, Place

Kind = AccusedEvent.Kind
OF_ARREST = ("arrest_warrant", "bench_warrant")
MARKS = {Kind.ABSCONDED: "cross", Kind.ARRESTED: "half", Kind.ARRAIGNED: "full"}


@dataclass(frozen=True)
class Event:
    """A row of the line: what happened, or what was corrected since."""

    row: AccusedEvent
    is_standing: bool

    @property
    def mark(self) -> str:
        return MARKS.get(Kind(self.row.kind), "full")


@dataclass(frozen=True)
class Read:
    place: Place
    needs: list[Need]
    events: list[Event]  # the newest first, those that no longer stand among them
    bail: list[BailDecision]
    sum: Sum | None
    charges: list[Charge]
    proceedings: list[Proceeding]  # that can decide on bail
    warrants: list[Authority]


def read(accused: Accused, user: access.Reader) -> Read:
    rows = list(
        accused.events.select_related("recorded_by", "supersedes").order_by("happened_on", "pk")
    )
    gone = {row.supersedes_id for row in rows}
    stands = [row for row in rows if row.pk not in gone and not row.is_withdrawn]
    bail = list(accused.bail.select_related("decision", "proceeding__court", "recorded_by"))
    found = sums.of_accused([accused])
    served = [event for one in found for line in one.lines for event in line.events]
    served.sort(key=lambda row: (row.happened_on, row.pk))
    warrants = list(Authority.objects.visible_to(user).filter(accused=accused).select_related(
        "kind", "court"))  # fmt: skip
    charges = list(standing.of_case(accused.case).filter(accused=accused)
                   .select_related("count__provision"))  # fmt: skip
    is_dead = any(row.kind == Kind.DIED for row in stands)
    return Read(
        place=whereabouts.now(accused, stands, served, clock.today()),
        needs=_needs(accused, stands, bail, warrants),
        events=[Event(row, row in stands) for row in reversed(rows) if not row.is_withdrawn],
        bail=bail,
        sum=found[0] if found else None,
        charges=charges,
        proceedings=[] if is_dead else _tried_in(accused, charges),
        warrants=warrants,
    )  # fmt: skip


def _tried_in(accused: Accused, charges: list[Charge]) -> list[Proceeding]:
    """The courts with a charge against this accused; every one before a charge is filed."""
    trials = {row.tried_in_id or row.count.charge_sheet.proceeding_id for row in charges}
    rows = list(accused.case.proceedings.select_related("court"))
    return [row for row in rows if not trials or {row.pk, row.parent_id} & trials]


def _needs(
    accused: Accused,
    events: list[AccusedEvent],
    bail: list[BailDecision],
    warrants: list[Authority],
) -> list[Need]:
    today = clock.today()
    gone = events[-1].happened_on if events and events[-1].kind == Kind.ABSCONDED else None
    has_warrant = any(
        gone and row.issued_on >= gone and row.ended_on is None
        for row in warrants
        if row.kind.code in OF_ARREST
    )
    since = next((row.happened_on for row in reversed(events) if row.kind == Kind.ARRESTED), None)
    day = since or accused.arrested_on or today
    limit = law.time_limit("arraignment", day, law.country_of(accused.case))
    return whereabouts.needs(accused, events, bail, limit, today, has_warrant=has_warrant)
