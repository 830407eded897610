"""Whether a sentence lies within the penalty that a section allows. Pure.

Fines in whole units of the currency, terms in days; a section's terms are in months. A month is no
fixed number of days: a term is out of range only if it is by every way of counting.
"""

from collections.abc import Mapping
from typing import Any, Protocol


class Penalty(Protocol):
    """What a provision says of its penalty; None and an empty join mean that it is not known."""

    @property
    def min_fine(self) -> Any: ...
    @property
    def max_fine(self) -> Any: ...
    @property
    def currency(self) -> Any: ...
    @property
    def min_term_months(self) -> Any: ...
    @property
    def max_term_months(self) -> Any: ...
    @property
    def has_life_term(self) -> Any: ...
    @property
    def penalty_join(self) -> Any: ...


def is_known(penalty: Penalty) -> bool:
    """Whether anything is recorded that a sentence could be held against."""
    bounds = (
        penalty.min_fine, penalty.max_fine, penalty.min_term_months, penalty.max_term_months,
    )  # fmt: skip
    return (
        bool(penalty.penalty_join)
        or bool(penalty.has_life_term)
        or any(bound is not None for bound in bounds)
    )


def fewest_days(months: int) -> int:
    """The fewest days that anybody counts a number of months as."""
    return min(months * 30, months * 365 // 12)


def most_days(months: int) -> int:
    """The most days that anybody counts a number of months as."""
    return -(-months * 366 // 12) if months >= 12 else months * 31


def faults(penalty: Penalty, values: Mapping[str, Any]) -> list[str]:
    """How a sentence leaves the section's penalty, as codes; none where nothing is known of it."""
    if not is_known(penalty):
        return []
    return [*_kinds(penalty, values), *_fine(penalty, values), *_term(penalty, values)]


def _kinds(penalty: Penalty, values: Mapping[str, Any]) -> list[str]:
    fined = bool(values.get("fine"))
    jailed = bool(values.get("imprisonment_days") or values.get("is_life"))
    join = penalty.penalty_join
    found = {
        "fine_barred": join == "term" and fined,
        "term_barred": join == "fine" and jailed,
        "not_both": join == "either" and fined and jailed,
        "fine_missing": join in ("fine", "both") and not fined,
        "term_missing": join in ("term", "both") and not jailed,
        "nothing": join in ("either", "any") and not fined and not jailed,
    }
    return [code for code, is_so in found.items() if is_so]


def _fine(penalty: Penalty, values: Mapping[str, Any]) -> list[str]:
    fine = values.get("fine")
    if not fine or penalty.penalty_join == "term":
        return []
    if (values.get("currency") or penalty.currency) != penalty.currency:
        return ["currency"]
    if penalty.min_fine is not None and fine < penalty.min_fine:
        return ["fine_low"]
    return ["fine_high"] if penalty.max_fine is not None and fine > penalty.max_fine else []


def _term(penalty: Penalty, values: Mapping[str, Any]) -> list[str]:
    if penalty.penalty_join == "fine":
        return []
    if values.get("is_life"):
        return [] if penalty.has_life_term else ["life"]
    days, least, most = (
        values.get("imprisonment_days"), penalty.min_term_months, penalty.max_term_months,
    )  # fmt: skip
    if not days:
        return []
    if least is not None and days < fewest_days(least):
        return ["term_low"]
    return ["term_high"] if most is not None and days > most_days(most) else []
