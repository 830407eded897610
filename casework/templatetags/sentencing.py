"""Orders, bail, whereabouts and sentences, for the pages that show them beside other things."""

from typing import Any

from django import template
from django.template.context import Context

from casework.models import Case, Proceeding
from casework.sentencing import orders, people_rows

register = template.Library()


@register.inclusion_tag("casework/accused_rows.html", takes_context=True)
def accused_rows(context: Context, case: Case) -> dict[str, Any]:
    """The accused of a case: where they are, on which bail, under which sentences."""
    return {"case": case, "people": people_rows.of_case(case), "user": context["request"].user}


@register.inclusion_tag("casework/court_order_rows.html", takes_context=True)
def orders_of(context: Context, case: Case, proceeding: Proceeding) -> dict[str, Any]:
    """The orders of a court file, with the things this reader may see."""
    found = orders.of_proceeding(proceeding, context["request"].user)
    return {"case": case, "proceeding": proceeding, "orders": found}


@register.inclusion_tag("casework/ordered_rows.html", takes_context=True)
def orders_about(context: Context, case: Case, exhibit: Any) -> dict[str, Any]:
    """What courts ordered about one exhibit."""
    found = orders.about_for(exhibit, context["request"].user)
    return {"case": case, "things": list(found)}
