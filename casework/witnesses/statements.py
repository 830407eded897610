"""Operations on statements: recorded once, replaced or taken back by a later row."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Accused, Case, Statement, User, Witness
from casework.witnesses.witnesses import WRITERS

KEPT = (
    "taken_on", "taken_by", "place", "language", "text", "attachment", "is_signed",
    "is_sensitive", "translator",
)  # fmt: skip


@transaction.atomic
def record(
    case: Case,
    *,
    taken_on: date,
    actor: User,
    witness: Witness | None = None,
    accused: Accused | None = None,
    text: str = "",
    attachment: Any = None,  # an evidence.Attachment of the case
    **fields: Any,
) -> Statement:
    """What a witness or an accused stated, as text, as a file of the case, or both."""
    access.require_one(actor, case, *WRITERS)
    stages.lock(case)
    statement = Statement(
        case=case, witness=witness, accused=accused, taken_on=taken_on, text=text,
        attachment=attachment, **fields,
    )  # fmt: skip
    return _save(statement, actor, "statement.record")


@transaction.atomic
def translate(
    statement: Statement,
    *,
    language: str,
    translator: str,
    actor: User,
    text: str = "",
    attachment: Any = None,
    taken_on: date | None = None,
) -> Statement:
    """The statement in another language, and who translated it."""
    _require(statement, actor)
    if not language.strip():
        raise RuleBroken(_("Say into which language it is translated."), field="language")
    if not translator.strip():
        raise RuleBroken(_("Say who translated it: the court asks."), field="translator")
    made = Statement(
        case=statement.case, witness=statement.witness, accused=statement.accused,
        taken_on=taken_on or clock.today(), text=text, attachment=attachment, language=language,
        translator=translator, translation_of=statement, is_sensitive=statement.is_sensitive,
    )  # fmt: skip
    return _save(made, actor, "statement.translate")


@transaction.atomic
def replace(statement: Statement, *, correction: str, actor: User, **fields: Any) -> Statement:
    """A new row in the place of an earlier one; both stay on record."""
    _require(statement, actor)
    _check_correction(correction)
    kept = {name: getattr(statement, name) for name in KEPT}
    made = Statement(
        case=statement.case, witness=statement.witness, accused=statement.accused,
        translation_of=statement.translation_of, supersedes=statement, correction=correction,
        **(kept | fields),
    )  # fmt: skip
    return _save(made, actor, "statement.replace")


@transaction.atomic
def take_back(statement: Statement, *, correction: str, actor: User) -> Statement:
    """The statement was recorded by mistake: it no longer counts, and stays on record."""
    _require(statement, actor)
    _check_correction(correction)
    gone = Statement(
        case=statement.case, witness=statement.witness, accused=statement.accused,
        taken_on=statement.taken_on, language=statement.language, supersedes=statement,
        is_sensitive=statement.is_sensitive, is_withdrawn=True, correction=correction,
    )  # fmt: skip
    return _save(gone, actor, "statement.take_back")


def _require(statement: Statement, actor: User) -> None:
    access.require_one(actor, statement.case, *WRITERS)
    stages.lock(statement.case)
    if not Statement.objects.standing().filter(pk=statement.pk).exists():
        raise RuleBroken(_("This statement was replaced already. Open the one that stands."))


def _check_correction(correction: str) -> None:
    if not correction.strip():
        raise RuleBroken(_("Say what was wrong. Both stay on record."), field="correction")


def _check(statement: Statement) -> None:
    case = statement.case
    stages.check_day(statement.taken_on, field="taken_on")
    for person in (statement.witness, statement.accused):
        if person is not None and person.case_id != case.pk:
            raise RuleBroken(_("Choose somebody of this case."), field="witness")
    attached = statement.attachment
    if attached is not None and attached.case_id != case.pk:
        raise RuleBroken(_("Choose a file of this case."), field="attachment")
    if not (statement.text.strip() or attached or statement.is_withdrawn):
        raise RuleBroken(_("Write what was stated, or add the signed paper."), field="text")
    is_hidden = statement.is_sensitive or (statement.witness and statement.witness.is_protected)
    if is_hidden and roles.SENSITIVE not in case.granted_actions:
        raise RuleBroken(
            _("Your role does not see sensitive statements. Ask the lead of the case."),
            field="is_sensitive",
        )


def _save(statement: Statement, actor: User, action: str) -> Statement:
    _check(statement)
    statement.recorded_by, statement.recorded_at = actor, clock.now()
    statement.full_clean(exclude=["recorded_by"])
    statement.save()
    audit.record(action, actor=actor, case=statement.case, subject=statement)
    signals.changed.send(sender=Statement, instance=statement)
    return statement
