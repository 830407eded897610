"""Nothing of a case shows to whoever may not see it, whatever it says of the register's parties.

Two worlds are told alike, one of them with a case that the readers may not see and all it says of
the same parties. Every page and every read must give the same answer in both.
"""

import re
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casework import access, cases
from casework.models import Agency, Case, Code, User
from kyc import parties
from kyc.diligence import duplicates, merges, ownership, party_page, reviews, standing
from kyc.models import Fact, Party
from kyc.parties import NewParty, Origin, Stake

EXTRACT = Origin("register", "Companies register, extract", date(2024, 1, 26))
FIRMS = ("Tamarind Reef", "Coral Crest", "Mangrove Gate", "Tamarind Reef Ltd")
VALUES = {
    "phone": ("0712 345678", "0722 000111"),
    "email": ("tea@gmail.com", "desk@baobab.example"),
    "address": ("Plot 88, Links Road", "P.O. Box 1123"),
    "tax_pin": ("A052184417K", "P051999999Z"),
    "licence": ("CA/AG/0931", "CA/AG/0932"),
}
SECRET = "SECRET"


def code(kind: str, name: str) -> Code:
    found: Code = Code.objects.get(kind=kind, code=name)
    return found


def said(party: int, kind: str, which: int) -> tuple[int, str, int]:
    return party, kind, which


SAYINGS = st.lists(
    st.builds(said, st.integers(0, 3), st.sampled_from(sorted(VALUES)), st.integers(0, 1)),
    max_size=4,
)
PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=2)


@pytest.fixture
def readers(
    investigator: User, prosecutor: User, manager: User, auditor: User, outsider: User, case: Case
) -> list[User]:
    """A writer of the register, readers of it, and one who reads nothing."""
    return [investigator, prosecutor, manager, auditor, outsider]


def open_secret(lead: User) -> Case:
    """A case that its lead alone may see."""
    secret = cases.open_case(title=SECRET, tier="port", actor=lead)
    for of_unit in secret.group_grants.all():
        access.revoke(of_unit, actor=lead, reason="Alone")
    for of_person in secret.user_grants.exclude(user=lead):
        access.revoke(of_person, actor=lead, reason="Alone")
    return secret


def register(actor: User, open_facts: Any, merged: Any) -> list[Party]:
    """The world that all readers share."""
    firms = [parties.create(kind="firm", name=name, country="KE", actor=actor) for name in FIRMS]
    for party, kind, which in open_facts:
        parties.add_fact(
            firms[party], kind=code("fact_kind", kind), value=VALUES[kind][which],
            origin=EXTRACT, actor=actor,
        )  # fmt: skip
    for kept, absorbed in merged:
        merge(firms, kept, absorbed, actor)
    return firms


def merge(firms: list[Party], kept: int, absorbed: int, actor: User) -> None:
    left, right = (Party.objects.get(pk=firms[n].pk) for n in (kept, absorbed))
    if left != right and left.merged_into_id is None and right.merged_into_id is None:
        merges.merge(left, right, reason="One desk", actor=actor)


def hide(secret: Case, lead: User, firms: list[Party], hidden: Any, kept: bool) -> None:
    """What only the secret case says: parts, facts, owners, contradictions, a party of its own."""
    role = code("party_role", "shipper")
    paper = Origin("case_document", f"{SECRET} entry", date(2024, 2, 12), secret)
    for firm in firms:
        parties.involve(secret, firm, role=role, actor=lead, note=SECRET)
    for party, kind, which in hidden:
        fact = parties.add_fact(
            firms[party], kind=code("fact_kind", kind), value=VALUES[kind][which], origin=paper,
            actor=lead,
        )  # fmt: skip
        parties.verify(fact, method=SECRET, verified_on=date(2024, 3, 1), actor=lead)
    parties.add_fact(
        firms[0], kind=code("fact_kind", "owner"), value=f"{SECRET} owner", origin=paper,
        actor=lead, stake=Stake(share_percent=None, directness="direct"),
    )  # fmt: skip
    if kept:
        new = NewParty("firm", f"{SECRET} {FIRMS[0]}", "KE", is_kept=True)
        parties.introduce(
            secret, new, role=role, origin=paper, actor=lead,
            facts=[(code("fact_kind", "phone"), VALUES["phone"][0])],
        )  # fmt: skip


