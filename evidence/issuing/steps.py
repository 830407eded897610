"""The stages of making one dossier, as the course line shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from evidence.dossier import pages
from evidence.issuing.build import BUNDLE, FIRST_PAGE, LAST_PAGE
from evidence.models import Dossier

State = Dossier.State
LAID = FIRST_PAGE + (LAST_PAGE - FIRST_PAGE) * pages.LAYING // pages.WHOLE
STAGES: tuple[tuple[StrOrPromise, int], ...] = (
    (_("Read the record"), FIRST_PAGE),
    (_("Lay out the pages"), LAID),
    (_("Number and index"), LAST_PAGE),
    (_("Merge the documents"), BUNDLE),
)
SIGN, PACK = _("Sign"), _("Bundle")


@dataclass(frozen=True)
class Stage:
    title: StrOrPromise
    state: str  # done, now or later
    mark: str


def of(dossier: Dossier, *, is_signed: bool = False) -> list[Stage]:
    """What is done before the percent reached, what is being done, what comes later."""
    made: list[Stage] = []
    begins = 0
    for title, ends in STAGES:
        is_now = dossier.progress >= begins and dossier.state == State.BUILDING
        made.append(_stage(title, is_done=dossier.progress >= ends, is_now=is_now))
        begins = ends
    is_issued = dossier.state == State.ISSUED
    is_built = dossier.state == State.BUILT
    signing, packing = is_built and not is_signed, is_built and is_signed
    return [
        *made,
        _stage(SIGN, is_done=is_issued or packing, is_now=signing),
        _stage(PACK, is_done=is_issued, is_now=packing),
    ]


def _stage(title: StrOrPromise, *, is_done: bool, is_now: bool) -> Stage:
    if is_done:
        return Stage(title, "done", "full")
    return Stage(title, "now", "half") if is_now else Stage(title, "later", "later")
