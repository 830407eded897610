"""Operations on what a hearing needs in the room: adding, saying that it is ready, taking out."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, stages
from casework.errors import RuleBroken
from casework.models import Hearing, HearingNeed, User, Witness
from casework.witnesses.witnesses import WRITERS

Kind = HearingNeed.Kind


@transaction.atomic
def add(
    hearing: Hearing,
    *,
    kind: str,
    actor: User,
    witness: Witness | None = None,
    exhibit: Any = None,  # an evidence.Exhibit of the case
    language: str = "",
    what: str = "",
    note: str = "",
) -> HearingNeed:
    """Something or somebody that this hearing needs; the same thing stands once."""
    case = hearing.proceeding.case
    access.require_one(actor, case, *WRITERS)
    stages.lock(case)
    hearing.refresh_from_db(fields=["state"])
    if hearing.state != Hearing.State.LISTED:
        raise RuleBroken(_("This hearing is no longer on the list. It needs nothing more."))
    need = HearingNeed(
        hearing=hearing, kind=kind, witness=witness, exhibit=exhibit, language=language.strip(),
        what=what.strip(), note=note, added_by=actor, added_at=clock.now(),
    )  # fmt: skip
    _check(need)
    return _save(need, actor, "need.add")


@transaction.atomic
def settle(
    need: HearingNeed, *, is_ready: bool, actor: User, what: str = "", note: str = ""
) -> HearingNeed:
    """Somebody says that it will be there (or no longer so), and how they know."""
    hearing = need.hearing
    access.require_one(actor, hearing.proceeding.case, *WRITERS)
    stages.lock(hearing.proceeding.case)
    need.refresh_from_db()
    need.hearing = hearing
    if need.kind == Kind.INTERPRETER and is_ready and not what.strip():
        raise RuleBroken(_("Name the interpreter."), field="what")
    need.is_ready, need.what, need.note = is_ready, what.strip(), note
    return _save(need, actor, "need.settle")


@transaction.atomic
def remove(need: HearingNeed, *, actor: User) -> None:
    """The hearing does not need it after all; the history keeps the row."""
    access.require_one(actor, need.hearing.proceeding.case, *WRITERS)
    audit.record("need.remove", actor=actor, case=need.hearing.proceeding.case, subject=need)
    audit.sign(need, actor)
    need.delete()


def _check(need: HearingNeed) -> None:
    case = need.hearing.proceeding.case
    for thing in (need.witness, need.exhibit):
        if thing is not None and thing.case_id != case.pk:
            raise RuleBroken(_("Choose something of this case."), field="thing")
    is_hidden = (need.witness and need.witness.is_protected) or (
        need.exhibit and need.exhibit.is_restricted
    )
    if is_hidden and roles.SENSITIVE not in case.granted_actions:
        raise RuleBroken(_("Choose something of this case."), field="thing")
    if need.kind == Kind.INTERPRETER and not need.language:
        raise RuleBroken(_("Say which language."), field="language")
    if need.kind != Kind.INTERPRETER and not (need.witness or need.exhibit or need.what):
        raise RuleBroken(_("Say what, or who, the hearing needs."), field="what")
    same = HearingNeed.objects.filter(
        hearing=need.hearing, kind=need.kind, witness=need.witness, exhibit=need.exhibit,
        language__iexact=need.language, what__iexact=need.what,
    )  # fmt: skip
    if same.exists():
        raise RuleBroken(_("The hearing has this among its needs already."), field="thing")


def _save(need: HearingNeed, actor: User, action: str) -> HearingNeed:
    need.full_clean(exclude=["added_by"])
    audit.sign(need, actor)
    need.save()
    audit.record(
        action, actor=actor, case=need.hearing.proceeding.case, subject=need,
        is_ready=need.is_ready,
    )  # fmt: skip
    return need
