"""The panels of the figures: which there are, and one of them as a person may count it."""

from collections.abc import Callable
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.cohorts import Dimension, Question
from casework.metrics import wider
from casework.models import Code, User
from casework.panels import (
    adjournments,
    breakdown,
    clearance,
    convictions,
    delays,
    funnel,
    hearings,
    seized,
    sentences,
    time,
    uncharged,
)
from casework.panels.cells import Links
from casework.panels.panel import Panel
from casework.statistics import answers, scope

Read: TypeAlias = Callable[[Question, User, Links], Panel]


def _adjournments(question: Question, user: User, links: Links) -> Panel:
    codes = Code.objects.filter(kind="adjournment_reason")
    causes = {row.code: row.label for row in codes}
    return adjournments.panel(answers.adjournments(question, user=user), causes, links)


def _breakdown(by: Dimension) -> Read:
    def read(question: Question, user: User, links: Links) -> Panel:
        found = answers.breakdown(question, by, user=user)
        names = answers.names(by, (line.key for line in found.lines))
        return breakdown.panel(found, names, links)

    return read


PANELS: dict[str, tuple[StrOrPromise, Read]] = {
    convictions.KEY: (
        _("How many were convicted"),
        lambda q, user, links: convictions.panel(q, answers.total(q, user=user), links),
    ),
    seized.KEY: (
        _("Of everything seized"),
        lambda q, user, links: seized.panel(answers.total(wider(q), user=user), links),
    ),
    funnel.KEY: (
        _("From seizure to a verdict that stands"),
        lambda q, user, links: funnel.panel(answers.funnel(q, user=user), links),
    ),
    time.KEY: (
        _("How long until it is concluded"),
        lambda q, user, links: time.panel(answers.curve(q, user=user), links),
    ),
    delays.KEY: (
        _("Where the time goes"),
        lambda q, user, links: delays.panel(answers.delays(q, user=user), links),
    ),
    adjournments.KEY: (_("Why hearings were adjourned, and on whose side"), _adjournments),
    hearings.KEY: (
        _("Hearings in a case"),
        lambda q, user, links: hearings.panel(answers.hearings(q, user=user), links),
    ),
    sentences.KEY: (
        _("What the sentences were"),
        lambda q, user, links: sentences.panel(answers.sentences(q, user=user), links),
    ),
    clearance.KEY: (
        _("Do the courts keep up"),
        lambda q, user, links: clearance.panel(answers.clearance(q, user=user), links),
    ),
    uncharged.KEY: (
        _("Seizures with nobody charged"),
        lambda q, user, links: uncharged.panel(answers.uncharged(q, user=user), links),
    ),
    **{breakdown.key_of(by): (breakdown.TITLES[by], _breakdown(by)) for by in Dimension},
}
BREAKDOWNS = tuple(breakdown.key_of(by) for by in Dimension)
ON_THE_PAGE = tuple(key for key in PANELS if key not in BREAKDOWNS[1:])  # one breakdown at a time


def panel(key: str, question: Question, user: User, links: Links) -> Panel:
    _title, read = PANELS[key]
    return read(question, user, links)


def whose(user: User) -> str:
    """Whose cases are counted, in words."""
    if scope.agency_of(user) is None or user.agency is None:
        return str(_("The cases that the reader may open"))
    return _("All cases of %(agency)s, and others that the reader may open") % {
        "agency": user.agency.name
    }


def everything(question: Question, user: User) -> tuple[Panel, ...]:
    """All panels, for an export: nothing in them leads anywhere."""
    return tuple(panel(key, question, user, Links("")) for key in PANELS)
