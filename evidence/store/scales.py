"""Scales: which ones a unit uses, and whether their calibration stood on the day of a weighing."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from casework import clock, display
from casework.ledger.event import Scale
from casework.models import User
from evidence.models import CustodyEvent

# A verification of a weighing instrument in trade use holds for a year under most weights laws.
CALIBRATION_LASTS = timedelta(days=366)
REMEMBERED = 6
LOOKED_THROUGH = 200  # newest weighings of the unit


def calibration_words(scale: Scale, on: date) -> str:
    """What a reader must know of the calibration: its day, that it had run out, or that none is."""
    calibrated = scale.calibrated_on
    if calibrated is None:
        return _("calibration not stated")
    words = {"day": display.day(calibrated)}
    if on - calibrated > CALIBRATION_LASTS:
        return _("calibrated %(day)s, more than a year earlier") % words
    if calibrated > on:
        return _("calibrated %(day)s, only after this weighing") % words
    return _("calibrated %(day)s") % words


def of_unit(user: User) -> list[tuple[str, date | None]]:
    """The scales that this person's unit used last, each with its newest calibration."""
    colleagues = {"recorder__unit": user.unit} if user.unit_id else {"recorder": user}
    newest = CustodyEvent.objects.filter(**colleagues).exclude(scale="").order_by("-pk")
    used: dict[str, date | None] = {}
    for name, day in newest.values_list("scale", "scale_calibrated_on")[:LOOKED_THROUGH]:
        used[name] = max(filter(None, (used.get(name), day)), default=None)
    return list(used.items())[:REMEMBERED]


def hint(user: User) -> str:
    """The same in one line, for the field; empty where none was used yet."""
    parts = [
        f"{name} ({calibration_words(Scale(name, day), clock.today())})"
        for name, day in of_unit(user)
    ]
    return _("Used here: %(scales)s.") % {"scales": "; ".join(parts)} if parts else ""
