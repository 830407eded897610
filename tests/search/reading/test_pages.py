"""The stored places of files: from the beginning, or around the words asked for."""

import hashlib
from typing import Any

import pytest

from evidence.models import StoredFile
from search.models import FilePage, FileText
from search.reading import pages_of

pytestmark = pytest.mark.django_db


def stored(*texts: str) -> StoredFile:
    digest = hashlib.sha256(repr(texts).encode()).hexdigest()
    file = StoredFile(digest=digest, size=1, media_type="application/pdf")
    file.save()
    words, begins_at = FileText.objects.create(file=file, state="read"), 0
    for number, text in enumerate(texts, 1):
        FilePage.objects.create(
            words=words, number=number, place=f"page:{number}", text=text, begins_at=begins_at
        )
        begins_at += len(text)
    return file


def places(found: dict[int, list[FilePage]], file: StoredFile) -> list[str]:
    return [page.place for page in found.get(file.pk, [])]


def test_places_come_from_the_beginning_and_end_with_the_budget() -> None:
    file = stored(*["x" * 100] * 10)
    assert places(pages_of([file.pk], budget=250), file) == ["page:1", "page:2", "page:3"]


def test_words_are_looked_for_wherever_they_stand() -> None:
    file = stored(*["tea" * 100] * 200, "The Tusks lay below", "more tea")
    assert places(pages_of([file.pk], stems=["tusk"]), file) == ["page:201"]
    assert places(pages_of([file.pk], stems=["rosewood"]), file) == []


def test_the_places_that_hold_the_most_words_are_preferred() -> None:
    file = stored(*["tea and tea"] * 30, "tusks below the tea", *["tea"] * 30)
    found = places(pages_of([file.pk], stems=["tea", "tusk"]), file)
    assert "page:31" in found
    assert len(found) < 20


def test_many_files_are_one_query(django_assert_num_queries: Any) -> None:
    files = [stored(f"ivory {n}", "tea").pk for n in range(20)]
    with django_assert_num_queries(1):
        assert len(pages_of(files, stems=["ivor", "tea"])) == 20
