"""People of an agency, for its administrator: adding, changing, ending and renewing access."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, people
from casework.forms.attempt import attempt
from casework.forms.people import (
    HandOverForm,
    NewPersonForm,
    PasswordForm,
    PersonForm,
    ReasonForm,
)
from casework.models import AuditEntry, User

PER_PAGE = 50
CHANGES_SHOWN = 20
FIELDS = (
    "name", "rank", "service_number", "agency", "unit", "position", "phone", "email", "time_zone",
)  # fmt: skip


@require_safe
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody the administrator looks after."""
    people.demand_manager(request.user)
    query = request.GET.get("q", "").replace("\x00", "").strip()
    found = _search(people.managed_by(request.user), query)
    page = Paginator(found.order_by("-is_active", "name", "pk"), PER_PAGE)
    context = {"page": page.get_page(request.GET.get("page")), "query": query}
    return render(request, "casework/people_list.html", context)


def _search(found: QuerySet[User], query: str) -> QuerySet[User]:
    named = Q(name__icontains=query) | Q(username__icontains=query)
    return found.filter(named | Q(service_number__icontains=query)) if query else found


@require_http_methods(["GET", "HEAD", "POST"])
def people_add(request: HttpRequest) -> HttpResponse:
    """A new person, who can sign in at once with the first password."""
    actor = access.person(request)
    people.demand_manager(actor)
    form = NewPersonForm(request.POST or None, actor=actor, initial={"agency": actor.agency_id})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: people.create_person(actor=actor, **form.cleaned_data))
        if made:
            messages.success(request, gettext("They can sign in now. Hand the password over."))
            return redirect("casework:people-list")
    return render(request, "casework/people_add.html", {"form": form})


def _managed(request: HttpRequest, pk: int) -> User:
    people.demand_manager(request.user)
    return get_object_or_404(people.managed_by(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def people_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rank, unit, position and the like, with what was changed before."""
    actor, person = access.person(request), _managed(request, pk)
    initial = {name: getattr(person, name) for name in FIELDS}
    form = PersonForm(request.POST or None, initial=initial, actor=actor)
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            form, lambda: people.change_person(person, actor=actor, **form.cleaned_data)
        )
        if changed:
            return redirect("casework:people-list")
    context = {
        "form": form,
        "person": _managed(request, pk),
        "changes": _changes(person),
        "led_alone": people.led_alone_by(person).count(),
    }
    return render(request, "casework/people_change.html", context)


def _changes(person: User) -> Any:
    rows = AuditEntry.objects.filter(subject_kind="casework.user", subject_id=str(person.pk))
    rows = rows.filter(action__startswith="person.").exclude(action="person.sign_in")
    return rows[:CHANGES_SHOWN]


@require_http_methods(["GET", "HEAD", "POST"])
def people_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password for somebody who forgot theirs; it ends their sessions."""
    actor, person = access.person(request), _managed(request, pk)
    if person == actor:  # the own one asks for the old one
        return redirect("casework:account-password")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        attempt(form, lambda: people.set_password(person, password, actor=actor))
        if not form.errors:
            messages.success(request, gettext("The password is new. Their sessions have ended."))
            return redirect("casework:people-change", pk)
    return render(request, "casework/people_password.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def people_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """End a person's access everywhere; what they did stays under their name."""
    return _standing(request, pk, "casework/people_deactivate.html", people.deactivate)


@require_http_methods(["GET", "HEAD", "POST"])
def people_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person in again."""
    return _standing(request, pk, "casework/people_reactivate.html", people.reactivate)


@require_http_methods(["GET", "HEAD", "POST"])
def people_handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Another lead for the cases that somebody alone leads: without one nobody lets people in."""
    actor, person = access.person(request), _managed(request, pk)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        attempt(form, lambda: people.hand_over(person, actor=actor, **data))
        if not form.errors:
            messages.success(request, gettext("Their cases are led by %(to)s.") % data)
            return redirect("casework:people-change", pk)
    number = people.led_alone_by(person).count()
    context = {"form": form, "person": person, "led_alone": number}
    return render(request, "casework/people_handover.html", context)


def _standing(request: HttpRequest, pk: int, template: str, operation: Any) -> HttpResponse:
    actor, person = access.person(request), _managed(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, lambda: operation(person, actor=actor, reason=reason))
        if not form.errors:
            _warn_of_led(request, person)
            return redirect("casework:people-change", pk)
    return render(request, template, {"form": form, "person": person})


def _warn_of_led(request: HttpRequest, person: User) -> None:
    number = 0 if person.is_active else people.led_alone_by(person).count()
    if number:
        text = ngettext(
            "They alone lead %(number)s case. Hand it over to a colleague.",
            "They alone lead %(number)s cases. Hand those over to a colleague.",
            number,
        )
        messages.warning(request, text % {"number": number})
