"""Operations on parties, what is said of them, and their part in a case.

A party kept to one case (`own_case`) shows nowhere else until it is released to the register.
A fact is never overwritten: it is verified, or contradicted by another fact that stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals
from casework.errors import NotAllowed, RuleBroken
from casework.holding import read_again
from casework.models import Case, Code, User
from kyc.diligence import fact_values, merging, statements
from kyc.diligence.statements import Origin as Origin
from kyc.diligence.statements import Stake as Stake
from kyc.models import Consignment, Fact, Involvement, Party


@dataclass(frozen=True)
class NewParty:
    """A party that the register does not have yet."""

    kind: str
    name: str
    country: str = ""
    is_kept: bool = False  # to the case it is introduced in


def may_write(user: access.Reader, case: Case | None) -> bool:
    """Whether a person may write to the register, or, with a case, what belongs to that case."""
    if case is not None:
        return access.can(user, case, roles.EDIT)
    return access.holds(user, roles.EDIT_REGISTER)


def may_edit(user: access.Reader, party: Party) -> bool:
    """Whether a person may change the party itself and add facts that all its readers see."""
    return may_write(user, party.own_case)


def _demand(actor: User, case: Case | None) -> None:
    if not may_write(actor, case):
        raise NotAllowed(_("Your position does not change the register of parties."))


@transaction.atomic
def create(
    *, kind: str, name: str, actor: User, country: str = "", own_case: Case | None = None
) -> Party:
    """A new party; with `own_case` it is kept to that case. Raises NotAllowed, ValidationError."""
    _demand(actor, own_case)
    party = Party(
        kind=kind,
        name=_name(name),
        country=_country(country),
        own_case=own_case,
        created_by=actor,
    )
    _save(party, actor)
    audit.record("party.create", actor=actor, case=own_case, subject=party)
    signals.changed.send(sender=Party, instance=party)
    return party


@transaction.atomic
def change(party: Party, *, actor: User, reason: str = "", **fields: Any) -> Party:
    """Change kind, shown name or country; what they were stays in the history."""
    read_again(party)
    _demand(actor, party.own_case)
    for field, value in fields.items():
        setattr(party, field, value)
    party.name, party.country = _name(party.name), _country(party.country)
    _save(party, actor, reason)
    audit.record(
        "party.change", actor=actor, case=party.own_case, subject=party, fields=sorted(fields)
    )
    signals.changed.send(sender=Party, instance=party)
    return party


@transaction.atomic
def release(party: Party, *, actor: User, reason: str) -> Party:
    """Let a party that was kept to its case appear in the shared register."""
    read_again(party)
    case = party.own_case
    if case is None:
        raise RuleBroken(_("This party is in the register already."))
    if party.merged_into is not None:
        raise RuleBroken(_("It was merged into another record. Release that one."))
    _demand(actor, case)
    for one in [party, *party.absorbed.all()]:  # together, or one would show the other's case
        _release(one, case, actor, reason)
    return party


def _release(party: Party, case: Case, actor: User, reason: str) -> None:
    for fact in party.facts.filter(case__isnull=True, related_party__own_case=case):
        fact.case = case  # it names somebody who is still kept: it stays with the case
        _save_fact(fact, actor, reason)
    party.own_case = None
    _save(party, actor, reason)
    audit.record("party.release", actor=actor, case=case, subject=party, reason=reason)
    signals.changed.send(sender=Party, instance=party)


@transaction.atomic
def add_fact(
    party: Party,
    *,
    kind: Code,
    origin: Origin,
    actor: User,
    value: str = "",
    unknown_reason: Code | None = None,
    related_party: Party | None = None,
    method: str = "",
    expires_on: date | None = None,
    stake: Stake = statements.NO_STAKE,
    attachment: Any = None,
) -> Fact:
    """What somebody says of a party; or, with `unknown_reason`, why nobody can say it.

    `attachment` is a file of the case the fact belongs to, where it is written. Raises RuleBroken
    where the value has not the shape of its kind, NotAllowed.
    """
    read_again(party)
    _demand(actor, origin.case or party.own_case)
    fact = Fact(
        party=party,
        kind=kind,
        value="" if unknown_reason else _value(kind, value, party, related_party),
        related_party=_related(party, related_party, origin),
        source_type=origin.source_type,
        source=fact_values.clean(origin.source),
        case=_case_of(party, origin),
        as_of=statements.not_future(origin.as_of, "as_of"),
        expires_on=expires_on,
        standing=Fact.Standing.UNKNOWN if unknown_reason else Fact.Standing.OWN_WORD,
        unknown_reason=unknown_reason,
        method=fact_values.clean(method),
        recorded_by=actor,
        attachment=statements.document(attachment, origin.case, actor),
        **statements.held(kind, stake),
    )
    _save_fact(fact, actor)
    audit.record("fact.add", actor=actor, case=_audited(fact), subject=party, kind=kind.code)
    return fact


@transaction.atomic
def verify(fact: Fact, *, method: str, verified_on: date, actor: User) -> Fact:
    """Say that a fact was checked: how, when, by whom."""
    read_again(fact)
    _demand(actor, fact.case or fact.party.own_case)
    if fact.standing == Fact.Standing.UNKNOWN:
        raise RuleBroken(_("Nothing is known to check. Add what was found as a new fact."))
    if fact.standing == Fact.Standing.CONTRADICTED:
        raise RuleBroken(_("This is contradicted. Add what you found as a new fact."))
    fact.standing = Fact.Standing.VERIFIED
    fact.method = fact_values.clean(method)
    fact.verified_by, fact.verified_on = actor, statements.not_future(verified_on, "verified_on")
    _save_fact(fact, actor, method)
    audit.record("fact.verify", actor=actor, case=_audited(fact), subject=fact.party, fact=fact.pk)
    return fact


@transaction.atomic
def contradict(
    fact: Fact, *, found: str, method: str, origin: Origin, actor: User
) -> tuple[Fact, Fact]:
    """Record what was found instead, verified, and mark the fact as contradicted by it.

    A fact of the register contradicted by a document of a case would give that case away, so
    the finding must be as widely visible as the fact. Returns (the fact, the finding).
    """
    read_again(fact)
    _demand(actor, fact.case or fact.party.own_case)
    if fact.standing in (Fact.Standing.UNKNOWN, Fact.Standing.CONTRADICTED):
        raise RuleBroken(_("Only what somebody says, or what was verified, can be contradicted."))
    if fact.case is None and origin.case is not None:
        raise RuleBroken(
            _("The register would then show what only this case knows. Leave the case out."),
            field="case",
        )
    finding = add_fact(
        fact.party,
        kind=fact.kind,
        value=found,
        origin=Origin(origin.source_type, origin.source, origin.as_of, fact.case),
        actor=actor,
    )
    verify(finding, method=method, verified_on=origin.as_of, actor=actor)
    fact.standing, fact.contradicted_by = Fact.Standing.CONTRADICTED, finding
    _save_fact(fact, actor, method)
    audit.record(
        "fact.contradict", actor=actor, case=_audited(fact), subject=fact.party, fact=fact.pk
    )
    return fact, finding


@transaction.atomic
def involve(
    case: Case,
    party: Party,
    *,
    role: Code,
    actor: User,
    consignment: Consignment | None = None,
    note: str = "",
) -> Involvement:
    """Give a party its part in a case. A party kept to another case cannot be named here."""
    access.require(actor, case, roles.EDIT)
    if party.own_case is not None and party.own_case != case:
        raise RuleBroken(_("Choose a party of the register."), field="party")
    if consignment is not None and consignment.seizure.case_id != case.pk:
        raise RuleBroken(_("Choose a consignment of this case."), field="consignment")
    part = Involvement(
        case=case, party=party, role=role, consignment=consignment, note=note, recorded_by=actor
    )
    same = {"party": party, "role": role, "consignment": consignment}
    told = RuleBroken(_("This party has this part in the case already."), field="role")
    if Involvement.objects.filter(case=case, **same).exists():
        raise told
    audit.sign(part, actor)
    part.full_clean()
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError as taken:  # the database decides between two at once
        raise told from taken
    audit.record("party.involve", actor=actor, case=case, subject=party, role=role.code)
    signals.changed.send(sender=Involvement, instance=part)
    return part


@transaction.atomic
def introduce(
    case: Case,
    named: Party | NewParty,
    *,
    role: Code,
    origin: Origin,
    facts: Iterable[tuple[Code, str]],
    actor: User,
    consignment: Consignment | None = None,
    note: str = "",
) -> Involvement:
    """A part in a case together with what its papers say of the party, all or nothing.

    Whoever may not write to the register keeps a new party, and facts of a known one, to the case.
    """
    shared = may_write(actor, None)
    is_new = isinstance(named, NewParty)
    party = named if isinstance(named, Party) else _new(case, named, actor, shared)
    part = involve(case, party, role=role, actor=actor, consignment=consignment, note=note)
    stays = not shared or origin.source_type == Fact.Source.CASE_DOCUMENT
    said = replace(origin, case=case if stays else None)
    names = [(Code.objects.get(kind="fact_kind", code="name"), party.name)] if is_new else []
    for kind, value in (*names, *facts):
        add_fact(party, kind=kind, value=value, origin=said, actor=actor)
    return part


def _new(case: Case, named: NewParty, actor: User, shared: bool) -> Party:
    own_case = case if named.is_kept or not shared else None
    return create(
        kind=named.kind, name=named.name, country=named.country, own_case=own_case, actor=actor
    )


@transaction.atomic
def withdraw(part: Involvement, *, actor: User, reason: str) -> None:
    """Take back a part that was recorded by mistake; history and audit keep it."""
    access.require(actor, part.case, roles.EDIT)
    read_again(part.party)
    if part.party.own_case_id == part.case_id and part.party.involvements.count() == 1:
        raise RuleBroken(_("This party is kept to this case by this part. Release it first."))
    signals.changed.send(sender=Involvement, instance=part)
    audit.record(
        "party.withdraw",
        actor=actor,
        case=part.case,
        subject=part.party,
        role=part.role.code,
        reason=reason,
    )
    audit.sign(part, actor, reason)
    part.delete()


def _name(name: str) -> str:
    name = fact_values.clean(name)
    if not name:
        raise RuleBroken(_("Write the name. If nobody knows it, describe the party."), field="name")
    return name


def _country(country: str) -> str:
    code = country.strip().upper()
    if code and not Code.objects.kind("country").filter(code=code).exists():
        raise RuleBroken(_("Choose a country from the list."), field="country")
    return code


def _value(kind: Code, value: str, party: Party, related: Party | None) -> str:
    if related is not None and not value.strip():
        return str(related.name)
    return fact_values.normal(kind.code, value, party.country)


def _related(party: Party, related: Party | None, origin: Origin) -> Party | None:
    """A party kept to a case may be named only where that case is read."""
    if related is None:
        return None
    if related == party:
        raise RuleBroken(_("A party cannot stand behind itself."), field="related_party")
    if related.own_case is not None and related.own_case not in (origin.case, party.own_case):
        raise RuleBroken(_("Choose a party of the register."), field="related_party")
    return related


def _case_of(party: Party, origin: Origin) -> Case | None:
    """The case a fact belongs to; a document of a case must name it, and the party be in it."""
    if origin.case is None:
        if origin.source_type == Fact.Source.CASE_DOCUMENT:
            raise RuleBroken(_("Choose the case that the document belongs to."), field="case")
        return None
    parts = Involvement.objects.filter(party__in=merging.group(party), case=origin.case)
    if party.own_case_id != origin.case.pk and not parts:
        raise RuleBroken(_("This party has no part in that case yet."), field="case")
    return origin.case


def _audited(fact: Fact) -> Case | None:
    return fact.case or fact.party.own_case


def _save(party: Party, actor: User, reason: str = "") -> None:
    party.full_clean()
    audit.sign(party, actor, reason)
    party.save()


def _save_fact(fact: Fact, actor: User, reason: str = "") -> None:
    fact.full_clean()
    audit.sign(fact, actor, reason)
    fact.save()
    signals.changed.send(sender=Fact, instance=fact)
    # A party's own time would tell readers without the case that something was added there.
    if fact.case_id is None:
        Party.objects.filter(pk=fact.party_id).update(changed_at=clock.now())
