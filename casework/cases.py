"""Operations on the case itself: opening it, changing it, its steps, its diary."""

from datetime import datetime
from typing import Any

from django.db import transaction

from casework import access, audit, clock, roles, signals
from casework.errors import NotAllowed
from casework.models import Case, CaseNumberSequence, User

UNIT_ROLE = "investigator"


@transaction.atomic
def open_case(
    *, title: str, tier: str, actor: User, opened_at: datetime | None = None, **fields: Any
) -> Case:
    """A new case in state `recorded`, granted to its recorder, their unit and the auditors.

    Raises NotAllowed where the actor may not record seizures or belongs to no agency.
    """
    if not access.holds(actor, roles.RECORD_SEIZURE) or actor.agency is None:
        raise NotAllowed("Your position does not record seizures.")
    opened_at = opened_at or clock.now()
    case = Case(
        reference=_next_reference(actor, opened_at.year),
        title=title,
        tier=tier,
        agency=actor.agency,
        unit=actor.unit,
        lead_officer=actor,
        created_by=actor,
        created_at=opened_at,
        **fields,
    )
    case.full_clean()
    audit.sign(case, actor)
    case.save()
    audit.record("case.open", actor=actor, case=case, subject=case)
    _first_grants(case, actor)
    signals.changed.send(sender=Case, instance=case)
    return case


def _first_grants(case: Case, actor: User) -> None:
    access.grant(case, role="lead", to=actor, actor=actor, reason="Opened the case")
    if case.unit is not None:
        access.grant(
            case, role=UNIT_ROLE, to=case.unit.group, actor=actor, reason="Unit of the recorder"
        )
    access.grant(
        case, role="auditor", to=case.agency.auditors, actor=actor, reason="Auditors of the agency"
    )


def _next_reference(actor: User, year: int) -> str:
    """The next reference by the agency's pattern; the sequence row is the lock."""
    agency = actor.agency
    assert agency is not None  # noqa: S101  # open_case has refused already
    names = {
        "country": agency.country,
        "agency": agency.code,
        "unit": actor.unit.code if actor.unit else agency.code,
        "year": year,
    }
    prefix = agency.reference_pattern.split("{number")[0].format(**names)
    CaseNumberSequence.objects.get_or_create(prefix=prefix)
    sequence = CaseNumberSequence.objects.select_for_update().get(prefix=prefix)
    sequence.last += 1
    sequence.save()
    return agency.reference_pattern.format(number=sequence.last, **names)
