"""What a court orders about things: recording it, correcting it, taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, court_record, roles
from casework.forms.attempt import attempt
from casework.forms.sentencing import (
    CourtOrderCorrectionForm,
    CourtOrderForm,
    WithdrawalForm,
    event_initial,
)
from casework.models import Case, CourtOrder, OrderedThing
from casework.sentencing import orders

METHODS = ["GET", "HEAD", "POST"]


def _order(case: Case, pk: int) -> CourtOrder:
    rows = CourtOrder.objects.select_related(
        "kind", "proceeding__court", "recorded_by", "supersedes", "successor"
    )
    order: CourtOrder = get_object_or_404(rows, proceeding__case=case, pk=pk)
    order.proceeding.case = case
    return order


@require_safe
def court_order(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference)
    order = _order(case, pk)
    things = OrderedThing.objects.visible_to(request.user).filter(order=order)
    context = {
        "case": case,
        "order": order,
        "successor": getattr(order, "successor", None),
        "things": things.select_related("exhibit"),
        "proceeding": order.proceeding,
    }
    return render(request, "casework/court_order.html", context)


@require_http_methods(METHODS)
def court_order_new(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    found = court_record.get_proceeding(case, pk)
    actor: Any = request.user
    form = CourtOrderForm(case, request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if attempt(form, lambda: orders.make(found, actor=actor, **fields)):
            messages.success(request, _("The order is on record."))
            return redirect("casework:proceeding", case.reference, found.pk)
    context = {"case": case, "form": form, "proceeding": found}
    return render(request, "casework/court_order_new.html", context)


@require_http_methods(METHODS)
def court_order_correct(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    order = _order(case, pk)
    actor: Any = request.user
    things = order.things.visible_to(actor).select_related("exhibit")
    initial = event_initial(order, CourtOrderCorrectionForm.base_fields) | {
        "exhibits": [thing.exhibit_id for thing in things if thing.exhibit_id],
        "things": "\n".join(thing.what for thing in things if thing.what),
    }
    form = CourtOrderCorrectionForm(case, actor, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {"exhibits": (), **form.cleaned_data}
        why = fields.pop("correction")
        corrected = attempt(form, lambda: orders.correct(order, why=why, actor=actor, **fields))
        if corrected:
            messages.success(request, _("Corrected. What stood before stays on record."))
            return redirect("casework:court-order", case.reference, corrected.pk)
    context = {"case": case, "form": form, "proceeding": order.proceeding, "order": order}
    return render(request, "casework/court_order_correct.html", context)


@require_http_methods(METHODS)
def court_order_withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference, roles.PROSECUTE)
    order = _order(case, pk)
    actor: Any = request.user
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["correction"]
        if attempt(form, lambda: orders.take_back(order, why=why, actor=actor)):
            messages.success(request, _("Taken back. What stood before stays on record."))
            return redirect("casework:proceeding", case.reference, order.proceeding_id)
    context = {"case": case, "form": form, "proceeding": order.proceeding, "order": order}
    return render(request, "casework/court_order_withdraw.html", context)
