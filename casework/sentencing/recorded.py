"""Rows that are written once: the next row in their place, or the row that takes them back."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.errors import RuleBroken
from casework.models import User
from casework.models.recorded import Recorded

R = TypeVar("R", bound=Recorded)


def save(row: R, *, actor: User) -> R:
    """Write a row, checked, with who recorded it and when."""
    row.recorded_by, row.recorded_at = actor, clock.now()
    row.full_clean()
    row.save()
    return row


def check_standing(row: Recorded) -> None:
    """Refuse to correct what is corrected already; the caller holds the case's lock."""
    rows: Any = type(row)
    if row.is_withdrawn or rows.objects.filter(supersedes=row).exists():
        raise replaced()


def firsts(links: Mapping[int, int | None]) -> dict[int, int]:
    """For each row the first of its line of corrections: its place among the rows of one day.

    `links`: by the key of each row the key of the one that it stands in the place of.
    """
    found = {}
    for key in links:
        first, before = key, links[key]
        while before is not None:
            first, before = before, links.get(before)
        found[key] = first
    return found


def replaced() -> RuleBroken:
    """What to say to whoever corrects a row that no longer counts."""
    return RuleBroken(_("A later entry stands in the place of this one. Read the page again."))


def check_said(why: str) -> str:
    """What was wrong in the record, which every correction must say."""
    if not why.strip():
        raise RuleBroken(_("Say what was wrong in the record."), field="correction")
    return why.strip()


def instead(row: R, *, why: str, is_withdrawn: bool = False) -> R:
    """A copy of a row that stands in its place once it is saved, to be changed before."""
    check_standing(row)
    fields = {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    names = {field.name: field.attname for field in row._meta.concrete_fields}
    copy = type(row)(**{names[name]: value for name, value in fields.items()})
    copy.supersedes, copy.correction, copy.is_withdrawn = row, check_said(why), is_withdrawn
    return copy
