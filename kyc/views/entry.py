"""The versions of a customs entry: what changed, a new one, and what we typed wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework import access, roles
from casework.forms.attempt import attempt
from kyc.cargo import consignment_pages, entries, version_pages
from kyc.forms.entry import EntryCorrectionForm, EntryForm
from kyc.models import EntryVersion
from kyc.views.consignment import address, fetch


@require_safe
def entry(request: HttpRequest, reference: str, seizure: int, number: int) -> HttpResponse:
    """Any two versions side by side; the last two where none are asked for."""
    user = access.person(request)
    case = access.get_case(user, reference)
    found = fetch(user, case, seizure, number)
    rows = list(found.entries.select_related("recorded_by"))
    is_all = "all" in request.GET
    two = version_pages.chosen(rows, request.GET.get("old"), request.GET.get("new"))
    selected = version_pages.selected_at(rows)
    page = {
        "case": case,
        "consignment": found,
        "versions": [(row, version_pages.is_after_selection(row, selected)) for row in rows],
        "pair": version_pages.entry_pair(*two, is_all=is_all) if two else None,
        "is_after_selection": bool(two and version_pages.is_after_selection(two[1], selected)),
        "selected_at": selected,
        "numbers": [row.version for row in rows],
        "is_all": is_all,
        "corrections": version_pages.corrections(rows),
        "can_edit": roles.EDIT in case.granted_actions,
    }
    return render(request, "kyc/entry.html", page)


@require_http_methods(["GET", "POST"])
def entry_add(request: HttpRequest, reference: str, seizure: int, number: int) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    last = consignment_pages.entry_of(found)
    data = request.POST if request.method == "POST" else None
    initial = {"number": found.entry_number, **EntryForm.initial_of(last, is_new=True)}
    form = EntryForm(data, initial=initial)
    if form.is_valid():
        made = attempt(form, lambda: entries.add_version(found, actor=user, **form.values()))
        if made is not None:
            said = _("Version %(number)s is on the record.") % {"number": made.version}
            messages.success(request, said)
            return redirect("kyc:entry", *address(found))
    page = {"case": case, "consignment": found, "last": last, "form": form}
    return render(request, "kyc/entry_add.html", page)


@require_http_methods(["GET", "POST"])
def entry_correct(
    request: HttpRequest, reference: str, seizure: int, number: int, version: int
) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EDIT)
    found = fetch(user, case, seizure, number)
    row = get_object_or_404(
        EntryVersion.objects.visible_to(user), consignment=found, version=version
    )
    data = request.POST if request.method == "POST" else None
    form = EntryCorrectionForm(data, initial=EntryForm.initial_of(row, is_new=False))
    if (
        form.is_valid()
        and attempt(form, lambda: entries.correct(row, actor=user, **form.values())) is not None
    ):
        messages.success(request, _("The version is corrected; its history keeps what stood."))
        return redirect("kyc:entry", *address(found))
    page = {"case": case, "consignment": found, "entry": row, "form": form}
    return render(request, "kyc/entry_correct.html", page)
