"""Supplements: a dossier that goes on with the numbering of the issued one before it.

What was issued stays as it is; pages that stand for one of its pages are lettered (57A).
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.errors import Conflict, RuleBroken
from evidence.models import Dossier

State = Dossier.State
GIVEN_UP = (State.FAILED, State.STOPPED)


def demand(continues: Dossier, *, case_pk: int, is_disclosure: bool = False) -> None:
    """RuleBroken or Conflict where this one cannot be continued now."""
    if continues.case_id != case_pk:
        raise RuleBroken(_("Continue a dossier of the same case."))
    if continues.state != State.ISSUED or continues.last_page is None:
        raise RuleBroken(_("Only an issued dossier can be continued. Build a new one instead."))
    if continues.is_disclosure != is_disclosure:
        raise RuleBroken(
            _("A disclosure and a dossier have numbers of their own. Neither continues the other.")
        )
    after = next_of(continues)
    if after is not None:
        raise Conflict(
            _("Dossier %(n)d is continued by dossier %(after)d already. Continue that one.")
            % {"n": continues.number, "after": after.number}
        )


def next_of(dossier: Dossier) -> Dossier | None:
    found: Dossier | None = dossier.continued_by.exclude(state__in=GIVEN_UP).first()
    return found


def chain(dossier: Dossier | None) -> list[Dossier]:
    """This one and those before it in its numbering, the newest first."""
    found = []
    while dossier is not None:
        found.append(dossier)
        dossier = dossier.continues
    return found


def demand_pages(rows: Iterable[dict[str, Any]], continues: Dossier | None) -> None:
    """A replacement stands for a page that was issued in this numbering."""
    wanted = list(rows)
    if wanted and continues is None:
        raise RuleBroken(_("Only a supplement replaces pages. Make a supplement."))
    last = (continues.last_page or 0) if continues else 0
    for each in wanted:
        if not 1 <= each["page"] <= last:
            raise RuleBroken(
                _("Page %(page)d was not issued. The pages before this supplement end at %(last)d.")
                % {"page": each["page"], "last": last}
            )
        if not each["reason"].strip():
            raise RuleBroken(_("Say why page %(page)d is replaced.") % {"page": each["page"]})
