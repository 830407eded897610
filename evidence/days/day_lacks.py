"""What the next days in court of a case lack: a next date, a summons, an interpreter."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import clock
from casework.days import stalled, summonses
from casework.models import Hearing, HearingNeed, Proceeding, Summons
from evidence.counting import number
from evidence.reading import Reading

SOON = timedelta(weeks=4)  # a summons takes weeks: from then on a missing one is said
CASE = "hearing__proceeding__case"
Words = tuple[str, str, str, str, str]  # mark, sentence, why, page, verb


def numbers(read: Reading) -> dict[str, Any]:
    """Per case, as `lacks.annotate` counts."""
    now = clock.now()
    ahead = Hearing.objects.filter(
        proceeding=OuterRef("pk"), state=Hearing.State.LISTED, starts_at__gte=now
    )
    running = Summons.objects.filter(
        witness=OuterRef("witness"), hearing=OuterRef("hearing"), state__in=summonses.RUNNING
    )
    needs: QuerySet[Any] = read(HearingNeed.objects).filter(
        is_ready=False, hearing__state=Hearing.State.LISTED, hearing__starts_at__gte=now,
        hearing__starts_at__lt=now + SOON,
    )  # fmt: skip
    undated = stalled.pending(read(Proceeding.objects)).filter(~Exists(ahead))
    unsummoned = needs.filter(witness__isnull=False).filter(~Exists(running))
    unnamed = needs.filter(kind=HearingNeed.Kind.INTERPRETER, what="")
    return {
        "n_undated": number(undated, "case"),
        "n_unsummoned": number(unsummoned, CASE, "witness"),
        "n_no_interpreter": number(unnamed, CASE),
    }


def of(case: Any) -> Iterator[Words]:
    """The sentences of one counted case."""
    if case.n_undated:
        yield (
            "open", _("No next date is listed"),
            _("A file without a date is a file that nobody looks at."),
            "casework:case-hearings", _("List a hearing"),
        )  # fmt: skip
    if case.n_unsummoned:
        said = ngettext(
            "%(n)d witness is not summoned to the next hearing",
            "%(n)d witnesses are not summoned to the next hearing", case.n_unsummoned,
        )  # fmt: skip
        yield (
            "open", said % {"n": case.n_unsummoned},
            _("Trials are adjourned for absent witnesses more than for anything else."),
            "casework:case-hearings", _("Issue a summons"),
        )  # fmt: skip
    if case.n_no_interpreter:
        yield (
            "open", _("No interpreter is named for a hearing to come"),
            _("Without one the day is lost, or the evidence is."),
            "casework:case-hearings", _("Name the interpreter"),
        )  # fmt: skip
