"""The way of each electronic record into the store, and the certificate of each copy."""

from collections.abc import Iterable, Mapping

from evidence.dossier import snapshot_electronic as frozen
from evidence.filestore import acquisitions
from evidence.models import Attachment, CopyHop, Derivation
from evidence.papers.certificate_book import Book
from evidence.papers.certificates_required import ELECTRONIC

Asked = Mapping[tuple[int, int | None], frozen.Standing]  # file, and position of the copy


def records(book: Book, files: Mapping[int, Attachment]) -> tuple[frozen.Record, ...]:
    """Of every file that needs the certificate for electronic records, by exhibit."""
    asked = _asked(book, files)
    rows = [files[pk] for pk in dict.fromkeys(pk for pk, _copy in asked) if pk in files]
    hops, made_of = acquisitions.hops_of(rows), _made_of(rows, files)
    return tuple(
        frozen.Record(
            label=row.exhibit.label if row.exhibit else "",
            name=row.name,
            digest=row.file.digest,
            made_of=made_of.get(row.pk, ""),
            steps=tuple(_steps(row.pk, hops[row.pk], asked)),
        )
        for row in rows
    )


def _asked(book: Book, files: Mapping[int, Attachment]) -> Asked:
    given = {row.pk: row for row in book.given}
    found = {}
    for line in book.lines:
        need = line.need
        if need.kind != ELECTRONIC or need.attachment is None:
            continue
        row = given.get(line.given or 0)
        paper = files.get(row.paper_id or 0) if row else None
        found[need.attachment, need.position] = frozen.Standing(
            mark=line.mark,
            sentence=line.sentence,
            given_by=f"{row.given_by}, {row.position}" if row else "",
            paper_digest=paper.file.digest if paper else "",
        )
    return found


def _steps(pk: int, hops: list[acquisitions.Hop], asked: Asked) -> Iterable[frozen.Step]:
    """The first step carries the certificate of the file itself, each copy its own."""
    for at, hop in enumerate(hops):
        if isinstance(hop.row, CopyHop):
            certificate = asked.get((pk, hop.row.position))
        else:
            certificate = asked.get((pk, None)) if at == 0 else None
        between = " to ".join(filter(None, (hop.from_medium, hop.to_medium)))
        yield frozen.Step(
            what=hop.step,
            way=between,
            device=hop.device,
            serial=hop.device_serial,
            person=hop.person,
            happened_at=hop.happened_at,
            method=", ".join(filter(None, (hop.method, hop.tool))),
            digest_before=hop.digest_before,
            digest_after=hop.digest_after,
            note=hop.note,
            certificate=certificate,
        )


def _made_of(rows: list[Attachment], files: Mapping[int, Attachment]) -> dict[int, str]:
    """In one sentence; nothing of an original that the builder may not see."""
    found = {}
    for row in Derivation.objects.standing().filter(attachment__in=rows).order_by("pk"):
        if row.original_id in files:
            how = f": {row.how}" if row.how else ""
            made = f"{row.get_kind_display()} of {files[row.original_id].name}, by {row.person}"
            found[row.attachment_id] = f"{made}{how}"
    return found
