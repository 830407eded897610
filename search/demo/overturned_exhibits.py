"""Scattered exhibits: one lot refused for a day, one never acknowledged at all."""

from casework.models import Case
from evidence import custody, exhibits, files
from evidence.exhibits import Thing
from evidence.models import Exhibit
from search.demo import photographs
from search.demo.cast import Cast
from search.demo.stage import KILO, ago, at, code, upload


def tell(cast: Cast, case: Case, seized: int) -> None:
    seizure = case.seizures.get()
    item = seizure.items.get()
    with at(seized - 1, "09:00"):
        first, second = exhibits.register_all(
            case,
            [
                Thing(kind=code("exhibit_kind", "specimen"), description="114 tusks, first lorry",
                      item=item, count=114, weight_mg=1_090 * KILO, scale="KP-104",
                      seal_number="WS-M 001877"),
                Thing(kind=code("exhibit_kind", "specimen"), description="114 tusks, second lorry",
                      item=item, count=114, weight_mg=1_062 * KILO, scale="KP-104"),
            ],
            actor=cast.investigator,
            seizure=seizure,
            happened_at=ago(seized, "23:15"),
            place="Car yard, Tudor",
        )  # fmt: skip
        files.attach(
            case,
            upload=upload("yard.jpg", photographs.picture("tusks", "E1", 77), "image/jpeg"),
            kind="photograph",
            exhibit=first,
            caption="First lorry, unloaded",
            actor=cast.investigator,
        )
    _one_tusk_short(cast, first, seized)
    with at(seized - 9, "08:15") as moment:
        custody.offer(
            second,
            to=cast.custodian,
            actor=cast.investigator,
            happened_at=moment,
            purpose="Safe keeping",
            place="Exhibit store",
        )


def _one_tusk_short(cast: Cast, first: Exhibit, seized: int) -> None:
    """A week after the seizure the custodian counts one tusk fewer."""
    with at(seized - 8, "17:30") as moment:
        offer = custody.offer(
            first,
            to=cast.custodian,
            actor=cast.investigator,
            happened_at=moment,
            purpose="Safe keeping",
            place="Exhibit store",
        )
    with at(seized - 8, "19:10") as moment:
        custody.acknowledge(
            offer,
            actor=cast.custodian,
            happened_at=moment,
            place="Exhibit store, shelf A-1",
            seal_number=offer.seal_number,
            seal_intact=True,
            count=113,
            weight_mg=1_081 * KILO,
            scale="ES-04",
            discrepancy="One tusk fewer on the second count; the lorry stood open for a week.",
        )
