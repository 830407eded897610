"""Registering exhibits, several at once from the items of a seizure, or by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.errors import RuleBroken
from casework.forms.attempt import attempt
from casework.models import Case, Seizure, User
from evidence import exhibits, files
from evidence.forms.exhibits import (
    ExhibitRowForm,
    ExhibitRows,
    ExhibitRowSet,
    TakenForm,
    starting_rows,
    taken_initial,
)
from evidence.models import Attachment, Exhibit

BY_HAND = "none"


@require_http_methods(["GET", "POST"])
def exhibit_register(request: HttpRequest, reference: str) -> HttpResponse:
    user = access.person(request)
    case = access.get_case(user, reference, roles.EXHIBIT)
    seizure = _seizure(case, request.GET.get("seizure", ""))
    posted = request.method == "POST"
    taken = TakenForm(request.POST if posted else None, initial=taken_initial(seizure))
    rows: Any = ExhibitRowSet(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial=None if posted else starting_rows(case, seizure, user),
        form_kwargs={
            "items": list(seizure.items.all()) if seizure else [],
            "can_hide": roles.SENSITIVE in case.granted_actions,
        },
        prefix="exhibit",
    )
    if posted and all([taken.is_valid(), rows.is_valid()]):
        made = _register(case, seizure, taken, rows, user)
        if made:
            said = ngettext("%(n)s exhibit registered.", "%(n)s exhibits registered.", len(made))
            messages.success(request, said % {"n": len(made)})
            for lost in _without_photographs(rows):
                messages.error(request, lost)
            return redirect("evidence:case-exhibits", reference)
    others = [other for other in case.seizures.all() if other != seizure]
    context = {"case": case, "seizure": seizure, "taken": taken, "rows": rows, "others": others}
    return render(request, "evidence/exhibit_register.html", context)


def _seizure(case: Case, number: str) -> Seizure | None:
    """The seizure that was named, or the first; none where a person registers by hand."""
    seizures = case.seizures.order_by("number")
    if number == BY_HAND:
        return None
    if number.isdecimal() and len(number) < 7:
        named: Seizure | None = seizures.filter(number=int(number)).first()
        return named
    first: Seizure | None = seizures.first()
    return first


def _register(
    case: Case, seizure: Seizure | None, taken: TakenForm, rows: ExhibitRows, user: User
) -> list[Exhibit]:
    """All the exhibits in one transaction; then their photographs, each a record of its own."""
    wanted = rows.wanted()
    try:
        made = exhibits.register_all(
            case,
            [row.thing() for row in wanted],
            seizure=seizure,
            actor=user,
            **taken.cleaned_data,
        )
    except RuleBroken as broken:
        _say(taken, wanted, broken)
        return []
    for exhibit, row in zip(made, wanted, strict=True):
        attempt(row, lambda e=exhibit, r=row: _photograph(e, r, user))  # type: ignore[misc]  # bound
    return made


def _without_photographs(rows: ExhibitRows) -> list[str]:
    """What the store refused after the exhibits were registered; nothing is dropped in silence."""
    told = gettext("Row %(n)s is registered, its photographs are not. %(why)s")
    return [
        told
        % {"n": number, "why": " ".join(str(why) for whys in row.errors.values() for why in whys)}
        for number, row in enumerate(rows.wanted(), 1)
        if row.errors
    ]


def _say(taken: TakenForm, wanted: list[ExhibitRowForm], broken: RuleBroken) -> None:
    """Put the refusal beside the field of the row it concerns."""
    position = getattr(broken, "position", None)
    field: Any = broken.field
    if field in taken.fields or position is None:
        taken.add_error(field if field in taken.fields else None, str(broken.message))
        return
    row = wanted[position]
    row.add_error(field if field in row.fields else None, str(broken.message))


def _photograph(exhibit: Exhibit, row: ExhibitRowForm, user: User) -> list[Attachment]:
    return [
        files.attach(
            exhibit.case,
            upload=upload,
            kind=Attachment.Kind.PHOTOGRAPH,
            exhibit=exhibit,
            is_sensitive=False,
            actor=user,
        )
        for upload in row.cleaned_data["photographs"]
    ]
