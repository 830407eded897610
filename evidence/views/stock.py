"""The stock report: what was seized against what is there, as at a day, and the same as CSV."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from casework import access, clock, display
from casework.forms.widgets import DateInput
from evidence import downloads
from evidence.store import places
from evidence.store import stock as stocks
from evidence.store.stock import Amount, Row, Stock

COLUMNS: tuple[tuple[str, Any], ...] = (
    ("seized", _("Seized")),
    ("unregistered", _("Not registered as exhibits")),
    ("held", _("In custody")),
    ("out", _("With others, to come back")),
    ("lost", _("Missing")),
    ("returned", _("Returned")),
    ("disposed", _("Disposed of")),
    ("drift", _("Drift: drying, dust, scales")),
)


class StockForm(forms.Form):
    as_at = forms.DateField(label=_("As at"), required=False, widget=DateInput)
    by = forms.ChoiceField(
        label=_("By"),
        required=False,
        choices=[(stocks.SPECIES, _("Species")), (stocks.STATUS, _("Status of the case"))],
    )

    def clean_as_at(self) -> Any:
        asked, today = self.cleaned_data["as_at"], clock.today()
        if asked and asked > today:
            raise forms.ValidationError(_("This day has not come yet."))
        return asked or today


def _asked(request: HttpRequest) -> tuple[StockForm, Stock | None]:
    form = StockForm(request.GET)
    if not form.is_valid():
        return form, None
    by = form.cleaned_data["by"] or stocks.SPECIES
    return form, stocks.read(access.person(request), as_at=form.cleaned_data["as_at"], by=by)


def _cells(row: Row) -> list[tuple[StrOrPromise, str, int, str]]:
    """The columns of a row, each with its heading: on a telephone every value stands beside it."""
    return [(word, *_cell(getattr(row, name))) for name, word in COLUMNS]


def _cell(amount: Amount) -> tuple[str, int, str]:
    """Weight, and pieces as number and word; an empty text for what is nothing or not known."""
    weight = display.weight(abs(amount.weight_mg)) if amount.weight_mg else ""
    pieces = display.thousands(abs(amount.count)) if amount.count else ""
    return _sign(amount.weight_mg) + weight, abs(amount.count), _sign(amount.count) + pieces


def _sign(number: int) -> str:
    return "\N{MINUS SIGN}" if number < 0 else ""


@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    form, found = _asked(request)
    context: dict[str, Any] = {"form": form, "stock": found, "query": request.GET.urlencode()}
    if found is not None:
        rows = [*found.rows, found.total] if found.rows else []
        mine = places.readable_by(access.person(request))
        context |= {
            "readable": set(mine.values_list("code", flat=True)),
            "words": [word for _name, word in COLUMNS],
            "rows": [(row, _cells(row)) for row in rows],
            "by_species": (form.cleaned_data["by"] or stocks.SPECIES) == stocks.SPECIES,
        }
    return render(request, "evidence/stock.html", context)


@require_safe
def stock_csv(request: HttpRequest) -> HttpResponse:
    """No name of a person, no case: groups, counts and milligrams."""
    _form, found = _asked(request)
    if found is None:
        return redirect("evidence:stock")
    head = ["as_at", "group", "part", "exhibits", "count", "weight_mg"]
    day = found.as_at.isoformat()
    lines = ([day, *line] for row in found.rows for line in _lines(row))
    return downloads.of_rows(f"stock-{day}.csv", head, lines)


def _lines(row: Row) -> Iterator[list[object]]:
    for name, _word in COLUMNS:
        amount = getattr(row, name)
        yield [row.word, name, amount.exhibits, amount.count, amount.weight_mg]
