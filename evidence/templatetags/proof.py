"""`{% proof_before hearing %}`: what the points to prove lack, on the page of a listed hearing."""

from typing import Any

from django import template
from django.template.context import Context

from casework.models import Hearing, Proceeding
from evidence.proof import alarms

register = template.Library()


@register.inclusion_tag("evidence/proof_before.html", takes_context=True)
def proof_before(context: Context, hearing: Hearing) -> dict[str, Any]:
    """The alarms of the trial, the gravest first; nothing once the day is over, or on appeal."""
    trial = hearing.proceeding
    case = context["case"]
    if hearing.state != Hearing.State.LISTED or trial.kind == Proceeding.Kind.APPEAL:
        return {}
    trial.case = case
    found = alarms.of_proceeding(trial, context["request"].user)
    return {"alarms": found, "case": case, "trial": trial}
