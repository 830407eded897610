"""What the law of the day says against counts, for the pages that show and write them."""

from datetime import date
from typing import Any

from django import template

from casework import reference
from casework.legal import warnings
from casework.legal.warnings import Warning
from casework.models import Case, Count, Provision, Taxon

register = template.Library()
SHOWN = "casework/law_warnings.html"
RELATED = ("provision", "taxon", "charge_sheet__proceeding__case__agency")


@register.simple_tag
def warnings_of_counts(case: Case) -> dict[int, list[Warning]]:
    """By count, for all counts of a case, in a fixed number of queries."""
    return warnings.of_counts(Count.objects.of_case(case).select_related(*RELATED))


@register.inclusion_tag(SHOWN)
def law_warnings(warned: dict[int, list[Warning]], count: Count) -> dict[str, Any]:
    return {"found": warned.get(count.pk, [])}


@register.inclusion_tag(SHOWN)
def law_warnings_of_form(case: Case, form: Any, count: Count | None = None) -> dict[str, Any]:
    """The same of a count that is being written, from what the form holds now."""
    provision = _row(Provision, form["provision"].value())
    on = _day(form["offence_on"].value())
    if not isinstance(provision, Provision) or on is None:
        return {"found": []}
    until = _day(form["offence_until"].value())
    found = warnings.of_offence(
        case,
        provision=provision,
        on=on,
        until=until,
        taxon=_taxon(form, count),
        statement=str(form["offence"].value() or ""),
    )
    return {"found": found}


def _taxon(form: Any, count: Count | None) -> Taxon | None:
    if "taxon" not in form.fields:
        return count.taxon if count else None
    value = form["taxon"].value()
    found = _row(Taxon, value)
    return found if isinstance(found, Taxon) else reference.find_taxon(str(value or ""))


def _row(model: Any, value: Any) -> Any:
    """The row that a field holds: itself, or by its key as it was typed."""
    if isinstance(value, model):
        return value
    text = str(value or "")
    known = text.isdecimal() and len(text) <= 18
    return model.objects.filter(pk=text).first() if known else None


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None
