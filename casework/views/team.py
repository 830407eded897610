"""The team of a case: who is on it in which role, who let them in, and until when."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, clock, people, roles
from casework.forms.attempt import attempt
from casework.forms.team import EndForm, GrantForm
from casework.models import Case, CaseGroupGrant, CaseUserGrant

KINDS: dict[str, Any] = {"person": CaseUserGrant, "unit": CaseGroupGrant}


@require_safe
def case_team(request: HttpRequest, reference: str) -> HttpResponse:
    """People and units with their roles; what has run out stays below."""
    case = access.get_case(request.user, reference)
    persons = CaseUserGrant.objects.filter(content_object=case).select_related(
        "user__agency", "user__unit__agency", "permission", "granted_by"
    )
    units = CaseGroupGrant.objects.filter(content_object=case).select_related(
        "group__unit__agency", "group__audited_agency", "permission", "granted_by"
    )
    rows = [*map(_person_row, persons), *map(_unit_row, units)]
    order = list(roles.ROLES)
    rows.sort(key=lambda row: (order.index(row["role"]), row["name"]))
    context = {
        "case": case,
        "rows": [row for row in rows if not row["is_over"]],
        "ended": [row for row in rows if row["is_over"]],
        "may_grant": roles.TEAM in case.granted_actions,
        "may_audit": roles.AUDIT in case.granted_actions,
    }
    return render(request, "casework/case_team.html", context)


def _row(kind: str, grant: Any, name: str, place: str) -> dict[str, Any]:
    role = grant.permission.codename
    return {
        "kind": kind,
        "grant": grant,
        "name": name,
        "place": place,
        "role": role,
        "role_word": roles.ROLE_WORDS[role],
        "is_over": grant.expires_at is not None and grant.expires_at <= clock.now(),
    }


def _person_row(grant: CaseUserGrant) -> dict[str, Any]:
    place = grant.user.unit or grant.user.agency
    return _row("person", grant, str(grant.user), str(place or ""))


def _unit_row(grant: CaseGroupGrant) -> dict[str, Any]:
    unit = getattr(grant.group, "unit", None)
    if unit is not None:
        return _row("unit", grant, unit.name, unit.agency.name)
    agency = getattr(grant.group, "audited_agency", None)
    return _row("unit", grant, gettext("Auditors"), agency.name if agency else grant.group.name)


@require_http_methods(["GET", "HEAD", "POST"])
def team_grant(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a person or a unit in."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.TEAM)
    form = GrantForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _grant(case, form, actor))
    ):
        messages.success(request, gettext("They see the case from now on."))
        return redirect("casework:case-team", reference)
    return render(request, "casework/team_grant.html", {"form": form, "case": case})


def _grant(case: Case, form: GrantForm, actor: Any) -> CaseUserGrant | CaseGroupGrant:
    return access.grant(
        case,
        role=form.cleaned_data["role"],
        to=form.holder(),
        reason=form.cleaned_data["reason"],
        expires_at=form.expires_at(),
        actor=actor,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def team_end(request: HttpRequest, reference: str, kind: str, pk: int) -> HttpResponse:
    """End somebody's access at once, with the reason."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.TEAM)
    if kind not in KINDS:
        raise Http404
    grant = get_object_or_404(KINDS[kind], pk=pk, content_object=case)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: access.revoke(grant, actor=actor, **form.cleaned_data))
        if not form.errors:
            messages.success(request, gettext("Their access has ended."))
            seen = access.can(actor, case, roles.VIEW)
            return redirect("casework:case-team", reference) if seen else redirect("/")
    row = _person_row(grant) if kind == "person" else _unit_row(grant)
    return render(request, "casework/team_end.html", {"form": form, "case": case, "row": row})


@require_safe
def suggest_people(request: HttpRequest) -> JsonResponse:
    """Active people, while somebody types a name or a service number."""
    found = people.suggest(request.GET.get("q", "")[:100])
    return JsonResponse(
        [{"value": p.username, "label": str(p), "note": ", ".join(_said_of(p))} for p in found],
        safe=False,
    )


def _said_of(person: Any) -> list[str]:
    place = person.unit or person.agency
    return [str(part) for part in (person.service_number, place) if part]
