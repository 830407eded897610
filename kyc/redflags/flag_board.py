"""The red flags of a case as one viewer sees them: computed, ticked, dismissed, not to be judged.

A dismissal covers the evidence that was seen when it was made. A reader who sees less of it sees
the same dismissal; evidence that came later is not covered, and the flag stands again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework import access
from casework.errors import NotAllowed
from casework.models import Case, Indicator
from kyc.models import Dismissal, Tick
from kyc.redflags import flag_data, indicators
from kyc.redflags.flag_data import Data
from kyc.redflags.indicators import Criterion, Evidence, Flag, Judged, Settings, Unjudged


@dataclass(frozen=True)
class Subject:
    """What a flag is about: a load, a party, or (ticked without either) the case as a whole."""

    consignment: int | None = None
    party: int | None = None

    @property
    def key(self) -> str:
        """As addresses name it: `c12`, `p7`, `case`."""
        if self.consignment is not None:
            return f"c{self.consignment}"
        return f"p{self.party}" if self.party is not None else "case"


@dataclass(frozen=True)
class Raised:
    """A flag that was computed or ticked, and what people said of it."""

    indicator: Indicator
    subject: Subject
    flag: Flag | None = None
    tick: Tick | None = None
    dismissal: Dismissal | None = None  # it covers all the evidence that there is
    lapsed: Dismissal | None = None  # it covers some of it only

    @property
    def stands(self) -> bool:
        return self.dismissal is None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.flag.evidence if self.flag else ()


@dataclass(frozen=True)
class Silent:
    """An indicator that could not be judged of a load or a party."""

    indicator: Indicator
    subject: Subject
    unjudged: Unjudged


@dataclass(frozen=True)
class Board:
    """All flags of a case as one viewer sees them."""

    data: Data
    raised: tuple[Raised, ...]
    silent: tuple[Silent, ...]
    in_force: tuple[Indicator, ...]

    def of_load(self, pk: int) -> list[Raised]:
        """What stands against a load: its own flags, and those of the parties that have a part."""
        load = next((load for load in self.data.loads if load.pk == pk), None)
        parties = {party.pk for party in load.parties} if load else set()
        return [
            one
            for one in self.raised
            if one.subject.consignment == pk or one.subject.party in parties
        ]

    def of_party(self, pk: int) -> list[Raised]:
        return [one for one in self.raised if one.subject.party == pk]

    def find(self, code: str, subject: str) -> Raised | None:
        """The computed flag of an indicator about a subject."""
        return next(
            (
                one
                for one in self.raised
                if one.flag and one.indicator.code == code and one.subject.key == subject
            ),
            None,
        )


def score(raised: Iterable[Raised]) -> indicators.Score:
    """Each indicator weighs once, and so does each fact; see `indicators.score`."""
    return indicators.add_up(
        indicators.Weighed(
            code=one.indicator.code,
            label=one.indicator.label,
            weight=one.indicator.weight,
            is_dismissed=not one.stands,
            facts=indicators.facts_alone(p for e in one.evidence for p in e.points),
        )
        for one in raised
    )


def board(case: Case, user: access.Reader) -> Board:
    """The flags of a case that the viewer was let in to."""
    found = boards([case], user).get(case.pk)
    if found is None:
        raise NotAllowed
    return found


def boards(cases: Sequence[Case], user: access.Reader) -> dict[int, Board]:
    """The same of many cases that the viewer may read, with as many queries as of one."""
    data = flag_data.collect(cases, user)
    cases = [one.case for one in data.values()]
    catalogue = list(Indicator.objects.all())
    ticked = Tick.objects.filter(case__in=cases).select_related("indicator", "ticked_by", "party")
    said = Dismissal.objects.filter(case__in=cases, restored_at=None)
    ticks = list(ticked.order_by("pk"))
    gone = list(said.select_related("dismissed_by").order_by("pk"))
    return {
        case.pk: _board(
            data[case.pk],
            catalogue,
            [row for row in ticks if row.case_id == case.pk],
            [row for row in gone if row.case_id == case.pk],
            user,
        )
        for case in cases
    }


def _board(
    data: Data,
    catalogue: Sequence[Indicator],
    ticks: Sequence[Tick],
    gone: Sequence[Dismissal],
    user: access.Reader,
) -> Board:
    raised: list[Raised] = []
    silent: list[Silent] = []
    by_code = {row.code: row for row in catalogue}
    for subject, judged in _judged(data, catalogue):
        mine = [row for row in gone if _about(row, data) == subject]
        raised += [_raised(by_code[f.code], subject, f, mine, user) for f in judged.flags]
        silent += [Silent(by_code[one.code], subject, one) for one in judged.unjudged]
    raised += [Raised(row.indicator, _about(row, data), tick=row) for row in ticks]
    ordered = sorted(raised, key=lambda one: (one.indicator.position, one.subject.key))
    now = tuple(in_force(catalogue, data.day))
    return Board(data, tuple(ordered), tuple(silent), now)


def in_force(catalogue: Iterable[Indicator], day: date) -> list[Indicator]:
    """The indicators of a day: a seizure is judged by what was known to matter then."""
    return [
        row
        for row in catalogue
        if (row.valid_from is None or row.valid_from <= day)
        and (row.valid_to is None or row.valid_to >= day)
    ]


def _judged(data: Data, catalogue: Sequence[Indicator]) -> Iterable[tuple[Subject, Judged]]:
    for load in data.loads:
        rows = in_force(catalogue, load.seized_on or data.day)
        yield Subject(consignment=load.pk), indicators.judge_load(load, _criteria(rows))
    rows = in_force(catalogue, data.day)
    for party in data.parties:
        yield Subject(party=party.pk), indicators.judge_party(party, _criteria(rows))


def _criteria(rows: Iterable[Indicator]) -> list[Criterion]:
    return [
        Criterion(row.code, row.rule, Settings(row.settings))
        for row in rows
        if isinstance(row.settings, dict)
    ]


def _raised(
    indicator: Indicator,
    subject: Subject,
    flag: Flag,
    gone: Sequence[Dismissal],
    user: access.Reader,
) -> Raised:
    """A dismissal of which the reader sees no evidence may be about a case that is hidden to them:
    then only whoever dismissed learns that it lapsed."""
    said = [row for row in gone if row.indicator_id == indicator.pk]
    seen = set(flag.digests)
    covering = [row for row in said if seen <= set(row.evidence)]
    lapsed = [row for row in said if seen & set(row.evidence) or row.dismissed_by_id == user.pk]
    return Raised(
        indicator,
        subject,
        flag,
        dismissal=covering[-1] if covering else None,
        lapsed=lapsed[-1] if lapsed and not covering else None,
    )


def _about(row: Tick | Dismissal, data: Data) -> Subject:
    party = data.members.get(row.party_id, row.party_id) if row.party_id else None
    return Subject(row.consignment_id, party)
