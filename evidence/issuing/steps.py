"""The stages of building one dossier, as the course line shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from evidence.issuing.build import BUNDLE, DONE, FIRST_PAGE
from evidence.models import Dossier

STAGES: tuple[tuple[StrOrPromise, int], ...] = (
    (_("Read the record"), FIRST_PAGE),
    (_("Lay out the pages"), BUNDLE),
    (_("Write the bundle"), DONE),
)


@dataclass(frozen=True)
class Stage:
    title: StrOrPromise
    state: str  # done, now or later
    mark: str


def of(dossier: Dossier) -> list[Stage]:
    """What is done before the percent reached, what is being done, what comes later."""
    made: list[Stage] = []
    begins = 0
    for title, ends in STAGES:
        if dossier.progress >= ends:
            made.append(Stage(title, "done", "full"))
        elif dossier.progress >= begins and dossier.state == Dossier.State.BUILDING:
            made.append(Stage(title, "now", "half"))
        else:
            made.append(Stage(title, "later", "later"))
        begins = ends
    is_issued = dossier.state == Dossier.State.ISSUED
    last = ("done", "full") if is_issued else ("later", "later")
    return [*made, Stage(_("Issued"), *last)]
