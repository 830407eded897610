"""The places of a store: the tree, one place with what is in it, and changing them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from evidence import readings
from evidence.forms.store import FillForm, PlaceChangeForm, PlaceCloseForm, PlaceForm
from evidence.models import Exhibit
from evidence.store import moves, places, stocktakes

ROWS = 50
LAST_CHECKS = 5


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """The whole tree, with how many exhibits that the reader may see lie in each place itself."""
    user = access.person(request)
    agency = places.demand(user, roles.VIEW_STORE)
    visible = Q(exhibits__in=Exhibit.objects.visible_to(user))
    rows = places.readable_by(user).annotate(n=Count("exhibits", filter=visible))
    context = {
        "nodes": places.tree(rows),
        "agency": agency,
        "may_keep": access.holds(user, roles.KEEP_STORE),
        "checks": stocktakes.readable_by(user)[:LAST_CHECKS],
    }
    return render(request, "evidence/place_list.html", context)


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    user = access.person(request)
    found = places.find(user, code)
    keys = places.contents(found, user).order_by("case", "pk").values_list("pk", flat=True)
    page: Any = Paginator(keys, ROWS).get_page(request.GET.get("page"))
    listed = readings.annotate(Exhibit.objects.filter(pk__in=list(page.object_list)))
    page.object_list = list(listed.order_by("case", "pk").select_related(*LISTED))
    touched = Q(place__in=places.inside(found)) | Q(place__in=places.around(found))
    checks = stocktakes.readable_by(user).filter(touched)
    context = {
        "place": found,
        "page": page,
        "user_id": user.pk,
        "within": places.tree(places.inside(found).exclude(pk=found.pk)),
        "may_keep": access.holds(user, roles.KEEP_STORE),
        "checks": checks[:LAST_CHECKS],
        "open_check": checks.filter(place=found, report=None).first(),
        "changes": found.history.select_related("history_user")[:8],
    }
    return render(request, "evidence/place.html", context)


LISTED = ("case", "kind", "taxon", "holder", "holder__unit", "holder__agency", "place")


@require_safe
def place_short(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code on the label of a place leads."""
    return redirect("evidence:place", places.find(access.person(request), code).code)


@require_http_methods(["GET", "POST"])
def place_add(request: HttpRequest) -> HttpResponse:
    user = access.person(request)
    places.demand(user, roles.KEEP_STORE)
    initial = {"parent": request.GET.get("in", "")[:20], "kind": "shelf"}
    posted = request.POST if request.method == "POST" else None
    form = PlaceForm(posted, user=user, initial=initial)
    if posted is not None and form.is_valid():
        made = attempt(form, lambda: places.add(**form.cleaned_data, actor=user))
        if made is not None:
            messages.success(request, _("Added. Print its label and stick it where it is seen."))
            return redirect("evidence:place", made.code)
    return render(request, "evidence/place_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def place_change(request: HttpRequest, code: str) -> HttpResponse:
    """Another name, or another place around it."""
    user = access.person(request)
    found = places.find(user, code, roles.KEEP_STORE)
    initial = {"name": found.name, "parent": found.parent.code if found.parent else ""}
    posted = request.POST if request.method == "POST" else None
    form = PlaceChangeForm(posted, user=user, initial=initial)
    if posted is not None and form.is_valid():
        typed = form.cleaned_data
        change = {"actor": user, "reason": typed["reason"]}

        def both() -> object:
            with_name = places.rename(found, name=typed["name"], **change)
            return places.move(with_name, parent=typed["parent"], **change)

        if attempt(form, lambda: places.together(both)):
            messages.success(request, _("Changed. Events recorded before keep the old name."))
            return redirect("evidence:place", code)
    return render(request, "evidence/place_change.html", {"form": form, "place": found})


@require_http_methods(["GET", "POST"])
def place_fill(request: HttpRequest, code: str) -> HttpResponse:
    """Put what this person holds into the place, by scanning: one event in each chain."""
    user = access.person(request)
    found = places.find(user, code)
    form = FillForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        things = form.cleaned_data["codes"]
        made = attempt(form, lambda: moves.move_all(things, to=found, actor=user))
        if made is not None:
            told = ngettext("One exhibit moved here.", "%(n)d exhibits moved here.", len(made))
            messages.success(request, told % {"n": len(made)})
            return redirect("evidence:place", code)
    return render(request, "evidence/place_fill.html", {"form": form, "place": found})


@require_http_methods(["GET", "POST"])
def place_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a place, or open it again."""
    user = access.person(request)
    found = places.find(user, code, roles.KEEP_STORE)
    act = places.close if found.is_active else places.reopen
    form = PlaceCloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: act(found, actor=user, reason=reason)):
            messages.success(request, _("Recorded."))
            return redirect("evidence:place", code)
    return render(request, "evidence/place_close.html", {"form": form, "place": found})
