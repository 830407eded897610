"""Filing a charge sheet, or closing the prosecution's case: the alarms are asked first.

Where something is missing, both want a reason, and keep what was missing beside it. The record
holds what every reader of the case may know of it; the audit entry holds all of it.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, charges, roles, stages
from casework.errors import RuleBroken
from casework.models import Case, ChargeSheet, Proceeding, TrialStep, User
from casework.procedure import steps
from evidence.proof import alarms, matrix, rules
from evidence.proof.alarms import Alarm
from evidence.proof.matrix import Matrix
from evidence.proof.rules import Found
from evidence.reading import of_case

NOBODY = AnonymousUser()
LONGEST = 8000


def missing(found: Iterable[Alarm]) -> list[Alarm]:
    """The alarms that want a reason."""
    return [alarm for alarm in found if alarm.is_to_be_explained]


@dataclass(frozen=True)
class Lacked:
    """What was missing: for the record of the case, and in full for the audit."""

    plain: str
    reason: str  # none where every reader sees nothing missing: even that there is one would tell
    full: tuple[str, ...]


@transaction.atomic
def file(sheet: ChargeSheet, *, filed_on: date, actor: User, despite: str = "") -> ChargeSheet:
    """File the charge sheet. Raises RuleBroken where points are missing and no reason is given."""
    case = sheet.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    sheet.refresh_from_db(fields=["filed_on"])
    if sheet.filed_on is None:
        lacked = asked(
            case, despite, lambda of, user: alarms.matrix_of(sheet, of, user), actor=actor
        )
        if lacked is not None:
            sheet.lacked, sheet.filed_despite = lacked.plain, lacked.reason
            audit.sign(sheet, actor, str(_("Filed although points are missing")))
            sheet.save()
            audit.record(
                "charge_sheet.lacked", actor=actor, case=case, subject=sheet,
                lacked=lacked.full, despite=despite,
            )  # fmt: skip
    return charges.file_sheet(sheet, filed_on=filed_on, actor=actor)


def asked(
    case: Case,
    despite: str,
    read: Callable[[Case, access.Reader], Matrix],
    *,
    actor: User,
) -> Lacked | None:
    """What is missing, where a reason is given; None where nothing is. Raises RuleBroken."""
    own = read(case, actor)
    found = serious(alarms.find(own, case, actor))
    if not found:
        return None
    if not despite.strip():
        raise RuleBroken(_("Something is missing. Say why you go on."), field="despite")
    plain = as_anybody(case)
    theirs = serious(alarms.find(read(plain, NOBODY), plain, NOBODY))
    words = "\n".join(_told(rules.common(found, theirs), own, case))[:LONGEST]
    return Lacked(words, despite.strip() if words else "", tuple(_told(found, own, case)))


def serious(found: Iterable[Found]) -> list[Found]:
    return [one for one in found if one.code in rules.TO_BE_EXPLAINED]


def as_anybody(case: Case) -> Case:
    """The case as a reader has it who may do nothing but read, and knows no register."""
    plain = copy(case)
    plain.granted_actions = frozenset({roles.VIEW})
    return plain


def _told(found: Sequence[Found], own: Matrix, case: Case) -> list[str]:
    return [f"{one.title}. {one.charges}" for one in alarms.tell_all(found, own, case)]


@transaction.atomic
def close(trial: Proceeding, *, happened_on: date, actor: User, despite: str = "") -> TrialStep:
    """The prosecution closes its case. Raises RuleBroken where points are missing and no reason
    is given."""
    case = trial.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    lacked = asked(
        case, despite, lambda of, user: matrix.of(trial, of_case(of, user)), actor=actor
    )  # fmt: skip
    step = steps.take(
        trial, kind=TrialStep.Kind.PROSECUTION_CLOSED, happened_on=happened_on, actor=actor,
        lacked=lacked.plain if lacked else "", despite=lacked.reason if lacked else "",
    )  # fmt: skip
    if lacked is not None:
        audit.record(
            "trial.lacked", actor=actor, case=case, subject=step,
            lacked=lacked.full, despite=despite,
        )  # fmt: skip
    return step
