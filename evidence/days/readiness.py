"""Whether a hearing has what it needs: each need with its mark, read in a fixed number of queries.

Full: it will be there. Half: one step is done. Open: nobody has done anything. Cross: it will not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import access, clock
from casework.days import summons_words
from casework.models import Hearing, HearingNeed, Summons
from evidence import readings
from evidence.models import CustodyEvent, Exhibit

Kind = HearingNeed.Kind
WORST = ("cross", "open", "half", "full")
EARLY = timedelta(days=7)  # what is missing longer before the day is to be done, and not late
# Kinds of hearing (list hearing_type) at which evidence is heard.
WITH_EVIDENCE = ("hearing", "appeal_hearing")


@dataclass(frozen=True)
class Line:
    """One need: who or what, its mark and the words beside it."""

    need: HearingNeed
    title: str
    mark: str
    word: str
    summons: Summons | None = None
    is_early: bool = False  # the day is far enough away that an open ring is no alarm

    @property
    def is_ready(self) -> bool:
        return self.mark == "full"


@dataclass(frozen=True)
class Ready:
    """A hearing with its needs."""

    hearing: Hearing
    lines: tuple[Line, ...]

    @property
    def is_early(self) -> bool:
        return is_early(self.hearing)

    @property
    def number(self) -> int:
        return sum(line.is_ready for line in self.lines)

    @property
    def mark(self) -> str:
        if not self.lines:
            return "open" if self.hearing.kind.code in WITH_EVIDENCE else "later"
        return min((line.mark for line in self.lines), key=WORST.index)

    @property
    def word(self) -> str:
        if not self.lines:
            return _("No needs are written down")
        if self.number == len(self.lines):
            return _("All %(n)d ready") % {"n": len(self.lines)}
        said = ngettext("%(ready)d of %(n)d ready", "%(ready)d of %(n)d ready", len(self.lines))
        return said % {"ready": self.number, "n": len(self.lines)}

    @property
    def missing(self) -> tuple[Line, ...]:
        """The lines that are not ready, the worst first."""
        rest = (line for line in self.lines if not line.is_ready)
        return tuple(sorted(rest, key=lambda line: WORST.index(line.mark)))


def is_early(hearing: Hearing) -> bool:
    return hearing.starts_at > clock.now() + EARLY


def read(hearings: Sequence[Hearing], user: access.Reader) -> list[Ready]:
    """These hearings with what this reader may know of their needs: three queries."""
    rows = HearingNeed.objects.visible_to(user).filter(hearing__in=hearings)
    early = {one.pk: is_early(one) for one in hearings}
    needs = list(rows.select_related("witness", "exhibit").order_by("hearing", "kind", "pk"))
    papers = _papers(hearings, user)
    exhibits = _exhibits({need.exhibit_id for need in needs if need.exhibit_id}, user)
    lines: dict[int, list[Line]] = {}
    for need in needs:
        paper = papers.get((need.hearing_id, need.witness_id))
        mark, word = _standing(need, paper, exhibits.get(need.exhibit_id))
        line = Line(need, _title(need), mark, word, paper, is_early=early[need.hearing_id])
        lines.setdefault(need.hearing_id, []).append(line)
    return [Ready(one, tuple(lines.get(one.pk, ()))) for one in hearings]


def _papers(
    hearings: Iterable[Hearing], user: access.Reader
) -> dict[tuple[int, int | None], Summons]:
    """The last summons of each witness to each hearing."""
    rows = Summons.objects.visible_to(user).filter(hearing__in=list(hearings))
    rows = rows.exclude(state=Summons.State.WITHDRAWN).order_by("pk")
    return {(row.hearing_id, row.witness_id): row for row in rows}


def _exhibits(keys: set[int], user: access.Reader) -> dict[int | None, Any]:
    rows = readings.annotate(Exhibit.objects.visible_to(user).filter(pk__in=keys))
    return {row.pk: row for row in rows.select_related("holder", "place")}


def _title(need: HearingNeed) -> str:
    if need.witness is not None:
        return str(need.witness)
    if need.exhibit is not None:
        return f"{need.exhibit.label} {need.exhibit.description}"
    if need.kind == Kind.INTERPRETER:
        return _("Interpreter: %(language)s") % {"language": need.language}
    return str(need.what)


def _standing(need: HearingNeed, paper: Summons | None, exhibit: Any) -> tuple[str, str]:
    if need.is_ready:
        return "full", _of_ready(need)
    if need.witness is not None:
        return _of_witness(need, paper)
    if need.kind == Kind.INTERPRETER:
        if need.what:
            return "half", _("Asked: %(name)s") % {"name": need.what}
        return "open", _("No interpreter is named")
    if exhibit is not None:
        return _of_exhibit(exhibit)
    return "open", need.note or _("Not ready")


def _of_ready(need: HearingNeed) -> str:
    named = need.what if need.kind == Kind.INTERPRETER else ""
    said = ": ".join(part for part in (named, need.note) if part)
    return said or _("Said to be ready")


def _of_witness(need: HearingNeed, paper: Summons | None) -> tuple[str, str]:
    assert need.witness is not None  # noqa: S101  # asked for by the caller
    if need.witness.is_dropped:
        return "cross", _("Will not be called")
    if paper is None:
        return "open", _("Not summoned")
    return summons_words.read(paper)


def _of_exhibit(exhibit: Any) -> tuple[str, str]:
    """From custody: whether somebody who works here has it and can bring it."""
    if exhibit.last_seen == CustodyEvent.Kind.LOST:
        return "cross", _("Reported missing")
    if exhibit.out_to:
        return "half", _("Out with %(name)s: to be fetched") % {"name": exhibit.out_to}
    if exhibit.offered_to:
        return "half", _("Offered to %(name)s, not taken over") % {"name": exhibit.offered_to}
    if exhibit.holder is None:
        return "cross", _("Nobody here holds it")
    who = {"name": exhibit.holder, "place": exhibit.place}
    if not exhibit.holder.is_active:
        return "cross", _("With %(name)s, who no longer works here") % who
    if exhibit.place is not None:
        return "full", _("%(name)s can bring it from %(place)s") % who
    return "full", _("%(name)s can bring it") % who
