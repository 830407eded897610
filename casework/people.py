"""Operations on agencies, units and people. A person who leaves is deactivated, never deleted."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import audit
from casework.errors import RuleBroken
from casework.models import Agency, Unit, User


@transaction.atomic
def create_agency(
    *, code: str, name: str, kind: str, country: str, actor: User | None, **fields: Any
) -> Agency:
    """A new agency with the group of its auditors."""
    auditors = Group.objects.create(name=f"{code}: auditors")
    agency = Agency(code=code, name=name, kind=kind, country=country, auditors=auditors, **fields)
    agency.full_clean()
    agency.save()
    audit.record("agency.create", actor=actor, subject=agency)
    return agency


@transaction.atomic
def create_unit(agency: Agency, *, code: str, name: str, actor: User | None) -> Unit:
    """A new unit with the group of its people."""
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
    """Change rank, unit, position and the like; the groups follow."""
    for name, value in fields.items():
        setattr(person, name, value)
    _check_unit(person)
    person.full_clean()
    audit.sign(person, actor)
    person.save()
    _set_groups(person)
    audit.record("person.change", actor=actor, subject=person, fields=sorted(fields))
    return person


@transaction.atomic
def deactivate(person: User, *, actor: User, reason: str) -> None:
    """End a person's access everywhere with the next request."""
    if person == actor:
        raise RuleBroken(_("You cannot end your own access. Ask a colleague."))
    person.is_active = False
    audit.sign(person, actor, reason)
    person.save()
    audit.record("person.deactivate", actor=actor, subject=person, reason=reason)


@transaction.atomic
def reactivate(person: User, *, actor: User, reason: str) -> None:
    """Let a person in again; grants that ended stay ended."""
    person.is_active = True
    audit.sign(person, actor, reason)
    person.save()
    audit.record("person.reactivate", actor=actor, subject=person, reason=reason)


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
