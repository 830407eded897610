"""Parties as the rules of the red flags read them: only what one viewer may see, in fixed queries.

A party that absorbed others is read with all that is said of them, as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from casework import access
from casework.models import Case, Code
from kyc.models import Fact, Hit, Involvement, Party, Watchlist, WatchlistVersion
from kyc.redflags.indicators import load
from kyc.redflags.indicators.load import Earlier, Listed, Shared

BEHIND = ("director", "owner", "shareholder")
SHARED = (
    *("address", "postal_address", "phone", "email", "website", "tax_pin", "registration"),
    *("bank", "iban", "licence"),
    *BEHIND,
)
# Nobody knows it, or it was found to be false: it joins nobody to anybody.
SILENT = (Fact.Standing.UNKNOWN, Fact.Standing.CONTRADICTED)
# A value as common as a city's name says nothing, and must not fill the memory.
MOST_ROWS = 2000


@dataclass(frozen=True)
class Named:
    """A part in another case, as the database keeps it."""

    party: int
    case: str
    title: str
    case_pk: int
    on: date
    role: str
    role_code: str


@dataclass(frozen=True)
class Register:
    """What the register and the readable cases say of some parties. Keys are those of parties that
    stand for their group."""

    root: Mapping[int, int]
    parties: Mapping[int, Party]
    facts: Mapping[int, list[Fact]]
    shared: Mapping[int, list[Shared]]
    parts: Mapping[int, list[Named]]
    hits: Mapping[int, list[Hit]]
    mail: Mapping[str, str]
    has_lists: bool


def register(pks: Iterable[int], user: access.Reader) -> Register:
    """All that is known to the viewer of these parties and of those behind them."""
    root, parties = _groups(set(pks), user)
    facts = _facts(root, user)
    shared = _shared(root, facts, user)
    wanted = {
        *root, *_behind(facts), *(one.other for rows in shared.values() for one in rows),
    }  # fmt: skip
    return Register(
        root=root,
        parties=parties,
        facts=facts,
        shared=shared,
        parts=_parts(wanted, user),
        hits=_hits(wanted, user),
        mail=_mail(facts),
        has_lists=_has_lists(),
    )


def _groups(pks: set[int], user: access.Reader) -> tuple[dict[int, int], dict[int, Party]]:
    """Each visible member of a group to the party that stands for it, and those parties.

    A kept party that the viewer may not see stands for nobody.
    """
    seen = Party.objects.visible_to(user)
    kept = Party.objects.filter(pk__in=pks, merged_into__isnull=False).values("merged_into")
    near = Q(pk__in=pks) | Q(pk__in=kept) | Q(merged_into__in=pks) | Q(merged_into__in=kept)
    rows = {party.pk: party for party in seen.filter(near).select_related("own_case")}
    root = {
        pk: party.merged_into_id if party.merged_into_id in rows else pk
        for pk, party in rows.items()
    }
    named = {root[pk] for pk in pks if pk in root}
    return {pk: to for pk, to in root.items() if to in named}, {pk: rows[pk] for pk in named}


def _facts(root: Mapping[int, int], user: access.Reader) -> dict[int, list[Fact]]:
    rows = Fact.objects.visible_to(user).filter(party__in=list(root))
    found: dict[int, list[Fact]] = defaultdict(list)
    related = ("kind", "unknown_reason", "interest", "related_party")
    for fact in rows.select_related(*related).order_by("pk"):
        found[root[fact.party_id]].append(fact)
    return found


def _behind(facts: Mapping[int, list[Fact]]) -> set[int]:
    return {
        fact.related_party_id
        for rows in facts.values()
        for fact in rows
        if fact.related_party_id and fact.kind.code in BEHIND
    }


def _shared(
    root: Mapping[int, int], facts: Mapping[int, list[Fact]], user: access.Reader
) -> dict[int, list[Shared]]:
    """By party, the values that are given for another party, too."""
    own: dict[tuple[str, object], list[Fact]] = defaultdict(list)
    for fact in (fact for rows in facts.values() for fact in rows):
        for key in _keys(fact):
            own[key].append(fact)
    found: dict[int, list[Shared]] = defaultdict(list)
    for other in _alike(own, user):
        stands = root.get(other.party_id, other.party_id)
        for fact in dict.fromkeys(one for key in _keys(other) for one in own.get(key, ())):
            party = root[fact.party_id]
            if party != stands and not _are_two(fact, other):
                found[party].append(_same(fact, other, stands))
    return {party: _once(rows) for party, rows in found.items()}


def _keys(fact: Fact) -> list[tuple[str, object]]:
    """What makes two facts say the same: an equal value, or the same party of the register."""
    kind = fact.kind.code
    if kind not in SHARED or fact.standing in SILENT:
        return []
    keys: list[tuple[str, object]] = [(kind, fact.value_key)] if fact.value_key else []
    return [*keys, *([("behind", fact.related_party_id)] if fact.related_party_id else [])]


def _alike(own: Mapping[tuple[str, object], Any], user: access.Reader) -> Iterable[Fact]:
    values = {key for kind, key in own if kind != "behind"}
    people = {key for kind, key in own if kind == "behind"}
    near = Q(value_key__in=values) | Q(related_party__in=people, kind__code__in=BEHIND)
    rows: QuerySet[Fact] = Fact.objects.visible_to(user).filter(near, kind__code__in=SHARED)
    return rows.select_related("kind", "party", "related_party").order_by("pk")[:MOST_ROWS]


def _same(fact: Fact, other: Fact, stands: int) -> Shared:
    return Shared(
        fact=fact.pk,
        kind=fact.kind.code,
        value=fact.value,
        other=stands,
        other_name=str(other.party.name),
        is_by_name=fact.kind.code in BEHIND and None in (_person(fact), _person(other)),
    )


def _are_two(fact: Fact, other: Fact) -> bool:
    """Two people of one name whom the register tells apart."""
    both = _person(fact), _person(other)
    return fact.kind.code in BEHIND and None not in both and both[0] != both[1]


def _person(fact: Fact) -> int | None:
    """The party behind, or the one that it was merged into."""
    party = fact.related_party
    return None if party is None else party.merged_into_id or party.pk


def _once(rows: Iterable[Shared]) -> list[Shared]:
    """One line for each fact and other party, however often it is given there; what is more than
    an equal name comes before it."""
    told: dict[tuple[int, int], Shared] = {}
    for one in rows:
        key = one.fact, one.other
        if key not in told or told[key].is_by_name:
            told[key] = one
    return list(told.values())


def _parts(pks: set[int], user: access.Reader) -> dict[int, list[Named]]:
    rows = Involvement.objects.visible_to(user).filter(party__in=pks)
    dated = rows.annotate(first=Min("case__seizures__seized_at"))
    found: dict[int, list[Named]] = defaultdict(list)
    for row in dated.select_related("case", "role").order_by("-case__created_at", "pk")[:MOST_ROWS]:
        found[row.party_id].append(
            Named(
                party=row.party_id,
                case=row.case.reference,
                title=row.case.title,
                case_pk=row.case_id,
                on=(row.first or row.case.created_at).date(),
                role=row.role.label,
                role_code=row.role.code,
            )
        )
    return found


def _hits(pks: set[int], user: access.Reader) -> dict[int, list[Hit]]:
    """Findings of lists that raise an alarm, judged or waiting."""
    rows = Hit.objects.visible_to(user).filter(
        party__in=pks, closed_at__isnull=True, entry__watchlist__meaning=Watchlist.Meaning.ALARM
    )
    found: dict[int, list[Hit]] = defaultdict(list)
    for hit in rows.select_related("entry__watchlist").order_by("pk"):
        found[hit.party_id].append(hit)
    return found


def _mail(facts: Mapping[int, list[Fact]]) -> dict[str, str]:
    """What is known of the mail services in use: free, or disposable."""
    rows = [fact for kept in facts.values() for fact in kept if fact.kind.code == "email"]
    domains = {fact.value.rpartition("@")[2].casefold() for fact in rows}
    known = Code.objects.kind("mail_domain").filter(code__in=domains)
    return dict(known.values_list("code", "note"))


def _has_lists() -> bool:
    return WatchlistVersion.objects.filter(watchlist__meaning=Watchlist.Meaning.ALARM).exists()


def party(known: Register, pk: int, *, case: Case, before: date, **in_case: Any) -> load.Party:
    """A party as it stood in a case; `before` is the day that earlier cases are earlier than."""
    row, facts = known.parties[pk], known.facts.get(pk, [])
    values = {fact.pk: fact.value for fact in facts}
    own = {member for member, to in known.root.items() if to == pk}
    hits = [hit for member in sorted(own) for hit in known.hits.get(member, ())]
    return load.Party(
        pk=pk,
        name=str(row.name),
        kind=row.kind,
        facts=tuple(_fact(fact, values, known.mail) for fact in facts),
        shared=tuple(known.shared.get(pk, ())),
        earlier=tuple(_earlier(known, pk, sorted(own), case, before)),
        listed=tuple(_listed(known, pk, hits)),
        is_screened=known.has_lists and all(hit.judgement not in ("", "unsure") for hit in hits),
        **in_case,
    )


def _fact(fact: Fact, values: Mapping[int, str], mail: Mapping[str, str]) -> load.Fact:
    is_mail = fact.kind.code == "email"
    return load.Fact(
        pk=fact.pk,
        kind=fact.kind.code,
        value=fact.value,
        key=fact.value_key,
        standing=fact.standing,
        unknown_reason=fact.unknown_reason.code if fact.unknown_reason else "",
        reason_words=fact.unknown_reason.label if fact.unknown_reason else "",
        mail_service=mail.get(fact.value.rpartition("@")[2].casefold(), "") if is_mail else "",
        found_instead=values.get(fact.contradicted_by_id or 0, ""),
        interest=fact.interest.code if fact.interest else "",
        related=fact.related_party_id,
        as_of=fact.as_of,
        expires_on=fact.expires_on,
    )


def _earlier(
    known: Register, pk: int, own: Sequence[int], case: Case, before: date
) -> Iterator[Earlier]:
    """Parts in earlier cases: its own, those of the people behind it, and of their other firms."""
    yield from _told(known, own, case, before)
    for fact in known.facts.get(pk, ()):
        if fact.kind.code in BEHIND and fact.related_party_id and fact.standing not in SILENT:
            yield from _told(known, [fact.related_party_id], case, before, fact=fact)
    facts = {fact.pk: fact for fact in known.facts.get(pk, ())}
    for one in known.shared.get(pk, ()):
        if one.kind in BEHIND:
            for told in _told(
                known, [one.other], case, before, fact=facts[one.fact], firm=one.other_name
            ):
                yield replace(told, is_by_name=one.is_by_name)


def _told(
    known: Register, members: Sequence[int], case: Case, before: date,
    fact: Fact | None = None, firm: str = "",
) -> Iterator[Earlier]:  # fmt: skip
    for member in members:
        for part in known.parts.get(member, ()):
            if part.case_pk != case.pk and part.on < before:
                yield Earlier(
                    case=part.case,
                    title=part.title,
                    on=part.on,
                    role=part.role,
                    role_code=part.role_code,
                    through=fact.value if fact else "",
                    through_fact=fact.pk if fact else None,
                    firm=firm,
                )


def _listed(known: Register, pk: int, own: Sequence[Hit]) -> Iterator[Listed]:
    """Names on lists that a person judged to be the party, or somebody behind it."""
    yield from (_entry(hit, None) for hit in _judged_same(own))
    for fact in known.facts.get(pk, ()):
        if fact.kind.code in BEHIND and fact.related_party_id and fact.standing not in SILENT:
            found = _judged_same(known.hits.get(fact.related_party_id, ()))
            yield from (_entry(hit, fact) for hit in found)


def _judged_same(hits: Sequence[Hit]) -> Iterable[Hit]:
    """A name once, also where it was judged by what the register says and by what a case says."""
    return {h.entry_id: h for h in hits if h.judgement == Hit.Judgement.SAME}.values()


def _entry(hit: Hit, fact: Fact | None) -> Listed:
    return Listed(
        pk=hit.pk,
        watchlist=hit.entry.watchlist.name,
        name=str(hit.entry.name),
        topics=tuple(str(topic) for topic in hit.entry.topics or ()),
        through=fact.value if fact else "",
        through_fact=fact.pk if fact else None,
    )
