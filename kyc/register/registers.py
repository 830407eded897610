"""Import of a register of seizures: planned and checked whole, then written in one transaction.

The identity of a row is the SHA-256 of the register's content and its line: numbers in registers
are missing or repeated. A line that is on the record already is never written again.
"""

import csv
import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from casework import access, audit, roles, seizures
from casework.errors import Conflict, DomainError, NotAllowed
from casework.models import Case, ImportedRow, SeizedItem, User
from kyc.register.register_mapping import RegisterMapping
from kyc.register.register_rows import Planned, RowReader, Tables

Progress = Callable[[str, int, int], None]
STEP = 5000
WRITE_STEP = 50


class RegisterError(DomainError):
    """The file cannot be read as a register by this mapping; nothing was written."""

    code = "register"
    status = 422


@dataclass(frozen=True)
class Failed:
    """A row that cannot be written, with every reason."""

    line: int
    row: dict[str, str]
    reasons: list[str]


@dataclass
class Plan:
    """What a file would do: nothing is written yet."""

    name: str
    digest: str
    columns: list[str]
    read: int = 0
    excluded: int = 0
    known: int = 0  # imported before
    planned: list[Planned] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    def totals(self) -> dict[str, Decimal]:
        """The quantities of the planned rows by unit."""
        totals: dict[str, Decimal] = defaultdict(Decimal)
        for row in self.planned:
            if row.item.unit is not None and row.item.quantity is not None:
                totals[row.item.unit.code] += row.item.quantity
        return dict(totals)


def plan(path: Path, mapping: RegisterMapping, *, actor: User, progress: Progress) -> Plan:
    """Read and check every row. Raises NotAllowed or RegisterError."""
    if not access.holds(actor, roles.IMPORT_SEIZURES):
        raise NotAllowed(_("Your position does not import registers."))
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    rows = _reader(content, mapping)
    made = Plan(path.name, digest, list(rows.fieldnames or ()))
    missing = sorted(mapping.columns() - set(made.columns))
    if missing:
        names = ", ".join(missing)
        raise RegisterError(_("The file has no column {names}.").format(names=names))
    known = set(ImportedRow.objects.filter(file_digest=digest).values_list("line", flat=True))
    reader = RowReader(mapping, Tables.read(), ZoneInfo(actor.time_zone))
    total = content.count(b"\n")
    for line, row in _rows(rows):
        made.read += 1
        if made.read % STEP == 0:
            progress(_("rows read"), made.read, total)
        _take(made, mapping, reader, line, row, line in known)
    return made


def _take(
    made: Plan,
    mapping: RegisterMapping,
    reader: RowReader,
    line: int,
    row: dict[str, str] | None,
    is_known: bool,
) -> None:
    if row is None:
        made.failed.append(Failed(line, {}, [_("the number of cells differs from the head")]))
    elif not mapping.selects(row):
        made.excluded += 1
    elif is_known:
        made.known += 1
    else:
        planned, reasons = reader.plan(line, row)
        if planned is None:
            made.failed.append(Failed(line, row, reasons))
        else:
            made.planned.append(planned)


@transaction.atomic
def write(made: Plan, *, actor: User, progress: Progress) -> int:
    """Write the planned rows, all or none: a case for each, or one for each group of the mapping.

    Raises Conflict where another import of the same file was first.
    """
    if not made.planned:
        return 0
    cases: dict[str, Case] = {}
    for done, row in enumerate(made.planned, start=1):
        try:
            _write_row(made, row, cases, actor)
        except IntegrityError as twice:
            raise Conflict(_("This file is being imported already.")) from twice
        if done % WRITE_STEP == 0 or done == len(made.planned):
            progress(_("seizures written"), done, len(made.planned))
    audit.record(
        "register.import",
        actor=actor,
        file=made.name,
        digest=made.digest,
        imported=len(made.planned),
        excluded=made.excluded,
        failed=len(made.failed),
    )
    return len(made.planned)


def _write_row(made: Plan, row: Planned, cases: dict[str, Case], actor: User) -> None:
    case = cases.get(row.group) if row.group else None
    if case is None:
        seizure = seizures.record(actor=actor, **row.case, **row.seizure)
    else:
        seizure = seizures.add(case, actor=actor, **row.seizure)
    if row.group:
        cases[row.group] = seizure.case
    seizures.mark_imported(seizure, digest=made.digest, line=row.line, file_name=made.name)


def totals_on_record(digest: str) -> dict[str, Decimal]:
    """The quantities on the record that came from a file, by unit."""
    rows = SeizedItem.objects.filter(
        seizure__imported_from__file_digest=digest, unit__isnull=False, quantity__isnull=False
    )
    totals: dict[str, Decimal] = defaultdict(Decimal)
    # Summed here: SQLite adds decimals as floats.
    for unit, quantity in rows.order_by().values_list("unit__code", "quantity").iterator():
        totals[unit] += quantity
    return dict(totals)


def write_rejects(made: Plan, path: Path) -> None:
    """The failed rows as the register had them, each with its line and reasons, for correcting."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, [*made.columns, "line", "reason"], extrasaction="ignore")
        rows.writeheader()
        for failed in made.failed:
            rows.writerow({**failed.row, "line": failed.line, "reason": "; ".join(failed.reasons)})
    beside.replace(path)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    except (OSError, EOFError) as broken:
        raise RegisterError(f"{path.name}: {broken}") from broken


def _reader(content: bytes, mapping: RegisterMapping) -> "csv.DictReader[str]":
    try:
        text = content.decode(mapping.encoding)
    except (UnicodeDecodeError, LookupError) as broken:
        raise RegisterError(
            _("The file is not in {encoding}. Say its encoding in the mapping.").format(
                encoding=mapping.encoding
            )
        ) from broken
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=mapping.delimiter)


def _rows(rows: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str] | None]]:
    """Each row with the line it begins on; None where its cells do not fit the head."""
    begins = rows.line_num + 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as broken:
            raise RegisterError(f"line {rows.line_num}: {broken}") from broken
        fits = None not in row and None not in row.values()
        yield begins, row if fits else None
        begins = rows.line_num + 1
