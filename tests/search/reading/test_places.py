"""Where in a file, in words."""

import pytest

from search import labels


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("page:3", "page 3"),
        ("scan:3", "page 3, as read by the machine"),
        ("sheet:Manifest|row:501", "sheet Manifest, from row 501"),
        ("inside:report.pdf|page:2", "in report.pdf, page 2"),
        ("inside:a.zip|inside:100% sure.txt|text:", "in a.zip, in 100% sure.txt"),
        ("message:", "message"),
        ("text:", ""),
        ("made up", ""),
    ],
)
def test_a_place_reads_as_words(code: str, words: str) -> None:
    assert labels.place(code) == words
