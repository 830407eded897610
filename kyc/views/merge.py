"""Records that may be of one party: suggestions, merging two, taking it back, telling apart."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from casework import access, roles
from casework.errors import NotAllowed
from casework.forms.attempt import attempt
from kyc import parties
from kyc.diligence import duplicates, merges, party_page
from kyc.forms.merge import MergeForm, OtherForm
from kyc.forms.party import ReasonForm
from kyc.models import Merge, Party
from kyc.views.party import editable_party, get_party

PER_PAGE = 25


@require_safe
def party_duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of the register that something suggests to be one."""
    if not access.holds(request.user, roles.VIEW_REGISTER):
        raise NotAllowed(gettext("Your position does not read the register of parties."))
    page = Paginator(duplicates.pairs(request.user), PER_PAGE).get_page(request.GET.get("page"))
    may_edit = parties.may_write(request.user, None)
    return render(request, "kyc/party_duplicates.html", {"page": page, "may_edit": may_edit})


def party_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the other record, look at both side by side, and say why they are one."""
    left = editable_party(request.user, pk)
    if "with" not in request.GET:
        return _choose(request, left)
    right = _other(request, left)
    form = MergeForm(request.POST or None, left=left, right=right)
    if request.method == "POST" and form.is_valid():
        actor, data = access.person(request), form.cleaned_data
        kept, absorbed = (left, right) if data["keep"] == str(left.pk) else (right, left)
        reason = data["reason"]
        if attempt(form, lambda: merges.merge(kept, absorbed, reason=reason, actor=actor)):
            messages.success(request, gettext("Both records are now one party."))
            return redirect("kyc:party", kept.pk)
    return render(request, "kyc/party_merge.html", _compared(request, form, left, right))


def _compared(
    request: HttpRequest, form: MergeForm, left: Party, right: Party
) -> dict[str, object]:
    sides = [party_page.read(request.user, side) for side in (left, right)]
    return {
        "form": form,
        "party": left,
        "other": right,
        "sides": sides,
        "lines": party_page.compare(*sides),
        "likeness": duplicates.between(request.user, left, right),
    }


def _other(request: HttpRequest, left: Party) -> Party:
    """The other record by its number: as hidden as any party that the reader may not see."""
    number = request.GET["with"]
    known = number.isascii() and number.isdigit() and len(number) < 19
    right = get_party(request.user, int(number) if known else 0)
    if not parties.may_edit(request.user, right):
        raise NotAllowed(gettext("Your position does not change the register of parties."))
    return right


def _choose(request: HttpRequest, left: Party) -> HttpResponse:
    form = OtherForm(
        request.POST or None, parties=Party.objects.standing_for(request.user).exclude(pk=left.pk)
    )
    if request.method == "POST" and form.is_valid():
        return redirect(f"{request.path}?with={form.cleaned_data['other'].pk}")
    suggested = duplicates.beside(request.user, left)
    context = {"form": form, "party": left, "suggested": suggested}
    return render(request, "kyc/party_merge_choose.html", context)


def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Let both records stand for themselves again."""
    actor = access.person(request)
    standing = Merge.objects.visible_to(actor).filter(undone_at__isnull=True)
    merge = get_object_or_404(standing.select_related("kept", "absorbed", "merged_by"), pk=pk)
    editable_party(actor, merge.kept_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: merges.undo(merge, reason=reason, actor=actor)):
            return redirect("kyc:party", merge.absorbed_id)
    return render(request, "kyc/merge_undo.html", {"form": form, "merge": merge})


def party_tell_apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Say that two records are not one, so that nobody is asked again."""
    left, right = editable_party(request.user, pk), editable_party(request.user, other)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, reason = access.person(request), form.cleaned_data["reason"]
        if attempt(form, lambda: merges.tell_apart(left, right, reason=reason, actor=actor)):
            return redirect("kyc:party-duplicates")
    context = {"form": form, "party": left, "other": right}
    return render(request, "kyc/party_tell_apart.html", context)
