"""Reads of the pages about versions of bills and entries: rows as people compare them."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django_stubs_ext import StrOrPromise

from casework import display
from kyc.cargo import bill_differences
from kyc.cargo.bill_differences import BILL_SWITCHES, ENTRY_SWITCHES, Line, Version
from kyc.models import BillOfLading, Consignment, EntryVersion, Seal

# In the order in which people read a paper: who, where, what, how.
BILL = (
    "number", "shipper", "consignee", "is_to_order", "endorsee", "notify_party",
    "place_of_receipt", "port_of_loading", "port_of_discharge", "place_of_delivery",
    "vessel_name", "voyage", "carrier_code", "shipped_on_board_on", "issued_on",
    "description_of_goods", "hs_codes", "packages", "gross_weight_mg", "equipment_references",
    "seal_numbers", "freight_payment", "freight_payer", "is_switch", "is_electronic",
)  # fmt: skip
ENTRY = (
    "number", "exporter", "consignee", "declarant", "country_of_destination", "goods_description",
    "hs_codes", "packages", "gross_weight_mg", "value", "value_currency", "equipment_references",
    "lane",
)  # fmt: skip
# Who changed it and where it came from is not what the paper says, but can be typed wrong too.
BILL_ABOUT = ("changed_by", "changed_at", "change_reason", "received_from", "received_on")
ENTRY_ABOUT = ("lodged_at", "selected_at", "changed_by", "received_from")


@dataclass(frozen=True)
class Told:
    """A line of a difference in words."""

    line: Line
    label: StrOrPromise


@dataclass(frozen=True)
class Correction:
    """What was typed wrong in one version."""

    version: int
    at: datetime
    by: str
    reason: str
    lines: list[Told]


@dataclass(frozen=True)
class Pair:
    """Two versions side by side; `switches` counts the lines that only a switch explains."""

    old: Any
    new: Any
    lines: list[Told]
    switches: int


def bill_version(row: Any) -> Version:
    """A version of a bill, or a row of its history, as the pure difference takes it."""
    return Version(
        row.version, _fields(row, BILL), row.changed_at, row.changed_by, row.change_reason
    )


def entry_version(row: Any) -> Version:
    return Version(row.version, _fields(row, ENTRY), row.lodged_at, row.changed_by)


def bill_changes(rows: Iterable[BillOfLading]) -> tuple[bill_differences.Change, ...]:
    """All that was changed from version to version, oldest first: what red flags rest on."""
    return bill_differences.changes([bill_version(row) for row in rows], BILL_SWITCHES)


def entry_changes(rows: Iterable[EntryVersion]) -> tuple[bill_differences.Change, ...]:
    return bill_differences.changes([entry_version(row) for row in rows], ENTRY_SWITCHES)


def label(model: type[models.Model], field: str) -> StrOrPromise:
    return model._meta.get_field(field).verbose_name  # type: ignore[union-attr]


def chosen(rows: Sequence[Any], older: str | None, newer: str | None) -> tuple[Any, Any] | None:
    """The two versions that were asked for, else the last two; None where there is but one."""
    by_number = {str(row.version): row for row in rows}
    if len(rows) < 2:
        return None
    new = by_number.get(newer or "", rows[-1])
    before = [row for row in rows if row.version != new.version]
    old = by_number.get(older or "")
    if old is None or old is new:
        old = next((row for row in reversed(before) if row.version < new.version), before[0])
    return (old, new) if old.version < new.version else (new, old)


def bill_pair(old: BillOfLading, new: BillOfLading, *, is_all: bool) -> Pair:
    return _pair(old, new, bill_version, BILL_SWITCHES, is_all)


def entry_pair(old: EntryVersion, new: EntryVersion, *, is_all: bool) -> Pair:
    return _pair(old, new, entry_version, ENTRY_SWITCHES, is_all)


def _pair(
    old: Any, new: Any, read: Callable[[Any], Version], switches: frozenset[str], is_all: bool
) -> Pair:
    lines = bill_differences.differences(read(old), read(new), switches)
    shown = [one for one in lines if one.is_changed or (is_all and one.new)]
    told = [Told(one, label(type(new), one.field)) for one in shown]
    return Pair(old, new, told, sum(one.is_switch for one in shown))


def corrections(rows: Sequence[Any]) -> list[Correction]:
    """What was typed wrong in these versions, newest first, from their history: one query."""
    if not rows:
        return []
    model = type(rows[0])
    names = (*BILL, *BILL_ABOUT) if model is BillOfLading else (*ENTRY, *ENTRY_ABOUT)
    of_row: dict[int, list[Any]] = defaultdict(list)
    kept = model.history.filter(id__in=[row.pk for row in rows]).select_related("history_user")
    for row in kept.order_by("history_date", "history_id"):
        of_row[row.id].append(row)
    found = [
        _correction(before, after, model, names)
        for history in of_row.values()
        for before, after in itertools.pairwise(history)
    ]
    return sorted((one for one in found if one.lines), key=lambda one: one.at, reverse=True)


def _correction(
    before: Any, after: Any, model: type[models.Model], names: tuple[str, ...]
) -> Correction:
    old = Version(before.version, _fields(before, names))
    new = Version(after.version, _fields(after, names))
    lines = [one for one in bill_differences.differences(old, new) if one.is_changed]
    return Correction(
        after.version,
        after.history_date,
        after.history_user.get_full_name() if after.history_user else "",
        after.history_change_reason or "",
        [Told(one, label(model, one.field)) for one in lines],
    )


def way(consignment: Consignment, bills: Iterable[BillOfLading]) -> tuple[date | None, date | None]:
    """The day of loading and the day of arrival, as far as papers and seals tell."""
    said = [bill.shipped_on_board_on for bill in bills if bill.shipped_on_board_on]
    seals = list(consignment.seals.all())
    return (
        said[-1] if said else _first_day(seals, Seal.Stage.LOADING),
        _first_day(seals, Seal.Stage.DISCHARGE),
    )


def _first_day(seals: Iterable[Seal], stage: str) -> date | None:
    return min((s.seen_on for s in seals if s.stage == stage and s.seen_on), default=None)


def timing_words(changed_at: datetime | None, loaded: date | None, arrived: date | None) -> str:
    """`2 days after loading, 19 days before arrival`; nothing where no day is known."""
    on = timezone.localtime(changed_at).date() if changed_at else None
    found = bill_differences.timing(on, loaded, arrived)
    said = []
    if (n := found.after_loading) is not None:
        said.append(
            gettext("on the day of loading") if n == 0
            else ngettext("%(n)d day after loading", "%(n)d days after loading", n) % {"n": n}
            if n > 0
            else ngettext("%(n)d day before loading", "%(n)d days before loading", -n) % {"n": -n}
        )  # fmt: skip
    if (n := found.before_arrival) is not None:
        said.append(
            gettext("on the day of arrival") if n == 0
            else ngettext("%(n)d day before arrival", "%(n)d days before arrival", n) % {"n": n}
            if n > 0
            else ngettext("%(n)d day after arrival", "%(n)d days after arrival", -n) % {"n": -n}
        )  # fmt: skip
    return ", ".join(said)


def selected_at(entries: Iterable[EntryVersion]) -> datetime | None:
    """When selection first gave the entry a lane."""
    return min((row.selected_at for row in entries if row.selected_at), default=None)


def is_after_selection(entry: EntryVersion, selected: datetime | None) -> bool:
    """Whether this version was lodged by somebody who could know the lane."""
    return bool(selected and entry.version > 1 and entry.lodged_at and entry.lodged_at > selected)


def changed_after_selection(entries: Sequence[EntryVersion]) -> list[Told]:
    """What was changed in the entry by somebody who could know its lane."""
    selected = selected_at(entries)
    late = {row.version for row in entries if is_after_selection(row, selected)}
    # The lane is what customs said, not what the trader changed.
    found = [
        one.line for one in entry_changes(entries)
        if one.version in late and one.line.field != "lane"
    ]  # fmt: skip
    return [Told(line, label(EntryVersion, line.field)) for line in found]


def _fields(row: Any, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _text(row, name)) for name in names)


def _text(row: Any, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if value is None or value == "":
        return ""
    if name.endswith("_mg"):
        return display.weight(value)
    if isinstance(value, date | datetime):
        return display.when(value)
    if isinstance(value, int):
        return display.thousands(value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value)
