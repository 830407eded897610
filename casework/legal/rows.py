"""Operations on the law: adding a rule, correcting a row, a new version from a day, verifying.

Who changed what, when and why is kept; no two versions of a rule are in force on one day; what was
verified and is then changed must be verified again.
"""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, display, roles
from casework.errors import NotAllowed, RuleBroken
from casework.legal import kinds
from casework.legal.kinds import Kind
from casework.models import Charge, Provision, User


def demand_editor(user: access.Reader) -> None:
    """Everyone signed in reads the law; whoever holds MANAGE_LAW edits it."""
    if not access.holds(user, roles.MANAGE_LAW):
        raise NotAllowed(_("Your position does not edit the law. A legal officer does."))


@transaction.atomic
def add(kind: Kind, *, actor: User, reason: str, **values: Any) -> Any:
    """A rule that is not there yet, or a version of one for days that no other covers."""
    demand_editor(actor)
    row = kind.model(**values, is_verified=False)
    _save(row, actor, reason, "law.add")
    return row


@transaction.atomic
def change(row: Any, *, actor: User, reason: str, **values: Any) -> Any:
    """Correct what the record says of a rule. What it is called by stays: write a new row then."""
    demand_editor(actor)
    row = _locked(row)
    kind = kinds.of(row)
    for name in kind.key:
        if name in values and values.pop(name) != getattr(row, name):
            raise RuleBroken(
                _("This cannot change here: charges may rest on it. Give the row its last day and "
                  "add another one."),
                field=name,
            )  # fmt: skip
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        raise RuleBroken(_("Nothing is different. Change something, or go back."))
    _keep_first(row)
    for name, value in {**changed, "is_verified": False}.items():
        setattr(row, name, value)
    _save(row, actor, reason, "law.change", fields=sorted(changed))
    return row


@transaction.atomic
def follow(row: Any, *, starts_on: date, actor: User, reason: str, **values: Any) -> Any:
    """A new version of a rule from a day on; the old one ends the day before."""
    demand_editor(actor)
    row = _locked(row)
    kind = kinds.of(row)
    if row.valid_from is not None and starts_on <= row.valid_from:
        raise RuleBroken(
            _("This version began on %(day)s. The new one begins later.")
            % {"day": display.day(row.valid_from)},
            field="valid_from",
        )
    last_day = row.valid_to
    if last_day is not None and last_day < starts_on - timedelta(days=1):
        raise RuleBroken(
            _("This version ended on %(day)s. Add a row for the later days instead.")
            % {"day": display.day(last_day)},
            field="valid_from",
        )
    _keep_first(row)
    row.valid_to = starts_on - timedelta(days=1)
    _save(row, actor, reason, "law.end")
    same = {name: getattr(row, name) for name in kind.key}
    values = {name: value for name, value in values.items() if name not in kind.key}
    new = kind.model(**same, **values, valid_from=starts_on, is_verified=False)
    new.valid_to = values.get("valid_to", last_day)  # type: ignore[attr-defined]
    _save(new, actor, reason, "law.follow", after=row.pk)
    return new


@transaction.atomic
def verify(row: Any, *, actor: User, reason: str, source: str = "") -> Any:
    """Say that the row was compared with its source; `reason` tells with which print of it.

    `source` says where it is written from now on, e.g. without its “not checked”.
    """
    demand_editor(actor)
    row = _locked(row)
    if row.is_verified:
        raise RuleBroken(_("It is verified. A change makes it unverified again."))
    _keep_first(row)
    row.is_verified, row.source = True, source or row.source
    _save(row, actor, reason, "law.verify")
    return row


def charges_on(row: models.Model, user: access.Reader) -> int:
    """How many filed charges rest on a provision, of the cases that this reader may see."""
    if not isinstance(row, Provision):
        return 0
    filed = Charge.objects.visible_to(user).filter(
        count__provision=row, count__charge_sheet__filed_on__isnull=False
    )
    return int(filed.count())


def _locked(row: models.Model) -> Any:
    return row._meta.default_manager.select_for_update(no_key=True).get(pk=row.pk)  # type: ignore[union-attr]


def _save(row: Any, actor: User, reason: str, action: str, **detail: Any) -> None:
    if not reason.strip():
        raise RuleBroken(_("Say why: the history keeps it."), field="reason")
    _check_days(row)
    row.full_clean()
    audit.sign(row, actor, reason)
    row.save()
    audit.record(action, actor=actor, subject=row, reason=reason, **detail)


def _check_days(row: Any) -> None:
    first, last = row.valid_from, row.valid_to
    if first and last and last < first:
        raise RuleBroken(_("It ends before it begins. Read both days again."), field="valid_to")
    others = kinds.of(row).versions(row).exclude(pk=row.pk)
    if first:
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
    if last:
        others = others.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=last))
    other = others.first()
    if other is not None:
        days = display.span(other.valid_from, other.valid_to)
        raise RuleBroken(
            _("Another version is in force then (%(days)s). Open it and write a new version from a "
              "day, or give it its last day first.") % {"days": days},
            field="valid_from",
        )  # fmt: skip


def _keep_first(row: Any) -> None:
    """A row that was loaded in bulk has no history yet: what it said is kept before it changes."""
    if not row.history.exists():
        values = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
        row.history.create(
            **values, history_date=clock.now(), history_type="+", history_user=None,
            history_change_reason="As it was loaded",
        )  # fmt: skip
