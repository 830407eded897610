"""Conviction rates as data. Without --as it counts everything: the administrator's view."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from casework import clock, figures, figures_words, reference
from casework.cohorts import Cohort, Question, Unit
from casework.forms.figures import end_of
from casework.metrics import Figures, Line, Rate
from casework.models import Agency, Case, Court, User

PLACES = {  # the part of the question, what is written, and how it is found
    "agency": ("agencies", "CODE", lambda text: _named(Agency, text, "code", "name")),
    "court": ("courts", "NAME", lambda text: _named(Court, text, "name")),
    "species": ("species", "NAME", lambda text: reference.find_taxon(text)),
    "port": ("ports", "CODE", lambda text: reference.find_port(text)),
}


class Command(BaseCommand):
    help = "Conviction rates by unit, cohort and tier, as at one date and known at another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tier", choices=list(Case.Tier.values), help="default: all")
        parser.add_argument("--unit", choices=[unit.value for unit in Unit], default="accused")
        parser.add_argument(
            "--cohort", choices=[cohort.value for cohort in Cohort], default="concluded"
        )
        parser.add_argument("--as-at", help="YYYY-MM-DD: what had happened by then; default today")
        parser.add_argument(
            "--known-at", help="YYYY-MM-DD or a moment: what was recorded by then; default now"
        )
        parser.add_argument("--from-year", type=int, help="first year of the cohort")
        parser.add_argument("--to-year", type=int, help="last year of the cohort")
        for name, (_part, written, _find) in PLACES.items():
            parser.add_argument(f"--{name}", metavar=written, help="default: all")
        parser.add_argument("--as", dest="username", help="count what this person may count")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        places = {name: _place(name, options[name]) for name in PLACES}
        question = Question(
            as_at=_day(options["as_at"], "--as-at") or clock.today(),
            known_at=_moment(options["known_at"]),
            unit=Unit(options["unit"]),
            cohort=Cohort(options["cohort"]),
            tiers=frozenset([options["tier"]] if options["tier"] else []),
            first_year=options["from_year"],
            last_year=options["to_year"],
            **{PLACES[name][0]: frozenset([one.pk]) for name, one in places.items() if one},
        )
        found = figures.ask(question, user=_person(options["username"]))
        if options["json"]:
            asked = {name: str(one) if one else None for name, one in places.items()}
            self.stdout.write(json.dumps({**as_data(found), **asked}, indent=2))
        else:
            names = {name: {str(one.pk): str(one)} for name, one in places.items() if one}
            self.stdout.write("\n".join(as_text(found, names)))


def _named(model: Any, text: str, *names: str) -> Any:
    """The row of exactly this code or name."""
    found = (model.objects.filter(**{f"{name}__iexact": text.strip()}).first() for name in names)
    return next((row for row in found if row), None)


def _place(name: str, text: str | None) -> Any:
    if not text:
        return None
    find: Callable[[str], Any] = PLACES[name][2]
    place = find(text)
    if place is None:
        raise CommandError(f"--{name}: {text!r} is not in the list. Write it as the page has it.")
    return place


def _day(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"{name}: write the date as YYYY-MM-DD, for example 2025-12-31.")
    if day > clock.today():
        raise CommandError(f"{name}: this lies in the future. Choose today or earlier.")
    return day


def _moment(text: str | None) -> datetime:
    """A moment as written, or the end of a day; never later than now."""
    now = clock.now()
    try:
        moment = parse_datetime(text) if text and len(text) > 10 else None
    except ValueError:
        moment = None
    if moment is not None:
        moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        if moment > now:
            raise CommandError("--known-at: this lies in the future. Choose now or earlier.")
        return moment
    day = _day(text, "--known-at")
    return min(end_of(day), now) if day else now


def _person(username: str | None) -> User | None:
    if not username:
        return None
    person: User | None = User.objects.filter(username__iexact=username).first()
    if person is None:
        raise CommandError(f"There is nobody called {username!r}.")
    return person


def as_data(found: Figures) -> dict[str, Any]:
    """The answer with its question; a number that would say too much is null."""
    question, total = found.question, found.total
    return {
        "unit": question.unit,
        "cohort": question.cohort,
        "tier": next(iter(question.tiers), None),
        "from_year": question.first_year,
        "to_year": question.last_year,
        "as_at": question.as_at.isoformat(),
        "known_at": question.known_at.isoformat(),
        **_line(total),
        "of_everything_seized": _rate(found.of_everything_seized),
        "by_tier": {line.key: _line(line) for line in found.by_tier},
        "by_year": {line.key: _line(line) for line in found.by_year},
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        **_rate(line.after_appeals),
        "is_suppressed": line.is_hidden,
        "first_instance": _rate(line.first_instance),
        "withdrawn": line.withdrawn,
        "without_withdrawn": _rate(line.without_withdrawn),
        "states": {str(state): number for state, number in line.states.items()},
    }


def _rate(rate: Rate) -> dict[str, Any]:
    share = rate.share
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "rate": None if share is None else round(share, 4),
        "interval_95": rate.interval,
    }


def as_text(found: Figures, names: figures_words.Names | None = None) -> list[str]:
    """The same for reading."""
    total = found.total
    return [
        figures_words.sentence(found.question, names),
        f"  after appeals:        {_told(total.after_appeals)}",
        f"  at first instance:    {_told(total.first_instance)}",
        f"  withdrawals left out: {_told(total.without_withdrawn)}",
        f"  of everything seized: {_told(found.of_everything_seized)}",
        *(
            f"  {Case.Tier(line.key).label}: {_told(line.after_appeals)}"
            for line in found.by_tier
            if line.size
        ),
        *(f"  {line.key}: {_told(line.after_appeals)}" for line in found.by_year),
    ]


def _told(rate: Rate) -> str:
    if rate.is_shown:
        return f"{rate.percent} %, {rate.numerator} of {rate.denominator}"
    if rate.denominator == 0:
        return "nobody to count"
    return "not shown: too few" if rate.denominator is None else f"too few, {rate.denominator}"
