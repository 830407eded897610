"""What the rules read: a load with its papers and its parties, as far as one viewer may see them.

Weights are milligrams, countries ISO alpha-2, HS codes digits only. `pk` names the row in points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kyc.cargo import seal_journey
from kyc.redflags.indicators.evidence import Point

SHIPPERS = frozenset({"shipper", "on_behalf_of_shipper"})
CONSIGNEES = frozenset({"consignee", "on_behalf_of_consignee"})
NOTIFIED = frozenset({"notify"})


@dataclass(frozen=True, kw_only=True)
class Bill:
    pk: int
    version: int
    shipper: str = ""
    consignee: str = ""
    notify_party: str = ""
    is_to_order: bool = False
    is_switch: bool = False
    port_of_loading: str = ""
    port_of_discharge: str = ""
    place_of_receipt: str = ""
    place_of_delivery: str = ""
    vessel_name: str = ""
    description: str = ""
    hs_codes: tuple[str, ...] = ()
    packages: int | None = None
    gross_mg: int | None = None
    containers: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()  # squeezed, as Sighting.key
    freight_payment: str = ""
    freight_payer: str = ""
    shipped_on: date | None = None
    changed_by: str = ""
    changed_at: datetime | None = None

    @property
    def point(self) -> Point:
        return Point("bill", self.pk)


@dataclass(frozen=True, kw_only=True)
class Entry:
    pk: int
    version: int
    lodged_at: datetime | None = None
    lane: str = ""
    selected_at: datetime | None = None
    exporter: str = ""
    consignee: str = ""
    description: str = ""
    hs_codes: tuple[str, ...] = ()
    packages: int | None = None
    gross_mg: int | None = None
    value: Decimal | None = None
    currency: str = ""
    containers: tuple[str, ...] = ()
    destination: str = ""

    @property
    def point(self) -> Point:
        return Point("entry", self.pk)


@dataclass(frozen=True, kw_only=True)
class Box:
    pk: int
    number: str
    is_shipper_owned: bool | None = None

    @property
    def point(self) -> Point:
        return Point("container", self.pk)


@dataclass(frozen=True, kw_only=True)
class Sighting(seal_journey.Sighting):
    """A seal as somebody read it at a point of the way."""

    pk: int

    @property
    def point(self) -> Point:
        return Point("seal", self.pk)


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """The same seal on another load: of this case (`pk` of the sighting), of one that the viewer
    may read (`case`), or of one whose lead has told this case of it (`told`)."""

    key: str
    number: str
    container: str = ""
    pk: int | None = None
    case: str = ""
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A statement about a party, its standing, and why it is not known where nobody knows."""

    pk: int
    kind: str
    value: str = ""
    key: str = ""
    standing: str = "own_word"
    unknown_reason: str = ""
    reason_words: str = ""
    mail_service: str = ""  # "free" or "disposable", as the list of mail domains has it
    found_instead: str = ""
    interest: str = ""
    related: int | None = None
    as_of: date | None = None
    expires_on: date | None = None

    @property
    def point(self) -> Point:
        return Point("fact", self.pk)

    @property
    def stands(self) -> bool:
        """Somebody says so and nobody has shown otherwise."""
        return self.standing in ("own_word", "verified")

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.value)
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True)
class Shared:
    """The same value given for another party."""

    fact: int
    kind: str
    value: str
    other: int
    other_name: str
    is_by_name: bool = False  # people of one name, who need not be one


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A part in another case that the viewer may read, of the party or of somebody behind it."""

    case: str
    title: str
    on: date
    role: str  # as people read it
    role_code: str
    through: str = ""  # the director's or owner's name; empty: the party itself
    through_fact: int | None = None
    firm: str = ""  # the other firm that they stand behind, where it had the part
    is_by_name: bool = False  # that firm names somebody of the same name


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A name on a list that a person judged to be the same one."""

    pk: int
    watchlist: str
    name: str
    topics: tuple[str, ...] = ()
    through: str = ""
    through_fact: int | None = None


