"""Redactions: begun on a file, marked, carried out by the worker, looked at before they leave.

What was carried out is never changed: another one begins from its marks. The copy is a file of its
own that names its original, and is as hidden as the original until somebody has looked at it.
"""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals
from casework.errors import Conflict, RuleBroken
from casework.models import Case, User
from evidence.models import Attachment, Redaction
from evidence.redaction import engine

RIGHTS: Final = (roles.DOSSIER, roles.PROSECUTE)
SILENT: Final = timedelta(minutes=30)  # the worker has been killed


def require(user: access.Reader, attachment: Attachment) -> Case:
    """Who may make copies of this file. Raises Http404 or NotAllowed."""
    case = access.require_one(user, attachment.case, *RIGHTS)
    if not Attachment.objects.visible_to(user).filter(pk=attachment.pk).exists():
        raise Http404
    return case


def right(case: Case) -> str:
    """The one of the two that the person has; `granted_actions` was asked."""
    return roles.DOSSIER if roles.DOSSIER in case.granted_actions else roles.PROSECUTE


def find(user: access.Reader, reference: str, number: int) -> Redaction:
    """The redaction, for who may make copies of its original. Raises Http404 or NotAllowed."""
    case = access.get_case_for(user, reference, *RIGHTS)
    rows = Redaction.objects.visible_to(user).filter(original__case=case)
    found: Redaction | None = (
        rows.select_related("original__file", "original__exhibit", "result__file", "looked_by")
        .filter(pk=number)
        .first()
    )
    if found is None:
        raise Http404
    found.original.case = case
    return found


def begin(attachment: Attachment, *, purpose: str, actor: User) -> Redaction:
    """A redaction without marks yet. Raises RuleBroken for a file of which no copy can be made."""
    require(actor, attachment)
    if not engine.can_be_redacted(attachment.file):
        raise RuleBroken(_("Only PDF and pictures can be redacted. Print it to PDF first."))
    return _begin(attachment, purpose, actor, engine.seen(attachment.file))


@transaction.atomic
def _begin(
    attachment: Attachment,
    purpose: str,
    actor: User,
    findings: dict[str, Any],
    follows: Redaction | None = None,
) -> Redaction:
    redaction = Redaction(
        original=attachment, purpose=purpose, begun_by=actor, follows=follows, findings=findings,
        says_grounds=follows.says_grounds if follows else False,
    )  # fmt: skip
    redaction.full_clean()
    audit.sign(redaction, actor)
    redaction.save()
    record("redaction.begin", redaction, actor, purpose=purpose)
    return redaction


@transaction.atomic
def again(redaction: Redaction, *, actor: User) -> Redaction:
    """Another one of the same file, beginning from the marks of one that was carried out."""
    if not redaction.done_at:
        raise Conflict(_("This one is not carried out yet. Change its marks instead."))
    require(actor, redaction.original)
    seen = {name: redaction.findings.get(name, []) for name in engine.SEEN}
    made = _begin(redaction.original, redaction.purpose, actor, seen, follows=redaction)
    for mark in redaction.marks.all():
        mark.pk, mark._state.adding = None, True
        mark.redaction, mark.made_by, mark.made_at = made, actor, clock.now()
        audit.sign(mark, actor)
        mark.save()
    return made


@transaction.atomic
def ask(redaction: Redaction, *, actor: User, says_grounds: bool = False) -> None:
    """Hand it to the worker. Raises RuleBroken without a mark, Conflict while it is worked on."""
    from evidence import tasks

    locked = changeable(redaction, actor)
    if not locked.marks.exists():
        raise RuleBroken(_("Nothing is marked yet. Draw a box or type words first."))
    locked.asked_at, locked.done_by, locked.failure = clock.now(), actor, ""
    locked.says_grounds = says_grounds
    audit.sign(locked, actor)
    locked.save()
    record("redaction.ask", locked, actor, marks=locked.marks.count())
    transaction.on_commit(lambda: tasks.carry_out_redaction.enqueue(locked.pk))


@transaction.atomic
def look(redaction: Redaction, *, actor: User, is_sensitive: bool = False) -> None:
    """State that the actor has looked at every page of the copy: from now on it may leave."""
    require(actor, redaction.original)
    locked = _locked(redaction)
    if not locked.result:
        raise Conflict(_("There is no copy to look at yet."))
    locked.looked_by, locked.looked_at = actor, clock.now()
    audit.sign(locked, actor)
    locked.save()
    copy = locked.result
    copy.is_sensitive = is_sensitive
    copy.save()
    record("redaction.look", locked, actor, copy=copy.pk, is_sensitive=is_sensitive)
    signals.changed.send(sender=Attachment, instance=copy)


def changeable(redaction: Redaction, actor: User) -> Redaction:
    """The row, locked, for somebody who may change its marks. Raises Conflict."""
    require(actor, redaction.original)
    locked = _locked(redaction)
    if locked.done_at:
        raise Conflict(_("This one was carried out and stays as it is. Begin another one from it."))
    if is_worked_on(locked):
        raise Conflict(_("The copy is being made. Wait until it is done."))
    return locked


def is_worked_on(redaction: Redaction) -> bool:
    asked = redaction.asked_at
    return bool(asked and not redaction.done_at and asked > clock.now() - SILENT)


def _locked(redaction: Redaction) -> Redaction:
    found: Redaction = (
        Redaction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("original__file", "original__case", "original__exhibit")
        .get(pk=redaction.pk)
    )
    return found


def record_view(redaction: Redaction, *, actor: User, page: int) -> None:
    """Audit that somebody saw a page of the original in order to mark it."""
    record("redaction.view", redaction, actor, page=page)


def record(action: str, redaction: Redaction, actor: User, **detail: Any) -> None:
    """Never with the words: the audit is read by more people than the file."""
    original = redaction.original
    audit.record(
        action, actor=actor, case=original.case, subject=original, redaction=redaction.pk, **detail
    )
