"""How the state of a summons reads: its mark, and a sentence of few words."""

from django.utils.translation import gettext as _

from casework import display
from casework.models import Summons

MARKS = {
    Summons.State.ISSUED: "half",
    Summons.State.SERVED: "full",
    Summons.State.NOT_FOUND: "cross",
    Summons.State.REFUSED: "cross",
    Summons.State.WITHDRAWN: "later",
}


def read(summons: Summons) -> tuple[str, str]:
    """Mark and words, e.g. `half`, `Issued 3 Mar 2024, not served`."""
    state = Summons.State(summons.state)
    return MARKS[state], _words(summons, state)


def _words(summons: Summons, state: Summons.State) -> str:
    issued = {"day": display.day(summons.issued_on)}
    if state == Summons.State.ISSUED:
        return _("Summons issued %(day)s, not served") % issued
    if state == Summons.State.SERVED:
        return _("Summons served %(day)s") % {"day": display.day(summons.served_on)}
    if state == Summons.State.NOT_FOUND:
        return _("Not found: the summons of %(day)s could not be served") % issued
    if state == Summons.State.REFUSED:
        return _("Refused the summons of %(day)s") % issued
    return _("Summons of %(day)s taken back") % issued
