"""The witnesses of a snapshot, what they and the accused stated, and exhibits in court.

A protected witness is a cipher: no name, no position, no statement. A disclosure has not even that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from casework.days import summons_words
from casework.models import Case, Code, Statement, User
from casework.witnesses import witness_list
from evidence.dossier import collect_files
from evidence.dossier import snapshot_witness as frozen
from evidence.models import Attachment, CourtMark

Files = Mapping[int, Attachment]
Marks = Mapping[int, list[frozen.CourtMark]]  # by exhibit
Numbers = Mapping[int, int]  # key of a statement to its number in the dossier
MARKS = {
    CourtMark.Kind.MARKED: "half", CourtMark.Kind.PRODUCED: "half", CourtMark.Kind.ADMITTED: "full",
    CourtMark.Kind.REFUSED: "cross", CourtMark.Kind.RELEASED: "later",
}  # fmt: skip
OPEN = Q(is_sensitive=False) & ~Q(attachment__is_sensitive=True)


def read(case: Case, actor: User, *, is_disclosure: bool) -> list[Statement]:
    """The statements that stand, by witness and then by accused, without those of the protected."""
    rows = Statement.objects.visible_to(actor).standing().filter(case=case, translation_of=None)
    rows = rows.exclude(witness__is_protected=True)
    rows = rows.filter(OPEN) if is_disclosure else rows
    found: list[Statement] = list(
        rows.select_related("witness", "accused").order_by(
            "witness__number", "accused__number", "taken_on", "pk"
        )
    )
    return sorted(found, key=lambda row: row.witness is None)


def numbers(rows: Iterable[Statement]) -> dict[int, int]:
    return {row.pk: number for number, row in enumerate(rows, 1)}


def statements(
    case: Case, actor: User, rows: list[Statement], files: Files, *, is_disclosure: bool = False
) -> tuple[frozen.Statement, ...]:
    translated = _translations(case, actor, rows, files, is_disclosure=is_disclosure)
    return tuple(
        frozen.Statement(
            number=number,
            witness=row.witness.label if row.witness else "",
            accused=row.accused.number if row.accused else 0,
            taken_on=row.taken_on,
            taken_by=row.taken_by,
            place=row.place,
            language=row.language,
            text=row.text,
            is_signed=row.is_signed,
            is_sensitive=row.is_sensitive,
            correction=row.correction,
            translations=tuple(translated[row.pk]),
            **_paper(row, files),
        )
        for number, row in enumerate(rows, 1)
    )


def _translations(
    case: Case, actor: User, rows: list[Statement], files: Files, *, is_disclosure: bool
) -> Mapping[int, list[frozen.Translation]]:
    seen = Statement.objects.visible_to(actor).standing().filter(translation_of__in=rows)
    seen = seen.filter(OPEN) if is_disclosure else seen
    found: dict[int, list[frozen.Translation]] = defaultdict(list)
    for row in seen.filter(case=case).order_by("taken_on", "pk"):
        found[row.translation_of_id].append(
            frozen.Translation(
                language=row.language,
                translator=row.translator,
                text=row.text,
                **_paper(row, files),
            )
        )
    return found


def _paper(row: Statement, files: Files) -> dict[str, str]:
    file = files.get(row.attachment_id or 0)
    if file is None:
        return {}
    told = collect_files.file_of(file)
    return {"paper": told.name, "paper_digest": told.digest, "bundle_path": told.bundle_path}


def witnesses(case: Case, numbered: Numbers, *, is_disclosure: bool) -> tuple[frozen.Witness, ...]:
    rows = witness_list.of_case(case)
    rows = rows.filter(is_protected=False) if is_disclosure else rows
    countries = dict(Code.objects.kind("country").values_list("code", "label"))
    return tuple(_witness(row, numbered, countries) for row in witness_list.rows(rows))


def _witness(
    row: witness_list.Row, numbered: Numbers, countries: Mapping[str, str]
) -> frozen.Witness:
    one: Any = row.witness
    values: dict[str, Any] = {}
    if not one.is_protected:
        values = {
            "name": one.name,
            "position": one.position,
            "country": countries.get(one.country, one.country),
            "statements": tuple(
                numbered[said.pk] for said in row.statements if said.pk in numbered
            ),
        }
    return frozen.Witness(
        label=one.label,
        kind=str(one.get_kind_display()),
        language=one.language,
        court_number=one.court_number,
        proves=one.proves,
        is_protected=one.is_protected,
        mark=row.mark,
        word=f"{row.word}: {one.dropped_why}" if one.dropped_why else row.word,
        summonses=tuple(_summons(each) for each in one.called),
        **values,
    )


def _summons(row: Any) -> frozen.Summons:
    mark, words = summons_words.read(row)
    return frozen.Summons(
        kind=row.get_kind_display(),
        hearing_at=row.hearing.starts_at,
        issued_on=row.issued_on,
        state=words,
        mark=mark,
        served_on=row.served_on,
        served_by=row.served_by,
    )


def court_marks(case: Case, actor: User, *, is_disclosure: bool) -> Marks:
    """In the order of the days; what the court of another case did is not this court's."""
    rows = CourtMark.objects.visible_to(actor).standing()
    rows = rows.filter(exhibit__case=case, proceeding__case=case)
    if is_disclosure:
        rows = rows.exclude(witness__is_protected=True)
    found: dict[int, list[frozen.CourtMark]] = defaultdict(list)
    related = rows.select_related("proceeding__court", "witness")
    for row in related.order_by("happened_on", "pk"):
        found[row.exhibit_id].append(
            frozen.CourtMark(
                kind=row.get_kind_display(),
                mark=MARKS[CourtMark.Kind(row.kind)],
                happened_on=row.happened_on,
                court=f"{row.proceeding.court}, {row.proceeding.number}",
                number=row.court_number,
                witness=row.witness.label if row.witness else "",
                ruling=row.ruling,
            )
        )
    return found
