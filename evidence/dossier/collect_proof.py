"""The points to prove of a snapshot: the matrix of each trial, as the prosecutor left it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.models import Admission, Case, Proceeding, User
from evidence.dossier import snapshot_proof as frozen
from evidence.models import Attachment
from evidence.proof import matrix
from evidence.proof.proof_lacks import TRIALS
from evidence.reading import of_case


@dataclass(frozen=True)
class Known:
    """Where evidence stands in this dossier: by the keys of rows that the builder may see."""

    files: Mapping[int, Attachment]
    labels: Mapping[int, str]  # of exhibits
    statements: Mapping[int, int]  # their numbers in the dossier


def trials(case: Case, actor: User, known: Known) -> tuple[frozen.TrialProof, ...]:
    rows = Proceeding.objects.visible_to(actor).filter(case=case, kind__in=TRIALS)
    found = list(rows.select_related("court").order_by("opened_on", "pk"))
    if not found:
        return ()
    reader = _Reader(case, known)
    matrices = matrix.of_all(found, of_case(case, actor))
    return tuple(reader.trial(one) for one in matrices if one.counts)


@dataclass(frozen=True)
class _Reader:
    case: Case
    known: Known

    def trial(self, one: matrix.Matrix) -> frozen.TrialProof:
        counts = tuple(self._count(each) for each in one.counts)
        return frozen.TrialProof(
            court=str(one.proceeding.court), number=one.proceeding.number, counts=counts
        )

    def _count(self, one: matrix.CountMatrix) -> frozen.CountProof:
        return frozen.CountProof(
            number=one.count.number,
            offence=one.count.offence,
            provision=str(one.count.provision),
            accused=tuple(accused.number for accused in one.accused),
            points=tuple(
                frozen.Point(
                    label=row.element.label,
                    is_shared=not row.element.is_personal,
                    cells=tuple(self._cell(cell) for cell in row.cells),
                )
                for row in one.rows
            ),
        )

    def _cell(self, cell: matrix.Cell) -> frozen.Cell:
        """Without what the prosecutor noted for themselves."""
        return frozen.Cell(
            accused=tuple(charge.accused.number for charge in cell.charges),
            state=cell.state,
            mark=cell.mark,
            word=str(cell.word),
            pieces=tuple(self._pieces(cell.pieces)),
        )

    def _pieces(self, pieces: Iterable[matrix.Piece]) -> Iterable[frozen.Piece]:
        """Without what only another case says: it is not this court's."""
        for one in pieces:
            if one.kind.field == "fact" and one.thing.case_id not in (None, self.case.pk):
                continue
            yield frozen.Piece(
                kind=str(one.kind.word),
                words=one.words,
                note=one.note,
                witness=one.witness.label if one.witness else "",
                is_orphan=not one.is_brought_in,
                fault=one.fault,
                **self._place(one.kind.field, one.thing),
            )

    def _place(self, field: str, thing: Any) -> dict[str, Any]:
        """Where the thing stands in the dossier, and the digest of its paper."""
        paper = {"statement": "attachment_id", "attachment": "pk"}.get(field, "paper_id")
        file = self.known.files.get(getattr(thing, paper, None) or 0)
        digest = {"digest": file.file.digest} if file else {}
        if field == "exhibit":
            return {"exhibit": thing.label}
        if field == "statement":
            return {"statement": self.known.statements.get(thing.pk, 0), **digest}
        if field == "report":
            return {"request": thing.request.number, **digest}
        if field == "fact":
            return {"party": thing.party.name}
        if field == "attachment":
            label = self.known.labels.get(thing.exhibit_id or 0, "")
            return {"exhibit": label, "part": "" if label else "files", **digest}
        return {"part": "certificates" if field == "certificate" else "proof.admissions", **digest}


def admissions(case: Case, actor: User) -> tuple[frozen.Admission, ...]:
    rows = Admission.objects.visible_to(actor).standing().filter(case=case)
    return tuple(
        frozen.Admission(
            accused=row.accused.number,
            made_on=row.made_on,
            kind=row.get_kind_display(),
            what=row.what,
        )
        for row in rows.select_related("accused").order_by("made_on", "pk")
    )
