"""Of everything seized, how much ended in a conviction that stands."""

from django.utils.translation import gettext as _

from casework import figures_words as words
from casework.cohorts import Unit
from casework.metrics import Line
from casework.panels import cells, convictions
from casework.panels.cells import Links
from casework.panels.panel import Cell, Panel

KEY = "seized"


def panel(total: Line, links: Links) -> Panel:
    """`total` is of seizures, by the day of the seizure."""
    unit = str(words.UNITS[Unit.SEIZURES][0])
    title = _("Of everything seized")
    return Panel(
        KEY,
        title,
        _("%(n)s %(unit)s") % {"n": cells.number(total.size).text, "unit": unit},
        bigs=(
            convictions.big(title, total.after_appeals, unit,
                            links.to("seized.convicted"), links.to("seized.all"),
                            Cell(_("seizures with a conviction that stands; nobody charged counts"
                                   " as well"))),
        ),
        bigs_head=convictions.head(),
    )  # fmt: skip
