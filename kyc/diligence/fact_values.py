"""The one spelling of a fact's value: telephone, e-mail, tax PIN, dates, countries, check digits.

Pure but for Django's e-mail and address checks; `normal` returns the value or raises RuleBroken.
"""

import hashlib
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from stdnum import iban, lei
from stdnum.exceptions import ValidationError as NumberError

from casework import identifiers
from casework.errors import RuleBroken

# Invisible characters that change how a name reads but not what it is: direction marks, joiners.
UNSEEN = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def normal(kind: str, value: str, country: str) -> str:
    """The value as it is kept. `country` (of the party) says how to read numbers without one."""
    text = clean(value)
    if not text:
        raise _wrong(_("Write the value, or say why it is not known."))
    check = CHECKS.get(kind)
    return check(text, country) if check else text


def clean(text: str) -> str:
    """One line without control and direction characters, which hide what a name really says."""
    kept = "".join(c if c.isprintable() else " " for c in text.translate(UNSEEN))
    return " ".join(kept.split())


def percent(share: Decimal) -> str:
    """As people write it: 62.5, 100, 33.33."""
    return f"{share.quantize(Decimal('0.01')).normalize():f}"


KEY_LENGTH = 200
NUMBERS = frozenset({
    "registration", "tax_pin", "vat", "licence", "business_permit", "aeo", "id_number", "passport",
    "lei", "iban",
})  # fmt: skip
# What an address writes in short and in full.
ADDRESS_WORDS = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue",
    "hwy": "highway", "bldg": "building", "hse": "house", "flr": "floor", "opp": "opposite",
    "no": "", "p": "", "o": "", "po": "",
}  # fmt: skip


def key(kind: str, value: str) -> str:
    """What equal values of a kind have in common, however each was written; empty for nothing.

    Numbers lose all but letters and digits, telephones all but digits, e-mail its capitals,
    a site its address within; all else becomes its words, folded and in order of the alphabet.
    """
    text = unicodedata.normalize("NFKD", value).casefold()
    if kind == "phone":
        found = "".join(c for c in text if c.isdecimal())
    elif kind in NUMBERS:
        found = "".join(c for c in text if c.isalnum())
    elif kind == "email":
        found = text.strip()
    elif kind == "website":
        found = text.strip().partition("://")[2] or text.strip()
        found = found.removeprefix("www.").partition("/")[0]
    else:
        found = " ".join(sorted(_words(kind, text)))
    return found if len(found) <= KEY_LENGTH else hashlib.sha256(found.encode()).hexdigest()


def _words(kind: str, text: str) -> list[str]:
    kept = (c for c in text if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in kept).split()
    if kind not in ("address", "postal_address"):
        return words
    return [word for word in (ADDRESS_WORDS.get(w, w) for w in words) if word]


def _wrong(message: StrOrPromise) -> RuleBroken:
    return RuleBroken(message, field="value")


def _phone(text: str, country: str) -> str:
    advice = _("Write the number with its country code, such as +254 712 345678.")
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        raise _wrong(advice) from error
    if not phonenumbers.is_possible_number(number):
        raise _wrong(advice)
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))


def _email(text: str, country: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise _wrong(_("An e-mail address has one @ and a domain, name@firm.example.")) from error
    return text


def _website(text: str, country: str) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise _wrong(_("Write the address of the site, such as www.firm.example.")) from error
    return text


def _tax_pin(text: str, country: str) -> str:
    """Only Kenya's shape is known here; another country's number is kept as it is written."""
    if country not in ("", "KE"):
        return text
    try:
        return identifiers.parse_kra_pin(text)
    except identifiers.IdentifierError as error:
        raise _wrong(
            _("A KRA PIN is a letter, nine digits and a letter, such as A012345678Z.")
        ) from error


def _date(text: str, country: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(_("Write the date as year-month-day, such as 2024-01-26.")) from error
    return day.isoformat()


def _country(text: str, country: str) -> str:
    from casework.models import Code

    known = Code.objects.kind("country")
    found = known.filter(code=text.upper()).first() or known.filter(label__iexact=text).first()
    if found is None:
        raise _wrong(_("Write the country's two letters, such as KE, or its name."))
    return str(found.code)


def _lei(text: str, country: str) -> str:
    try:
        return str(lei.validate(text))
    except NumberError as error:
        raise _wrong(
            _("An LEI has 20 letters and digits, and these do not check. Read it again.")
        ) from error


def _iban(text: str, country: str) -> str:
    try:
        return str(iban.format(iban.validate(text)))
    except NumberError as error:
        raise _wrong(_("The check digits of this IBAN do not fit. Read it again.")) from error


CHECKS: dict[str, Callable[[str, str], str]] = {
    "phone": _phone,
    "email": _email,
    "website": _website,
    "tax_pin": _tax_pin,
    "incorporation_date": _date,
    "dissolution_date": _date,
    "birth_date": _date,
    "first_seen": _date,
    "jurisdiction": _country,
    "nationality": _country,
    "lei": _lei,
    "iban": _iban,
}
