"""Agencies and their units. Only an administrator without an agency adds agencies."""

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, people
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from casework.forms.people import AgencyForm, NewAgencyForm, NewUnitForm, UnitForm
from casework.models import Agency, Unit, User


@require_safe
def people_agencies(request: HttpRequest) -> HttpResponse:
    """Agencies and units, with how many people work in each."""
    people.demand_manager(request.user)
    active = Count("people", filter=Q(people__is_active=True))
    units = Unit.objects.annotate(active=active)
    agencies = people.agencies_managed_by(request.user).annotate(active=active)
    context = {
        "agencies": agencies.prefetch_related(Prefetch("units", queryset=units)),
        "may_add": access.person(request).agency is None,
    }
    return render(request, "casework/people_agencies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people_agency_add(request: HttpRequest) -> HttpResponse:
    actor = access.person(request)
    people.demand_manager(actor)
    if actor.agency is not None:
        raise NotAllowed(gettext("Only an administrator of the whole installation adds agencies."))
    form = NewAgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: people.create_agency(actor=actor, **form.cleaned_data))
        if made:
            return redirect("casework:people-agencies")
    return render(request, "casework/people_agency_add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def people_agency_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor, agency = access.person(request), _managed(request.user, pk)
    initial = {name: getattr(agency, name) for name in AgencyForm.base_fields}
    form = AgencyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: people.change_agency(agency, actor=actor, **data)):
            return redirect("casework:people-agencies")
    context = {"form": form, "agency": _managed(request.user, pk)}
    return render(request, "casework/people_agency_change.html", context)


def _managed(user: access.Reader, pk: int) -> Agency:
    people.demand_manager(user)
    return get_object_or_404(people.agencies_managed_by(user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def people_unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new unit; its people get its cases through its group."""
    actor, agency = access.person(request), _managed(request.user, pk)
    form = NewUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: people.create_unit(agency, actor=actor, **data)):
            return redirect("casework:people-agencies")
    return render(request, "casework/people_unit_add.html", {"form": form, "agency": agency})


@require_http_methods(["GET", "HEAD", "POST"])
def people_unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name; the code stays."""
    actor = access.person(request)
    unit = _unit(actor, pk)
    form = UnitForm(request.POST or None, initial={"name": unit.name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: people.rename_unit(unit, actor=actor, **data)):
            return redirect("casework:people-agencies")
    context = {"form": form, "unit": _unit(actor, pk)}
    return render(request, "casework/people_unit_change.html", context)


def _unit(actor: User, pk: int) -> Unit:
    people.demand_manager(actor)
    units = Unit.objects.filter(agency__in=people.agencies_managed_by(actor))
    return get_object_or_404(units.select_related("agency"), pk=pk)
