"""What is made here and taken home: a file, a paper or a table, and nothing on the way keeps it."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from evidence import cells

R = TypeVar("R", HttpResponse, FileResponse)
PDF, TABLE = "application/pdf", "text/csv; charset=utf-8"


def of_file(path: Path, name: str, media_type: str) -> FileResponse:
    """A file from the disk, however large."""
    return _taken(FileResponse(path.open("rb"), content_type=media_type), name)


def of_bytes(content: bytes, name: str, media_type: str = PDF) -> HttpResponse:
    return _taken(HttpResponse(content, content_type=media_type), name)


def of_rows(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A table as CSV, in which nothing becomes a formula."""
    response = HttpResponse(content_type=TABLE)
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows(map(cells.safe, rows))
    return _taken(response, name)


def _taken(response: R, name: str) -> R:
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Cache-Control"] = "private, no-store"
    return response
