"""Operations on agencies, units and people. A person who leaves is deactivated, never deleted."""

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles, signals, stages
from casework.errors import NotAllowed, RuleBroken
from casework.holding import read_again
from casework.models import Agency, Case, CaseUserGrant, Unit, User

SUGGESTED = 8
NUMBER = re.compile(r"\{number(?::0[1-9]d)?\}")
PATTERN = re.compile(rf"(?:[A-Za-z0-9._-]|\{{(?:country|agency|unit|year)\}}|{NUMBER.pattern})+")
# What decides what a person may see: nobody changes it for themselves.
STANDING = frozenset({"position", "agency", "unit"})


def managed_by(actor: User | AnonymousUser) -> QuerySet[User]:
    """The people an administrator looks after: those of the own agency, or all without one."""
    people: QuerySet[User] = User.objects.select_related("agency", "unit")
    if not access.holds(actor, roles.MANAGE_PEOPLE):
        return people.none()
    agency = getattr(actor, "agency", None)
    return people if agency is None else people.filter(agency=agency)


def agencies_managed_by(actor: User | AnonymousUser) -> QuerySet[Agency]:
    agencies: QuerySet[Agency] = Agency.objects.all()
    if not access.holds(actor, roles.MANAGE_PEOPLE):
        return agencies.none()
    agency = getattr(actor, "agency", None)
    return agencies if agency is None else agencies.filter(pk=agency.pk)


def demand_manager(actor: User | AnonymousUser, agency: Agency | None = None) -> None:
    """Raises NotAllowed unless the actor looks after people, and, if given, of this agency."""
    if not access.holds(actor, roles.MANAGE_PEOPLE):
        raise NotAllowed(_("Your position does not look after people."))
    if agency is not None and not agencies_managed_by(actor).filter(pk=agency.pk).exists():
        raise NotAllowed(_("You look after the people of your own agency."))


def suggest(text: str) -> QuerySet[User]:
    """Active people whose name, service number or user name contains what was typed."""
    people: QuerySet[User] = User.objects.filter(is_active=True).select_related("agency", "unit")
    text = text.strip()
    if len(text) < 2 or "\x00" in text:
        return people.none()
    named = Q(name__icontains=text) | Q(username__istartswith=text)
    return people.filter(named | Q(service_number__istartswith=text))[:SUGGESTED]


def find(text: str) -> User | None:
    """The one active person meant by a user name, a service number or a full name, or nobody."""
    text = " ".join(text.split())
    if not text or "\x00" in text:
        return None
    people = User.objects.filter(is_active=True)
    named: User | None = people.filter(username__iexact=text).first()
    if named is not None:
        return named
    found = list(people.filter(Q(service_number__iexact=text) | Q(name__iexact=text))[:2])
    found = found or [p for p in people.filter(name__iendswith=text.split()[-1]) if str(p) == text]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def create_agency(
    *, code: str, name: str, kind: str, country: str, actor: User | None, **fields: Any
) -> Agency:
    """A new agency with the group of its auditors."""
    if Agency.objects.filter(code=code).exists():
        raise RuleBroken(_("Another agency has this code."), field="code")
    auditors = Group.objects.create(name=f"{code}: auditors")
    agency = Agency(code=code, name=name, kind=kind, country=country, auditors=auditors, **fields)
    _check_pattern(agency.reference_pattern)
    agency.full_clean()
    agency.save()
    audit.record("agency.create", actor=actor, subject=agency)
    return agency


@transaction.atomic
def create_unit(agency: Agency, *, code: str, name: str, actor: User | None) -> Unit:
    """A new unit with the group of its people."""
    if agency.units.filter(code=code).exists():
        raise RuleBroken(_("This agency has a unit with this code."), field="code")
    group = Group.objects.create(name=f"{agency.code}/{code}")
    unit = Unit(agency=agency, code=code, name=name, group=group)
    unit.full_clean()
    unit.save()
    audit.record("unit.create", actor=actor, subject=unit)
    return unit


@transaction.atomic
def create_person(
    *, username: str, password: str, name: str, position: str, actor: User | None, **fields: Any
) -> User:
    """A new person who can sign in. Raises ValidationError for a weak password or a taken name."""
    person = User(username=username, name=name, position=position, **fields)
    if User.objects.filter(username__iexact=username).exists():
        raise RuleBroken(_("This user name is taken. Choose another one."), field="username")
    validate_password(password, person)
    person.set_password(password)
    _check_unit(person)
    person.full_clean()
    audit.sign(person, actor)
    person.save()
    _set_groups(person)
    audit.record("person.create", actor=actor, subject=person, position=position)
    return person


