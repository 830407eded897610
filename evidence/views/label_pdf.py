"""Labels of exact size as PDF, for exhibits of a case and for places of the store."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casework import access, roles
from evidence import downloads, exhibits, faces, readings
from evidence.models import Exhibit
from evidence.store import label_sheets, labels, places
from evidence.store.label_sheets import FORMATS, Label

MOST = 500


class LabelForm(forms.Form):
    """On what paper; the first free label of a sheet that was used before."""

    paper = forms.ChoiceField(
        label=_("Paper"), choices=[(key, one.word) for key, one in FORMATS.items()]
    )
    start = forms.IntegerField(
        label=_("First free label of the sheet"),
        required=False,
        min_value=1,
        max_value=24,
        widget=forms.NumberInput(attrs={"class": "w4"}),
        help_text=_("For a sheet that was used before. Counted in lines from the top left."),
    )


@require_safe
def exhibit_labels_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The chosen exhibits of a case, or all of them that the reader may see."""
    user = access.person(request)
    case = access.get_case(user, reference)
    wanted = [label for label in request.GET.getlist("label") if exhibits.is_label(label)]
    visible = Exhibit.objects.visible_to(user).filter(case=case).select_related("case")
    rows = readings.annotate(visible.filter(label__in=wanted) if wanted else visible)
    made = [labels.of_exhibit(row, row.seal_last or "") for row in rows.order_by("pk")[:MOST]]
    return _answer(request, made, f"labels-{case.reference}.pdf", case=case, wanted=wanted)


@require_safe
def place_labels(request: HttpRequest) -> HttpResponse:
    """The labels of one place with all within it, or of the whole store."""
    user = access.person(request)
    places.demand(user, roles.VIEW_STORE)
    code = request.GET.get("place", "")
    rows = places.readable_by(user).filter(is_active=True)
    chosen = places.find(user, code) if code else None
    if chosen is not None:
        rows = rows.filter(pk__in=places.inside(chosen))
    made = [labels.of_place(node.place) for node in places.tree(rows)[:MOST]]
    return _answer(request, made, "labels-store.pdf", place=chosen)


def _answer(request: HttpRequest, made: Sequence[Label], name: str, **context: Any) -> HttpResponse:
    """The PDF when paper is chosen and fits; until then the question."""
    form = LabelForm(request.GET if "paper" in request.GET else None)
    if form.is_valid() and made:
        faces.register()
        chosen = FORMATS[form.cleaned_data["paper"]]
        start = min(form.cleaned_data["start"] or 1, chosen.on_page)
        content = label_sheets.pdf(made, chosen, start=start)
        return downloads.of_bytes(content, name)
    context |= {"form": form, "labels": made, "is_only_here": labels.is_only_here()}
    return render(request, "evidence/label_pdf.html", context)
