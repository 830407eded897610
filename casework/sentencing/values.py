"""What a sentence may hold: each value on its own, before the law is asked what it thinks of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework import stages
from casework.errors import RuleBroken

LONGEST_DAYS = 100 * 366
LARGEST_FINE = 10**15
FIELDS = (
    "imprisonment_days", "is_life", "fine", "currency", "default_days", "other", "runs", "after",
    "starts_on", "credited_days",
)  # fmt: skip


def check(values: Mapping[str, Any]) -> None:
    """Raise RuleBroken for what no court can have said: nothing at all, a term without an end."""
    term, fine, default = values["imprisonment_days"], values["fine"], values["default_days"]
    if not (term or values["is_life"] or fine or values["other"]):
        raise RuleBroken(_("Give a term, a fine or another order."), field="imprisonment_days")
    if term and values["is_life"]:
        raise RuleBroken(_("A term, or for life: not both."), field="is_life")
    for field, days in (("imprisonment_days", term), ("default_days", default)):
        if days is not None and not 0 < days <= LONGEST_DAYS:
            raise RuleBroken(_("Write a term between one day and a hundred years."), field=field)
    if fine is not None and not 0 < fine <= LARGEST_FINE:
        raise RuleBroken(_("Write the fine as a whole number above zero."), field="fine")
    if default and not fine:
        raise RuleBroken(_("A term in default needs its fine. Give the fine."), field="fine")
    _check_running(values)


def _check_running(values: Mapping[str, Any]) -> None:
    term, credited = values["imprisonment_days"], values["credited_days"]
    is_prison = bool(term or values["is_life"])
    if (values["runs"] or values["starts_on"] or credited) and not is_prison:
        raise RuleBroken(
            _("Only imprisonment runs. Give the term, or leave this empty."),
            field="runs" if values["runs"] else "starts_on" if values["starts_on"]
            else "credited_days",
        )  # fmt: skip
    if values["after"] and values["runs"] != "consecutive":
        raise RuleBroken(_("Choose “Consecutively” for a term after another."), field="runs")
    if credited and term and credited > term:
        raise RuleBroken(
            _("More days in remand than the term has. Read both again."), field="credited_days"
        )
    if values["starts_on"]:
        stages.check_day(values["starts_on"], field="starts_on", may_be_ahead=True)


def of(sentence: Any) -> dict[str, Any]:
    """What a sentence holds, by the same names."""
    return {name: getattr(sentence, name) for name in FIELDS}
