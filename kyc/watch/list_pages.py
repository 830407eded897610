"""What the pages of watch lists show: the version in force, its age, an entry through versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import clock
from kyc.models import Watchlist, WatchlistEntry, WatchlistVersion
from kyc.watch.watchlists import OLD

FIELDS: tuple[tuple[str, StrOrPromise], ...] = (
    ("name", _("Name")),
    ("kind", _("Kind")),
    ("aliases", _("Other names")),
    ("weak_aliases", _("Weak other names")),
    ("birth_dates", _("Born")),
    ("countries", _("Countries")),
    ("identifiers", _("Numbers")),
    ("addresses", _("Addresses")),
    ("topics", _("Programmes and topics")),
    ("remarks", _("Remarks")),
)
NUMBER_WORDS: dict[str, StrOrPromise] = {
    "registration": _("Registration number"),
    "tax_pin": _("Tax PIN"),
    "vat": _("VAT number"),
    "lei": _("Legal entity identifier"),
    "passport": _("Passport number"),
    "id_number": _("Identity number"),
    "licence": _("Licence number"),
    "aeo": _("Authorised economic operator"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "website": _("Website"),
    "iban": _("Bank account (IBAN)"),
    "imo": _("IMO number"),
    "mmsi": _("MMSI"),
    "call_sign": _("Call sign"),
    "other": _("Number"),
}


@dataclass(frozen=True)
class Line:
    """One thing that an entry says, and whether its last version changed it."""

    label: StrOrPromise
    values: list[str]
    before: list[str]  # what the earlier row said, where that differs
    is_changed: bool


def in_force() -> QuerySet[WatchlistVersion]:
    """The newest version of each list."""
    newest = WatchlistVersion.objects.annotate(newest=Max("watchlist__versions__number"))
    return newest.filter(number=F("newest")).select_related("watchlist", "imported_by")


def is_old(version: WatchlistVersion) -> bool:
    """Whether nobody renewed the list for so long that names may be missing."""
    return clock.now() - version.imported_at > OLD


def entries(watchlist: Watchlist, number: int, query: str) -> QuerySet[WatchlistEntry]:
    """The entries of a version, or those whose name or number contains what was typed."""
    found: QuerySet[WatchlistEntry] = WatchlistEntry.objects.of_version(watchlist, number)
    if not query:
        return found.order_by("pk")
    if "\x00" in query:
        return found.none()
    named = Q(name__icontains=query) | Q(aliases__icontains=query)
    named |= Q(weak_aliases__icontains=query) | Q(identifiers__icontains=query)
    return found.filter(named | Q(uid__iexact=query)).order_by("pk")


def lines(entry: WatchlistEntry, before: WatchlistEntry | None) -> list[Line]:
    """What an entry says, field by field; empty fields are left out unless they were emptied."""
    made = []
    for name, label in FIELDS:
        values = _values(entry, name)
        earlier = _values(before, name) if before is not None else values
        if values or earlier:
            is_changed = values != earlier
            made.append(Line(label, values, earlier if is_changed else [], is_changed))
    return made


def _values(entry: WatchlistEntry, name: str) -> list[str]:
    if name == "kind":
        return [str(entry.get_kind_display())]
    value: Any = getattr(entry, name)
    if name == "identifiers":
        return list(_numbers(value))
    if isinstance(value, str):
        return value.split("\n") if value else []
    return [str(item) for item in value]


def _numbers(items: Iterable[dict[str, str]]) -> Iterable[str]:
    for item in items:
        country = f" ({item['country']})" if item.get("country") else ""
        yield f"{NUMBER_WORDS.get(item['kind'], item['kind'])}: {item['value']}{country}"
