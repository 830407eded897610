"""Who is expected at a hearing: what is on record, or else the needs of the day and the last one.

The first rows of the form that records it, so that most of them need one choice.
"""

from typing import Any

from django.db.models import Q

from casework.models import (
    Accused,
    AccusedEvent,
    Appearance,
    Case,
    Code,
    Hearing,
    HearingNeed,
    Summons,
)
from casework.models.outcome import Outcome

NAMED = (Appearance.Role.DEFENCE, Appearance.Role.INTERPRETER, Appearance.Role.OTHER)


def of(hearing: Hearing) -> list[dict[str, Any]]:
    """Initial values of the rows, in the order of the roles."""
    case = hearing.proceeding.case
    rows, gone = Appearance.objects.of_case(case), _gone(case)
    if hearing.state != Hearing.State.LISTED:
        return [_kept(row) for row in rows.filter(hearing=hearing)]
    return [
        _row("prosecutor", str(hearing.proceeding.prosecutor), "came"),
        *(_expected(pk, gone) for pk in _accused(hearing)),
        *_named(hearing, case),
        *(_row(f"witness:{pk}") for pk in _witnesses(hearing, case)),
    ]


def _row(who: str, name: str = "", came: str = "", why: str = "") -> dict[str, Any]:
    return {"who": who, "name": name, "came": came, "why_absent": why}


def _gone(case: Case) -> set[int]:
    """The accused whose last event says that they ran away."""
    rows: Any = AccusedEvent.objects
    events = rows.standing().filter(accused__case=case).order_by("happened_on", "pk")
    last = {row.accused_id: row.kind for row in events}
    return {pk for pk, kind in last.items() if kind == AccusedEvent.Kind.ABSCONDED}


def _expected(pk: int, gone: set[int]) -> dict[str, Any]:
    if pk not in gone:
        return _row(f"accused:{pk}", came="came")
    why = Code.objects.filter(kind="absence", code="absconded").first()
    return _row(f"accused:{pk}", came="absent", why=str(why.pk) if why else "")


def _kept(row: Appearance) -> dict[str, Any]:
    person = row.accused_id or row.witness_id
    came = "testified" if row.has_testified else "came" if row.has_appeared else "absent"
    why = str(row.why_absent_id or "")
    return _row(f"{row.role}:{person}" if person else row.role, row.name, came, why)


def _accused(hearing: Hearing) -> list[int]:
    """Those charged in this file, or all of the case before a sheet names them."""
    trial = hearing.proceeding.parent_id or hearing.proceeding_id
    charged = Accused.objects.filter(
        Q(charges__tried_in=hearing.proceeding_id)
        | Q(charges__tried_in__isnull=True, charges__count__charge_sheet__proceeding=trial),
        case=hearing.proceeding.case_id,
    )
    dead = charged.filter(charges__outcomes__decision=Outcome.Decision.ABATED).values("pk")
    found = charged.exclude(pk__in=dead).distinct().order_by("number")
    return list(found.values_list("pk", flat=True)) or list(
        hearing.proceeding.case.accused.order_by("number").values_list("pk", flat=True)
    )


def _named(hearing: Hearing, case: Case) -> list[dict[str, Any]]:
    """Counsel and interpreters of the last hearing of this file, and those named for this one."""
    before = (
        Hearing.objects.filter(proceeding=hearing.proceeding_id, starts_at__lt=hearing.starts_at)
        .filter(appearances__isnull=False)
        .order_by("-starts_at")
        .first()
    )
    rows = Appearance.objects.of_case(case).filter(hearing=before, role__in=NAMED)
    found = [(row.role, row.name) for row in rows] if before else []
    if not any(role == Appearance.Role.DEFENCE for role, _name in found):
        counsel = hearing.proceeding.case.accused.exclude(counsel="").order_by("number")
        found += [("defence", name) for name in counsel.values_list("counsel", flat=True)]
    wanted = HearingNeed.objects.of_case(case).filter(
        hearing=hearing, kind=HearingNeed.Kind.INTERPRETER
    )
    found += [("interpreter", name) for name in wanted.values_list("what", flat=True) if name]
    return [_row(role, name, "came") for role, name in dict.fromkeys(found)]


def _witnesses(hearing: Hearing, case: Case) -> list[int]:
    needed = HearingNeed.objects.of_case(case).filter(hearing=hearing, witness__isnull=False)
    called = Summons.objects.of_case(case).filter(
        hearing=hearing, state__in=(Summons.State.ISSUED, Summons.State.SERVED)
    )
    keys = [*needed.values_list("witness", flat=True), *called.values_list("witness", flat=True)]
    return list(dict.fromkeys(keys))
