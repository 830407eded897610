"""What a timeline is made of, and how moments are laid out. Pure: no row is read here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import display

QUIET_AFTER = timedelta(days=90)
MOST_SUBJECTS = 12


@dataclass(frozen=True)
class Moment:
    """One event: bold verb, what it concerns, the rest of the sentence, and who says so.

    `at` is a day where the hour is not known. Moments with one `key` are told as one, with their
    subjects listed; a key holds the day, so what is told as one happened together.
    """

    at: datetime | date
    verb: str
    subjects: tuple[str, ...] = ()
    rest: str = ""
    by: str = ""
    mark: str = "full"
    line: str = ""
    url: str = ""
    key: tuple[object, ...] | None = None
    joint: str = ", "  # between the subjects and the rest

    @property
    def day(self) -> date:
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime) else self.at

    @property
    def clock(self) -> str:
        return display.clock(self.at) if isinstance(self.at, datetime) else ""

    @property
    def ending(self) -> str:
        """The rest of the sentence with what joins it to the subjects."""
        return f"{self.joint}{self.rest}" if self.rest and self.subjects else self.rest

    @property
    def subject(self) -> str:
        """The first dozen subjects in words."""
        shown = ", ".join(self.subjects[:MOST_SUBJECTS])
        more = len(self.subjects) - MOST_SUBJECTS
        return shown + _(" and %(n)d more") % {"n": more} if more > 0 else shown


@dataclass(frozen=True)
class Row:
    """A line of the page: a moment, a new year, or a stretch with nothing recorded."""

    moment: Moment | None = None
    year: int | None = None
    quiet: timedelta | None = None


def arrange(moments: Iterable[Moment]) -> list[Row]:
    """Newest first, as given: years between them, quiet stretches named, repeats told once."""
    rows: list[Row] = []
    before: Moment | None = None
    year = timezone.localdate().year
    for moment in _told_once(moments):
        if before is not None and before.day - moment.day >= QUIET_AFTER:
            rows.append(Row(quiet=before.day - moment.day))
        if moment.day.year != year:
            rows.append(Row(year=moment.day.year))
        rows.append(Row(moment=moment))
        before, year = moment, moment.day.year
    return rows


def _told_once(moments: Iterable[Moment]) -> Iterable[Moment]:
    told: dict[object, Moment] = {}
    for place, moment in enumerate(moments):
        key = moment.key or place
        first = told.get(key)
        subjects = (*moment.subjects, *first.subjects) if first else moment.subjects
        told[key] = replace(first, subjects=subjects, url="") if first else moment
    return told.values()
