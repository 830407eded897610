"""One exporter behind three names: rosewood, tea and shark fins, each sent by another firm.

No case shows it alone. A telephone, an address, an e-mail address and a director join them.
"""

from datetime import date
from typing import Any

from casework import access, proceedings
from casework.models import Accused, Case
from kyc import parties
from kyc.cargo import consignments
from kyc.diligence import merges
from kyc.models import Consignment, Party
from kyc.parties import Origin, Stake
from kyc.watch import feed, screening
from search.demo import lists
from search.demo.cast import Cast
from search.demo.stage import KILO, at, code, day, port
from search.demo.tea import SEIZED, enter
from search.demo.tea_inquiry import party

ROSEWOOD, ROSEWOOD_DAYS = "Rosewood declared as scrap timber", 1480
FINS, FINS_DAYS = "Shark fins in frozen fish", 26
HORN, HORN_DAYS = "Rhinoceros horn sold in a car park", 1620
TIMBER, TEA, FISH = (
    "Kipepeo Timber & General Ltd",
    "Tamarind Reef Exporters Ltd",
    "Kusini Tide Seafoods Ltd",
)
ADDRESS = "Plot 41, Old Ginnery Road, Mombasa"
REGISTER = "Extract of the companies register"
Said = tuple[tuple[str, str], ...]


def tell(cast: Cast) -> None:
    _convicted(cast)
    _timber(cast)
    _director(cast)
    lists.begin(cast)
    _fish(cast)
    _told_apart(cast)
    with at(15, "11:30"):
        feed.decide(
            party("Stephen Katana"), is_listed=True, actor=cast.manager,
            basis="Convicted of dealing in rhinoceros horn; directs an exporter again.",
        )  # fmt: skip


def _case(title: str) -> Case:
    found: Case = Case.objects.get(title=title)
    return found


def _load(cast: Cast, case: Case, **fields: Any) -> Consignment:
    return consignments.add(
        case.seizures.get(), actor=cast.investigator, port_of_loading=port("KEMBA"), **fields
    )


def _say(cast: Cast, about: Party, origin: Origin, said: Said) -> None:
    for kind, value in said:
        parties.add_fact(
            about, kind=code("fact_kind", kind), value=value, origin=origin,
            actor=cast.investigator,
        )  # fmt: skip


def _behind(cast: Cast, firm: Party, person: Party, kind: str, on: date, how: str = "") -> None:
    parties.add_fact(
        firm, kind=code("fact_kind", kind), related_party=person,
        origin=Origin("register", REGISTER, on), actor=cast.investigator,
        stake=Stake(interest=code("interest_type", how) if how else None),
    )  # fmt: skip


def _convicted(cast: Cast) -> None:
    """The man of the car park, years before he directed an exporter."""
    case = _case(HORN)
    with at(HORN_DAYS - 3, "10:00"):
        access.grant(
            case, role="supervisor", to=cast.manager, actor=cast.investigator,
            reason="Head of the unit",
        )  # fmt: skip
        katana = parties.create(
            kind="person", name="Stephen Katana", country="KE", actor=cast.investigator
        )
        parties.involve(case, katana, role=code("party_role", "suspect"), actor=cast.investigator)
        _say(cast, katana, Origin("register", "Identity card", day(HORN_DAYS - 3)), (
            ("name", "Stephen Katana"), ("birth_date", "1979-04-11"), ("nationality", "KE"),
        ))  # fmt: skip
    with at(HORN_DAYS - 20, "09:00"):
        charged = Accused.objects.get(case=case)
        proceedings.change_accused(charged, party=katana, actor=cast.prosecutor)


def _timber(cast: Cast) -> None:
    """The first name. When the file was closed, nobody behind it was known."""
    case = _case(ROSEWOOD)
    with at(ROSEWOOD_DAYS - 2, "12:00"):
        load = _load(
            cast, case, goods_description="Scrap timber", packages=310,
            declared_weight_mg=31_000 * KILO, weighbridge_mg=48_000 * KILO,
        )  # fmt: skip
        firm = enter(cast, load, TIMBER, "KE", "shipper")
        papers = Origin("case_document", "Export entry and its annexes", day(ROSEWOOD_DAYS), case)
        _say(cast, firm, papers, (
            ("name", TIMBER), ("phone", "+254 700 000 118"), ("address", ADDRESS),
            ("commodities", "Scrap timber"),
        ))  # fmt: skip


def _director(cast: Cast) -> None:
    """The file of the dissolved firm, read after the tea: its director is hers by another order."""
    on = day(SEIZED - 8)
    with at(SEIZED - 8, "10:40"):
        firm = party(TIMBER)
        _say(cast, firm, Origin("register", REGISTER, on), (
            ("registration", "PVT-3QX81LD"),
            ("incorporation_date", day(ROSEWOOD_DAYS + 61).isoformat()),
            ("dissolution_date", day(ROSEWOOD_DAYS - 88).isoformat()),
        ))  # fmt: skip
        person = parties.create(
            kind="person", name="Muriuki, Lucy W.", country="KE", actor=cast.investigator
        )
        _say(cast, person, Origin("register", REGISTER, on), (("id_number", "27700118"),))
        _behind(cast, firm, person, "director", on)
        known = party("Lucy Wanja Muriuki")
        _say(cast, known, Origin("register", "Identity card, at arrest", on), (
            ("id_number", "27700118"), ("birth_date", "1984-09-30"),
        ))  # fmt: skip
    with at(SEIZED - 9, "09:15"):
        merges.merge(
            known, person, actor=cast.investigator,
            reason="One identity card: the register writes her family name first.",
        )  # fmt: skip


def _fish(cast: Cast) -> None:
    """The third name, formed weeks before it shipped; its papers came last week."""
    case = _case(FINS)
    with at(FINS_DAYS - 5, "16:30"):
        load = _load(
            cast, case, goods_description="Frozen fish", packages=900,
            declared_weight_mg=18_000 * KILO, is_stuffing_supervised=False,
            stuffing_place="Cold store 2, Mombasa", port_of_discharge=port("VNHPH"),
        )  # fmt: skip
        firm = enter(cast, load, FISH, "KE", "shipper")
        agent = party("Seven Baobabs Clearing & Forwarding Ltd")
        parties.involve(
            case, agent, role=code("party_role", "clearing_agent"), consignment=load,
            actor=cast.investigator,
        )  # fmt: skip
        papers = Origin("case_document", "Export entry and its annexes", day(FINS_DAYS), case)
        _say(cast, firm, papers, (
            ("name", FISH), ("phone", "+254 700 000 231"), ("address", ADDRESS),
            ("email", "exports.tamarindreef@example.com"), ("commodities", "Frozen fish"),
        ))  # fmt: skip
    with at(FINS_DAYS - 7, "10:10"):
        on = day(FINS_DAYS - 7)
        _say(cast, firm, Origin("register", REGISTER, on), (
            ("registration", "PVT-9ZT55RB"),
            ("incorporation_date", day(FINS_DAYS + 54).isoformat()),
        ))  # fmt: skip
        _behind(cast, firm, party("Stephen Katana"), "director", on, "nominee")
        _behind(cast, firm, party("Lucy Wanja Muriuki"), "owner", on, "other_influence")
        screening.work()


def _told_apart(cast: Cast) -> None:
    """Three firms of one hand are three records still; what joins them is the network's matter."""
    with at(FINS_DAYS - 8, "09:00"):
        merges.tell_apart(
            party(TIMBER), party(TEA), actor=cast.investigator,
            reason="Two registrations, years apart. The same people stand behind both.",
        )  # fmt: skip
