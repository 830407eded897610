"""Operations on the case itself: opening it, changing it, its steps, its diary."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, CaseNumberSequence, DiaryEntry, User

UNIT_ROLE = "investigator"
NOTING = frozenset({roles.EDIT, roles.EXHIBIT, roles.PROSECUTE})  # any of them writes the diary

# The steps a person takes by hand; submitting, charging, trial and appeal follow from their acts.
STEPS: dict[str, tuple[Case.Status, ...]] = {
    Case.Status.RECORDED: (Case.Status.INQUIRY, Case.Status.NO_INQUIRY),
    Case.Status.INQUIRY: (Case.Status.NO_INQUIRY,),
    Case.Status.NO_INQUIRY: (Case.Status.INQUIRY,),
    Case.Status.RETURNED: (Case.Status.INQUIRY,),
    Case.Status.NOT_CHARGED: (Case.Status.INQUIRY, Case.Status.CLOSED),
    Case.Status.CONCLUDED: (Case.Status.CLOSED,),
    Case.Status.CLOSED: (Case.Status.INQUIRY,),
}


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
    sequence = CaseNumberSequence.objects.select_for_update(no_key=True).get(prefix=prefix)
    sequence.last += 1
    sequence.save()
    return agency.reference_pattern.format(number=sequence.last, **names)


@transaction.atomic
def change(case: Case, *, actor: User, reason: str = "", **fields: Any) -> Case:
    """Change what the case says of itself; its history keeps every version."""
    access.require(actor, case, roles.EDIT)
    stages.lock(case)
    changed = sorted(name for name, value in fields.items() if getattr(case, name) != value)
    if not changed:
        return case
    for name in changed:
        setattr(case, name, fields[name])
    _save(case, actor, reason)
    audit.record("case.change", actor=actor, case=case, subject=case, fields=changed, reason=reason)
    return case


@transaction.atomic
def step(case: Case, *, to: str, actor: User, reason: str) -> Case:
    """Take the case to a status that a person decides; the reason stays in its history."""
    access.require(actor, case, roles.EDIT)
    stages.lock(case)
    if to not in STEPS.get(case.status, ()):
        raise RuleBroken(_("From where this case stands, that step is not possible."), field="to")
    if not reason.strip():
        raise RuleBroken(_("Say why: the history keeps it."), field="reason")
    before, case.status = case.status, to
    _save(case, actor, reason)
    audit.record(
        "case.step", actor=actor, case=case, subject=case, before=before, to=to, reason=reason
    )
    return case


@transaction.atomic
def note(
    case: Case, *, text: str, happened_at: datetime, actor: User, is_sensitive: bool = False
) -> DiaryEntry:
    """Write into the case diary. A sensitive note is hidden from who may not see such things."""
    access.require(actor, case, roles.VIEW)
    if not case.granted_actions & NOTING:
        raise NotAllowed
    if is_sensitive and roles.SENSITIVE not in case.granted_actions:
        raise RuleBroken(
            _("You could not read this note again. Write it without the tick."),
            field="is_sensitive",
        )
    if happened_at > clock.now():
        raise RuleBroken(_("This lies in the future. Check the date."), field="happened_at")
    entry = DiaryEntry(
        case=case,
        text=text,
        happened_at=happened_at,
        is_sensitive=is_sensitive,
        written_by=actor,
        written_at=clock.now(),
    )
    entry.full_clean()
    entry.save()
    audit.record("diary.note", actor=actor, case=case, entry=entry.pk)
    signals.changed.send(sender=DiaryEntry, instance=entry)
    return entry


def _save(case: Case, actor: User, reason: str) -> None:
    case.full_clean()
    audit.sign(case, actor, reason)
    case.save()
    signals.changed.send(sender=Case, instance=case)
