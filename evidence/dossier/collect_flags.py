"""The red flags of a snapshot, as people answered them; what other cases say is not among them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from casework import display
from casework.models import Case, Indicator, User
from evidence.dossier.snapshot_flags import RedFlag
from kyc.models import Dismissal, Fact, Hit, Party, Tick
from kyc.redflags import flag_board, flag_words
from kyc.redflags.flag_board import Raised
from kyc.redflags.indicators import Evidence

GROUPS = dict(Indicator._meta.get_field("group").flatchoices)


@dataclass(frozen=True)
class Flags:
    """By what they are about: a party of the case, a consignment, or the case as a whole."""

    of_party: Mapping[int, tuple[RedFlag, ...]] = field(default_factory=dict)
    of_load: Mapping[int, tuple[RedFlag, ...]] = field(default_factory=dict)
    of_case: tuple[RedFlag, ...] = ()


def read(case: Case, actor: User) -> Flags:
    board = flag_board.board(case, actor)
    names = flag_words.countries()
    apart = _apart(case, board.raised)
    by_key: dict[str, list[RedFlag]] = defaultdict(list)
    for one in board.raised:
        own = [each for each in one.evidence if not apart.holds(each)]
        if own or one.tick:
            is_whole = len(own) == len(one.evidence)
            by_key[one.subject.key].append(_flag(one, own, names, is_whole=is_whole))
    members = board.data.members
    return Flags(
        {pk: tuple(by_key[f"p{root}"]) for pk, root in members.items() if by_key[f"p{root}"]},
        {pk: tuple(by_key[f"c{pk}"]) for pk in board.data.rows if by_key[f"c{pk}"]},
        tuple(by_key["case"]),
    )


@dataclass(frozen=True)
class _Apart:
    """What of the evidence is known from another case only."""

    facts: Collection[int]
    parties: Collection[int]
    hits: Collection[int]

    def holds(self, evidence: Evidence) -> bool:
        known = {"fact": self.facts, "party": self.parties, "hit": self.hits}
        return any(name == "case" for name, _value in evidence.values) or any(
            point.kind == "case" or point.key in known.get(point.kind, ())
            for point in evidence.points
        )


def _apart(case: Case, raised: Collection[Raised]) -> _Apart:
    keys: dict[str, set[int]] = {"fact": set(), "party": set(), "hit": set()}
    for point in (p for one in raised for each in one.evidence for p in each.points):
        if point.kind in keys:
            keys[point.kind].add(int(point.key))
    elsewhere = Q(case__isnull=False) & ~Q(case=case)
    owned = Q(own_case__isnull=False) & ~Q(own_case=case)
    facts = Fact.objects.filter(elsewhere, pk__in=keys["fact"])
    parties = Party.objects.filter(owned, pk__in=keys["party"])
    hits = Hit.objects.filter(elsewhere, pk__in=keys["hit"])
    return _Apart(*(set(rows.values_list("pk", flat=True)) for rows in (facts, parties, hits)))


def _flag(one: Raised, own: list[Evidence], names: Mapping[str, str], *, is_whole: bool) -> RedFlag:
    """An answer to evidence that is partly of another case may tell of that case."""
    mark, standing, answer = _standing(one)
    return RedFlag(
        label=one.indicator.label,
        group=str(GROUPS[one.indicator.group]),
        weight=one.indicator.weight,
        sentences=tuple(flag_words.plain(each, names) for each in own),
        mark=mark,
        standing=standing,
        answer=answer if is_whole else "",
    )


def _standing(one: Raised) -> tuple[str, str, str]:
    if one.dismissal:
        return "later", "Dismissed", _dismissed(one.dismissal)
    if one.tick:
        return "half", "Seen by a person", _ticked(one.tick)
    if one.lapsed:
        return "open", "Stands again: its evidence has changed", _dismissed(one.lapsed)
    return "full", "Computed from the record", ""


def _dismissed(row: Dismissal) -> str:
    return _said(row.dismissed_by, display.day(row.dismissed_at), row.reason)


def _ticked(row: Tick) -> str:
    return _said(row.ticked_by, display.day(row.ticked_at), row.note)


def _said(who: User, day: str, text: str) -> str:
    return f"{who.get_full_name()}, {day}: {text}"
