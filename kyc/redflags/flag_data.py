"""A case as the rules of the red flags read it: its loads and its parties, for one viewer.

The number of queries is the same for one case and for many, whatever hangs on them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework import access
from casework.models import Case
from kyc.models import Consignment, Involvement
from kyc.redflags import flag_loads, flag_parties
from kyc.redflags.flag_parties import Register
from kyc.redflags.indicators.load import Elsewhere, Load, Party, Payment


@dataclass(frozen=True)
class Data:
    """What stands to be judged in a case, and the rows that it came from."""

    case: Case
    day: date  # of the first seizure: the indicators of this day are asked
    loads: tuple[Load, ...]
    parties: tuple[Party, ...]
    rows: Mapping[int, Consignment]
    members: Mapping[int, int]  # each member of a group to the party that stands for it


def collect(cases: Sequence[Case], user: access.Reader) -> dict[int, Data]:
    """By case; one that the viewer may not read is left out."""
    days = flag_loads.seizure_days(cases, user)
    cases = [case for case in cases if case.pk in days]
    rows = flag_loads.consignments(cases)
    involved = _involvements(cases)
    known = flag_parties.register((part.party_id for part in involved), user)
    elsewhere = flag_loads.elsewhere(rows, user)
    payments = flag_loads.payments(cases)
    found = {}
    for case in cases:
        parts = _by_party([p for p in involved if p.case_id == case.pk], known)
        own = [row for row in rows if row.seizure.case_id == case.pk]
        bare = {row.pk: flag_loads.load(row, (), (), ()) for row in own}
        parties = tuple(_party(known, pk, case, days[case.pk], parts[pk], bare) for pk in parts)
        paid = payments.get(case.pk, ())
        loads = tuple(_load(row, parties, parts, elsewhere, paid, known.root) for row in own)
        by_pk = {row.pk: row for row in own}
        found[case.pk] = Data(case, days[case.pk], loads, parties, by_pk, known.root)
    return found


def _involvements(cases: Iterable[Case]) -> list[Involvement]:
    rows = Involvement.objects.filter(case__in=list(cases))
    return list(rows.select_related("role").order_by("role__position", "pk"))


def _by_party(parts: Iterable[Involvement], known: Register) -> dict[int, list[Involvement]]:
    """The parts of each party that stands for its group, in the order of their roles."""
    found: dict[int, list[Involvement]] = defaultdict(list)
    for part in parts:
        if part.party_id in known.root:
            found[known.root[part.party_id]].append(part)
    return found


def _load(
    row: Consignment,
    parties: Iterable[Party],
    parts: Mapping[int, Sequence[Involvement]],
    elsewhere: Mapping[int, tuple[Elsewhere, ...]],
    payments: Iterable[Payment],
    root: Mapping[int, int],
) -> Load:
    """Payments of others in the case say nothing of this load."""
    own = tuple(party for party in parties if _has_part(parts[party.pk], row))
    named = {party.pk for party in own}
    paid = (one for one in payments if named & {root.get(pk, pk) for pk in one.ends})
    return flag_loads.load(row, own, elsewhere.get(row.pk, ()), tuple(paid))


def _has_part(parts: Iterable[Involvement], row: Consignment) -> bool:
    """A part in the case as a whole is a part in each of its loads."""
    return any(part.consignment_id in (None, row.pk) for part in parts)


def _party(
    known: Register, pk: int, case: Case, day: date, parts: Sequence[Involvement],
    loads: Mapping[int, Load],
) -> Party:  # fmt: skip
    everywhere = any(part.consignment_id is None for part in parts)
    own = [
        load
        for number, load in loads.items()
        if everywhere or any(part.consignment_id == number for part in parts)
    ]
    shipped = [load.shipped_on for load in own if load.shipped_on]
    return flag_parties.party(
        known,
        pk,
        case=case,
        before=day,
        roles=frozenset(part.role.code for part in parts),
        shipped_on=min(shipped, default=day),
        seized_on=day,
        goods=tuple(dict.fromkeys(text for load in own if (text := _goods(load)))),
        containers=sum(len(load.boxes) for load in own),
    )


def _goods(load: Load) -> str:
    """As declared: the bill in force before the record of the load."""
    return (load.bill.description if load.bill else "") or load.goods
