"""The network as a reader sees it: what joins parties and cases, and the ways between them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Code, User
from kyc import parties
from kyc.cargo import consignments
from kyc.models import Party
from kyc.ties import dealings, network
from kyc.ties.dealings import Sum
from tests.kyc import network_scene as made
from tests.kyc import scene


def lines(found: network.Network) -> set[tuple[str, str, str]]:
    return {(row.left.name, row.how, row.right.name) for row in found.rows}


def around(party: Party, user: User, steps: int = 1, **asked: list[str]) -> network.Network:
    return network.around(network.of_party(party), user, steps=steps, **asked)


def sentences(answer: network.Answer) -> list[str]:
    """Each way as `A - how - B - how - C`."""
    found = []
    for way in answer.ways:
        told = [answer.start.name]
        for step in way:
            told += [" and ".join(words for words, _rows in step.through), step.right.name]
        found.append(" - ".join(told))
    return found


@pytest.fixture
def tea(investigator: User) -> Party:
    return made.firm("Red River Provisions", investigator)


@pytest.fixture
def hill(investigator: User) -> Party:
    return made.firm("Green Hill Exports", investigator)


def test_two_firms_with_one_telephone_are_a_step_apart(
    tea: Party, hill: Party, investigator: User
) -> None:
    made.say(tea, "phone", "+254 712 345678", investigator)
    made.say(hill, "phone", "+254712345678", investigator)
    found = around(tea, investigator)
    assert lines(found) == {
        ("Red River Provisions", "Telephone", "+254 712 345678"),
        ("Green Hill Exports", "Telephone", "+254 712 345678"),
    }
    assert found.rows[0].sources == [
        "own word of Red River Provisions: Customs entry, 12\u00a0Mar 2026"
    ]
    assert found.rows[0].standing == "One side says so"


def test_a_telephone_of_one_alone_joins_nobody(tea: Party, investigator: User) -> None:
    made.say(tea, "phone", "+254 712 345678", investigator)
    assert around(tea, investigator).rows == []


def test_a_director_on_the_register_is_drawn_and_leads_on(
    tea: Party, hill: Party, investigator: User
) -> None:
    boss = made.person("Lucy Wanja", investigator)
    for firm in (tea, hill):
        made.relate(firm, "director", boss, investigator)
    assert lines(around(tea, investigator, steps=2)) == {
        ("Lucy Wanja", "Director", "Red River Provisions"),
        ("Lucy Wanja", "Director", "Green Hill Exports"),
    }


def test_a_director_known_by_name_only_joins_two_firms(
    tea: Party, hill: Party, investigator: User
) -> None:
    made.say(tea, "director", "Wanja, Lucy", investigator)
    made.say(hill, "director", "Lucy WANJA", investigator)
    assert {row.how for row in around(tea, investigator).rows} == {"Director"}


def test_a_container_and_a_vessel_join_two_cases(case: Case, investigator: User) -> None:
    other = made.case_of("Tea again", investigator)
    scene.seize(case, investigator)
    scene.seize(other, investigator)
    found = network.around(network.of_case(case), investigator, steps=1)
    assert {row.how for row in found.rows} == {"Container in", "Seal in", "Vessel of"}
    assert {row.right.name for row in found.rows} == {case.reference, other.reference}


def test_a_word_for_no_seal_joins_no_cases(case: Case, investigator: User) -> None:
    other = made.case_of("Another shed", investigator)
    for one in (case, other):
        load = scene.seize(one, investigator).consignments.get()
        load.containers.update(number=scene.container_number(one.pk))
        load.seals.all().delete()
        source = Code.objects.get(kind="seal_source", code="CUS")
        consignments.add_seal(load, number="NONE", source=source, actor=investigator)
    found = network.around(network.of_case(case), investigator, steps=1, groups=["cargo"])
    assert found.rows == []


def test_calls_and_payments_are_lines_with_their_sums(
    case: Case, tea: Party, hill: Party, investigator: User
) -> None:
    dealings.add(
        case, kind="payment", giver=tea, receiver=hill, paid=Sum(Decimal("1200000"), "kes"),
        source="Bank statement, page 3", happened_on=date(2026, 2, 1), actor=investigator,
    )  # fmt: skip
    dealings.add(
        case, kind="call", giver=hill, receiver=tea, times=12, source="Call record",
        actor=investigator,
    )  # fmt: skip
    found = around(tea, investigator)
    assert lines(found) == {
        ("Red River Provisions", "Paid KES 1,200,000.00", "Green Hill Exports"),
        ("Green Hill Exports", "Called, 12 times", "Red River Provisions"),
    }
    assert any("Bank statement, page 3" in source for row in found.rows for source in row.sources)


def test_only_the_kinds_asked_for_are_drawn(
    case: Case, tea: Party, hill: Party, investigator: User
) -> None:
    made.involve(case, tea, "shipper", investigator)
    for firm in (tea, hill):
        made.say(firm, "address", "Plot 88, Links Road", investigator)
    assert {r.how for r in around(tea, investigator, groups=["role"]).rows} == {"Shipper"}
    assert {r.how for r in around(tea, investigator, groups=["address"]).rows} == {"Address"}


def test_what_a_crowd_shares_is_one_node_and_leads_nowhere(
    tea: Party, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyc.ties.network_links.CROWD", 3)
    box = "P.O. Box 1, Mombasa"
    firms = [tea, *(made.firm(f"Client {n}", investigator) for n in range(4))]
    for firm in firms:
        made.say(firm, "postal_address", box, investigator)
    found = around(tea, investigator)
    assert [named.name for named in found.crowded] == [box]
    assert lines(found) == {("Red River Provisions", "Postal address", box)}
    one, other = network.of_party(firms[0]), network.of_party(firms[1])
    assert not network.between(one, other, investigator).ways


def test_the_nearest_are_drawn_and_the_rest_is_counted(
    tea: Party, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyc.ties.network.MOST_DRAWN", 3)
    for number in range(5):
        made.relate(tea, "shareholder", made.person(f"P {number}", investigator), investigator)
    found = around(tea, investigator)
    assert (found.drawn, found.left_out, len(found.rows)) == (3, 2, 3)


def test_a_merged_party_and_its_facts_stand_with_the_one_kept(
    tea: Party, hill: Party, investigator: User
) -> None:
    twin = made.firm("Red River Provision", investigator)
    for firm in (twin, hill):
        made.say(firm, "email", "tea@post.example", investigator)
    Party.objects.filter(pk=twin.pk).update(merged_into=tea)
    for start in (tea, twin):
        assert lines(around(start, investigator)) == {
            ("Red River Provisions", "E-mail", "tea@post.example"),
            ("Green Hill Exports", "E-mail", "tea@post.example"),
        }


def test_a_consignee_is_connected_with_a_seizure_through_a_telephone(
    case: Case, tea: Party, hill: Party, investigator: User
) -> None:
    for firm in (tea, hill):
        made.say(firm, "phone", "+84 24 3825 1234", investigator)
    made.involve(case, hill, "shipper", investigator)
    answer = network.between(network.of_party(tea), network.of_case(case), investigator)
    assert sentences(answer) == [
        "Red River Provisions - telephone +84 24 3825 1234 - Green Hill Exports - shipper - "
        f"{case.reference}"
    ]
    assert all(row.sources for _words, rows in answer.ways[0][0].through for row in rows)


def test_a_step_tells_all_that_makes_it(tea: Party, hill: Party, investigator: User) -> None:
    for firm in (tea, hill):
        made.say(firm, "phone", "+84 24 3825 1234", investigator)
        made.say(firm, "email", "tea@post.example", investigator)
    answer = network.between(network.of_party(tea), network.of_party(hill), investigator)
    assert sentences(answer) == [
        "Red River Provisions - e-mail tea@post.example and telephone +84 24 3825 1234 - "
        "Green Hill Exports"
    ]


def test_no_way_says_what_was_looked_at(tea: Party, hill: Party, investigator: User) -> None:
    answer = network.between(network.of_party(tea), network.of_party(hill), investigator)
    assert (answer.ways, answer.looked_at, answer.is_cut) == ([], 2, False)


def test_the_carrier_of_two_cases_does_not_connect_them(case: Case, investigator: User) -> None:
    other = made.case_of("Tea again", investigator)
    line = made.firm("Meridian Orient Line", investigator)
    for one in (case, other):
        made.involve(one, line, "carrier", investigator)
    ends = network.of_case(case), network.of_case(other)
    assert not network.between(*ends, investigator).ways
    assert network.between(ends[0], network.of_party(line), investigator).ways
    drawn = network.around(ends[0], investigator, steps=3)
    assert lines(drawn) == {("Meridian Orient Line", "Carrier", case.reference)}


def test_a_contradicted_telephone_is_drawn_as_contradicted(
    tea: Party, hill: Party, investigator: User
) -> None:
    said = made.say(tea, "phone", "+254 712 345678", investigator)
    made.say(hill, "phone", "+254 712 345678", investigator)
    parties.contradict(
        said, found="+254 712 000000", method="Called it", actor=investigator,
        origin=parties.Origin("primary_research", "Call of 13 March", made.DAY),
    )  # fmt: skip
    standings = {row.left.name: row.standing for row in around(tea, investigator).rows}
    assert standings == {
        "Red River Provisions": "Contradicted", "Green Hill Exports": "One side says so",
    }  # fmt: skip


def test_thirty_neighbours_cost_no_more_queries_than_three(
    case: Case, tea: Party, investigator: User
) -> None:
    def grow(first: int, last: int) -> None:
        for number in range(first, last):
            firm = made.firm(f"Client {number}", investigator)
            made.involve(case, firm, "notify", investigator)
            made.say(firm, "phone", f"+254 712 34{number % 9}000", investigator)
            made.relate(firm, "agent", tea, investigator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            around(tea, investigator, steps=3)
            network.between(network.of_party(tea), network.of_case(case), investigator)
        return len(counted)

    made.involve(case, tea, "shipper", investigator)
    scene.seize(case, investigator)
    grow(0, 10)
    few = queries()
    grow(10, 30)
    assert queries() <= few
