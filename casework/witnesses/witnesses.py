"""Operations on the witnesses of a case.

A protected witness exists only for those who may see sensitive things: its number is of a series of
its own (X1, X2, ...), so that no gap among W1, W2, ... tells of it.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, User, Witness
from casework.models.witness import PROTECTED_FROM

WRITERS = (roles.EDIT, roles.PROSECUTE)  # who may write of witnesses, and read how to reach them
FIELDS = (
    "name", "kind", "position", "user", "contact", "country", "language", "proves", "court_number",
)  # fmt: skip


@transaction.atomic
def add(
    case: Case, *, name: str, actor: User, is_protected: bool = False, **fields: Any
) -> Witness:
    """A witness of the case, with the next number; `fields` are those of FIELDS."""
    access.require_one(actor, case, *WRITERS)
    if is_protected:
        _require_trust(case, field="is_protected")
    stages.lock(case)
    witness = Witness(
        case=case, name=name, is_protected=is_protected, added_by=actor, added_at=clock.now(),
        number=_next_number(case, is_protected=is_protected), **_known(fields),
    )  # fmt: skip
    return _save(witness, actor, "witness.add")


@transaction.atomic
def change(
    witness: Witness, *, actor: User, is_protected: bool | None = None, **fields: Any
) -> Witness:
    """Correct what is on record of a witness; the history keeps what stood before."""
    _require(witness, actor)
    if is_protected is not None:
        protect(witness, actor=actor, is_protected=is_protected)
    for name, value in _known(fields).items():
        setattr(witness, name, value)
    return _save(witness, actor, "witness.change")


@transaction.atomic
def protect(witness: Witness, *, actor: User, is_protected: bool = True) -> Witness:
    """Hide a witness from all but the trusted, or show it again; the number changes its series."""
    _require(witness, actor)
    if witness.is_protected == is_protected:
        return witness
    _require_trust(witness.case, field="is_protected")
    witness.is_protected = is_protected
    witness.number = _next_number(witness.case, is_protected=is_protected)
    if is_protected:
        _hide_papers(witness, actor)
    return _save(witness, actor, "witness.protect" if is_protected else "witness.unprotect")


@transaction.atomic
def drop(witness: Witness, *, why: str, actor: User) -> Witness:
    """The witness will not be called, and why; the row and its statements stay."""
    _require(witness, actor)
    if not why.strip():
        raise RuleBroken(_("Say why this witness will not be called."), field="why")
    witness.is_dropped, witness.dropped_why = True, why.strip()
    return _save(witness, actor, "witness.drop")


@transaction.atomic
def call_again(witness: Witness, *, actor: User) -> Witness:
    """A witness who was dropped is to be called after all."""
    _require(witness, actor)
    witness.is_dropped, witness.dropped_why = False, ""
    return _save(witness, actor, "witness.call")


@transaction.atomic
def remove(witness: Witness, *, actor: User) -> None:
    """Take out a witness entered by mistake, of whom nothing else is on record."""
    _require(witness, actor)
    case, pk = witness.case, witness.pk
    audit.record("witness.remove", actor=actor, case=case, subject=witness)
    audit.sign(witness, actor)
    try:
        witness.delete()
    except ProtectedError as used:
        raise RuleBroken(
            _("Something is on record of this witness. Say that they will not be called instead.")
        ) from used
    witness.pk = pk  # the index takes the document out by its key
    signals.changed.send(sender=Witness, instance=witness)


def _hide_papers(witness: Witness, actor: User) -> None:
    """The papers of their statements are files of the case: as hidden as they are now."""
    for said in witness.statements.filter(attachment__is_sensitive=False):
        paper = said.attachment
        if paper is None or paper.is_sensitive:  # the same paper twice
            continue
        paper.is_sensitive = True
        paper.save(update_fields=["is_sensitive"])
        audit.record(
            "file.amend", actor=actor, case=witness.case, subject=paper, was_sensitive=False,
            is_sensitive=True,
        )  # fmt: skip
        signals.changed.send(sender=type(paper), instance=paper)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"unknown fields {sorted(unknown)}")
    return fields


def _require(witness: Witness, actor: User) -> None:
    """The right to write, on the row as it stands now."""
    case = witness.case
    access.require_one(actor, case, *WRITERS)
    stages.lock(case)
    witness.refresh_from_db()
    witness.case = case  # with what the actor may do on it
    if witness.is_protected:
        _require_trust(case)


def _require_trust(case: Case, field: str | None = None) -> None:
    if roles.SENSITIVE in case.granted_actions:
        return
    if field is None:
        raise NotAllowed
    raise RuleBroken(
        _("Your role does not see protected witnesses. Ask the lead of the case."), field=field
    )


def _next_number(case: Case, *, is_protected: bool) -> int:
    rows = case.witnesses.filter(number__gte=PROTECTED_FROM)
    if not is_protected:
        rows = case.witnesses.filter(number__lt=PROTECTED_FROM)
    last = rows.aggregate(last=Max("number"))["last"]
    return (last or (PROTECTED_FROM - 1 if is_protected else 0)) + 1


def _save(witness: Witness, actor: User, action: str) -> Witness:
    witness.full_clean(exclude=["added_by"])
    audit.sign(witness, actor)
    witness.save()
    audit.record(action, actor=actor, case=witness.case, subject=witness)
    signals.changed.send(sender=Witness, instance=witness)
    return witness
