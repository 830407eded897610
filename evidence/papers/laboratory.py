"""What goes to a laboratory and comes back: the request, its receipt, the report with findings.

The handover itself is an act of custody. A correction is a new row that names the old one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, reference, roles, row_digests, stages
from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import Case, Code, Laboratory, Taxon, User
from evidence import files
from evidence.filestore.uploads import HashedUpload
from evidence.models import (
    Attachment,
    Exhibit,
    Finding,
    LaboratoryReceipt,
    LaboratoryReport,
    LaboratoryRequest,
    RequestedItem,
)


@dataclass(frozen=True)
class Packed:
    """An exhibit of a request, as it was packed."""

    exhibit: Exhibit
    seal_number: str = ""
    marks: str = ""
    count: int | None = None
    weight_mg: int | None = None


@dataclass(frozen=True)
class Found:
    """What the report says of one thing; `taxon` is a row of the table, or the words used."""

    item: RequestedItem
    taxon: Taxon | str = ""
    certainty: str = Finding.Certainty.CERTAIN
    specimen: Code | None = None
    method: str = ""
    text: str = ""
    count: int | None = None
    weight_mg: int | None = None


@transaction.atomic
def laboratory(*, name: str, actor: User, accreditation: str = "", address: str = "") -> Laboratory:
    """The laboratory of this name; entered in the register, unverified, where it is not there."""
    name = " ".join(name.split())
    known: Laboratory | None = Laboratory.objects.filter(name__iexact=name).first()
    if known is not None:
        return known
    row = Laboratory(
        name=name, accreditation=accreditation.strip(), address=address.strip(),
        source=str(_("Entered with a request")),
    )  # fmt: skip
    row.full_clean()
    audit.sign(row, actor)
    row.save()
    audit.record("laboratory.add", actor=actor, subject=row)
    return row


@transaction.atomic
def send(
    case: Case,
    *,
    to: Laboratory,
    question: str,
    items: Sequence[Packed],
    sent_by: str,
    carried_by: str,
    sent_on: date,
    actor: User,
    due_on: date | None = None,
    replaces: LaboratoryRequest | None = None,
    reason: str = "",
) -> LaboratoryRequest:
    """Write the memo. `replaces` names one that has not arrived yet."""
    access.require(actor, case, roles.EXHIBIT)
    stages.lock(case)
    _check_items(case, items, actor)
    if replaces is not None:
        _refuse_replacing(replaces, reason)
        _refuse_unseen(replaces, actor)
    stages.check_day(sent_on, field="sent_on")
    if due_on is not None and due_on < sent_on:
        raise RuleBroken(_("This day lies before the sending."), field="due_on")
    last = case.laboratory_requests.aggregate(last=Max("number"))["last"] or 0
    row = LaboratoryRequest(
        case=case, number=replaces.number if replaces else last + 1, laboratory=to,
        question=question.strip(), sent_by=sent_by, carried_by=carried_by, sent_on=sent_on,
        due_on=due_on, supersedes=replaces, reason=reason.strip(), recorded_by=actor,
        recorded_at=clock.now(),
    )  # fmt: skip
    _append(row)
    made = [_append(RequestedItem(request=row, **vars(packed))) for packed in items]
    labels = sorted(packed.exhibit.label for packed in items)
    audit.record(
        "laboratory.send",
        actor=actor,
        case=case,
        subject=row,
        exhibits=labels,
        rows=row_digests.of([row, *made]),
    )
    return row


def _check_items(case: Case, items: Sequence[Packed], actor: User) -> None:
    if not items:
        raise RuleBroken(_("Choose at least one exhibit."), field="exhibits")
    wanted = {packed.exhibit.pk for packed in items}
    seen = Exhibit.objects.visible_to(actor).filter(case=case, pk__in=wanted).count()
    if len(wanted) != len(items) or seen != len(items):
        raise RuleBroken(_("Choose exhibits of this case, each once."), field="exhibits")


def _refuse_replacing(old: LaboratoryRequest, reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Write why it is changed."), field="reason")
    if old.receipts.exists() or old.reports.exists():
        raise RuleBroken(_("The laboratory has answered this memo. Write another one."))
    _refuse_old(old)


def _refuse_unseen(old: LaboratoryRequest, actor: User) -> None:
    """Who cannot see everything that was sent would take the rest off the memo unseen."""
    seen = RequestedItem.objects.visible_to(actor).filter(request=old).count()
    if seen != old.items.count():
        raise NotAllowed(_("This memo also speaks of things that you may not see."))


def _refuse_old(row: Any) -> None:
    if type(row).objects.filter(supersedes=row).exists():
        raise Conflict(_("A newer version is on record. Open that one."))


@transaction.atomic
def receive(
    request: LaboratoryRequest,
    *,
    received_by: str,
    received_on: date,
    is_intact: bool,
    actor: User,
    reference: str = "",
    remarks: str = "",
    paper: HashedUpload | None = None,
    reason: str = "",
) -> LaboratoryReceipt:
    """The laboratory took it in, with its seals as the memo says or not. A second one corrects."""
    old = _begin(request, actor, receipt_of, reason)
    stages.check_day(
        received_on, field="received_on", after=request.sent_on, after_what=_("the sending")
    )
    if not is_intact and not remarks.strip():
        raise RuleBroken(_("Write what was found at the seals."), field="remarks")
    row = LaboratoryReceipt(
        request=request, received_by=received_by, received_on=received_on, is_intact=is_intact,
        reference=reference, remarks=remarks.strip(),
        paper=_keep(request, paper, _("Receipt"), actor) or getattr(old, "paper", None),
        supersedes=old, reason=reason.strip(), recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    _append(row)
    audit.record(
        "laboratory.receive",
        actor=actor,
        case=request.case,
        subject=request,
        is_intact=is_intact,
        rows=row_digests.of([row]),
    )
    return row


@transaction.atomic
def report(
    request: LaboratoryRequest,
    *,
    expert: str,
    reported_on: date,
    findings: Sequence[Found],
    actor: User,
    qualification: str = "",
    reference: str = "",
    paper: HashedUpload | None = None,
    reason: str = "",
) -> LaboratoryReport:
    """What the expert found in each thing. A second report stands in place of the first."""
    old = _begin(request, actor, report_of, reason)
    stages.check_day(
        reported_on, field="reported_on", after=request.sent_on, after_what=_("the sending")
    )
    if not findings:
        raise RuleBroken(_("Write what was found in at least one thing."))
    _refuse_dropping(old, actor)
    row = LaboratoryReport(
        request=request, expert=expert, qualification=qualification, reported_on=reported_on,
        reference=reference, supersedes=old, reason=reason.strip(),
        paper=_keep(request, paper, _("Report"), actor) or getattr(old, "paper", None),
        recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    _append(row)
    made = [_append(_finding(row, found)) for found in findings]
    audit.record(
        "laboratory.report", actor=actor, case=request.case, subject=request,
        findings=len(findings), replaces=bool(old), rows=row_digests.of([row, *made]),
    )  # fmt: skip
    return row


def _refuse_dropping(old: LaboratoryReport | None, actor: User) -> None:
    """Who cannot see all findings cannot replace them."""
    if old is None:
        return
    seen = Finding.objects.visible_to(actor).filter(report=old).count()
    if seen != old.findings.count():
        raise NotAllowed(_("This report also speaks of things that you may not see."))


def _finding(row: LaboratoryReport, found: Found) -> Finding:
    if found.item.request_id != row.request_id:
        raise RuleBroken(_("This thing is not part of the request."))
    taxon = found.taxon if isinstance(found.taxon, Taxon) else taxon_named(str(found.taxon))
    words = str(found.taxon or "").strip()
    if taxon is None and not words and found.certainty != Finding.Certainty.OPEN:
        told = _("Name the species that was found in %(label)s, or choose “Not determined”.")
        raise RuleBroken(told % {"label": found.item.exhibit.label})
    names = ("item", "certainty", "specimen", "method", "text", "count", "weight_mg")
    values = {name: getattr(found, name) for name in names}
    return Finding(report=row, taxon=taxon, taxon_as_given="" if taxon else words, **values)


def taxon_named(text: str) -> Taxon | None:
    """The taxon of this scientific, common or other name, its synonyms among them."""
    name = " ".join(text.split())
    if (found := reference.find_taxon(name)) is not None or not name or "\x00" in name:
        return found
    rows = Taxon.objects.filter(Q(other_names__icontains=name)).order_by("pk")
    return next(
        (row for row in rows
         if name.casefold() in (one.strip().casefold() for one in row.other_names.split(";"))),
        None,
    )  # fmt: skip


def _begin(
    request: LaboratoryRequest,
    actor: User,
    standing: Callable[[LaboratoryRequest], Any],
    reason: str,
) -> Any:
    """The answer that this one replaces, if any. Asked under the lock: no two stand at once."""
    access.require(actor, request.case, roles.EXHIBIT)
    stages.lock(request.case)
    _refuse_old(request)
    old = standing(request)
    if old is not None and not reason.strip():
        raise RuleBroken(_("One is on record. Write why this one takes its place."), field="reason")
    return old


def _keep(
    request: LaboratoryRequest, paper: HashedUpload | None, what: Any, actor: User
) -> Attachment | None:
    """The signed paper as a file of the case, as hidden as the most hidden thing of the request."""
    if paper is None:
        return None
    exhibits = [item.exhibit for item in request.items.select_related("exhibit")]
    return files.attach(
        request.case,
        upload=paper,
        kind=Attachment.Kind.REPORT,
        exhibit=exhibits[0] if len(exhibits) == 1 else None,
        caption=f"{what}, {request.laboratory}"[:300],
        is_sensitive=any(exhibit.is_restricted for exhibit in exhibits),
        actor=actor,
    )


def _append(row: Any) -> Any:
    row.full_clean()
    row.save()
    return row


def receipt_of(request: LaboratoryRequest) -> LaboratoryReceipt | None:
    found: LaboratoryReceipt | None = request.receipts.filter(successor__isnull=True).first()
    return found


def report_of(request: LaboratoryRequest) -> LaboratoryReport | None:
    found: LaboratoryReport | None = request.reports.filter(successor__isnull=True).first()
    return found


def find(user: User, reference: str, number: int, action: str = roles.VIEW) -> LaboratoryRequest:
    """The standing memo of this number, for a reader who may do `action` on its case."""
    case = access.get_case(user, reference, action)
    rows = LaboratoryRequest.objects.of_case(case).standing().select_related("laboratory")
    found: LaboratoryRequest = get_object_or_404(
        rows.select_related("laboratory", "recorded_by"), number=number
    )
    found.case = case
    return found
