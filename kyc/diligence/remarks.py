"""Plain remarks beside a fact: what the number itself shows. Never a refusal.

Pure but for translated words: `of` looks at shape, check digits and domain, not at other facts.
"""

import re
from collections.abc import Mapping
from typing import Any

import phonenumbers
from django.utils.translation import gettext
from phonenumbers import PhoneNumberType as Line
from stdnum import get_cc_module
from stdnum.exceptions import ValidationError as NumberError

BOX = re.compile(r"\bp\.?\s*o\.?\s*box\b|\bprivate bag\b", re.IGNORECASE)
# Words by which an address says where a building stands, in any of the languages of the port.
PLACE = re.compile(
    r"\b(road|rd|street|st|avenue|ave|lane|highway|hwy|drive|plot|house|building|bldg|floor|tower"
    r"|plaza|block|warehouse|godown|estate|close|barabara|mtaa|jengo|quay|unit)\b",
    re.IGNORECASE,
)
# Which modules of the library know a country's numbers, by kind of fact; the first that fits.
NUMBER_MODULES = {"tax_pin": ("tin", "pin", "vat", "businessid"), "vat": ("vat",)}


def of(kind: str, value: str, country: str, domains: Mapping[str, str]) -> list[str]:
    """What stands out in a value. `domains` says of mail domains: free, disposable."""
    if not value:
        return []
    if kind == "phone":
        return _phone(value, country)
    if kind == "email":
        return _email(value, domains)
    if kind in NUMBER_MODULES:
        return _number(kind, value, country)
    if kind == "iban":
        return _iban(value, country)
    return _address(value) if kind in ("address", "postal_address") else []


def _phone(value: str, country: str) -> list[str]:
    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return [gettext("not a telephone number as it stands")]
    region = phonenumbers.region_code_for_number(number) or ""
    if not phonenumbers.is_valid_number(number):
        return [gettext("no such number in %s") % (region or f"+{number.country_code}")]
    word = _line(phonenumbers.number_type(number))
    return [", ".join(filter(None, (word, region)))]


def _line(kind: int) -> str:
    words = {
        Line.MOBILE: gettext("mobile"),
        Line.FIXED_LINE: gettext("fixed line"),
        Line.FIXED_LINE_OR_MOBILE: gettext("fixed line or mobile"),
        Line.VOIP: gettext("internet telephone"),
        Line.PREMIUM_RATE: gettext("premium rate"),
        Line.TOLL_FREE: gettext("free to call"),
    }
    return words.get(kind, "")


def _email(value: str, domains: Mapping[str, str]) -> list[str]:
    """A domain is as its list says it is, and so is what stands below it."""
    labels = value.rpartition("@")[2].casefold().rstrip(".").split(".")
    parents = (".".join(labels[start:]) for start in range(len(labels) - 1))
    note = next((domains[parent] for parent in parents if parent in domains), "")
    words = {
        "free": gettext("free mail domain"),
        "disposable": gettext("throw-away mail domain"),
    }
    return [words[note]] if note in words else []


def _number(kind: str, value: str, country: str) -> list[str]:
    """Says which check was made; a country that the library does not know gets no remark."""
    known = [module for module in map(_module(country), NUMBER_MODULES[kind]) if module]
    if not known:
        return []
    fitting = next((module for module in known if _fits(module, value)), None)
    if fitting is None:
        return [gettext("not a number of %s as it stands: read it again") % country]
    return [gettext("shape checked: %s") % _title(fitting)]


def _module(country: str) -> Any:
    return lambda name: get_cc_module(country.lower(), name) if country else None


def _fits(module: Any, value: str) -> bool:
    try:
        module.validate(value)
    except NumberError:
        return False
    return True


def _title(module: Any) -> str:
    """`KE PIN`, from the module's own name."""
    _top, country, name = module.__name__.split(".")
    return f"{country.strip('_').upper()} {name.upper()}"


def _iban(value: str, country: str) -> list[str]:
    held = value[:2]
    return [gettext("account in %s") % held] if country and held != country else []


def _address(value: str) -> list[str]:
    return [gettext("PO box only")] if BOX.search(value) and not PLACE.search(value) else []
