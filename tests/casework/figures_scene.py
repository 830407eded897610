"""Six accused in six cases, which the tests of the figures' pages and exports count."""

from casework import people
from casework.models import Agency, Unit, User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair
from tests.conftest import PASSWORD


def six(pair: Pair) -> Pair:
    """Two are convicted, one of them cleared on appeal; one is withdrawn; three are acquitted."""
    found = [stories.charged(pair)[0] for _n in range(6)]
    decisions = ["convicted_trial", "convicted_trial", "withdrawn", *["acquitted"] * 3]
    for charge, decision in zip(found, decisions, strict=True):
        stories.decide({charge: decision}, pair)
    brought = stories.appeal(found[0].count.charge_sheet.proceeding, pair)
    stories.decide_appeal(brought, {found[0]: "quashed"}, pair)
    return pair


def three_of_poaching(pair: Pair) -> Pair:
    """Three more, all convicted: too few for a rate of their own."""
    for _n in range(3):
        (charge,) = stories.charged(pair, tier="poaching")
        stories.decide({charge: "convicted_trial"}, pair)
    return pair


def counting_manager(wildlife: Agency, unit: Unit) -> User:
    """A manager of the agency in another unit: may count the cases, may not read them."""
    return people.create_person(
        username="counter", password=PASSWORD, name="Ruth Chebet", position="manager",
        agency=wildlife, unit=unit, actor=None,
    )  # fmt: skip
