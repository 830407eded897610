"""Many exhibits at once: the page that offers them, and the scan list of what arrives."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casework import access
from casework.forms.attempt import attempt
from casework.models import User
from evidence import readings
from evidence.acts import differences, handovers
from evidence.acts.handovers import Arrival, BatchRefused, Problem
from evidence.forms.handovers import ArrivalForm, OfferAllForm, ReceiveForm, token
from evidence.models import CustodyEvent, Exhibit


@require_http_methods(["GET", "POST"])
def handover_offer(request: HttpRequest) -> HttpResponse:
    """Choose or scan, name one receiver, and offer all of them or none."""
    user = access.person(request)
    held = _held(user, request.GET.get("case", ""))
    form = OfferAllForm(request.POST or None, user=user, held=held)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _offer(form, user, problems))
        form.leave_out([problem.exhibit for problem in problems])
        if made:
            said = ngettext("%(n)s exhibit offered.", "%(n)s exhibits offered.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect(reverse("evidence:exhibit-list") + "?show=offered")
    context = {
        "form": form,
        "held": held,
        "chosen": set(form["chosen"].value() or []),
        "problems": problems,
        "others": len(form.exhibits) - len(problems),
    }
    return render(request, "evidence/handover_offer.html", context)


def _offer(form: OfferAllForm, user: User, problems: list[Problem]) -> list[CustodyEvent]:
    to = form.cleaned_data["to"]
    try:
        return handovers.offer_all(form.exhibits, to=to, actor=user, **form.details())
    except BatchRefused as refused:
        problems += refused.problems
        raise


def _held(user: User, reference: str) -> list[Any]:
    """What this person holds and has not offered yet."""
    mine = Exhibit.objects.visible_to(user).filter(holder=user)
    if reference:
        mine = mine.filter(case__reference=reference.replace("\x00", ""))
    rows = readings.annotate(mine).filter(offered_to=None).select_related("case")
    return list(rows.order_by("case__reference", "pk")[: handovers.MOST])


@require_http_methods(["GET", "POST"])
def handover_receive(request: HttpRequest) -> HttpResponse:
    """Everything that is offered to this person, as a list to scan and read through."""
    user = access.person(request)
    offers = list(handovers.offers_to(user)[: handovers.MOST])
    posted = request.POST if request.method == "POST" else None
    form = ReceiveForm(posted, user=user)
    rows = [ArrivalForm(posted, offer=offer) for offer in offers]
    is_compared = False
    if posted is not None and all([form.is_valid(), *(row.is_valid() for row in rows)]):
        here = [row for row in rows if row.cleaned_data["is_here"]]
        _refuse_strange(form, here, rows, posted)
        is_compared = not form.errors
        if is_compared and _take(form, here, user):
            said = ngettext("%(n)s exhibit taken over.", "%(n)s exhibits taken over.", len(here))
            messages.success(request, said % {"n": len(here)})
            return redirect("evidence:handover-receive")
    context = {
        "form": form,
        "rows": rows,
        "is_compared": is_compared,
        "here": sum(bool(row["is_here"].value()) for row in rows) if posted else 0,
        "at_fault": [row for row in rows if row.told or (posted and row.errors)],
        "differing": sum(bool(row.told) for row in rows),
        "givers": sorted({offer.from_name for offer in offers}),
    }
    return render(request, "evidence/handover_receive.html", context)


def _refuse_strange(
    form: ReceiveForm, here: Sequence[ArrivalForm], rows: Sequence[ArrivalForm], posted: Any
) -> None:
    """Nothing ticked, weights without a scale, and ticks of offers that are answered already."""
    known = {f"{row.prefix}-is_here" for row in rows}
    gone = [name for name in posted if name.endswith("-is_here") and name not in known]
    if gone:
        form.add_error(None, _("Some of these were answered meanwhile. Check what is left here."))
    elif not here:
        form.add_error(None, _("Nothing is ticked. Scan or tick what arrived."))
    weighed = any(row.cleaned_data["weight_mg"] is not None for row in here)
    if weighed and not form.cleaned_data.get("scale"):
        form.add_error("scale", _("Name the scale the weights were read on."))


def _take(form: ReceiveForm, here: Sequence[ArrivalForm], user: User) -> bool:
    """Take them where this very reading was compared before; else compare it now."""
    common = form.cleaned_data
    for row in here:
        found = differences.between(row.offer, row.reading(common))
        row.told = [str(difference) for difference in found]
        row.fields["discrepancy"].required = bool(row.told)  # the page says so; the operation asks
    if common["compared"] != token(here):
        form.mark_compared(here)
        return False
    arrivals = [
        Arrival(row.offer, row.reading(common), row.cleaned_data["discrepancy"]) for row in here
    ]
    return bool(attempt(form, lambda: _acknowledge(arrivals, here, user)))


def _acknowledge(
    arrivals: Sequence[Arrival], here: Sequence[ArrivalForm], user: User
) -> list[CustodyEvent]:
    try:
        return handovers.acknowledge_all(arrivals, actor=user)
    except BatchRefused as refused:
        by_exhibit = {row.offer.exhibit_id: row for row in here}
        for problem in refused.problems:
            row = by_exhibit[problem.exhibit.pk]
            row.add_error(problem.field if problem.field in row.fields else None, problem.why)
        raise
