"""What the alarms are computed from, read once for a trial in a fixed number of queries."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from casework import access, clock
from casework.models import (
    Appearance,
    AssistanceRequest,
    Case,
    Code,
    Hearing,
    Outcome,
    Proceeding,
    Statement,
    Summons,
    Witness,
)
from evidence import gaps
from evidence.models import Exhibit, ProofJudgement
from evidence.papers import alarms as species
from evidence.papers import certificate_book
from evidence.papers.certificates_required import Line
from evidence.proof import suggestions
from evidence.proof.matrix import WITHDRAWN, Cell, CountMatrix, Matrix, Piece
from evidence.proof.rules import Charged, Facts, Pair, Point, Relied, Thing
from evidence.proof.suggestions import Stock
from evidence.reading import Reading

COURT_LANGUAGES = "court_language"
HEARD = "hearing"  # the type of hearing at which witnesses speak


def read(found: Matrix, case: Case, user: access.Reader, reading: Reading) -> Facts:
    """Everything about the charges that are not decided yet, as far as the reader sees it."""
    counts = [one for one in found.counts if _open(one)]
    stock = suggestions.read(case, reading)
    trial = found.proceeding
    things = [
        *_of_pieces(counts),
        *_contradicted(counts, case, user),
        *_certificates(counts, stock, case, user),
        *_custody(counts, stock, reading),
        *_translations(counts, reading),
        *_assistance(counts, case, reading),
    ]
    return Facts(
        counts=tuple(_charged(one, stock) for one in counts),
        points=tuple(points(counts)),
        witnesses=tuple(_relied(counts, trial, reading)) if counts else (),
        things=tuple(things),
        has_hearing=_listed(trial, reading).filter(kind__code=HEARD).exists(),
    )


def _open(one: CountMatrix) -> tuple[Pair, ...]:
    """The charges of a count that wait for a decision."""
    return tuple(
        (one.count.number, charge.accused.number)
        for charge in one.charges
        if getattr(charge, "decision", None) in (None, Outcome.Decision.RETRIAL)
    )


def _pairs_of(one: CountMatrix, cell: Cell) -> tuple[Pair, ...]:
    numbers = {charge.accused.number for charge in cell.charges}
    return tuple(pair for pair in _open(one) if pair[1] in numbers)


def points(counts: Iterable[CountMatrix]) -> Iterator[Point]:
    for one in counts:
        for cell in one.cells:
            if pairs := _pairs_of(one, cell):
                element = cell.element
                kinds = frozenset(piece.kind.field for piece in cell.pieces)
                yield Point(
                    element.code, element.label, element.is_personal, cell.state, kinds,
                    tuple(element.proven_by.split()), pairs,
                )  # fmt: skip


def _charged(one: CountMatrix, stock: Stock) -> Charged:
    about = suggestions.about(one.count, stock)
    examined: set[int | None] = {finding.item.exhibit_id for finding in stock.findings}
    examined |= {finding.item.exhibit.parent_id for finding in stock.findings}
    things = [
        exhibit
        for exhibit in about
        if exhibit.kind.code == "specimen" and exhibit.parent_id is None
    ]  # fmt: skip
    unreported = tuple(exhibit.label for exhibit in things if exhibit.pk not in examined)
    is_reported = any(exhibit.pk in examined for exhibit in about)
    return Charged(one.count.number, one.has_points, is_reported, unreported, _open(one))


def _cells(counts: Iterable[CountMatrix]) -> Iterator[tuple[tuple[Pair, ...], Cell]]:
    for one in counts:
        for cell in one.cells:
            if pairs := _pairs_of(one, cell):
                yield pairs, cell


def _of_pieces(counts: Iterable[CountMatrix]) -> Iterator[Thing]:
    """What nobody brings in, and what no longer stands."""
    for pairs, cell in _cells(counts):
        for piece in cell.pieces:
            if piece.fault:
                is_gone = piece.fault == WITHDRAWN and piece.kind.field == "admission"
                yield Thing("admission_withdrawn" if is_gone else "replaced", piece.words, pairs)
            if not piece.is_brought_in and cell.state != ProofJudgement.State.NOT_NEEDED:
                yield Thing("no_witness", piece.words, pairs)


def _contradicted(
    counts: Iterable[CountMatrix], case: Case, user: access.Reader
) -> Iterator[Thing]:
    by_count = {one.count.pk: one for one in counts}
    for compared in species.of(case, user):
        one = by_count.get(compared.count.pk)
        if one is not None and compared.is_alarm:
            yield Thing("contradicted", compared.sentence, _open(one))


def _relied_on(counts: Iterable[CountMatrix], stock: Stock) -> dict[int, set[Pair]]:
    """By exhibit the charges that rest on it: it is named in the count, or linked."""
    found: dict[int, set[Pair]] = {}
    for one in counts:
        named = {exhibit.pk for exhibit in one.count.seen}  # type: ignore[attr-defined]
        for pk in named:
            found.setdefault(pk, set()).update(_open(one))
    of_file = {row.pk: row.exhibit_id for row in stock.attachments}
    for pairs, cell in _cells(counts):
        for piece in cell.pieces:
            pk = _exhibit_of(piece, of_file)
            if pk is not None:
                found.setdefault(pk, set()).update(pairs)
    return found


def _exhibit_of(piece: Piece, of_file: dict[int, int | None]) -> int | None:
    if piece.kind.field == "exhibit":
        return int(piece.thing.pk)
    return of_file.get(piece.thing.pk) if piece.kind.field == "attachment" else None


def _certificates(
    counts: list[CountMatrix], stock: Stock, case: Case, user: access.Reader
) -> Iterator[Thing]:
    relied = _relied_on(counts, stock)
    by_label = {row.label: relied[row.pk] for row in stock.exhibits if row.pk in relied}
    files: dict[int, set[Pair]] = {}
    for pairs, cell in _cells(counts):
        for piece in cell.pieces:
            if piece.kind.field == "attachment":
                files.setdefault(piece.thing.pk, set()).update(pairs)
    everyone = {pair for one in counts for pair in _open(one)}
    for line in certificate_book.read(case, user).lines:
        asked = _asked_of(line, by_label, files, everyone)
        if line.state != "present" and asked:
            yield Thing("no_certificate", line.need.thing, tuple(sorted(asked)))


def _asked_of(
    line: Line, by_label: dict[str, set[Pair]], files: dict[int, set[Pair]], everyone: set[Pair]
) -> set[Pair]:
    """The charges that rest on what a certificate is about."""
    need = line.need
    if need.seizure is not None:
        return everyone
    found = set(by_label.get(need.label, ()))
    return found | files.get(need.attachment, set()) if need.attachment else found


def _custody(counts: list[CountMatrix], stock: Stock, reading: Reading) -> Iterator[Thing]:
    relied = _relied_on(counts, stock)
    if not relied:
        return
    for row in gaps.standing(reading(Exhibit.objects).filter(pk__in=relied)).rows:
        pairs = tuple(sorted(relied[row.exhibit.pk]))
        yield Thing("custody_gap", f"{row.exhibit.label}: {row.worst.text}", pairs)


def _listed(trial: Proceeding, reading: Reading) -> QuerySet[Hearing]:
    rows: QuerySet[Hearing] = reading(Hearing.objects).filter(
        proceeding=trial, state=Hearing.State.LISTED, starts_at__gte=clock.now()
    )
    return rows


def _relied(counts: list[CountMatrix], trial: Proceeding, reading: Reading) -> Iterator[Relied]:
    """The witnesses that bring evidence in, each with how far they are on the way to court."""
    found: dict[Witness, set[Pair]] = {}
    for pairs, cell in _cells(counts):
        for piece in cell.pieces:
            if piece.witness is not None and cell.state != ProofJudgement.State.NOT_NEEDED:
                found.setdefault(piece.witness, set()).update(pairs)
    called = set(
        reading(Summons.objects)
        .filter(
            hearing__in=_listed(trial, reading),
            state__in=[Summons.State.ISSUED, Summons.State.SERVED],
        )
        .values_list("witness", flat=True)
    )
    heard = set(
        reading(Appearance.objects)
        .filter(hearing__proceeding=trial, has_testified=True, witness__isnull=False)
        .values_list("witness", flat=True)
    )
    for witness, pairs_of in found.items():
        yield Relied(
            str(witness), witness.is_dropped, witness.pk in called, witness.pk in heard,
            tuple(sorted(pairs_of)),
        )  # fmt: skip


def _translations(counts: list[CountMatrix], reading: Reading) -> Iterator[Thing]:
    """Statements in a language that the court does not use, without a translation."""
    said = {
        piece.thing.pk: (piece, pairs)
        for pairs, cell in _cells(counts)
        for piece in cell.pieces
        if piece.kind.field == "statement" and piece.thing.language.strip()
    }  # fmt: skip
    if not said:
        return
    spoken = {text.casefold() for row in Code.objects.kind(COURT_LANGUAGES).values_list(
        "code", "label") for text in row}  # fmt: skip
    done = set(
        reading(Statement.objects)
        .filter(translation_of__in=said, successor__isnull=True, is_withdrawn=False)
        .values_list("translation_of", flat=True)
    )
    for pk, (piece, pairs) in said.items():
        language = piece.thing.language.strip()
        if language.casefold() not in spoken and pk not in done:
            yield Thing("no_translation", f"{piece.words} ({language})", pairs)


def _assistance(counts: list[CountMatrix], case: Case, reading: Reading) -> Iterator[Thing]:
    everyone = tuple(sorted({pair for one in counts for pair in _open(one)}))
    if not everyone:
        return
    rows = reading(AssistanceRequest.objects).filter(case=case, state__in=AssistanceRequest.OPEN)
    for row in rows.order_by("due_on", "pk"):
        yield Thing("foreign_evidence", str(row), everyone)
