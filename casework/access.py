"""Who may do what on which case: the only place that answers it.

An invisible case is a 404 (its existence is a secret); a visible one on which the act is not
allowed is a 403. guardian's own backend and shortcuts are not used: they let a superuser, a global
permission or an expired grant through.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from casework import audit, clock, prepared, roles
from casework.errors import NotAllowed, RuleBroken
from casework.holding import hold
from casework.models import Case, CaseGroupGrant, CaseUserGrant, User
from casework.models.access import GrantQuerySet
from casework.roles import ACTIONS, POSITIONS, ROLES

__all__ = ["ACTIONS", "POSITIONS", "ROLES"]

Reader = User | AnonymousUser
EMERGENCY = timedelta(hours=8)  # a shift: whoever needs longer is put on the team


def person(request: HttpRequest) -> User:
    """Who asks: every page but signing in lets only signed-in people through."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # LoginRequiredMiddleware has seen to it
    return user


def holds(user: Reader, permission: str) -> bool:
    """Whether an active person holds a permission by position or by an explicit grant of it.

    Being a superuser gives nothing: there is no silent superuser.
    """
    if isinstance(user, AnonymousUser) or not user.is_active:
        return False
    if permission in POSITIONS.get(user.position, frozenset()):
        return True
    return permission in _explicit_permissions(user)


def _explicit_permissions(user: User) -> frozenset[str]:
    kept: frozenset[str] | None = getattr(user, "_explicit_permissions", None)
    if kept is None:
        rows = Permission.objects.filter(Q(user=user) | Q(group__user=user))
        pairs = rows.values_list("content_type__app_label", "codename")
        kept = frozenset(f"{app}.{codename}" for app, codename in pairs)
        user._explicit_permissions = kept  # type: ignore[attr-defined]  # asked once per request
    return kept


def actions(user: Reader, case: Case) -> frozenset[str]:
    """All that this user may do on this case now; empty when the case is invisible."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return frozenset()
    query, values = question(user, case)
    return allowed(user, query.rows(**values))


def question(user: User, case: Case) -> prepared.Question:
    """What `actions` asks the database, for whoever asks it more at the same time."""
    return _roles, {"user": user.pk, "case": case.pk, "now": clock.now()}


def allowed(user: User, codenames: list[prepared.Row]) -> frozenset[str]:
    """The answer to that question, in actions."""
    if not user.is_active:
        return frozenset()
    return frozenset().union(*(ROLES.get(name, frozenset()) for (name,) in codenames))


def _live_roles(user: int, case: int, now: datetime) -> QuerySet[Any, Any]:
    """Codenames of the live grants of an active person, their own and those of their unit."""
    direct = CaseUserGrant.objects.live(now).filter(
        content_object=case, user=user, user__is_active=True
    )
    through_unit = CaseGroupGrant.objects.live(now).filter(
        content_object=case, group__user=user, group__user__is_active=True
    )
    names: QuerySet[Any, Any] = direct.values_list("permission__codename").union(
        through_unit.values_list("permission__codename")
    )
    return names


_roles = prepared.Query(_live_roles, user=int, case=int, now=datetime)


def can(user: Reader, case: Case, action: str) -> bool:
    """Whether this user may do this on this case now."""
    if action not in ACTIONS:
        raise ValueError(f"unknown action {action!r}")
    return action in actions(user, case)


def get_case(user: Reader, reference: str, action: str = roles.VIEW) -> Case:
    """The case, for a reader who may do `action` on it; `case.granted_actions` is for templates.

    Raises Http404 where the reader may not even know of it, NotAllowed where they may only read.
    """
    case = (
        Case.objects.visible_to(user)
        .select_related("agency", "unit", "lead_officer")
        .filter(reference=reference)
        .first()
    )
    if case is None:
        raise Http404
    return require(user, case, action)


def require(user: Reader, case: Case, action: str) -> Case:
    """The same demand on a case already fetched, e.g. as the parent of an exhibit."""
    case.granted_actions = actions(user, case)
    if roles.VIEW not in case.granted_actions:
        raise Http404
    if action not in case.granted_actions:
        raise NotAllowed
    return case


def require_one(user: Reader, case: Case, *wanted: str) -> Case:
    """The demand of an act that several actions allow, e.g. investigating or prosecuting."""
    require(user, case, roles.VIEW)
    if not case.granted_actions.intersection(wanted):
        raise NotAllowed
    return case


def get_case_for(user: Reader, reference: str, *wanted: str) -> Case:
    """The case, for a reader who may do at least one of these actions on it."""
    return require_one(user, get_case(user, reference), *wanted)


def role_permission(role: str) -> Permission:
    if role not in ROLES:
        raise RuleBroken(_("Choose one of the roles."), field="role")
    return Permission.objects.get(
        codename=role, content_type__app_label="casework", content_type__model="case"
    )


def grant(
    case: Case,
    *,
    role: str,
    actor: User,
    reason: str,
    to: User | Group,
    expires_at: datetime | None = None,
    is_break_glass: bool = False,
) -> CaseUserGrant | CaseGroupGrant:
    """Give a role on a case to a person or a unit's group; a grant they have is replaced."""
    if expires_at is not None and expires_at <= clock.now():
        raise RuleBroken(_("The end lies in the past. Choose a later one."), field="expires_at")
    if isinstance(to, User) and not to.is_active:
        raise RuleBroken(_("This person no longer works here."), field="to")
    if role == "lead" and (expires_at is not None or not isinstance(to, User)):
        raise RuleBroken(_("A case is led by a person, without an end. Choose another role."))
    fields = {"granted_by": actor, "reason": reason, "expires_at": expires_at}
    with transaction.atomic():
        hold(case)
        permission = role_permission(role)
        row: CaseUserGrant | CaseGroupGrant
        if isinstance(to, User):
            row, _made = CaseUserGrant.objects.update_or_create(
                user=to,
                permission=permission,
                content_object=case,
                defaults={**fields, "is_break_glass": is_break_glass},
            )
        else:
            row, _made = CaseGroupGrant.objects.update_or_create(
                group=to, permission=permission, content_object=case, defaults=fields
            )
        audit.record(
            "access.break_glass" if is_break_glass else "access.grant",
            actor=actor,
            case=case,
            subject=to,
            role=role,
            reason=reason,
            expires_at=expires_at.isoformat() if expires_at else None,
        )
        _changed(case)
    return row


