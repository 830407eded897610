"""The parties of a case: who had which part in it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from casework.models import Case, Code, User
from kyc import parties
from kyc.diligence import standing
from kyc.forms.party import InvolvementForm, ReasonForm
from kyc.models import Consignment, Involvement, Party


@require_safe
def case_parties(request: HttpRequest, reference: str) -> HttpResponse:
    """Who stands behind the consignment, and how much of it is only their own word."""
    case = access.get_case(request.user, reference)
    parts = (
        Involvement.objects.visible_to(request.user)
        .filter(case=case)
        .select_related("party__own_case", "role", "consignment")
    )
    stands = _stand(request.user, parts)
    known = standing.known(request.user, stands.values())
    context = {
        "case": case,
        "rows": [(part, known[stands[part.pk].pk], stands[part.pk]) for part in parts],
        "may_edit": roles.EDIT in case.granted_actions,
    }
    return render(request, "kyc/case_parties.html", context)


def _stand(user: access.Reader, parts: Iterable[Involvement]) -> dict[int, Party]:
    """For each part the record that stands for its party, where the reader sees that one."""
    kept = {part.party.merged_into_id for part in parts if part.party.merged_into_id}
    seen = Party.objects.visible_to(user).filter(pk__in=kept) if kept else ()
    roots = {party.pk: party for party in seen}
    return {part.pk: roots.get(part.party.merged_into_id or 0, part.party) for part in parts}


def involvement_add(request: HttpRequest, reference: str) -> HttpResponse:
    """An existing or a new party in a part of the case, with its first facts, in one form."""
    actor = access.person(request)
    case = access.get_case(actor, reference, roles.EDIT)
    form = InvolvementForm(
        request.POST or None,
        parties=nameable(actor, case),
        consignments=Consignment.objects.visible_to(actor).filter(seizure__case=case),
        may_register=parties.may_write(actor, None),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _introduce(case, form, actor)) is not None
    ):
        messages.success(request, gettext("The party is on the record of this case."))
        return redirect("kyc:case-parties", reference)
    return render(request, "kyc/involvement_add.html", {"form": form, "case": case})


def nameable(user: access.Reader, case: Case) -> Any:
    """Parties that may be named in this case: the register's, and those kept to it."""
    return Party.objects.standing_for(user).filter(Q(own_case__isnull=True) | Q(own_case=case))


def _introduce(case: Case, form: InvolvementForm, actor: User) -> Involvement:
    data = form.cleaned_data
    named = data["party"]
    if not isinstance(named, Party):
        named = parties.NewParty(data["kind"], named, data["country"], data.get("is_kept", False))
    kinds = {code.code: code for code in Code.objects.kind("fact_kind")}
    return parties.introduce(
        case,
        named,
        role=data["role"],
        origin=form.origin(),
        facts=[(kinds[kind], value) for kind, value in form.first_facts()],
        consignment=data["consignment"],
        note=data["note"],
        actor=actor,
    )


def involvement_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a part that was recorded by mistake."""
    actor = access.person(request)
    parts = Involvement.objects.visible_to(actor).select_related("case", "party", "role")
    part: Involvement = get_object_or_404(parts, pk=pk)
    case = access.require(actor, part.case, roles.EDIT)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, lambda: parties.withdraw(part, actor=actor, reason=reason))
        if not form.errors:
            return redirect("kyc:case-parties", case.reference)
    context = {"form": form, "part": part, "case": case}
    return render(request, "kyc/involvement_withdraw.html", context)
