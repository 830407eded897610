"""Firms, people, cases and what joins them, set by the real operations."""

from datetime import date
from typing import Any

from casework import cases
from casework.models import Case, Code, User
from kyc import parties
from kyc.models import Fact, Involvement, Party
from kyc.parties import Origin

DAY = date(2026, 3, 12)


def firm(name: str, actor: User, **fields: Any) -> Party:
    return parties.create(kind="firm", name=name, actor=actor, **fields)


def person(name: str, actor: User, **fields: Any) -> Party:
    return parties.create(kind="person", name=name, actor=actor, **fields)


def say(party: Party, kind: str, value: str, actor: User, case: Case | None = None) -> Fact:
    """Its own word, visible to all readers of the register or with a case only."""
    origin = Origin("self_declared", "Customs entry", DAY, case)
    code = Code.objects.get(kind="fact_kind", code=kind)
    return parties.add_fact(party, kind=code, value=value, origin=origin, actor=actor)


def relate(party: Party, kind: str, other: Party, actor: User, case: Case | None = None) -> Fact:
    origin = Origin("register", "Companies register", DAY, case)
    code = Code.objects.get(kind="fact_kind", code=kind)
    return parties.add_fact(party, kind=code, related_party=other, origin=origin, actor=actor)


def involve(case: Case, party: Party, role: str, actor: User) -> Involvement:
    code = Code.objects.get(kind="party_role", code=role)
    return parties.involve(case, party, role=code, actor=actor)


def case_of(title: str, actor: User) -> Case:
    return cases.open_case(title=title, tier="port", actor=actor)