def revoke(row: CaseUserGrant | CaseGroupGrant, *, actor: User, reason: str) -> None:
    """End a grant at once; the audit keeps who had it and why it ended."""
    case = row.content_object
    with transaction.atomic():
        hold(case)  # two leads do not both go
        holder = row.user if isinstance(row, CaseUserGrant) else row.group
        role = row.permission.codename
        if role == "lead" and isinstance(row, CaseUserGrant) and not _other_leads(row):
            raise RuleBroken(_("A case needs a lead. Name another one first."))
        row.delete()
        audit.record(
            "access.revoke", actor=actor, case=case, subject=holder, role=role, reason=reason
        )
        _changed(case)


def break_glass(reference: str, *, actor: User, reason: str) -> Case:
    """Open a case to its reader for a shift. The attempt is on record even where there is none."""
    if not holds(actor, roles.BREAK_GLASS):
        raise NotAllowed(_("Your position does not open cases in an emergency."))
    case: Case | None = Case.objects.filter(reference=reference).first()
    if case is None:
        audit.record("access.break_glass_missed", actor=actor, reference=reference, reason=reason)
        raise RuleBroken(_("No case has this reference. Read it again."), field="reference")
    with transaction.atomic():
        hold(case)  # what its lead gives at this moment is not replaced
        if not can(actor, case, roles.VIEW):
            grant(
                case,
                role="viewer",
                to=actor,
                actor=actor,
                reason=reason,
                expires_at=clock.now() + EMERGENCY,
                is_break_glass=True,
            )
    return case


def emergencies(lead: User) -> "GrantQuerySet[CaseUserGrant]":
    """Emergency access that stands now on the cases whose team this person looks after."""
    cases = Case.objects.permitting(lead, roles.TEAM)
    rows: GrantQuerySet[CaseUserGrant] = CaseUserGrant.objects.live()
    return rows.filter(is_break_glass=True, content_object__in=cases).select_related(
        "user__agency", "content_object"
    )


def _other_leads(row: CaseUserGrant) -> bool:
    leads = CaseUserGrant.objects.live().filter(
        content_object=row.content_object, permission__codename="lead", user__is_active=True
    )
    return bool(leads.exclude(pk=row.pk).exists())


def _changed(case: Case) -> None:
    from casework import signals

    signals.changed.send(sender=Case, instance=case)