def decide(firms: list[Party], actor: User) -> list[Any]:
    """Decisions made by somebody who sees everything: what they store must not say so."""
    standing_ones = Party.objects.filter(pk__in=[firm.pk for firm in firms], merged_into=None)
    return [
        reviews.decide(
            firm, regime="standard", decision="enhanced", reason="New firm", actor=actor
        ).standing
        for firm in standing_ones.order_by("name")
    ]


def told(users: list[User], firms: list[Party]) -> list[object]:
    """Everything that the reads of the register answer, without keys and moments."""
    for user in users:
        user.remembered = {}  # as a request that only reads begins: each asks once for its cases
    return [answer(user, firm) for user, firm in product(users, firms)] + [
        [(p.left.name, p.right.name, p.likeness) for p in duplicates.pairs(user)] for user in users
    ]


def answer(user: User, firm: Party) -> object:
    seen = Party.objects.visible_to(user).filter(pk=firm.pk).first()
    if seen is None:
        return None
    page = party_page.read(user, seen)
    known = standing.known(user, [seen])[seen.pk]
    return (
        [(row.fact.kind.code, row.fact.value, row.state, row.remarks) for row in page.statements],
        [(line.want.code, line.state) for line in known.lines],
        known.measure,
        len(page.parts),
        [(row.level, row.holding.name, row.held) for row in ownership.chain(user, seen).rows],
        [(pair.right.name, pair.likeness) for pair in duplicates.beside(user, seen)],
        [merge.absorbed.name for merge in page.absorbed],
        Fact.objects.visible_to(user).filter(party=seen).count(),
    )


def world(build: Callable[[], object]) -> object:
    """What a world answers; it is taken back afterwards."""
    with transaction.atomic():
        found = build()
        transaction.set_rollback(True)
    return found


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(open_facts=SAYINGS, hidden=SAYINGS, merged=PAIRS, kept=st.booleans())
def test_reads_answer_the_same_with_and_without_a_case_that_is_not_theirs(
    readers: list[User],
    colleague: User,
    customs: Agency,
    open_facts: Any,
    hidden: Any,
    merged: Any,
    kept: bool,
) -> None:
    def build(with_secret: bool) -> object:
        secret = open_secret(colleague)
        firms = register(readers[0], open_facts, merged)
        if with_secret:
            hide(secret, colleague, firms, hidden, kept)
        stored = decide(firms, colleague)
        return stored, told(readers, firms)

    plain, full = world(lambda: build(False)), world(lambda: build(True))
    assert plain == full
    assert SECRET not in repr(full)


def test_the_pages_are_the_same_too(readers: list[User], colleague: User, customs: Agency) -> None:
    """One full world, every page of every party to every reader, byte for byte."""
    secret = open_secret(colleague)
    open_facts = [(0, "phone", 0), (1, "phone", 0), (2, "email", 0), (0, "address", 1)]
    firms = register(readers[0], open_facts, [(1, 2)])
    decide(firms, colleague)
    before = pages(readers, firms)
    hide(secret, colleague, firms, [(0, "licence", 0), (3, "phone", 0), (1, "email", 1)], True)
    after = pages(readers, firms)
    assert before == after
    assert f"{SECRET} owner" in repr(pages([colleague], firms[:1]))  # there was something to hide


def pages(readers: list[User], firms: list[Party]) -> list[tuple[int, str]]:
    urls = [reverse(name) for name in ("kyc:party-list", "kyc:party-duplicates")]
    urls += [
        reverse(name, args=[firm.pk])
        for name in ("kyc:party", "kyc:party-reviews", "kyc:party-merge")
        for firm in firms
    ]
    urls += [f"{reverse('kyc:party-list')}?q={word}" for word in ("0931", "712", SECRET)]
    urls += [f"{reverse('kyc:suggest-parties')}?q={word}" for word in ("712", "Tamarind", "0931")]
    found = []
    for reader in readers:
        client = Client()
        client.force_login(reader)
        for url in urls:
            got = client.get(url)
            text = re.sub(r'value="(\w{64}|\w+)"', "", got.content.decode())
            found.append((got.status_code, text))
    return found
