"""What a snapshot says of a consignment: containers, seals, versions of the bill. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from evidence.dossier.snapshot_flags import RedFlag


@dataclass(frozen=True, kw_only=True)
class Seal:
    number: str
    container: str = ""
    source: str
    stage: str = ""
    seen_by: str = ""
    place: str = ""
    seen_on: date | None = None
    is_intact: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Container:
    number: str
    is_recorded_as_found: bool = False
    size_type: str = ""


@dataclass(frozen=True, kw_only=True)
class Bill:
    number: str
    version: int
    issued_on: date | None = None
    is_to_order: bool = False
    shipper: str = ""
    consignee: str = ""
    notify_party: str = ""
    received_from: str = ""
    received_on: date | None = None
    changed_by: str = ""
    changed_at: datetime | None = None
    change_reason: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()  # what, as it was in the version before, as now


@dataclass(frozen=True, kw_only=True)
class EntryVersion:
    """The customs entry as it stood at one time."""

    number: str
    version: int
    lodged_at: datetime | None = None
    lane: str = ""
    selected_at: datetime | None = None
    received_from: str = ""
    changed_by: str = ""
    said: tuple[tuple[str, str], ...] = ()  # exporter, consignee, goods, ...
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Consignment:
    seizure: int
    number: int
    values: tuple[tuple[str, str], ...] = ()  # label and value: booking, vessel, ports, goods, ...
    declared_weight_mg: int | None = None
    vgm_mg: int | None = None
    weighbridge_mg: int | None = None
    scan_mg: int | None = None
    stuffed_on: date | None = None
    stuffing_place: str = ""
    containers: tuple[Container, ...] = ()
    seals: tuple[Seal, ...] = ()
    bills: tuple[Bill, ...] = ()
    entries: tuple[EntryVersion, ...] = ()
    flags: tuple[RedFlag, ...] = ()