@transaction.atomic
def change_person(person: User, *, actor: User, **fields: Any) -> User:
    """Change rank, unit, position and the like; the groups follow.

    Nobody changes their own standing: that would be a way into cases without a second person.
    """
    read_again(person)
    if person == actor and any(
        getattr(person, name) != fields.get(name, getattr(person, name)) for name in STANDING
    ):
        raise RuleBroken(_("You cannot change your own position or unit. Ask a colleague."))
    for name, value in fields.items():
        setattr(person, name, value)
    _check_unit(person)
    person.full_clean()
    audit.sign(person, actor)
    person.save()
    _set_groups(person)
    audit.record("person.change", actor=actor, subject=person, fields=sorted(fields))
    if "name" in fields:
        signals.changed.send(sender=User, instance=person)
    return person


@transaction.atomic
def set_password(person: User, password: str, *, actor: User) -> None:
    """A new password ends every session of the person, other than the one it is set in."""
    read_again(person)
    validate_password(password, person)
    person.set_password(password)
    audit.sign(person, actor)
    person.save()
    audit.record("person.password", actor=actor, subject=person)


@transaction.atomic
def change_agency(agency: Agency, *, actor: User, **fields: Any) -> Agency:
    """Change an agency's name, kind or pattern of references; references given out stay."""
    for name, value in fields.items():
        setattr(agency, name, value)
    _check_pattern(agency.reference_pattern)
    agency.full_clean()
    agency.save()
    audit.record("agency.change", actor=actor, subject=agency, fields=sorted(fields))
    return agency


@transaction.atomic
def rename_unit(unit: Unit, *, name: str, actor: User) -> Unit:
    """The code stays: references and the group are named after it."""
    unit.name = name
    unit.full_clean()
    unit.save()
    audit.record("unit.change", actor=actor, subject=unit)
    return unit


@transaction.atomic
def deactivate(person: User, *, actor: User, reason: str) -> None:
    """End a person's access everywhere with the next request."""
    if person == actor:
        raise RuleBroken(_("You cannot end your own access. Ask a colleague."))
    read_again(person)
    person.is_active = False
    audit.sign(person, actor, reason)
    person.save()
    audit.record("person.deactivate", actor=actor, subject=person, reason=reason)


@transaction.atomic
def reactivate(person: User, *, actor: User, reason: str) -> None:
    """Let a person in again; grants that ended stay ended."""
    read_again(person)
    person.is_active = True
    audit.sign(person, actor, reason)
    person.save()
    audit.record("person.reactivate", actor=actor, subject=person, reason=reason)


def led_alone_by(person: User) -> QuerySet[Case]:
    """Cases that have no active lead but this person."""
    led = CaseUserGrant.objects.live().filter(permission__codename="lead")
    others = led.filter(user__is_active=True).exclude(user=person)
    cases: QuerySet[Case] = Case.objects.filter(
        pk__in=led.filter(user=person).values("content_object")
    )
    return cases.exclude(pk__in=others.values("content_object"))


@transaction.atomic
def hand_over(person: User, *, to: User, actor: User, reason: str) -> int:
    """Give the cases that a person alone leads to a colleague. Returns how many.

    An administrator learns the number only, and cannot be the colleague.
    """
    if to in (actor, person) or to.agency_id != person.agency_id:
        raise RuleBroken(_("Name a colleague of theirs, and not yourself."), field="to")
    cases = list(led_alone_by(person).order_by("pk"))
    for case in cases:
        stages.lock(case)
        access.grant(case, role="lead", to=to, actor=actor, reason=reason)
        case.lead_officer = to
        audit.sign(case, actor, reason)
        case.save()
    audit.record("person.hand_over", actor=actor, subject=person, to=str(to), cases=len(cases))
    return len(cases)


def _check_pattern(pattern: str) -> None:
    """Only plain placeholders, the number once, and what may stand in an address."""
    if not PATTERN.fullmatch(pattern) or len(NUMBER.findall(pattern)) != 1:
        raise RuleBroken(
            _("Use {country}, {agency}, {unit}, {year} and once {number:04d}, with dashes."),
            field="reference_pattern",
        )


def _check_unit(person: User) -> None:
    if person.unit is not None and person.unit.agency_id != person.agency_id:
        raise RuleBroken(_("This unit belongs to another agency."), field="unit")


def _set_groups(person: User) -> None:
    """Membership of unit groups and of the auditors' group follows from unit and position."""
    person.groups.remove(*Group.objects.filter(unit__isnull=False))
    person.groups.remove(*Group.objects.filter(audited_agency__isnull=False))
    if person.unit is not None:
        person.groups.add(person.unit.group)
    if person.agency is not None and person.position == User.Position.AUDITOR:
        person.groups.add(person.agency.auditors)