@dataclass(frozen=True, kw_only=True)
class Party:
    pk: int
    name: str
    kind: str = "firm"
    roles: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    shared: tuple[Shared, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    listed: tuple[Listed, ...] = ()
    is_screened: bool = False
    # Of the loads it has a part in: the earliest day, the goods as declared, whether in containers.
    shipped_on: date | None = None
    seized_on: date | None = None
    goods: tuple[str, ...] = ()
    containers: int = 0

    def of(self, *kinds: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.kind in kinds)

    @property
    def point(self) -> Point:
        return Point("party", self.pk)


@dataclass(frozen=True, kw_only=True)
class Payment:
    pk: int
    on: date
    times: int = 1
    ends: frozenset[int] = frozenset()  # who paid, and who was paid


@dataclass(frozen=True, kw_only=True)
class Load:
    """A consignment with everything that hangs on it. Bills and entries by version, ascending."""

    pk: int
    goods: str = ""
    hs_code: str = ""
    packages: int | None = None
    vessel_name: str = ""
    vessel_imo: str = ""
    loading_port: str = ""  # name
    loading_locode: str = ""
    loading_country: str = ""
    discharge_port: str = ""
    discharge_country: str = ""
    declared_mg: int | None = None
    vgm_mg: int | None = None
    weighbridge_mg: int | None = None
    scan_mg: int | None = None
    tare_mg: int | None = None  # of all its containers, where it is known of each
    is_scanned: bool | None = None
    value: Decimal | None = None
    currency: str = ""
    stuffing_kind: str = ""
    stuffing_word: str = ""
    stuffing_place: str = ""
    stuffed_on: date | None = None
    is_stuffing_supervised: bool | None = None
    seized_on: date | None = None
    origins: tuple[str, ...] = ()
    exports: tuple[str, ...] = ()
    transits: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    bills: tuple[Bill, ...] = ()
    entries: tuple[Entry, ...] = ()
    boxes: tuple[Box, ...] = ()
    seals: tuple[Sighting, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    parties: tuple[Party, ...] = ()
    payments: tuple[Payment, ...] = ()

    @property
    def point(self) -> Point:
        return Point("load", self.pk)

    @property
    def bill(self) -> Bill | None:
        return self.bills[-1] if self.bills else None

    @property
    def entry(self) -> Entry | None:
        return self.entries[-1] if self.entries else None

    @property
    def loaded_on(self) -> date | None:
        """The day it went on board: as the last bill that says so, or as its seal was read."""
        told = [bill.shipped_on for bill in reversed(self.bills) if bill.shipped_on]
        return told[0] if told else self._seen("loading")

    @property
    def arrived_on(self) -> date | None:
        return self._seen("discharge")

    @property
    def shipped_on(self) -> date | None:
        """The day that a firm's age is counted to."""
        known = (self.loaded_on, self.stuffed_on, self.seized_on)
        return next((day for day in known if day), None)

    @property
    def sources(self) -> tuple[str, ...]:
        return self.origins or self.exports or _known(self.loading_country)

    @property
    def ends(self) -> tuple[str, ...]:
        return self.destinations or _known(self.discharge_country)

    @property
    def headings(self) -> tuple[tuple[str, Point], ...]:
        """Each HS code that the record or a paper declares, with the first that does: a later
        version that repeats it is no new evidence."""
        found: dict[str, Point] = {}
        for code, point in self._codes():
            found.setdefault(code, point)
        return tuple(found.items())

    @property
    def descriptions(self) -> tuple[tuple[str, Point], ...]:
        """Each wording with the first version of a paper that has it."""
        told = [(self.goods, self.point)]
        told += [(bill.description, bill.point) for bill in self.bills]
        told += [(entry.description, entry.point) for entry in self.entries]
        found: dict[tuple[str, str], Point] = {}
        for text, point in told:
            if text:
                found.setdefault((point.kind, text), point)
        return tuple((text, point) for (_kind, text), point in found.items())

    def in_role(self, roles: Iterable[str]) -> tuple[Party, ...]:
        wanted = frozenset(roles)
        return tuple(party for party in self.parties if party.roles & wanted)

    def _codes(self) -> Iterator[tuple[str, Point]]:
        if self.hs_code:
            yield self.hs_code, self.point
        for bill in self.bills:
            yield from ((code, bill.point) for code in bill.hs_codes)
        for entry in self.entries:
            yield from ((code, entry.point) for code in entry.hs_codes)

    def _seen(self, stage: str) -> date | None:
        days = [seal.on for seal in self.seals if seal.stage == stage and seal.on]
        return min(days) if days else None


def _known(country: str) -> tuple[str, ...]:
    return (country,) if country else ()
