"""What of a case's duties is late or ends soon: deadlines, warrants, answers from other states."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from casework.duties import authorities
from casework.models import AssistanceRequest, Authority, Deadline
from evidence.counting import number
from evidence.reading import Reading

Words = tuple[str, str, str, str, str]  # mark, sentence, why, page, verb
PAGE = "casework:case-duties"


def numbers(read: Reading) -> dict[str, Any]:
    """Per case, as `lacks.annotate` counts; the law's own periods are computed on their page."""
    today = clock.today()
    asked = read(AssistanceRequest.objects).filter(state__in=AssistanceRequest.OPEN)
    running = read(Authority.objects).filter(executed_on__isnull=True, ended_on__isnull=True)
    soon = today + timedelta(days=authorities.WARN_DAYS)
    return {
        "n_late_deadlines": number(
            read(Deadline.objects).filter(done_on__isnull=True, limit_code="", due_on__lt=today),
            "case",
        ),
        "n_late_assistance": number(asked.filter(due_on__lt=today), "case"),
        "n_wrong_form": number(asked.filter(is_form_met=False), "case"),
        "n_ending_authorities": number(
            running.filter(valid_until__gte=today, valid_until__lte=soon), "case"
        ),
    }


def of(case: Any) -> Iterator[Words]:
    """The sentences of one counted case, what lost such cases first."""
    if case.n_late_assistance:
        said = ngettext(
            "%(n)d request to another state is late", "%(n)d requests to other states are late",
            case.n_late_assistance,
        ) % {"n": case.n_late_assistance}  # fmt: skip
        why = _("Trials were lost because evidence from abroad never arrived.")
        yield "open", said, why, PAGE, _("Remind them")
    if case.n_wrong_form:
        said = _("Evidence from abroad came in a form that a court here refuses")
        yield (
            "cross",
            said,
            _("Ask for it again, in the form that is needed."),
            PAGE,
            _("Ask again"),
        )
    if case.n_late_deadlines:
        said = ngettext(
            "%(n)d deadline has passed", "%(n)d deadlines have passed", case.n_late_deadlines
        ) % {"n": case.n_late_deadlines}
        yield "open", said, _("Say what was done, or do it now."), PAGE, _("Open")
    if case.n_ending_authorities:
        said = ngettext(
            "%(n)d warrant or order ends soon and is not carried out",
            "%(n)d warrants or orders end soon and are not carried out",
            case.n_ending_authorities,
        ) % {"n": case.n_ending_authorities}
        yield "open", said, _("What is done after its end is done without it."), PAGE, _("Open")
