"""What a fact rests on: who says it and in which file; and what an owner or director holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from casework import access, clock
from casework.errors import RuleBroken
from casework.models import Case, Code, User


@dataclass(frozen=True)
class Origin:
    """Who says a thing, where it is written, on which day it was true, and the case it is from."""

    source_type: str
    source: str
    as_of: date
    case: Case | None = None  # set: the fact is visible with that case only


@dataclass(frozen=True)
class Stake:
    """What an owner, shareholder or director holds: percent, kind of interest, and how long."""

    share_percent: Decimal | None = None
    interest: Code | None = None
    directness: str = ""
    since: date | None = None
    until: date | None = None


NO_STAKE = Stake()
HOLDERS = frozenset({"owner", "shareholder", "director", "agent"})


def held(kind: Code, stake: Stake) -> dict[str, Any]:
    """Shares and years are of those who hold something; no period ends before it began."""
    if stake != NO_STAKE and kind.code not in HOLDERS:
        raise RuleBroken(
            _("Only owners, shareholders, directors and agents have a share or a period."),
            field="kind",
        )
    share = stake.share_percent
    if share is not None and not 0 <= share <= 100:
        raise RuleBroken(_("Write a share between 0 and 100."), field="share_percent")
    if stake.since and stake.until and stake.until < stake.since:
        raise RuleBroken(_("It cannot end before it began."), field="until")
    return dict(vars(stake))


def document(attachment: Any, case: Case | None, actor: User) -> Any:
    """A file that every reader of the fact may open: of its case, neither sensitive nor of a
    restricted exhibit."""
    if attachment is None:
        return None
    if case is None or attachment.case_id != case.pk:
        raise RuleBroken(_("A file is seen with its case. Choose that case above."), field="case")
    if attachment not in open_files(actor, [case]):
        raise RuleBroken(
            _("Not all who read this case may open that file. Choose another."), field="attachment"
        )
    return attachment


def open_files(user: access.Reader, cases: Iterable[Case]) -> Any:
    """The files of cases that each reader of the case may open, and this one sees, newest first."""
    files: Any = apps.get_model("evidence", "Attachment")
    return (
        files.objects.visible_to(user)
        .filter(case__in=cases, is_sensitive=False)
        .exclude(exhibit__is_restricted=True)
        .select_related("case")
        .order_by("-uploaded_at", "-pk")
    )


def not_future(day: date, field: str) -> date:
    if day > clock.today():
        raise RuleBroken(_("This day lies in the future. Write the day it was seen."), field=field)
    return day
