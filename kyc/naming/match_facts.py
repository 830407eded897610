"""What facts beside the names say on two parties being one: dates, countries, numbers, addresses.

Each finding is (code, words, share): above 0 the share of what is missing to the top that it adds,
below 0 the share that it takes away.
"""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from kyc.naming.name_folding import clean, fold

Moved = tuple[str, str, float]
Numbers = Sequence[tuple[str, ...]]

# A number that only one party can have, and how much sharing it or not sharing it says.
SAME_NUMBER = {
    "tax_pin": 0.75, "lei": 0.8, "imo": 0.8, "registration": 0.7, "passport": 0.75,
    "id_number": 0.75, "vat": 0.7, "iban": 0.7, "phone": 0.5, "email": 0.55, "website": 0.4,
    "licence": 0.5, "business_permit": 0.5, "mmsi": 0.6, "call_sign": 0.5,
}  # fmt: skip
SAME_OTHER_NUMBER = 0.45
OTHER_NUMBER = {
    "tax_pin": -0.25, "lei": -0.3, "imo": -0.4, "registration": -0.15, "id_number": -0.25,
    "vat": -0.15, "passport": -0.05,
}  # fmt: skip
SHORTEST_NUMBER = 4
WITHOUT_COUNTRY = {"lei", "imo", "iban", "phone", "email", "website", "mmsi"}
NUMBER_WORDS = {
    "tax_pin": "tax number", "lei": "legal entity identifier", "imo": "IMO number",
    "registration": "registration number", "passport": "passport number", "vat": "VAT number",
    "id_number": "identity number", "iban": "bank account", "phone": "telephone number",
    "email": "e-mail address", "website": "website", "licence": "licence number",
}  # fmt: skip

SAME_DAY, SAME_MONTH, SAME_YEAR = 0.45, 0.2, 0.12
NEAR_DAY, NEAR_YEAR, OTHER_YEAR = -0.08, -0.2, -0.45
SAME_COUNTRY, OTHER_COUNTRY = 0.1, -0.08
SAME_ADDRESS, LIKE_ADDRESS = 0.25, 85


def identifiers(left: Numbers, right: Numbers) -> Iterator[Moved]:
    """Equal numbers of a kind raise once a kind; different ones lower where both are of one
    country, or of a kind that the whole world numbers."""
    for kind in sorted({number[0] for number in left} & {number[0] for number in right}):
        ours, theirs = _of_kind(left, kind), _of_kind(right, kind)
        what = NUMBER_WORDS.get(kind, kind.replace("_", " "))
        if same := sorted(ours.keys() & theirs.keys()):
            share = SAME_NUMBER.get(kind, SAME_OTHER_NUMBER)
            yield "same_number", f"Both have the {what} {ours[same[0]]}.", share
        elif ours and theirs and kind in OTHER_NUMBER and _one_register(kind, left, right):
            one, other = next(iter(ours.values())), next(iter(theirs.values()))
            yield "other_number", f"The {what}s differ: {one} and {other}.", OTHER_NUMBER[kind]


def _of_kind(numbers: Numbers, kind: str) -> dict[str, str]:
    """The number as it was written, by its letters and digits."""
    found = {}
    for number in numbers:
        if number[0] == kind:
            key = "".join(c for c in number[1].casefold() if c.isalnum())
            key = key.removeprefix("imo") if kind == "imo" else key
            if len(key) >= SHORTEST_NUMBER:
                found[key] = number[1]
    return found


def _one_register(kind: str, left: Numbers, right: Numbers) -> bool:
    if kind in WITHOUT_COUNTRY:
        return True
    ours, theirs = ({n[2] for n in side if n[0] == kind and n[2:]} for side in (left, right))
    return not ours or not theirs or bool(ours & theirs)


def births(left: Sequence[str], right: Sequence[str]) -> Iterator[Moved]:
    """The best of all pairs of days; a part of a day agrees as far as it goes."""
    pairs = [
        (_birth(a, b), a, b) for a in left for b in right if a[:4].isdecimal() and b[:4].isdecimal()
    ]
    if not pairs:
        return
    share, one, other = max(pairs, key=lambda pair: pair[0])
    if share > 0:
        yield (
            "same_birth",
            f"Born on the same date, as far as it is known: {min(one, other)}.",
            share,
        )
    else:
        yield "other_birth", f"Born {one} and {other}.", share


def _birth(left: str, right: str) -> float:
    length = min(len(left), len(right))
    if left[:length] == right[:length]:
        return SAME_DAY if length >= 10 else SAME_MONTH if length >= 7 else SAME_YEAR
    years = abs(int(left[:4]) - int(right[:4]))
    if not years:
        return NEAR_DAY if _is_slip(left, right) else NEAR_YEAR / 2
    return NEAR_YEAR if years == 1 else OTHER_YEAR


def _is_slip(left: str, right: str) -> bool:
    """Day and month changed places, or one digit differs."""
    digits = zip(left, right, strict=False)
    return left[5:7] + left[8:] == right[8:] + right[5:7] or sum(a != b for a, b in digits) == 1


def countries(left: Sequence[str], right: Sequence[str]) -> Iterator[Moved]:
    if not left or not right:
        return
    if same := sorted({c.upper() for c in left} & {c.upper() for c in right}):
        yield "same_country", f"Both are of {', '.join(same)}.", SAME_COUNTRY
    else:
        said = f"No country in common: {', '.join(left)} and {', '.join(right)}."
        yield "other_country", said, OTHER_COUNTRY


def addresses(left: Sequence[str], right: Sequence[str]) -> Iterator[Moved]:
    """Two addresses of the same words; that they differ says nothing, people move."""
    for one in left:
        for other in right:
            ours, theirs = fold(clean(one[:200])), fold(clean(other[:200]))
            if min(len(ours), len(theirs)) < 10:
                continue
            if fuzz.token_sort_ratio(ours, theirs) >= LIKE_ADDRESS:
                yield "same_address", f"The same address: {one}.", SAME_ADDRESS
                return
