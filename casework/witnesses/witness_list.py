"""The witnesses of a case as its list and their pages show them, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from casework import clock, display, roles
from casework.days import summons_words
from casework.models import Appearance, Case, Hearing, HearingNeed, Statement, Summons, Witness
from casework.models.witness import PROTECTED_FROM
from casework.witnesses.witnesses import WRITERS


@dataclass(frozen=True)
class Row:
    """A witness, what is on record of them, and how they stand for the court."""

    witness: Witness
    statements: tuple[Statement, ...]
    mark: str
    word: str

    @property
    def statement_mark(self) -> str:
        return "full" if self.statements else "open"

    @property
    def last_statement(self) -> Statement | None:
        return self.statements[-1] if self.statements else None


def of_case(case: Case) -> QuerySet[Any]:
    """The witnesses that the reader of this case may know of, with what `rows` reads."""
    stated = Statement.objects.of_case(case).standing().filter(translation_of__isnull=True)
    called = Summons.objects.of_case(case).exclude(state=Summons.State.WITHDRAWN)
    needed = HearingNeed.objects.of_case(case).filter(
        hearing__state=Hearing.State.LISTED, hearing__starts_at__gte=clock.now(), is_ready=False
    )
    heard = Appearance.objects.of_case(case).filter(has_testified=True)
    found: QuerySet[Any] = Witness.objects.of_case(case).prefetch_related(
        Prefetch("statements", queryset=stated, to_attr="stated"),
        Prefetch(
            "summonses",
            queryset=called.select_related("hearing").order_by("hearing__starts_at", "pk"),
            to_attr="called",
        ),
        Prefetch(
            "needed_at",
            queryset=needed.select_related("hearing").order_by("hearing__starts_at", "pk"),
            to_attr="needed",
        ),
        Prefetch("appearances", queryset=heard.select_related("hearing"), to_attr="heard"),
    )
    return found.order_by("number")


def rows(found: Iterable[Any]) -> list[Row]:
    return [Row(one, tuple(one.stated), *_standing(one)) for one in found]


def _standing(witness: Any) -> tuple[str, str]:
    """How they stand: heard, summoned, or not called yet."""
    if witness.is_dropped:
        return "later", _("Will not be called")
    if witness.heard:
        day = display.day(witness.heard[-1].hearing.starts_at)
        return "full", _("Gave evidence %(day)s") % {"day": day}
    now = clock.now()
    ahead = [
        one
        for one in witness.called
        if one.hearing.starts_at >= now and one.hearing.state == Hearing.State.LISTED
    ]
    if ahead:
        return summons_words.read(ahead[0])
    if witness.needed:
        day = display.day(witness.needed[0].hearing.starts_at)
        return "open", _("Not summoned for %(day)s") % {"day": day}
    return "later", _("Not called yet")


def get(case: Case, label: str) -> Witness:
    """The witness of this label (`W3`, `X1`) that the reader may know of, or a 404."""
    series, digits = label[:1], label[1:]
    if series not in ("W", "X") or not digits.isascii() or not digits.isdigit() or len(digits) > 4:
        raise Http404
    number = int(digits) + (PROTECTED_FROM - 1 if series == "X" else 0)
    is_protected = series == "X"
    found = Witness.objects.of_case(case).filter(number=number).first()
    if found is None or (number >= PROTECTED_FROM) != is_protected:
        raise Http404
    found.case = case
    return found


def may_write(case: Case) -> bool:
    return bool(case.granted_actions.intersection(WRITERS))


def may_protect(case: Case) -> bool:
    return may_write(case) and roles.SENSITIVE in case.granted_actions
