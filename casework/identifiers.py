"""Numbers that people read off doors, bills and scales: their shape, check digits and one spelling.

Pure: no Django, no I/O. A parser returns the normal form or raises `IdentifierError`, whose `code`
the forms turn into a sentence that says what to do.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

CONTAINER_SHAPE = re.compile(r"[A-Z]{3}[UJZ]\d{7}")
IMO_SHAPE = re.compile(r"\d{7}")
LOCODE_SHAPE = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
HS_SHAPE = re.compile(r"\d{2}(\d{2}){1,4}")
SEAL_SHAPE = re.compile(r"[A-Z0-9]{1,20}")
BILL_SHAPE = re.compile(r"[A-Z0-9/.]{1,35}")
COUNTRY_SHAPE = re.compile(r"[A-Z]{2}")
KRA_PIN_SHAPE = re.compile(r"[A-Z]\d{9}[A-Z]")
WEIGHT_SHAPE = re.compile(
    r"(?P<sign>[-+\N{MINUS SIGN}]?)(?P<number>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"\s*(?P<unit>[a-z]*)"
)
SHORTEST_TELLING = 4
LOOK_ALIKES = str.maketrans("OI", "01")
SEPARATORS = re.compile(r"[\s\-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}]+")

MILLIGRAMS = {"mg": 1, "g": 1_000, "kg": 1_000_000, "t": 1_000_000_000}
UNIT_NAMES = {
    "gm": "g", "gram": "g", "grams": "g", "kgs": "kg", "kilo": "kg", "kilos": "kg",
    "kilogram": "kg", "kilograms": "kg", "tonne": "t", "tonnes": "t",
}  # fmt: skip
# A ship carries less than a million tonnes, and the ledger hashes only integers below 2^53.
HEAVIEST_MG = 1_000_000 * MILLIGRAMS["t"]


@dataclass(frozen=True)
class IdentifierError(ValueError):
    """What is wrong with a number, as a code and the values that its sentence needs."""

    code: str
    params: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Weight:
    """Milligrams, and the value and unit as they were written (nothing rounded away unseen)."""

    mg: int
    value: Decimal
    unit: str


def squeeze(text: str) -> str:
    """The characters alone: people write the same number with spaces, dashes and small letters."""
    return SEPARATORS.sub("", text).upper()


def letter_value(character: str) -> int:
    """ISO 6346, annex A: A is 10, and the multiples of 11 (11, 22, 33) are skipped."""
    if character.isdigit():
        return int(character)
    value = ord(character) - ord("A") + 10
    return value + 1 + (value > 20) + (value > 30) if value > 10 else value


def container_remainder(first_ten: str) -> int:
    """Sum of value x 2^position, modulo 11 (0 to 10), over four letters and six digits."""
    return sum(letter_value(c) << place for place, c in enumerate(first_ten)) % 11


def container_check_digit(first_ten: str) -> int:
    """The eleventh digit. A remainder of 10 is written 0, the same as a remainder of 0."""
    return container_remainder(first_ten) % 10


def is_container_ambiguous(container: str) -> bool:
    """Whether the remainder is 10: the standard advises against such numbers, for its check digit
    0 then fails to tell some misreadings apart. Real boxes carry them, so they are not refused."""
    return container_remainder(container[:10]) == 10


def parse_container(text: str, *, as_found: bool = False) -> str:
    """`MDOU4182079`. With `as_found` the check digit may be wrong (the door really shows it)."""
    container = squeeze(text)
    if not CONTAINER_SHAPE.fullmatch(container) or not container.isascii():
        raise IdentifierError("container_shape")
    expected = container_check_digit(container[:10])
    if expected != int(container[10]) and not as_found:
        raise IdentifierError(
            "container_check_digit", {"expected": str(expected), "read": container[10]}
        )
    return container


def has_container_check_digit(container: str) -> bool:
    """Whether the number is whole and its last digit is the computed one."""
    try:
        parse_container(container)
    except IdentifierError:
        return False
    return True


def format_container(container: str) -> str:
    """`MDOU 418207 9`, as it is painted on the door."""
    if len(container) != 11:
        return container
    return f"{container[:4]} {container[4:10]} {container[10:]}"


def imo_check_digit(first_six: str) -> int:
    """The last digit of the sum of each digit times 7, 6, 5, 4, 3, 2."""
    return sum(int(d) * factor for d, factor in zip(first_six, range(7, 1, -1), strict=True)) % 10


def parse_imo(text: str) -> str:
    """Seven digits, with or without the letters IMO before them."""
    number = squeeze(text).removeprefix("IMO").lstrip(":.")
    if not IMO_SHAPE.fullmatch(number) or not number.isascii():
        raise IdentifierError("imo_shape")
    expected = imo_check_digit(number[:6])
    if expected != int(number[6]):
        raise IdentifierError("imo_check_digit", {"expected": str(expected), "read": number[6]})
    return number


def parse_locode(text: str) -> str:
    """A UN/LOCODE: two letters of the country, three of the place; `KE MBA` is `KEMBA`."""
    return _shaped(squeeze(text), LOCODE_SHAPE, "locode_shape")


def parse_hs_code(text: str) -> str:
    """Digits only, two to ten of them in pairs after the chapter: `0902.40` is `090240`."""
    code = squeeze(text).replace(".", "")
    return _shaped(code, HS_SHAPE, "hs_shape")


def format_hs_code(code: str) -> str:
    """`0902.40`; a heading of four digits stays as it is."""
    return ".".join(filter(None, (code[:4], code[4:6], code[6:8], code[8:10])))


def parse_seal(text: str) -> str:
    """Letters and digits only, so that `CU 558120` and `cu-558120` are the same seal.

    The eBL standard allows 15 characters; a reader may find more, so 20 are kept."""
    return _shaped(squeeze(text).replace(".", "").replace("/", ""), SEAL_SHAPE, "seal_shape")


def seal_key(text: str) -> str:
    """What the numbers of seals are compared by: O and 0, I and 1 read alike on a door."""
    return alike(parse_seal(text))


def alike(text: str) -> str:
    """A number as its look-alikes have it in common."""
    return squeeze(text).replace(".", "").replace("/", "").translate(LOOK_ALIKES)


def is_telling(number: str, shortest: int = SHORTEST_TELLING) -> bool:
    """Whether the same number twice means anything: "1", "NIL", "0000" and "CU 000000" are written
    where there is no number."""
    kept = [c for c in squeeze(number) if c.isalnum()]
    digits = {c for c in kept if c.isdigit()}
    return len(kept) >= shortest and len(set(kept)) > 1 and bool(digits - {"0"})


def parse_bill_number(text: str) -> str:
    """Letters, digits, stop and stroke: carriers differ, and their dashes are not significant."""
    return _shaped(squeeze(text), BILL_SHAPE, "bill_shape")


def parse_country(text: str) -> str:
    """ISO 3166-1 alpha-2 in shape; whether the code exists is a question for the code table."""
    return _shaped(squeeze(text), COUNTRY_SHAPE, "country_shape")


def parse_kra_pin(text: str) -> str:
    """The Kenyan tax number: a letter, nine digits, a letter (`A012345678Z`)."""
    return _shaped(squeeze(text), KRA_PIN_SHAPE, "kra_pin_shape")


def _shaped(text: str, shape: re.Pattern[str], code: str) -> str:
    if not text.isascii() or not shape.fullmatch(text):
        raise IdentifierError(code)
    return text


def parse_weight(text: str, *, unit: str = "kg") -> Weight:
    """`1,612.4 kg`, `12 g`, or a bare number in `unit`. A comma separates thousands only.

    Finer than a milligram is refused: what cannot be stored exactly is not stored."""
    found = WEIGHT_SHAPE.fullmatch(" ".join(text.split()).casefold())
    if not found or not text.replace("\N{MINUS SIGN}", "-").replace("\xa0", " ").isascii():
        raise IdentifierError("weight_shape")
    written = found["unit"] or unit
    named = UNIT_NAMES.get(written, written)
    if named not in MILLIGRAMS:
        raise IdentifierError("weight_unit", {"unit": written})
    if found["sign"] in ("-", "\N{MINUS SIGN}"):
        raise IdentifierError("weight_below_zero")
    value = Decimal(found["number"].replace(",", "").replace(" ", ""))
    return Weight(milligrams(value, named), value, named)


def milligrams(value: Decimal, unit: str) -> int:
    """An exact number of milligrams, or `IdentifierError`."""
    if not value.is_finite():
        raise IdentifierError("weight_shape")
    # Fractions are exact, and the two limits keep `1e999999` from filling the memory.
    if value.adjusted() > 18:
        raise IdentifierError("weight_too_heavy")
    if value.as_tuple().exponent < -18:  # type: ignore[operator]  # finite: an int
        raise IdentifierError("weight_too_fine")
    mg = Fraction(value) * MILLIGRAMS[unit]
    if mg > HEAVIEST_MG:
        raise IdentifierError("weight_too_heavy")
    if mg.denominator != 1:
        raise IdentifierError("weight_too_fine")
    return mg.numerator


def format_weight(mg: int) -> str:
    """`1,612.4 kg`, `12 g`, `850 mg`: the largest of kg, g and mg that leaves a whole part."""
    unit = "kg" if mg >= MILLIGRAMS["kg"] else "g" if mg >= MILLIGRAMS["g"] else "mg"
    whole, rest = divmod(mg, MILLIGRAMS[unit])
    digits = len(str(MILLIGRAMS[unit])) - 1
    decimals = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{whole:,}" + (f".{decimals}" if decimals else "") + f" {unit}"
