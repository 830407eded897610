"""Who changed a row of the law, when, why, and what it said before."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from casework.legal import kinds, words
from casework.legal.kinds import SOURCED


@dataclass(frozen=True)
class Difference:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    at: datetime
    who: Any  # None: loaded from a file
    verb: str
    reason: str
    differences: tuple[Difference, ...]


def of(row: Any) -> list[Change]:
    """The changes of a row, the newest first. Empty: loaded, and nobody touched it since."""
    rows = list(row.history.select_related("history_user").order_by("history_date", "history_id"))
    changes = [_first(one) for one in rows[:1]]
    changes += [_change(row, old, new) for old, new in pairwise(rows)]
    return changes[::-1]


def verified(row: Any) -> Change | None:
    """Who verified a row that is verified; None where the file it was loaded from says so."""
    if not row.is_verified:
        return None
    return next((one for one in of(row) if one.verb == _("Verified")), None)


def _first(one: Any) -> Change:
    verb = _("Added") if one.history_user else _("Loaded from a file")
    return Change(one.history_date, one.history_user, verb, _reason(one), ())


def _change(row: Any, old: Any, new: Any) -> Change:
    kind = kinds.of(row)
    names = [*kind.fields, *SOURCED]
    different = tuple(
        Difference(words.label(kind, name), words.value(old, name), words.value(new, name))
        for name in names
        if getattr(old, name) != getattr(new, name)
    )
    is_verified = new.is_verified and not old.is_verified
    verb = _("Verified") if is_verified else _("Changed")
    return Change(new.history_date, new.history_user, verb, _reason(new), different)


def _reason(one: Any) -> str:
    return one.history_change_reason or "" if one.history_user else ""
