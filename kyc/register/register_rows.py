"""One row of a register made into the arguments of `seizures.record`, or the reasons why not.

Reads the reference tables once; writes nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework import identifiers, seized_items, seizures
from casework.models import Case, Code, Goods, Port, SeizedItem, Seizure, Taxon
from casework.seized_items import Found
from casework.seizures import Stop
from kyc.register.register_mapping import CellError, RegisterMapping

# Fifteen digits in all: SQLite keeps a decimal as a float and rounds a longer one.
NUMBER = re.compile(r"-?\d{1,9}(\.\d+)?")
WEIGHTS = {"KIL": "kg", "GRM": "g", "MGM": "mg", "TON": "t"}
COUNTS = frozenset({"NUM", "PCS", "ITE"})
DECIMALS = 6
ROLES = ("origin", "export", "transit", "destination")


@dataclass(frozen=True)
class Planned:
    """A row that can be written: its case's and its seizure's arguments."""

    line: int
    group: str
    case: dict[str, Any]
    seizure: dict[str, Any]

    @property
    def item(self) -> Found:
        found: Found = self.seizure["items"][0]
        return found


@dataclass
class Tables:
    """The reference tables by what a register writes, read once for the whole file."""

    codes: dict[tuple[str, str], Code] = field(default_factory=dict)
    ports: dict[str, Port] = field(default_factory=dict)
    taxa: dict[str, Taxon] = field(default_factory=dict)
    goods: dict[str, Goods] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Tables":
        ports: dict[str, Port] = {}
        for port in Port.objects.all():
            ports[port.locode.casefold()] = ports[port.name.casefold()] = port
        return cls(
            codes={(code.kind, code.code): code for code in Code.objects.all()},
            ports=ports,
            taxa={taxon.scientific_name.casefold(): taxon for taxon in Taxon.objects.all()},
            goods={goods.hs_code: goods for goods in Goods.objects.all()},
        )

    def code(self, kind: str, text: str) -> Code | None:
        if not text:
            return None
        if (kind, text) not in self.codes:
            raise CellError(_("{kind}: there is no code “{text}”").format(kind=kind, text=text))
        return self.codes[kind, text]


class RowReader:
    """Reads rows by one mapping; `plan` collects all that is wrong with a row, not the first."""

    def __init__(self, mapping: RegisterMapping, tables: Tables, zone: tzinfo) -> None:
        self.mapping = mapping
        self.tables = tables
        self.zone = mapping.zone or zone

    def plan(self, line: int, row: Mapping[str, str]) -> tuple[Planned | None, list[str]]:
        reasons: list[str] = []

        def attempt(read: Callable[[], Any]) -> Any:
            try:
                return read()
            except CellError as wrong:
                reasons.append(str(wrong))
                return None

        when = attempt(lambda: self._when(row)) or {}
        where = attempt(lambda: self._where(row)) or {}
        about = attempt(lambda: self._about(row)) or {}
        route = attempt(lambda: self._route(row)) or []
        item = attempt(lambda: self._item(row))
        seizure = {**when, **where, **about, "route": route, "items": [item] if item else []}
        case = attempt(lambda: self._case(row, seizure)) or {}
        if not reasons:
            reasons += _faults(case, seizure)
        if reasons:
            return None, reasons
        group = self._said("case", "group_by", row)
        return Planned(line, group, case, seizure), []

    def _said(self, section: str, name: str, row: Mapping[str, str]) -> str:
        return self.mapping.read(section, name, row)

    def _when(self, row: Mapping[str, str]) -> dict[str, Any]:
        text = self._said("seizure", "seized_at", row)
        if not text:
            raise CellError(_("seizure.seized_at: there is no date"))
        cell = self.mapping.cells["seizure", "seized_at"]
        moment, is_time_known = cell.moment(text, self.zone)
        return {"seized_at": moment, "is_time_known": is_time_known}

    def _where(self, row: Mapping[str, str]) -> dict[str, Any]:
        text = self._said("seizure", "place", row)
        port = self.tables.ports.get(text.casefold())
        return {
            "port": port,
            "place": "" if port else text,
            "latitude": self._real(row, "latitude"),
            "longitude": self._real(row, "longitude"),
        }

    def _real(self, row: Mapping[str, str], name: str) -> float | None:
        text = self._said("seizure", name, row)
        if text and not NUMBER.fullmatch(text):
            raise CellError(_("{name}: “{text}” is not a number").format(name=name, text=text))
        return float(text) if text else None

    def _about(self, row: Mapping[str, str]) -> dict[str, Any]:
        direction = self._said("seizure", "direction", row)
        if direction and direction not in Seizure.Direction.values:
            raise CellError(_("direction: there is no “{text}”").format(text=direction))
        goods = self._said("seizure", "goods", row).replace(".", "")
        if goods and goods not in self.tables.goods:
            raise CellError(_("goods: there is no HS code “{text}”").format(text=goods))
        code = self.tables.code
        return {
            "direction": direction,
            "goods": self.tables.goods.get(goods),
            "transport_mode": code("transport_mode", self._said("seizure", "transport_mode", row)),
            "detection_method": code(
                "detection_method", self._said("seizure", "detection_method", row)
            ),
            "concealment": self._said("seizure", "concealment", row),
            "declared_goods": self._said("seizure", "declared_goods", row),
            "people_present": self._said("seizure", "people_present", row),
            "narrative": self._narrative(row),
        }

    def _narrative(self, row: Mapping[str, str]) -> str:
        """The narrative, then the columns kept as they are: nothing of the register is lost."""
        kept = [
            f"{name}: {row[name].strip()}" for name in self.mapping.keep if self._has(row, name)
        ]
        return "\n".join(filter(None, [self._said("seizure", "narrative", row), *kept]))

    def _has(self, row: Mapping[str, str], name: str) -> bool:
        return row[name].strip() not in self.mapping.missing

    def _route(self, row: Mapping[str, str]) -> list[Stop]:
        stops = [Stop(role, self._said("route", role, row)) for role in ROLES]
        stops = [stop for stop in stops if stop.country]
        for stop in stops:
            self.tables.code("country", stop.country)
        return stops

    def _item(self, row: Mapping[str, str]) -> Found:
        name = self._said("item", "taxon", row)
        taxon = self.tables.taxa.get(name.casefold())
        unit = self.tables.code("unit", self._said("item", "unit", row))
        quantity = self._decimal(row, "quantity")
        amounts = _amounts(quantity, unit)
        is_weighed = amounts["weight_mg"] is not None
        scale = self._said("item", "scale", row) or _("not stated in the register")
        return Found(
            taxon=taxon,
            taxon_as_given="" if taxon else name,
            specimen=self.tables.code("specimen", self._said("item", "specimen", row)),
            description=self._said("item", "description", row),
            scale=scale if is_weighed else "",
            value=self._decimal(row, "value"),
            currency=self._said("item", "currency", row),
            **amounts,
        )

    def _decimal(self, row: Mapping[str, str], name: str) -> Decimal | None:
        text = self._said("item", name, row)
        if not text:
            return None
        if not NUMBER.fullmatch(text) or not text.isascii():
            raise CellError(_("{name}: “{text}” is not a number").format(name=name, text=text))
        number = Decimal(text)
        if number < 0:
            raise CellError(_("{name}: “{text}” is below zero").format(name=name, text=text))
        if number != round(number, DECIMALS):
            raise CellError(
                _("{name}: “{text}” has too many decimals").format(name=name, text=text)
            )
        return number

    def _case(self, row: Mapping[str, str], seizure: dict[str, Any]) -> dict[str, Any]:
        tier = self._said("case", "tier", row) or Case.Tier.TRAFFICKING
        if tier not in Case.Tier.values:
            raise CellError(_("case.tier: there is no “{text}”").format(text=tier))
        title = self._said("case", "title", row) or seizures.title_of(
            seizure["items"], seizure.get("port"), seizure.get("place", "")
        )
        return {
            "tier": tier,
            "title": title[:200],
            "summary": self._said("case", "summary", row),
            "occurrence_book": self._said("case", "occurrence_book", row),
        }


def _amounts(quantity: Decimal | None, unit: Code | None) -> dict[str, Any]:
    """Count or weight where the unit is one; the register's own quantity and unit in any case.

    A weight finer than a milligram is rounded to one; the quantity keeps it whole.
    """
    count = weight_mg = None
    if quantity is not None and unit is not None:
        if unit.code in COUNTS and quantity == int(quantity) and quantity > 0:
            count = int(quantity)
        elif unit.code in WEIGHTS:
            weight_mg = round(quantity * identifiers.MILLIGRAMS[WEIGHTS[unit.code]])
    return {"count": count, "weight_mg": weight_mg, "quantity": quantity, "unit": unit}


def _faults(case: dict[str, Any], seizure: dict[str, Any]) -> list[str]:
    """What the operations would refuse, found before anything is written."""
    reasons = [str(seizures.date_fault(seizure["seized_at"]))]
    fields = {k: v for k, v in seizure.items() if k not in ("items", "route")}
    reasons += _unclean(Seizure(**fields)) + _unclean(Case(**case))
    for found in seizure["items"]:
        reasons += [f"{name}: {why}" for name, why in seized_items.faults(found).items()]
        reasons += _unclean(SeizedItem(**found.fields()))
    return [reason for reason in reasons if reason]


def _unclean(row: Any) -> list[str]:
    given = {name.attname for name in row._meta.fields if name.is_relation}
    exclude = {f.name for f in row._meta.fields if f.attname in given} | {"number", "reference"}
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as wrong:
        return [f"{name}: {' '.join(why)}" for name, why in wrong.message_dict.items()]
    return []
