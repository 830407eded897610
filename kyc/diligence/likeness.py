"""Why two parties may be one: numbers that both give, names that read alike, and what differs.

Computed over the facts that it is given, and nothing else: a reader's, or the register's alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from kyc.diligence import merging
from kyc.models import Fact, Party
from kyc.naming import matching
from kyc.naming.matching import Subject

NAMES = frozenset({"name", "trading_name", "previous_name", "alias"})
# Numbers that one party has: the same for two speaks for one, different ones speak against it.
OWN_NUMBERS = ("tax_pin", "registration", "lei", "vat", "id_number", "passport")
# Numbers that two parties may share: they speak for one, but never against.
SHARED_NUMBERS = ("phone", "email", "iban", "licence", "business_permit")
COUNTRIES = frozenset({"nationality", "jurisdiction"})
NUMBER_POINTS, SHARED_POINTS, NAME_POINTS, AGAINST_POINTS = 6, 3, 4, 5


@dataclass
class Profile:
    """What is said of a party and of all that was merged into it."""

    party: Party
    said: dict[str, dict[str, str]] = field(default_factory=dict)  # kind -> key -> value
    words: dict[str, str] = field(default_factory=dict)  # kind -> what the list calls it

    def values(self, *kinds: str) -> tuple[str, ...]:
        return tuple(value for kind in kinds for value in self.said.get(kind, {}).values())

    @property
    def countries(self) -> frozenset[str]:
        return frozenset({*self.values(*COUNTRIES), self.party.country} - {""})

    def subject(self) -> Subject:
        kind = self.party.kind
        return Subject(
            kind=kind if kind != Party.Kind.UNKNOWN else "",
            names=tuple(dict.fromkeys([self.party.name, *self.values(*sorted(NAMES))])),
            birth_dates=self.values("birth_date"),
            countries=tuple(sorted(self.countries)),
        )


@dataclass(frozen=True)
class Likeness:
    """Reasons for and against, and their weight, by which pairs are put in order only."""

    reasons: tuple[str, ...]
    against: tuple[str, ...]
    weight: int


def profiles(parties: Iterable[Party], facts: "QuerySet[Fact]") -> dict[int, Profile]:
    """By the key of each party, over these facts."""
    found = {party.pk: Profile(party) for party in parties}
    groups = merging.groups(profile.party for profile in found.values())
    members = {member: root for root, group in groups.items() for member in group}
    rows = (
        facts.filter(party__in=members)
        .exclude(value_key="")
        .order_by("pk")
        .values_list("party", "kind__code", "kind__label", "value_key", "value")
    )
    for party, kind, label, key, value in rows:
        profile = found[members[party]]
        profile.words[kind] = label
        profile.said.setdefault(kind, {}).setdefault(key, value)
    return found


def of(left: Profile, right: Profile) -> Likeness:
    """No reason at all means that nothing suggests it."""
    same = _same_numbers(left, right)
    names = _same_names(left, right)
    against = _differing(left, right)
    weight = sum(points for points, _words in same) + NAME_POINTS * len(names)
    words = [words for _points, words in same]
    return Likeness((*words, *names), tuple(against), weight - AGAINST_POINTS * len(against))


def _same_numbers(left: Profile, right: Profile) -> list[tuple[int, str]]:
    found = []
    for kind in (*OWN_NUMBERS, *SHARED_NUMBERS):
        ours, theirs = left.said.get(kind, {}), right.said.get(kind, {})
        points = NUMBER_POINTS if kind in OWN_NUMBERS else SHARED_POINTS
        for key in sorted(ours.keys() & theirs.keys()):
            words = gettext("both give %(kind)s %(value)s")
            found.append((points, words % {"kind": left.words[kind], "value": ours[key]}))
    return found


def _same_names(left: Profile, right: Profile) -> list[str]:
    """Names above the alarm of the matcher, where a country is shared or not known of one."""
    if left.countries and right.countries and not left.countries & right.countries:
        return []
    score = matching.compare(left.subject(), right.subject())
    if score.value < matching.ALARM:
        return []
    if score.left_name == score.right_name:
        return [gettext("the same name: %s") % score.left_name]
    words = gettext("names alike: %(one)s, %(other)s")
    return [words % {"one": score.left_name, "other": score.right_name}]


def _differing(left: Profile, right: Profile) -> list[str]:
    found = []
    for kind in (*OWN_NUMBERS, "birth_date"):
        ours, theirs = left.said.get(kind, {}), right.said.get(kind, {})
        if ours and theirs and not ours.keys() & theirs.keys():
            found.append(gettext("not the same: %s") % left.words[kind])
    return found


def of_register(left: Party, right: Party) -> Likeness:
    """What no case keeps: stored with a merge, which all readers of both parties see."""
    said: Any = Fact.objects.filter(case__isnull=True)
    found = profiles([left, right], said)
    return of(found[left.pk], found[right.pk])
