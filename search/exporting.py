"""What was found as a table to take away: only what is read again through `visible_to`.

Written to a file of its own as it is read, so that ten thousand hits are never held at once.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from casework import access, audit, roles
from casework.errors import DomainError, NotAllowed
from casework.models import User
from casework.panels.sheets import safe
from search import documents, run
from search.engines import EngineUnavailableError
from search.params import Params
from search.results import Result

AT_ONCE = 200  # hits read from the database together
LONGEST_CELL = 32_767  # characters, of a workbook
Lines = Iterator[tuple[str, ...]]


class IndexAway(DomainError):
    """A look-up finds less than was asked for: as a file it would pass for everything."""

    code = "index-away"
    message = gettext_lazy("The full-text index is away. Export again once the banner is gone.")


def may_export(person: User) -> bool:
    return access.holds(person, roles.EXPORT_HITS)


def export(params: Params, *, form: str, actor: User) -> IO[bytes]:
    """An open file at its beginning, as `csv` or `xlsx`; who took what and how much is on record
    before a byte of it leaves. Raises NotAllowed, IndexAway."""
    if not may_export(actor):
        raise NotAllowed(_("Your position does not take what was found away as a file."))
    try:
        keys, rung = run.keys(actor, params)
    except EngineUnavailableError as error:
        raise IndexAway from error
    count = 0

    def lines() -> Lines:
        nonlocal count
        yield _head()
        for some in documents.batches(keys, AT_ONCE):
            for result in run.read(actor, some, rung):
                count += 1
                yield _line(result)

    out = TemporaryFile()  # noqa: SIM115  # whoever sends it closes it
    _WRITERS[form](lines(), out)
    out.seek(0)
    audit.record(
        "search.export", actor=actor, form=form, question=params.address(page=1)[:500], count=count
    )
    return out


def _head() -> tuple[str, ...]:
    return (
        _("kind"), _("title"), _("case"), _("date"), _("where matched"), _("snippet"), _("address"),
    )  # fmt: skip


def _line(result: Result) -> tuple[str, ...]:
    said = result.as_data()
    return (
        str(result.kind),
        said["title"],
        said["case"],
        f"{localtime(result.date):%Y-%m-%d}",
        ", ".join(said["matched"]),
        said["snippet"],
        settings.PUBLIC_URL + result.url,
    )


def _csv(lines: Lines, out: IO[bytes]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    csv.writer(text).writerows([safe(cell) for cell in line] for line in lines)
    text.flush()
    text.detach()


def _xlsx(lines: Lines, out: IO[bytes]) -> None:
    """Rows go to the disk one by one; every cell is a text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Found"))
    for line in lines:
        sheet.append([_text(sheet, cell) for cell in line])
    book.save(out)


def _text(sheet: object, said: str) -> WriteOnlyCell:
    """Without the characters that no workbook holds, at the length of its cells."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", safe(said))[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


_WRITERS: dict[str, Callable[[Lines, IO[bytes]], None]] = {"csv": _csv, "xlsx": _xlsx}
FORMS: Sequence[str] = tuple(_WRITERS)
