"""What a reader may not see leaves no trace in the network: not a node, a number or a pixel."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from casework import access, people
from casework.models import Agency, Case, Code, User
from kyc import parties
from kyc.cargo import consignments
from kyc.models import Party
from kyc.ties import dealings
from kyc.ties.dealings import Sum
from tests.conftest import PASSWORD
from tests.kyc import network_scene as made
from tests.kyc import scene

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')  # another one for each answer
# The margin tells the team of a case, on purpose, how many matches it has with others.
MAIN = re.compile(rb"<main.*</main>", re.DOTALL)


class World:
    """Two firms and two cases that the readers may see some of, and a case of customs' own."""

    def __init__(self, case: Case, actor: User, secret: User) -> None:
        self.case, self.actor, self.secret = case, actor, secret
        self.tea = made.firm("Red River Provisions", actor)
        self.hill = made.firm("Green Hill Exports", actor)
        self.far = made.firm("Far Away Trading", actor)
        for firm in (self.tea, self.hill):
            made.say(firm, "phone", "+84 24 3825 1234", actor)
            made.say(firm, "director", "Lucy Wanja", actor)
        self.second = made.case_of("Tea again", actor)
        for one in (case, self.second):
            scene.seize(one, actor)
            made.involve(one, self.tea, "shipper", actor)
            made.involve(one, self.hill, "consignee", actor)
        self.hidden = made.case_of("Nobody knows", secret)

    def pages(self) -> list[str]:
        here = f"/cases/{self.case.reference}"
        return [
            *(f"/parties/{p.pk}/network/?steps=3" for p in (self.tea, self.far)),
            f"{here}/network/?steps=3",
            f"{here}/dealings/",
            f"/network/paths/?from={self.tea.pk}&to={self.far.pk}",
            f"/network/paths/?from={self.tea.pk}&to={self.hidden.reference}",
            "/network/recurring/",
            "/suggest/ends/?q=tea",
            "/suggest/ends/?q=nobody",
        ]


def parts(world: World) -> None:
    for party in (world.tea, world.hill, world.far):
        made.involve(world.hidden, party, "shipper", world.secret)


def cargo(world: World) -> None:
    scene.seize(world.hidden, world.secret, rows=2)


def facts_of_the_case(world: World) -> None:
    parts(world)
    for party in (world.tea, world.far):
        made.say(party, "phone", "+254 712 345678", world.secret, world.hidden)
        made.say(party, "email", "tea@post.example", world.secret, world.hidden)
        made.say(party, "phone", "+84 24 3825 1234", world.secret, world.hidden)
    made.relate(world.far, "owner", world.tea, world.secret, world.hidden)


def parties_kept_to_it(world: World) -> None:
    for number in range(30):  # a crowd that the readers must not see as one
        kept = made.firm(f"Kept {number}", world.secret, own_case=world.hidden)
        made.involve(world.hidden, kept, "notify", world.secret)
        made.say(kept, "phone", "+84 24 3825 1234", world.secret, world.hidden)
        made.relate(kept, "director", world.tea, world.secret, world.hidden)


def what_was_dealt(world: World) -> None:
    dealings.add(
        world.hidden, kind="payment", giver=world.tea, receiver=world.far, source="Bank",
        paid=Sum(Decimal(5), "KES"), actor=world.secret,
    )  # fmt: skip


def merged_into_it(world: World) -> None:
    kept = made.firm("Kept", world.secret, own_case=world.hidden)
    Party.objects.filter(pk=world.hill.pk).update(merged_into=kept)


SECRETS: list[Callable[[World], None]] = [
    cargo, facts_of_the_case, parties_kept_to_it, what_was_dealt, merged_into_it,
]  # fmt: skip


@pytest.fixture
def readers(
    investigator: User, custodian: User, prosecutor: User, outsider: User
) -> dict[str, User]:
    """With the register and without, of the case and of none."""
    return {
        "investigator": investigator, "custodian": custodian, "prosecutor": prosecutor,
        "outsider": outsider,
    }  # fmt: skip


@pytest.fixture
def world(case: Case, investigator: User, customs: Agency) -> World:
    secret = people.create_person(
        username="secret", password=PASSWORD, name="Ruth Achieng", position="investigator",
        agency=customs, actor=None,
    )  # fmt: skip
    return World(case, investigator, secret)


def seen(world: World, user: User) -> list[tuple[int, bytes]]:
    client = Client()
    client.force_login(user)
    answers = [client.get(page) for page in world.pages()]
    return [(answer.status_code, _main(answer.content)) for answer in answers]


def _main(page: bytes) -> bytes:
    found = MAIN.search(page)
    return TOKEN.sub(b"", found.group() if found else page)


def test_nothing_of_a_hidden_case_shows(world: World, readers: dict[str, User]) -> None:
    before = {name: seen(world, user) for name, user in readers.items()}
    for add in SECRETS:
        add(world)
        now = seen(world, readers["investigator"])
        for page, old, new in zip(world.pages(), before["investigator"], now, strict=True):
            assert new == old, f"{page} shows {add.__name__}"
    assert {name: seen(world, user) for name, user in readers.items()} == before


def test_the_one_of_the_case_sees_all_of_it(world: World) -> None:
    for add in (parts, what_was_dealt):
        add(world)
    client = Client()
    client.force_login(world.secret)
    told = client.get(world.pages()[0]).content.decode()
    assert world.hidden.reference in told
    assert "Paid KES 5.00" in told
    assert world.case.reference not in told


def test_without_the_register_only_parties_of_own_cases_are_drawn(
    world: World, readers: dict[str, User]
) -> None:
    access.grant(
        world.case, role="viewer", to=readers["outsider"], actor=world.actor, reason="Joint"
    )
    made.relate(world.tea, "shareholder", world.far, world.actor)
    client = Client()
    client.force_login(readers["outsider"])
    told = client.get(f"/parties/{world.tea.pk}/network/?steps=3").content.decode()
    assert "Green Hill Exports" in told
    assert "Far Away Trading" not in told


def test_a_hidden_case_does_not_lend_its_seal(world: World, readers: dict[str, User]) -> None:
    """The same seal number in a hidden case, under another container."""
    before = seen(world, readers["investigator"])
    customs = Code.objects.get(kind="seal_source", code="CUS")
    seizure = scene.seize(world.hidden, world.secret)
    box = consignments.Box(scene.container_number(9), seal_number="CU 558120", seal_source=customs)
    consignments.add(seizure, actor=world.secret, boxes=[box])
    assert seen(world, readers["investigator"]) == before


def test_a_party_that_may_not_be_seen_has_no_network(world: World, client: Client) -> None:
    kept = parties.create(kind="firm", name="Kept", own_case=world.hidden, actor=world.secret)
    client.force_login(world.actor)
    assert client.get(f"/parties/{kept.pk}/network/").status_code == 404
    assert client.get(f"/cases/{world.hidden.reference}/network/").status_code == 404
    told = [
        TOKEN.sub(b"", client.get(f"/network/paths/?from={pk}&to={world.tea.pk}").content)
        for pk in (kept.pk, 99999)
    ]
    assert told[0].replace(f'value="{kept.pk}"'.encode(), b'value="99999"') == told[1]
