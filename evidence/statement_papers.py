"""Statements with their papers: the signed paper is a file of the case, kept with the same act."""

from typing import Any

from django.db import transaction

from casework import access, roles
from casework.models import Accused, Case, Statement, User, Witness
from casework.witnesses import statements
from casework.witnesses.witnesses import WRITERS
from evidence import files
from evidence.filestore.uploads import HashedUpload
from evidence.models import Attachment


def record(
    case: Case,
    *,
    upload: HashedUpload | None,
    actor: User,
    witness: Witness | None = None,
    accused: Accused | None = None,
    **fields: Any,
) -> Statement:
    """A statement, with its paper taken in where there is one."""
    with transaction.atomic():
        hidden = _is_hidden(witness, fields)
        paper = _paper(case, upload, actor, is_sensitive=hidden)
        return statements.record(
            case, witness=witness, accused=accused, attachment=paper, actor=actor, **fields
        )


def replace(
    statement: Statement, *, upload: HashedUpload | None, actor: User, **fields: Any
) -> Statement:
    """A statement in the place of another; without a new paper the earlier one stays with it."""
    with transaction.atomic():
        if upload is not None:
            hidden = _is_hidden(statement.witness, fields)
            fields["attachment"] = _paper(statement.case, upload, actor, is_sensitive=hidden)
        return statements.replace(statement, actor=actor, **fields)


def translate(
    statement: Statement, *, upload: HashedUpload | None, actor: User, **fields: Any
) -> Statement:
    with transaction.atomic():
        hidden = _is_hidden(statement.witness, {"is_sensitive": statement.is_sensitive})
        paper = _paper(statement.case, upload, actor, is_sensitive=hidden)
        return statements.translate(statement, attachment=paper, actor=actor, **fields)


def _is_hidden(witness: Witness | None, fields: dict[str, Any]) -> bool:
    """The paper is as hidden as what it says."""
    return bool(fields.get("is_sensitive") or (witness and witness.is_protected))


def _paper(
    case: Case, upload: HashedUpload | None, actor: User, *, is_sensitive: bool
) -> Attachment | None:
    if upload is None:
        return None
    access.require_one(actor, case, *WRITERS)
    right = next(one for one in WRITERS if one in case.granted_actions)
    return files.attach(
        case, upload=upload, kind=Attachment.Kind.DOCUMENT, is_sensitive=is_sensitive,
        actor=actor, right=right,
    )  # fmt: skip


def may_write(case: Case) -> bool:
    return bool(case.granted_actions.intersection(WRITERS))


def may_hide(case: Case) -> bool:
    return roles.SENSITIVE in case.granted_actions
