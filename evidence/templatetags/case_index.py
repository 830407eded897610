"""`{% case_index case "exhibits" %}`: the margin of every page that belongs to a case."""

from typing import Any

from django import template
from django.template.context import Context

from casework.models import Case
from evidence import case_index as index

register = template.Library()


@register.inclusion_tag("evidence/case_index.html", takes_context=True)
def case_index(context: Context, case: Case, current: str = "") -> dict[str, Any]:
    """The case's index with what the reader may count; `current` is the key of this page."""
    entries = index.entries(case, context["request"].user)
    return {"case": case, "entries": entries, "current": current}
