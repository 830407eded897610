"""Documents of the case itself, its diary and its seizures."""

from django.db.models import Prefetch

from casework.models import Case, DiaryEntry, SeizedItem, Seizure
from search.documents.content import Content, Need, Source, parts, present
from search.documents.words import values


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
        names=(case.lead_officer.name,),
        values=values(officer=case.lead_officer.name),
    )


def read_note(note: DiaryEntry) -> Content:
    need = Need.SENSITIVE if note.is_sensitive else Need.VIEW
    return Content(
        note.case_id,
        note.text[:80],
        parts(("note", note.text)),
        note.happened_at,
        need=need,
    )


def read_seizure(seizure: Seizure) -> Content:
    items = list(seizure.items.all())
    place = seizure.port.name if seizure.port else seizure.place
    species = dict.fromkeys(name for item in items if (name := _species(item)))
    ways = [code.label for code in (seizure.transport_mode, seizure.detection_method) if code]
    return Content(
        case=seizure.case_id,
        title=", ".join(present(place, *species)) or str(seizure),
        parts=parts(
            ("narrative", seizure.narrative),
            ("item", [_item(item) for item in items]),
            ("declared_goods", [seizure.declared_goods, str(seizure.goods or "")]),
            ("concealment", seizure.concealment),
            ("place", [seizure.place, str(seizure.port or "")]),
            ("people_present", seizure.people_present),
            ("way", ways),
        ),
        date=seizure.seized_at,
        identifiers=(str(seizure), seizure.case.reference),
        values=values(place=seizure.place),
    )


def _species(item: SeizedItem) -> str:
    return item.taxon.scientific_name if item.taxon else item.taxon_as_given


def _item(item: SeizedItem) -> str:
    names = [item.taxon_as_given]
    if item.taxon:
        names = [item.taxon.scientific_name, item.taxon.common_name, item.taxon.other_names, *names]
    specimen = item.specimen.label if item.specimen else ""
    return ", ".join(present(*names, specimen, item.description))


_ITEMS = Prefetch("items", SeizedItem.objects.select_related("taxon", "specimen"))

SOURCES = (
    Source("case", lambda: Case.objects.select_related("lead_officer"), "pk", read_case),
    Source("note", lambda: DiaryEntry.objects.select_related("case"), "case", read_note),
    Source(
        "seizure",
        lambda: Seizure.objects.select_related(
            "case", "port", "goods", "transport_mode", "detection_method"
        ).prefetch_related(_ITEMS),
        "case",
        read_seizure,
    ),
)
