"""Warrants and orders: what was allowed, from when to when, and what was done under it.

A sensitive one is there only for those who may see such things.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import clock, stages
from casework.duties import writing
from casework.errors import RuleBroken
from casework.models import Authority, Case, Code, User

WARN_DAYS = 7  # before it ends: time to use it, or to ask for another
FIELDS = (
    "kind", "number", "court", "issuer", "issued_on", "valid_from", "valid_until", "accused",
    "scope", "attachment", "is_sensitive",
)  # fmt: skip


@transaction.atomic
def add(case: Case, *, kind: Code, issued_on: date, actor: User, **fields: Any) -> Authority:
    """A warrant or an order as the court gave it; `fields` are the others of FIELDS."""
    writing.begin(case, actor)
    row = Authority(
        case=case, kind=kind, issued_on=issued_on, recorded_by=actor, recorded_at=clock.now(),
        **_known(fields),
    )  # fmt: skip
    return _checked(row, actor, "authority.add")


@transaction.atomic
def change(authority: Authority, *, actor: User, reason: str = "", **fields: Any) -> Authority:
    """Correct what is on record; the history keeps what stood before."""
    writing.begin(authority.case, actor)
    writing.read_again(authority)
    for name, value in _known(fields).items():
        setattr(authority, name, value)
    return _checked(authority, actor, "authority.change", reason)


@transaction.atomic
def execute(authority: Authority, *, executed_on: date, result: str, actor: User) -> Authority:
    """It was carried out on a day, and what came of it. Not before it was given."""
    writing.begin(authority.case, actor)
    writing.read_again(authority)
    if not result.strip():
        raise RuleBroken(_("Say what came of it."), field="result")
    _check_act(authority, executed_on, "executed_on")
    authority.executed_on, authority.result = executed_on, result.strip()
    return _checked(authority, actor, "authority.execute")


@transaction.atomic
def end(authority: Authority, *, ended_on: date, result: str, actor: User) -> Authority:
    """The court lifted it, or it went back unused."""
    writing.begin(authority.case, actor)
    writing.read_again(authority)
    if not result.strip():
        raise RuleBroken(_("Say why it ended."), field="result")
    stages.check_day(
        ended_on, field="ended_on", after=authority.issued_on, after_what=_("the day it was given")
    )
    authority.ended_on = ended_on
    authority.result = " ".join(filter(None, (authority.result, result.strip())))
    return _checked(authority, actor, "authority.end")


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"unknown fields: {sorted(unknown)}")
    return fields


def _check_act(authority: Authority, day: date, field: str) -> None:
    first = authority.valid_from or authority.issued_on
    stages.check_day(day, field=field, after=first, after_what=_("the first day it was valid"))
    last = min(filter(None, (authority.valid_until, authority.ended_on)), default=None)
    if last is not None and day > last:
        told = _("It had ended by then. What was done without it needs another authority.")
        raise RuleBroken(told, field=field)


def _checked(row: Authority, actor: User, action: str, reason: str = "") -> Authority:
    writing.check_trust(row.case, is_sensitive=row.is_sensitive)
    writing.check_of_case(row.case, accused=row.accused)
    stages.check_day(row.issued_on, field="issued_on")
    first = row.valid_from or row.issued_on
    if row.valid_until is not None:
        stages.check_day(
            row.valid_until, field="valid_until", after=first,
            after_what=_("the day from which it is valid"), may_be_ahead=True,
        )  # fmt: skip
    if row.valid_from is not None:
        stages.check_day(row.valid_from, field="valid_from", may_be_ahead=True)
    writing.save(row, actor, action, reason=reason)
    return row


def state(row: Authority, today: date) -> tuple[str, StrOrPromise]:
    """Its mark and its word today."""
    if row.ended_on is not None:
        return "full", _("Ended")
    if row.executed_on is not None:
        return "full", _("Carried out")
    if (row.valid_from or row.issued_on) > today:
        return "later", _("Not valid yet")
    if row.valid_until is None:
        return "half", _("Not carried out yet")
    if row.valid_until < today:
        return "cross", _("Ended unused")
    left = (row.valid_until - today).days
    return ("open", _("Ends soon")) if left <= WARN_DAYS else ("half", _("Valid"))
