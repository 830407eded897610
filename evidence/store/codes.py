"""What a scanner or a person types for an exhibit: the address on its label, or case and label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.models import User
from evidence.models import Exhibit

IDENTIFIER = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
NAMED = re.compile(r"(?P<reference>[^\s/]+)[\s/]+(?P<label>[^\s/]+(?:/[^\s/]+)?)")
MOST_LINES = 500
LONGEST = 300


@dataclass(frozen=True)
class Read:
    """The exhibits that were named, each once, and the lines that name none."""

    exhibits: Sequence[Exhibit]
    unknown: Sequence[str]


def read(user: User, text: str) -> Read:
    """One line for each exhibit, in one query; a label alone is one that the person holds."""
    lines = [" ".join(line.split())[:LONGEST] for line in text.replace("\x00", "").splitlines()]
    wanted = list(dict.fromkeys(line for line in lines if line))[:MOST_LINES]
    if not wanted:
        return Read((), ())
    asked = reduce(or_, (_asked(line, user) for line in wanted))
    visible = Exhibit.objects.visible_to(user).filter(asked).select_related("case", "holder")
    rows = list(visible.order_by("case_id", "pk"))
    found: dict[int, Exhibit] = {}
    unknown = []
    for line in wanted:
        fitting = [row for row in rows if _fits(line, row, user)]
        if len(fitting) == 1:
            found[fitting[0].pk] = fitting[0]
        else:
            unknown.append(line)
    return Read(list(found.values()), unknown)


def refuse_many(text: str) -> None:
    """ValidationError for more lines than are read at once: none is passed over in silence."""
    lines = {line.strip() for line in text.splitlines()} - {""}
    if len(lines) > MOST_LINES:
        told = _("These are %(n)s lines. Send at most %(most)s at once.")
        raise ValidationError(told % {"n": len(lines), "most": MOST_LINES})


def _asked(line: str, user: User) -> Q:
    if identifier := IDENTIFIER.search(line):
        return Q(identifier=UUID(identifier[0]))
    own = Q(holder=user, label=line.upper())
    if named := NAMED.fullmatch(line):
        case = Q(case__reference__iexact=named["reference"], label=named["label"].upper())
        return own | case
    return own


def _fits(line: str, row: Exhibit, user: User) -> bool:
    if identifier := IDENTIFIER.search(line):
        return row.identifier == UUID(identifier[0])
    if row.label == line.upper() and row.holder_id == user.pk:
        return True
    named = NAMED.fullmatch(line)
    return named is not None and (
        row.case.reference.upper() == named["reference"].upper()
        and row.label == named["label"].upper()
    )
