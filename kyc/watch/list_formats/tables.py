"""Reading a table by the names of its columns."""

from collections.abc import Iterable, Iterator, Sequence

from kyc.watch.list_formats.entry import ListError
from kyc.watch.list_formats.rows import Row
from kyc.watch.list_formats.words import clean


def headed(found: Iterable[Row], wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows as column -> cell. Raises ListError where a wanted column is missing."""
    rows = iter(found)
    head = next(rows, None)
    if head is None:
        raise ListError("empty")
    names = [clean(cell).lower() for cell in head.cells]
    demand(names, wanted, head.line)
    for row in rows:
        if len(row.cells) != len(names):
            raise ListError("cells", row.line, wanted=len(names), found=len(row.cells))
        yield row.line, dict(zip(names, row.cells, strict=True))


def demand(names: Sequence[str], wanted: Sequence[str], line: int) -> None:
    missing = [name for name in wanted if name not in names]
    if missing:
        raise ListError("columns", line, missing=", ".join(missing), found=", ".join(names)[:500])
    if twice := sorted({name for name in names if name and names.count(name) > 1}):
        raise ListError("columns-twice", line, found=", ".join(twice))
