"""Reads one page of a case's timeline: a union finds which rows, one query per kind reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from casework import access
from casework.models import (
    AccusedEvent,
    Admission,
    AssistanceStep,
    Authority,
    BailDecision,
    Case,
    ChargeSheet,
    ChargeTransfer,
    CourtOrder,
    Deadline,
    DiaryEntry,
    Hearing,
    Outcome,
    Plea,
    PresidingChange,
    Proceeding,
    Seizure,
    Sentence,
    SentenceEvent,
    Statement,
    Submission,
    Summons,
    TrialStep,
)
from evidence.counting import number
from evidence.models import Attachment, CourtMark, CustodyEvent, DisclosureService
from evidence.reading import of_case
from evidence.timeline import days, duties, procedure, sentencing, served, tell
from evidence.timeline.moment import Moment, Row, arrange
from kyc.models import BillOfLading, EntryVersion, Fact, Involvement, Seal

SHEET_CASE = "charge__count__charge_sheet__proceeding__case"
GROUPS = ("custody", "court", "consignment", "parties", "files", "notes")


def _day(*fields: str) -> Combinable:
    """A day, or the first day there is, as a moment that sorts among the others."""
    casts = [Cast(field, DateTimeField()) for field in fields]
    return Coalesce(*casts) if len(casts) > 1 else casts[0]


@dataclass(frozen=True)
class Source:
    kind: str
    group: str
    rows: Any  # the model's manager
    case_path: str
    at: Combinable
    tell: Callable[[Any], Moment]
    related: tuple[str, ...] = ()

    def of(self, case: Case, user: access.Reader) -> QuerySet[Any]:
        """What this reader may see of this kind; rows without a moment have no place in time."""
        rows = of_case(case, user)(self.rows).filter(**{self.case_path: case})
        found: QuerySet[Any] = rows.annotate(at=self.at).filter(at__isnull=False).order_by()
        return found


# Of the case's own courts: another case's court is that case's matter.
def _standing(model: Any) -> Any:
    """Rows that no later one stands in the place of."""
    return model.objects.standing()


IN_COURT = CourtMark.objects.standing().filter(proceeding__case=F("exhibit__case"))

SOURCES = (
    Source("seizure", "consignment", Seizure.objects, "case", F("seized_at"), tell.seizure,
           ("port", "recorded_by")),
    Source("custody", "custody", CustodyEvent.objects, "exhibit__case", F("happened_at"),
           tell.custody, ("exhibit__case", "answer")),
    Source("bill", "consignment", BillOfLading.objects, "consignment__seizure__case",
           _day("changed_at", "received_on", "issued_on", "recorded_at"), tell.bill),
    Source("entry", "consignment", EntryVersion.objects, "consignment__seizure__case",
           _day("lodged_at", "recorded_at"), tell.entry),
    Source("seal", "consignment", Seal.objects, "consignment__seizure__case", _day("seen_on"),
           tell.seal, ("source",)),
    Source("involvement", "parties", Involvement.objects, "case", F("recorded_at"),
           tell.involvement, ("party", "role", "recorded_by")),
    Source("fact", "parties", Fact.objects, "case", F("recorded_at"), tell.fact,
           ("party", "kind")),
    Source("proceeding", "court", Proceeding.objects, "case", _day("opened_on"), tell.proceeding,
           ("court", "prosecutor")),
    Source("sheet", "court", ChargeSheet.objects, "proceeding__case", _day("filed_on"), tell.sheet,
           ("proceeding",)),
    Source("hearing", "court", Hearing.objects, "proceeding__case", F("starts_at"), tell.hearing,
           ("kind", "adjournment_reason", "proceeding__court")),
    Source("statement", "court", Statement.objects.standing(), "case", _day("taken_on"),
           days.statement, ("case", "witness", "accused")),
    Source("admission", "court", Admission.objects.standing(), "case", _day("made_on"),
           days.admission, ("accused",)),
    Source("summons", "court", Summons.objects, "hearing__proceeding__case", _day("issued_on"),
           days.summons, ("witness", "hearing__proceeding__case")),
    Source("presiding", "court", PresidingChange.objects, "proceeding__case",
           _day("changed_on"), days.presiding, ("cause",)),
    Source("authority", "court", Authority.objects, "case", _day("issued_on"), duties.authority,
           ("case", "kind", "court")),
    Source("executed", "court", Authority.objects, "case", _day("executed_on"), duties.executed,
           ("case", "kind")),
    Source("assistance", "court", AssistanceStep.objects, "request__case", _day("happened_on"),
           duties.step, ("request__case",)),
    Source("deadline", "court", Deadline.objects, "case", _day("done_on"), duties.deadline,
           ("case", "done_by")),
    Source("court-mark", "court", IN_COURT, "exhibit__case", _day("happened_on"),
           duties.court_mark, ("exhibit__case", "witness", "proceeding__court")),
    Source("step", "court", _standing(TrialStep), "proceeding__case",
           _day("happened_on"), procedure.step,
           ("accused", "proceeding__case", "proceeding__court")),
    Source("transfer", "court", ChargeTransfer.objects, SHEET_CASE, _day("ordered_on"),
           procedure.transfer, ("charge__accused", "charge__count", "to_proceeding__case",
                                "to_proceeding__court")),
    Source("accused-event", "court", _standing(AccusedEvent), "accused__case",
           _day("happened_on"), sentencing.accused_event, ("accused__case", "recorded_by")),
    Source("bail", "court", BailDecision.objects, "proceeding__case", _day("decided_on"),
           sentencing.bail, ("accused__case", "decision", "recorded_by")),
    Source("sentence", "court", Sentence.objects, f"outcome__{SHEET_CASE}",
           _day("outcome__decided_on"), sentencing.sentence,
           ("outcome__charge__accused__case", "outcome__charge__count", "recorded_by",
            "after__outcome__charge__count")),
    Source("sentence-event", "court", _standing(SentenceEvent),
           f"sentence__outcome__{SHEET_CASE}", _day("happened_on"), sentencing.sentence_event,
           ("sentence__outcome__charge__accused__case", "sentence__outcome__charge__count",
            "recorded_by")),
    Source("order", "court", _standing(CourtOrder), "proceeding__case", _day("made_on"),
           sentencing.order, ("kind", "proceeding__court", "proceeding__case", "recorded_by")),
    Source("plea", "court", Plea.objects, SHEET_CASE, _day("entered_on"), tell.plea,
           ("charge__accused", "charge__count")),
    Source("outcome", "court", Outcome.objects, SHEET_CASE, _day("decided_on"), tell.outcome,
           ("charge__accused", "charge__count", "proceeding__court")),
    Source("submission", "court", Submission.objects, "case", F("submitted_at"), tell.submission,
           ("prosecutor", "submitted_by")),
    Source("file", "files", Attachment.objects, "case", F("uploaded_at"), tell.attachment,
           ("case", "exhibit", "uploaded_by")),
    Source("service", "court", _standing(DisclosureService), "dossier__case",
           F("served_at"), served.service, ("dossier", "recorded_by")),
    Source("diary", "notes", DiaryEntry.objects, "case", F("happened_at"), tell.diary,
           ("written_by",)),
)  # fmt: skip


def numbers(case: Case, user: access.Reader) -> dict[str, int]:
    """How many moments each group holds, and `all`: one query."""
    read = of_case(case, user)
    counted = {
        f"n_{source.kind}": number(
            read(source.rows).annotate(at=source.at).filter(at__isnull=False),
            source.case_path,
        )
        for source in SOURCES
    }
    row = Case.objects.filter(pk=case.pk).annotate(**counted).values(*counted).get()
    totals = dict.fromkeys(GROUPS, 0)
    for source in SOURCES:
        totals[source.group] += row[f"n_{source.kind}"]
    return {"all": sum(totals.values()), **totals}


def page(
    case: Case, user: access.Reader, *, group: str = "all", start: int = 0, size: int = 50
) -> list[Row]:
    """The lines of one page, newest first."""
    wanted = [source for source in SOURCES if group in ("all", source.group)]
    first, *others = (_keys(source, case, user) for source in wanted)
    keys = list(
        first.union(*others, all=True).order_by("-at", "kind_", "-pk")[start : start + size]
    )
    told = {
        (source.kind, row.pk): source.tell(row)
        for source in wanted
        for row in _read(source, [pk for kind, pk, _at in keys if kind == source.kind])
    }
    return arrange(told[kind, pk] for kind, pk, _at in keys if (kind, pk) in told)


def _keys(source: Source, case: Case, user: access.Reader) -> QuerySet[Any, tuple[str, int, Any]]:
    rows = source.of(case, user).annotate(kind_=Value(source.kind, output_field=CharField()))
    keys: QuerySet[Any, tuple[str, int, Any]] = rows.values_list("kind_", "pk", "at")
    return keys


def _read(source: Source, keys: list[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = source.rows.filter(pk__in=keys).select_related(*source.related)
    return rows


@dataclass(frozen=True)
class Timeline:
    """A case's timeline as a sequence that a paginator can slice."""

    case: Case
    user: access.Reader
    group: str
    total: int

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> list[Row]:
        start, stop = part.start or 0, self.total if part.stop is None else part.stop
        return page(self.case, self.user, group=self.group, start=start, size=stop - start)
