"""The requests of a case as pages, the memo and the dossier read them, in few queries.

Custody is read beside each thing, never repeated: a thing that was not handed over is said so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import access, clock, display
from casework.models import Case
from evidence.models import (
    Attachment,
    CustodyEvent,
    Finding,
    LaboratoryReceipt,
    LaboratoryReport,
    LaboratoryRequest,
    RequestedItem,
)
from evidence.reading import of_case

Kind = CustodyEvent.Kind
HANDOVERS = (Kind.HANDED_OUT, Kind.ACKNOWLEDGED)
LONGEST_PARTICLE = 3  # letters: Sgt, of, the


@dataclass(frozen=True)
class Item:
    """A thing of a request: how it went, and what was found in it."""

    row: RequestedItem
    handover: CustodyEvent | None
    is_named: bool  # whoever took it is of the laboratory, or who the memo says carries it
    finding: Finding | None

    @property
    def differs(self) -> str:
        """Where the expert counted another number than was packed."""
        counted = self.finding.count if self.finding else None
        if counted is None or self.row.count is None or counted == self.row.count:
            return ""
        return _("%(found)s counted, %(packed)s packed.") % {
            "found": display.thousands(counted), "packed": display.thousands(self.row.count),
        }  # fmt: skip

    @property
    def handed_over(self) -> str:
        """The act of custody behind it, in one sentence."""
        event = self.handover
        if event is None:
            return _("Not handed over: its chain shows nobody who took it since the memo.")
        told = _("Handed to %(name)s on %(when)s, event %(n)d of its chain.")
        if not self.is_named:
            told += " " + _("The memo names somebody else.")
        return told % {
            "name": ", ".join(filter(None, (event.to_name, event.to_agency))),
            "when": display.when(event.happened_at),
            "n": event.sequence,
        }


@dataclass(frozen=True)
class Row:
    """A request with what came back of it."""

    request: LaboratoryRequest
    items: tuple[Item, ...]
    receipt: LaboratoryReceipt | None
    report: LaboratoryReport | None
    paper: Attachment | None  # the signed report, where its reader may see it
    today: date

    @property
    def state(self) -> str:
        if self.report is not None:
            return "reported"
        due = self.request.due_on
        if due is not None and due < self.today:
            return "overdue"
        return "received" if self.receipt is not None else "sent"

    @property
    def mark(self) -> str:
        if self.state == "reported":
            return "full" if self.report and self.report.paper_id else "half"
        return "open" if self.state == "overdue" else "half"

    @property
    def word(self) -> str:
        """How far it is, with its day."""
        if self.report is not None:
            told = (
                _("Reported on %(day)s")
                if self.report.paper_id
                else _("Reported on %(day)s; the signed report is not on file")
            )
            return told % {"day": display.day(self.report.reported_on)}
        if self.state == "overdue":
            return _("Overdue since %(day)s") % {"day": display.day(self.request.due_on)}
        if self.receipt is not None:
            return _("Received on %(day)s") % {"day": display.day(self.receipt.received_on)}
        return _("Sent on %(day)s, receipt not recorded") % {
            "day": display.day(self.request.sent_on)
        }

    @property
    def not_handed_over(self) -> list[str]:
        return [item.row.exhibit.label for item in self.items if item.handover is None]


def read(case: Case, user: access.Reader, number: int | None = None) -> list[Row]:
    """The standing requests, the newest first; or the one of this number."""
    visible = of_case(case, user)
    wanted = visible(LaboratoryRequest.objects).filter(case=case, successor__isnull=True)
    if number is not None:
        wanted = wanted.filter(number=number)
    requests = list(wanted.select_related("laboratory", "recorded_by", "case"))
    items = list(
        visible(RequestedItem.objects)
        .filter(request__in=requests)
        .select_related("exhibit")
        .order_by("pk")
    )
    findings = {
        row.item_id: row
        for row in visible(Finding.objects)
        .filter(item__in=items, report__successor__isnull=True)
        .select_related("taxon", "specimen", "report", "item__exhibit")
    }
    receipts = _newest(visible(LaboratoryReceipt.objects), requests)
    reports = _newest(visible(LaboratoryReport.objects), requests)
    papers = _papers(case, user, reports.values())
    handovers = _handovers(case, user, items)
    today = clock.today()
    return [
        Row(
            request,
            tuple(
                Item(item, *_since(handovers.get(item.exhibit_id, []), request),
                     findings.get(item.pk))
                for item in items
                if item.request_id == request.pk
            ),
            receipts.get(request.pk),
            reports.get(request.pk),
            papers.get(reports[request.pk].paper_id) if request.pk in reports else None,
            today,
        )
        for request in requests
    ]  # fmt: skip


def _newest(rows: Any, requests: list[LaboratoryRequest]) -> dict[int, Any]:
    found = rows.filter(request__in=requests, successor__isnull=True)
    return {row.request_id: row for row in found.select_related("recorded_by")}


def _papers(case: Case, user: access.Reader, reports: Iterable[Any]) -> dict[int, Attachment]:
    keys = [report.paper_id for report in reports]
    rows = of_case(case, user)(Attachment.objects).filter(pk__in=[key for key in keys if key])
    return {row.pk: row for row in rows.select_related("file")}


def _handovers(
    case: Case, user: access.Reader, items: list[RequestedItem]
) -> dict[int, list[CustodyEvent]]:
    rows = of_case(case, user)(CustodyEvent.objects).filter(
        exhibit__in={item.exhibit_id for item in items}, kind__in=HANDOVERS
    )
    found: dict[int, list[CustodyEvent]] = {}
    for event in rows.order_by("exhibit", "sequence"):
        found.setdefault(event.exhibit_id, []).append(event)
    return found


def _since(
    events: list[CustodyEvent], request: LaboratoryRequest
) -> tuple[CustodyEvent | None, bool]:
    """The first act by which whoever the memo names took it, on its day or later; or else the
    first by which anybody did. Whether the memo names them."""
    later = [event for event in events if timezone.localdate(event.happened_at) >= request.sent_on]
    later.sort(key=lambda event: event.kind != Kind.HANDED_OUT)
    named = _words(request.laboratory.name, request.carried_by)
    for event in later:
        if named & _words(event.to_name, event.to_agency):
            return event, True
    return next(iter(later), None), False


def _words(*names: str) -> set[str]:
    """Names are written in many ways: one long word in common is enough."""
    words = " ".join(names).casefold().replace(",", " ").split()
    return {word for word in words if len(word) > LONGEST_PARTICLE}
