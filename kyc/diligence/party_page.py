"""What the page of a party shows to one reader: of the party and of all that was merged into it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from casework import access, clock, roles
from casework.models import Case, Code
from kyc import parties
from kyc.diligence import merging, ownership, remarks, standing
from kyc.diligence.ownership import Chain
from kyc.diligence.standing import Known
from kyc.diligence.statements import open_files
from kyc.models import Fact, Hit, Involvement, Merge, Party
from kyc.watch import screening_pages

EXPIRED = "expired"


@dataclass(frozen=True)
class Statement:
    """A fact as a row of the page: what its value shows, and what the reader may do with it."""

    fact: Fact
    remarks: tuple[str, ...]
    is_expired: bool
    has_ended: bool  # an owner or director who no longer is
    is_writable: bool
    has_file: bool  # its document is one that the reader may open
    of: Party | None  # the record it came from, where that was merged into this one

    @property
    def state(self) -> str:
        return EXPIRED if self.is_expired else str(self.fact.standing)


@dataclass(frozen=True)
class PartyPage:
    party: Party
    statements: tuple[Statement, ...]
    known: Known
    contradictions: tuple[tuple[Fact, Fact], ...]
    named: frozenset[int]
    parts: tuple[Involvement, ...]
    chain: Chain
    absorbed: tuple[Merge, ...]  # the records that this one stands for
    merge: Merge | None  # by which another record stands for this one
    listed: tuple[Hit, ...]  # names on lists that it may be, or is
    may_edit: bool
    may_add: bool

    @property
    def may_merge(self) -> bool:
        return self.may_edit and self.merge is None

    @property
    def counts(self) -> dict[str, int]:
        states = [row.state for row in self.statements]
        return {state: states.count(state) for state in dict.fromkeys(states)}

    @property
    def owners(self) -> tuple[Statement, ...]:
        """The facts that say who stands behind it, or why nobody knows."""
        return tuple(row for row in self.statements if row.fact.kind.code == "owner")


def read(user: access.Reader, party: Party) -> PartyPage:
    """A fixed number of queries, and a few for each level of owners."""
    members = _members(user, party)
    facts = _facts(user, members)
    may_edit = parties.may_edit(user, party)
    cases = editable_cases(user, party)
    merges = Merge.objects.visible_to(user).filter(undone_at__isnull=True)
    merges = merges.select_related("kept", "absorbed", "merged_by")
    return PartyPage(
        party=party,
        statements=tuple(_statements(user, party, members, facts, may_edit, cases)),
        known=standing.known(user, [party])[party.pk],
        contradictions=tuple(standing.contradictions(facts)),
        named=names_seen(user, facts),
        parts=tuple(_parts(user, members)),
        chain=ownership.chain(user, party),
        absorbed=tuple(merges.filter(absorbed__in=members).exclude(absorbed=party)),
        merge=merges.filter(absorbed=party).first(),
        listed=tuple(screening_pages.standing(user, party)),
        may_edit=may_edit,
        may_add=may_edit or bool(cases),
    )


def _members(user: access.Reader, party: Party) -> dict[int, Party]:
    """The party and what was merged into it, as far as the reader sees it."""
    group = merging.group(party)
    if len(group) == 1:
        return {party.pk: party}
    return {found.pk: found for found in Party.objects.visible_to(user).filter(pk__in=group)}


def _facts(user: access.Reader, members: Iterable[int]) -> list[Fact]:
    rows = Fact.objects.visible_to(user).filter(party__in=list(members))
    return list(
        rows.select_related(
            "kind", "case", "unknown_reason", "interest", "verified_by", "recorded_by",
            "related_party", "attachment",
        ).order_by("kind__position", "-as_of", "pk")
    )  # fmt: skip


def _statements(
    user: access.Reader,
    party: Party,
    members: dict[int, Party],
    facts: Sequence[Fact],
    may_edit: bool,
    cases: Iterable[Case],
) -> Iterable[Statement]:
    day, domains, files = clock.today(), mail_domains(facts), _files(user, facts)
    editable = {case.pk for case in cases}
    for fact in facts:
        yield Statement(
            fact,
            tuple(remarks.of(fact.kind.code, fact.value, party.country, domains)),
            is_expired=fact.expires_on is not None and fact.expires_on < day,
            has_ended=fact.until is not None and fact.until < day,
            is_writable=fact.case_id in editable if fact.case_id is not None else may_edit,
            has_file=fact.attachment_id in files,
            of=None if fact.party_id == party.pk else members[fact.party_id],
        )


def mail_domains(facts: Iterable[Fact]) -> dict[str, str]:
    """What the list says of mail domains, read only where a fact is an address of e-mail."""
    if not any(fact.kind.code == "email" for fact in facts):
        return {}
    rows = Code.objects.kind("mail_domain").on(clock.today())
    return dict(rows.values_list("code", "note"))


def _files(user: access.Reader, facts: Iterable[Fact]) -> set[int]:
    """Documents that this reader may open: a file may have become sensitive since."""
    wanted = [fact.attachment_id for fact in facts if fact.attachment_id]
    if not wanted:
        return set()
    cases = {fact.case for fact in facts if fact.case}
    return set(open_files(user, cases).filter(pk__in=wanted).values_list("pk", flat=True))


def names_seen(user: access.Reader, facts: Iterable[Fact]) -> frozenset[int]:
    """The related parties that the reader may open."""
    ids = {fact.related_party_id for fact in facts if fact.related_party_id}
    seen = Party.objects.visible_to(user).filter(pk__in=ids)
    return frozenset(seen.values_list("pk", flat=True))


def editable_cases(user: access.Reader, party: Party) -> "QuerySet[Case]":
    """Cases with the party in them, or one merged into it, that the reader may edit."""
    parts = Involvement.objects.filter(party__in=merging.group(party))
    cases = Case.objects.permitting(user, roles.EDIT)
    found: QuerySet[Case] = cases.filter(Q(pk__in=parts.values("case")) | Q(pk=party.own_case_id))
    return found


def _parts(user: access.Reader, members: Iterable[int]) -> Iterable[Involvement]:
    parts = Involvement.objects.visible_to(user).filter(party__in=list(members))
    found: Iterable[Involvement] = parts.select_related("case", "role", "consignment", "party")
    return found


@dataclass(frozen=True)
class Compared:
    """One kind of fact of two parties, side by side."""

    label: str
    sides: tuple[tuple[str, tuple[Statement, ...]], ...]  # name of the party, what is said of it
    is_same: bool  # both have a value in common
    named: frozenset[int]


def compare(left: PartyPage, right: PartyPage) -> list[Compared]:
    """What is said of either, by kind, in the order of the list of kinds."""
    kinds = {row.fact.kind for page in (left, right) for row in page.statements}
    found = []
    for kind in sorted(kinds, key=lambda k: (k.position, k.label)):
        sides = [
            tuple(row for row in page.statements if row.fact.kind == kind) for page in (left, right)
        ]
        keys = [{row.fact.value_key for row in side} - {""} for side in sides]
        names = (left.party.name, right.party.name)
        found.append(
            Compared(
                kind.label,
                tuple(zip(names, sides, strict=True)),
                bool(keys[0] & keys[1]),
                left.named | right.named,
            )
        )
    return found
