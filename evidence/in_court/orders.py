"""A court's order as the person who carries it out names it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework import display


@dataclass(frozen=True)
class Order:
    """What the court ordered; where nobody was ever charged, `no_proceeding` says so and why."""

    court: str
    number: str
    made_on: date
    no_proceeding: str = ""

    def __str__(self) -> str:
        told = _("%(court)s, order %(number)s of %(day)s") % {
            "court": self.court.strip(),
            "number": self.number.strip(),
            "day": display.day(self.made_on),
        }
        if self.no_proceeding.strip():
            told += ". " + _("No proceeding: %(why)s") % {"why": self.no_proceeding.strip()}
        return told
