"""Invented cases with their grants, diaries and audit entries."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group

from bench.generate.batch import Batch, day_of, officer_of
from bench.generate.setting import UNITS
from casework import access
from casework.models import AuditEntry, Case, CaseGroupGrant, CaseUserGrant, DiaryEntry, User

BEGIN = datetime(2015, 1, 5, 6, tzinfo=UTC)
NOTES, AUDITS = 4, 22
STATUSES = ("recorded", "inquiry", "submitted", "charged", "trial", "concluded")
TIERS = ("port", "trafficking", "poaching", "possession")


def write(batch: Batch) -> None:
    batch.cases = batch.save(_case(batch, number) for number in batch.numbers)
    _grants(batch)
    _diary(batch)


def write_small(batch: Batch, holder: User, documents: int) -> None:
    """One case of so many documents, which the holder sees, and no unit."""
    (case,) = batch.cases = batch.save(_case(batch, number) for number in batch.numbers)
    batch.save(
        CaseUserGrant(
            content_object=case,
            user=holder,
            permission=access.role_permission("investigator"),
            granted_by=officer_of(case),
            reason="Asked to help",
        )
        for _ in range(1)
    )
    batch.save(_entry(batch, case, number) for number in range(1, documents))


def _case(batch: Batch, number: int) -> Case:
    unit, officer = batch.setting.units[number % UNITS], batch.setting.officers[number % UNITS]
    return Case(
        reference=f"KE-{unit.code}-{2015 + number % 10}-{number:06d}",
        title=batch.text(6),
        summary=batch.text(60),
        tier=batch.random.choice(TIERS),
        status=batch.random.choice(STATUSES),
        agency=batch.setting.agency,
        unit=unit,
        lead_officer=officer,
        created_by=officer,
        created_at=BEGIN + timedelta(hours=7 * number),
    )


def _grants(batch: Batch) -> None:
    roles = {name: access.role_permission(name) for name in ("lead", "investigator", "auditor")}
    batch.save(
        CaseUserGrant(
            content_object=case,
            user=officer_of(case),
            permission=roles["lead"],
            granted_by=officer_of(case),
            reason="Opened the case",
        )
        for case in batch.cases
    )
    batch.save(
        CaseGroupGrant(
            content_object=case,
            group=group,
            permission=roles[role],
            granted_by=officer_of(case),
            reason="Unit or auditors",
        )
        for case in batch.cases
        for role, group in _groups(batch, case)
    )


def _groups(batch: Batch, case: Case) -> list[tuple[str, Group]]:
    assert case.unit is not None  # noqa: S101  # every invented case has one
    return [("investigator", case.unit.group), ("auditor", batch.setting.agency.auditors)]


def _diary(batch: Batch) -> None:
    batch.save(_entry(batch, case, number) for case in batch.cases for number in range(NOTES))
    batch.save(
        AuditEntry(
            actor=officer_of(case),
            actor_text="Officer",
            action="case.read",
            case=case,
            at=day_of(case, number),
        )
        for case in batch.cases
        for number in range(AUDITS)
    )


def _entry(batch: Batch, case: Case, number: int) -> DiaryEntry:
    return DiaryEntry(
        case=case,
        text=batch.text(50),
        is_sensitive=number == 0,
        happened_at=day_of(case, 2 * number),
        written_by=officer_of(case),
    )
