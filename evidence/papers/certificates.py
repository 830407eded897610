"""Certificates of a case: recording them, replacing one by a new row, and what is still missing.

What a certificate states is written once; the paper that was signed is a file of the case.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, row_digests, stages
from casework.errors import Conflict, RuleBroken
from casework.models import Case, Code, User
from evidence import files
from evidence.filestore.uploads import HashedUpload
from evidence.models import Attachment, Certificate, CertificateCover, CopyHop
from evidence.papers.certificate_book import facts_of
from evidence.papers.certificates_required import DOG, OF_FILES, WEIGHING, Need, needs
from evidence.reading import of_case

KINDS = "certificate_kind"


@dataclass(frozen=True)
class Statement:
    """What a certificate says; the names are the columns of its row."""

    given_by: str
    position: str
    is_responsible: bool = False
    device: str = ""
    device_number: str = ""
    produced: str = ""
    kept: str = ""
    done_on: date | None = None
    calibrated_on: date | None = None
    valid_until: date | None = None
    is_regularly_used: bool = False
    is_regularly_fed: bool = False
    was_working: bool = False
    is_derived: bool = False
    signed_on: date | None = None


def kind_of(code: str) -> Code:
    """The kind of a certificate, in force today. Raises Http404."""
    rows = Code.objects.kind(KINDS).on(clock.today())
    return get_object_or_404(rows, code=code)


def find(user: User, reference: str, number: int, action: str = roles.VIEW) -> Certificate:
    """The certificate, for a reader who may do `action` on its case."""
    case = access.get_case(user, reference, action)
    rows = Certificate.objects.of_case(case).select_related("kind", "paper", "recorded_by")
    found: Certificate = get_object_or_404(rows, pk=number)
    found.case = case
    return found


def versions(certificate: Certificate) -> list[Certificate]:
    """What stood before it, the newest first."""
    found, row = [], certificate.supersedes
    while row is not None:
        found.append(row)
        row = row.supersedes
    return found


def record(
    case: Case,
    *,
    kind: Code,
    statement: Statement,
    covers: Collection[str],
    actor: User,
    paper: HashedUpload | None = None,
) -> Certificate:
    """Write a certificate down. `covers` are keys of what the case needs (`Need.key`).

    Raises RuleBroken where it covers nothing, or things of two scales or days.
    """
    return _write(case, kind, statement, covers, actor, paper)


def amend(
    old: Certificate,
    *,
    statement: Statement,
    covers: Collection[str],
    reason: str,
    actor: User,
    paper: HashedUpload | None = None,
) -> Certificate:
    """A new row in place of the old one, which is kept. Without a new paper the old one stays."""
    if not reason.strip():
        raise RuleBroken(_("Write why it is changed."), field="reason")
    return _write(old.case, old.kind, statement, covers, actor, paper, old, reason.strip())


def sign(old: Certificate, *, signed_on: date, paper: HashedUpload, actor: User) -> Certificate:
    """The signed paper has come back: the same statement, now signed."""
    statement = replace(statement_of(old), signed_on=signed_on)
    reason = say("The signed paper is on file.")
    return _write(old.case, old.kind, statement, covers_of(old), actor, paper, old, reason)


@transaction.atomic
def withdraw(old: Certificate, *, reason: str, actor: User) -> Certificate:
    """Take a certificate back that should not have been recorded; it stays readable."""
    access.require(actor, old.case, roles.EXHIBIT)
    if not reason.strip():
        raise RuleBroken(_("Write why it is taken back."), field="reason")
    _refuse_replaced(old)
    values = {**vars(statement_of(old)), "is_withdrawn": True, "reason": reason.strip()}
    row = Certificate(
        case=old.case, kind=old.kind, supersedes=old, paper=old.paper, recorded_by=actor, **values
    )
    old_covers = list(old.covers.all())
    _append(row, [_copied(cover) for cover in old_covers], "certificate.withdraw", actor)
    return row


def statement_of(row: Certificate) -> Statement:
    return Statement(**{name: getattr(row, name) for name in Statement.__dataclass_fields__})


def covers_of(row: Certificate) -> list[str]:
    """The keys of what a certificate covers."""
    return [_key(row, cover) for cover in row.covers.select_related("copy")]


def _key(row: Certificate, cover: CertificateCover) -> str:
    return Need(
        row.kind.code, "", "",
        attachment=cover.attachment_id,
        position=cover.copy.position if cover.copy else None,
        exhibit=cover.exhibit_id,
        seizure=cover.seizure_id,
        scale=row.device_number,
        day=row.done_on,
    ).key  # fmt: skip


@transaction.atomic
def _write(
    case: Case,
    kind: Code,
    statement: Statement,
    covers: Collection[str],
    actor: User,
    paper: HashedUpload | None,
    old: Certificate | None = None,
    reason: str = "",
) -> Certificate:
    access.require(actor, case, roles.EXHIBIT)
    stages.lock(case)  # before the paper is kept: who loses leaves none in the case
    if old is not None:
        _refuse_replaced(old)
    chosen = _chosen(case, actor, kind.code, covers)
    statement = _checked(kind.code, statement, chosen, paper or (old and old.paper))
    rows = [_cover(need) for need in chosen]
    kept = _keep(case, kind, rows, paper, actor) if paper else (old.paper if old else None)
    row = Certificate(
        case=case, kind=kind, supersedes=old, reason=reason, paper=kept, recorded_by=actor,
        **vars(statement),
    )  # fmt: skip
    _append(row, rows, "certificate.amend" if old else "certificate.record", actor)
    return row


def _chosen(case: Case, actor: User, kind: str, covers: Collection[str]) -> list[Need]:
    wanted = [need for need in needs(facts_of(case, of_case(case, actor))) if need.kind == kind]
    found = [need for need in wanted if need.key in set(covers)]
    if not found:
        raise RuleBroken(_("Choose at least one thing that it covers."), field="covers")
    if kind == WEIGHING and len({(need.scale, need.day) for need in found}) > 1:
        told = _("One certificate is for one scale on one day. Choose one scale and day.")
        raise RuleBroken(told, field="covers")
    if kind == DOG and len(found) > 1:
        told = _("One certificate is for one dog, handler and day. Choose one seizure.")
        raise RuleBroken(told, field="covers")
    return found


def _checked(kind: str, statement: Statement, chosen: list[Need], paper: Any) -> Statement:
    """The statement with what follows from the things covered. Raises RuleBroken."""
    today = clock.today()
    for name in ("signed_on", "calibrated_on"):
        day = getattr(statement, name)
        if day is not None and day > today:
            raise RuleBroken(_("This day is still to come."), field=name)
    if paper is not None and statement.signed_on is None:
        raise RuleBroken(_("Write the day on which it was signed."), field="signed_on")
    if kind == WEIGHING:
        return replace(statement, device_number=chosen[0].scale, done_on=chosen[0].day)
    return statement if kind in OF_FILES else replace(statement, done_on=chosen[0].day)


def _cover(need: Need) -> CertificateCover:
    copy = None
    if need.position is not None:
        rows = CopyHop.objects.standing().filter(attachment=need.attachment)
        copy = rows.get(position=need.position)
    return CertificateCover(
        attachment_id=need.attachment, copy=copy, exhibit_id=need.exhibit, seizure_id=need.seizure
    )


def _copied(cover: CertificateCover) -> CertificateCover:
    names = ("attachment_id", "copy_id", "exhibit_id", "seizure_id")
    return CertificateCover(**{name: getattr(cover, name) for name in names})


def _keep(
    case: Case, kind: Code, rows: list[CertificateCover], paper: HashedUpload, actor: User
) -> Attachment:
    """The signed paper as a file of the case, as hidden as what it is about."""
    hidden = any(
        (row.attachment is not None and _is_hidden(row.attachment))
        or (row.exhibit is not None and row.exhibit.is_restricted)
        for row in rows
    )
    return files.attach(
        case,
        upload=paper,
        kind=Attachment.Kind.DOCUMENT,
        caption=kind.label,
        is_sensitive=hidden,
        actor=actor,
    )


def _is_hidden(row: Attachment) -> bool:
    return row.is_sensitive or (row.exhibit is not None and row.exhibit.is_restricted)


def _refuse_replaced(old: Certificate) -> None:
    if old.is_withdrawn or Certificate.objects.filter(supersedes=old).exists():
        raise Conflict(_("A newer version of this certificate is on record. Open that one."))


@transaction.atomic
def _append(row: Certificate, covers: list[CertificateCover], action: str, actor: User) -> None:
    stages.lock(row.case)  # two versions of one row cannot both win
    if row.supersedes is not None:
        _refuse_replaced(row.supersedes)
    row.recorded_at = clock.now()
    row.full_clean()
    row.save()
    for cover in covers:
        cover.certificate = row
        cover.save()
    audit.record(
        action, actor=actor, case=row.case, subject=row,
        kind=row.kind.code, covers=len(covers), reason=row.reason,
        rows=row_digests.of([row, *covers]),
    )  # fmt: skip
