"""One charge from its filing to where it stands: every row of its record, and what may follow."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from casework import access
from casework.models import Charge
from casework.procedure import story


@require_safe
def charge_line(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    case = access.get_case(request.user, reference)
    rows = Charge.objects.select_related(
        "accused", "count__provision", "count__charge_sheet__proceeding__court"
    )
    charge = get_object_or_404(rows, pk=pk, count__charge_sheet__proceeding__case=case)
    charge.count.charge_sheet.proceeding.case = case
    context = {"case": case, "charge": charge, "story": story.of_charge(charge)}
    return render(request, "casework/charge_line.html", context)
