"""Documents of the case itself, its diary, its seizures and its days in court."""

from django.db.models import Prefetch

from casework.models import (
    Accused,
    Case,
    Count,
    DiaryEntry,
    Hearing,
    Outcome,
    Proceeding,
    SeizedItem,
    Seizure,
)
from search.documents.content import Content, Need, Source, moment, parts, present


def read_case(case: Case) -> Content:
    return Content(
        case=case.pk,
        title=case.title,
        parts=parts(
            ("summary", case.summary),
            ("reference", case.reference),
            ("occurrence_book", case.occurrence_book),
            ("police_file", case.police_file),
            ("prosecution_file", case.prosecution_file),
            ("court_file", case.court_file),
            ("lead_officer", case.lead_officer.name),
        ),
        date=case.created_at,
        identifiers=present(
            case.reference,
            case.occurrence_book,
            case.police_file,
            case.prosecution_file,
            case.court_file,
        ),
    )


def read_note(note: DiaryEntry) -> Content:
    need = Need.SENSITIVE if note.is_sensitive else Need.VIEW
    return Content(
        note.case_id, note.text[:80], parts(("note", note.text)), note.happened_at, need=need
    )


def read_seizure(seizure: Seizure) -> Content:
    items = list(seizure.items.all())
    place = seizure.port.name if seizure.port else seizure.place
    species = dict.fromkeys(name for item in items if (name := _species(item)))
    return Content(
        case=seizure.case_id,
        title=", ".join(present(place, *species)) or str(seizure),
        parts=parts(
            ("narrative", seizure.narrative),
            ("item", [_item(item) for item in items]),
            ("declared_goods", seizure.declared_goods),
            ("concealment", seizure.concealment),
            ("place", [seizure.place, str(seizure.port or "")]),
            ("people_present", seizure.people_present),
        ),
        date=seizure.seized_at,
        identifiers=(str(seizure),),
    )


def _species(item: SeizedItem) -> str:
    return item.taxon.scientific_name if item.taxon else item.taxon_as_given


def _item(item: SeizedItem) -> str:
    names = [item.taxon_as_given]
    if item.taxon:
        names = [item.taxon.scientific_name, item.taxon.common_name, item.taxon.other_names, *names]
    specimen = item.specimen.label if item.specimen else ""
    return ", ".join(present(*names, specimen, item.description))


def read_proceeding(proceeding: Proceeding) -> Content:
    sheets = list(proceeding.charge_sheets.all())
    counts: list[Count] = list(sheets[-1].counts.all()) if sheets else []
    return Content(
        case=proceeding.case_id,
        title=f"{proceeding.court}, {proceeding.number}",
        parts=parts(
            ("count", [_count(count) for count in counts]),
            ("outcome", [outcome.reason for outcome in proceeding.outcomes.all()]),
            ("presiding", proceeding.presiding),
        ),
        date=moment(proceeding.opened_on),
        identifiers=(proceeding.number,),
    )


def _count(count: Count) -> str:
    return f"{count.offence}. {count.particulars} ({count.provision})"


def read_accused(accused: Accused) -> Content:
    return Content(
        case=accused.case_id,
        title=accused.name,
        parts=parts(("number", f"A{accused.number}"), ("occupation", accused.occupation)),
        date=moment(accused.arrested_on) if accused.arrested_on else accused.case.created_at,
    )


def read_hearing(hearing: Hearing) -> Content:
    reason = hearing.adjournment_reason.label if hearing.adjournment_reason else ""
    return Content(
        case=hearing.proceeding.case_id,
        title=f"{hearing.kind.label}, {hearing.proceeding.court}",
        parts=parts(
            ("note", hearing.note),
            ("present", hearing.present),
            ("adjournment", reason),
            ("presiding", hearing.presiding),
            ("courtroom", hearing.courtroom),
            ("court_file", hearing.proceeding.number),
        ),
        date=hearing.starts_at,
        identifiers=(hearing.proceeding.number,),
    )


_ITEMS = Prefetch("items", SeizedItem.objects.select_related("taxon", "specimen"))
_COUNTS = Prefetch("charge_sheets__counts", Count.objects.select_related("provision"))

SOURCES = (
    Source("case", lambda: Case.objects.select_related("lead_officer"), "pk", read_case),
    Source("note", lambda: DiaryEntry.objects.select_related("case"), "case", read_note),
    Source(
        "seizure",
        lambda: Seizure.objects.select_related("case", "port").prefetch_related(_ITEMS),
        "case",
        read_seizure,
    ),
    Source(
        "proceeding",
        lambda: Proceeding.objects.select_related("case", "court").prefetch_related(
            _COUNTS, Prefetch("outcomes", Outcome.objects.order_by("pk"))
        ),
        "case",
        read_proceeding,
    ),
    Source("accused", lambda: Accused.objects.select_related("case"), "case", read_accused),
    Source(
        "hearing",
        lambda: Hearing.objects.select_related(
            "proceeding__case", "proceeding__court", "kind", "adjournment_reason"
        ),
        "proceeding__case",
        read_hearing,
    ),
)
