"""What is compared of a party and of an entry of a list.

A party is compared once by what the whole register may know, and once more for each case that says
something of it, so that a finding from the register never rests on what only a case knows.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from kyc.diligence import merging
from kyc.models import Fact, Party, WatchlistEntry
from kyc.naming.matching import Subject

NAMES = frozenset({"name", "trading_name", "previous_name", "alias"})
IDENTIFIERS = frozenset(
    {"registration", "tax_pin", "vat", "lei", "id_number", "passport", "licence", "iban"}
)
COUNTRIES = frozenset({"nationality", "jurisdiction"})
ADDRESSES = frozenset({"address", "postal_address"})
Said = tuple[int | None, str, str]  # case or None, kind, value
KINDS = NAMES | IDENTIFIERS | COUNTRIES | ADDRESSES | {"birth_date"}


@dataclass(frozen=True)
class Layer:
    """A party as the readers of one case know it; with no case, as the register does."""

    case: int | None
    subject: Subject
    digest: str


def layers(roots: Iterable[Party]) -> dict[int, list[Layer]]:
    """The layers of parties with all that was merged into them: the register's first."""
    groups = merging.groups(list(roots))
    members = {member: root for root, group in groups.items() for member in group}
    said: dict[int, list[Said]] = defaultdict(list)
    kinds: dict[int, str] = {}
    for party in Party.objects.filter(pk__in=members).order_by("pk"):
        root = members[party.pk]
        said[root] += [(party.own_case_id, "name", party.name)]
        said[root] += [(party.own_case_id, "country", party.country)] if party.country else []
        if party.pk == root or kinds.get(root, "unknown") == "unknown":
            kinds[root] = party.kind
    for root, fact in _facts(members):
        said[root].append(fact)
    return {root: list(_layers(kinds[root], said[root])) for root in groups if root in said}


def _facts(members: dict[int, int]) -> Iterator[tuple[int, Said]]:
    """Facts that may be compared; a day of birth found to be false would only speak against."""
    rows = (
        Fact.objects.filter(party__in=members, kind__code__in=KINDS)
        .exclude(standing=Fact.Standing.UNKNOWN)
        .exclude(standing=Fact.Standing.CONTRADICTED, kind__code="birth_date")
        .order_by("pk")
        .values_list("party", "case", "party__own_case", "kind__code", "value")
    )
    for party, case, own_case, kind, value in rows:
        if value:
            yield members[party], (case or own_case, kind, value)


def _layers(kind: str, said: list[Said]) -> Iterator[Layer]:
    cases = sorted({case for case, _, _ in said if case is not None})
    for case in (None, *cases):
        known = [(what, value) for of, what, value in said if of is None or of == case]
        if any(what in NAMES for what, _ in known):
            subject = _subject(kind, known)
            yield Layer(case, subject, digest(subject))


def _subject(kind: str, known: list[tuple[str, str]]) -> Subject:
    def values(*kinds: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for what, value in known if what in kinds))

    return Subject(
        kind=kind if kind != Party.Kind.UNKNOWN else "",
        names=values(*NAMES),
        birth_dates=values("birth_date"),
        countries=values("country", *COUNTRIES),
        identifiers=tuple(dict.fromkeys(pair for pair in known if pair[0] in IDENTIFIERS)),
        addresses=values(*ADDRESSES),
    )


def digest(subject: Subject) -> str:
    """Of all that was compared; the order in which it was recorded does not matter."""
    said = {
        name: value if isinstance(value, str) else sorted(map(list, value)) if name == "identifiers"
        else sorted(value)
        for name, value in asdict(subject).items()
    }  # fmt: skip
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def of_entry(entry: WatchlistEntry) -> Subject:
    known = WatchlistEntry.Kind.UNKNOWN
    return Subject(
        kind=entry.kind if entry.kind != known else "",
        names=(entry.name, *entry.aliases),
        weak_names=tuple(entry.weak_aliases),
        birth_dates=tuple(entry.birth_dates),
        countries=tuple(entry.countries),
        identifiers=tuple(
            (item["kind"], item["value"], item.get("country", "")) for item in entry.identifiers
        ),
        addresses=tuple(entry.addresses),
    )
