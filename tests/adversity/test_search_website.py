"""The real server while its index is deleted or damaged under it: pages, and no error."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.adversity.nursing import Nursery
from tests.adversity.website import Website

pytestmark = pytest.mark.slow
WORDS = "The full-text index is away"
SEARCH = "/search/?q=pangolin"
Spoil = Callable[[Path], None]


def delete(folder: Path) -> None:
    shutil.rmtree(folder)


def zero(folder: Path) -> None:
    """In place, while the server has the files open: the library meets zeros in its memory."""
    for file in folder.glob("index-*/*.term"):
        with file.open("r+b") as opened:
            opened.write(bytes(file.stat().st_size))


def lose_the_name(folder: Path) -> None:
    for file in folder.glob("current-*"):
        file.write_text("index-nowhere")


@pytest.mark.parametrize("spoil", [delete, zero, lose_the_name])
def test_searches_go_on_and_the_next_act_or_worker_mends(
    website: Website, shimmed: Nursery, spoil: Spoil
) -> None:
    shimmed.run("open_cases", times=2)
    assert website.get(SEARCH).text.count('data-key="case:') == 2
    spoil(shimmed.folder / "search")
    for _ in range(3):
        answer = website.get(SEARCH)
        assert answer.status == 200
    shimmed.run("mend")
    shimmed.run("open_cases", times=1)
    assert _found(website) == 3


def _found(website: Website) -> int:
    for _ in range(200):
        text = website.get(SEARCH).text
        if WORDS not in text:
            break
        time.sleep(0.2)
    return text.count('data-key="case:')
