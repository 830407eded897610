"""How courts want their dossiers: kept by whoever keeps the reference tables, without code.

Each change is in the template's history; a dossier keeps what it was built with in its own pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, Proceeding, User
from evidence.issuing import parts
from evidence.models import DossierTemplate

FIELDS = (
    "name", "agency", "court", "language", "parts", "cover_heading", "cover_text", "closing_text",
)  # fmt: skip
LONGEST_TITLE = 120
MOST_CHANGES = 20


def demand_keeper(user: access.Reader) -> None:
    if not access.holds(user, roles.MANAGE_REFERENCE):
        raise NotAllowed(_("Your position does not change the templates of dossiers."))


def offered(case: Case) -> Any:
    """Those a dossier of the case may be made by: of its agency, or of every agency."""
    mine = Q(agency__isnull=True) | Q(agency=case.agency_id)
    return DossierTemplate.objects.filter(mine, is_active=True).select_related("court", "agency")


def default(case: Case, found: Sequence[DossierTemplate]) -> DossierTemplate | None:
    """That of the court of the trial, then of the agency, then of the house."""
    courts = _courts(case)
    ranked = [(*_rank(one, case, courts), one.pk, one) for one in found if _suits(one, courts)]
    return min(ranked)[-1] if ranked else None


def _courts(case: Case) -> list[int]:
    """Of its proceedings, the one that began last first."""
    rows = Proceeding.objects.filter(case=case)
    return list(rows.order_by("-opened_on", "-pk").values_list("court", flat=True)[:10])


def _suits(one: DossierTemplate, courts: Sequence[int]) -> bool:
    return one.court_id is None or one.court_id in courts


def _rank(one: DossierTemplate, case: Case, courts: Sequence[int]) -> tuple[int, int]:
    nearest = courts.index(one.court_id) if one.court_id in courts else len(courts)
    return nearest, 0 if one.agency_id == case.agency_id else 1


@transaction.atomic
def add(*, actor: User | None, **values: Any) -> DossierTemplate:
    """Nobody as actor: the installation itself, when it is set up."""
    if actor is not None:
        demand_keeper(actor)
    return _save(DossierTemplate(), values, actor, "template.add")


@transaction.atomic
def change(
    template: DossierTemplate, *, actor: User, reason: str = "", **values: Any
) -> DossierTemplate:
    """Dossiers that are built keep the wording they were built with."""
    demand_keeper(actor)
    return _save(template, values, actor, "template.change", reason)


@transaction.atomic
def offer(template: DossierTemplate, *, is_active: bool, actor: User) -> None:
    """Take it out of use, or offer it again."""
    demand_keeper(actor)
    template.is_active = is_active
    audit.sign(template, actor)
    template.save()
    act = "template.offer" if is_active else "template.retire"
    audit.record(act, actor=actor, subject=template)


@dataclass(frozen=True)
class Change:
    """Who changed it, when, why, and the fields that are different."""

    at: datetime
    who: User | None
    reason: str
    fields: tuple[StrOrPromise, ...]
    is_active: bool


def history(template: DossierTemplate) -> list[Change]:
    """The newest first."""
    rows = list(template.history.select_related("history_user")[: MOST_CHANGES + 1])
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return [_told(new, old) for new, old in list(pairs)[:MOST_CHANGES]]


def _told(new: Any, old: Any) -> Change:
    meta: Any = DossierTemplate._meta
    different = tuple(
        meta.get_field(name).verbose_name
        for name in FIELDS
        if old is not None and getattr(new, _stored(name)) != getattr(old, _stored(name))
    )
    why = new.history_change_reason or ""
    return Change(new.history_date, new.history_user, why, different, new.is_active)


def _stored(name: str) -> str:
    return f"{name}_id" if name in ("agency", "court") else name


def _save(
    template: DossierTemplate,
    values: dict[str, Any],
    actor: User | None,
    act: str,
    reason: str = "",
) -> DossierTemplate:
    for name in FIELDS:
        if name in values:
            setattr(template, name, values[name])
    template.parts = _checked(template.parts)
    _demand_own_name(template)
    template.full_clean()
    audit.sign(template, actor, reason)
    template.save()
    named = [each["key"] for each in template.parts]
    audit.record(act, actor=actor, subject=template, parts=named)
    return template


def _demand_own_name(template: DossierTemplate) -> None:
    """People choose one by its name. To the database two templates without an agency differ."""
    others = DossierTemplate.objects.exclude(pk=template.pk)
    if others.filter(name__iexact=template.name, agency=template.agency_id).exists():
        raise RuleBroken(_("There is one of this name. Give it another name."), field="name")


def _checked(rows: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """The parts in their order, each once and known. RuleBroken otherwise."""
    plain = [{"key": str(row["key"]), "title": str(row.get("title", "")).strip()} for row in rows]
    keys = [row["key"] for row in plain]
    if not keys:
        raise RuleBroken(_("Choose at least one part."))
    if unknown := parts.unknown(keys):
        raise RuleBroken(_("There is no part named %(name)s.") % {"name": unknown[0]})
    if len(set(keys)) < len(keys):
        raise RuleBroken(_("Each part stands in a dossier once."))
    if any(len(row["title"]) > LONGEST_TITLE for row in plain):
        raise RuleBroken(_("A title has at most %(n)d characters.") % {"n": LONGEST_TITLE})
    return plain
