"""How values read on a page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from casework import display


def read(text: str) -> str:
    return text.replace(display.NO_BREAK, " ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(minutes=45), "45 min"),
        (timedelta(hours=19), "19 h"),
        (timedelta(days=67), "67 days"),
        (timedelta(days=1395), "1,395 days"),
        (20, "under a minute"),
        (-5, "under a minute"),
        (None, "–"),  # noqa: RUF001
    ],
)
def test_durations(value: timedelta | float | None, words: str) -> None:
    assert read(display.duration(value)) == words


def test_moments_are_told_in_the_zone_of_the_reader() -> None:
    seized = datetime(2024, 3, 14, 2, 40, tzinfo=UTC)
    with timezone.override("Africa/Nairobi"):
        assert read(display.when(seized)) == "14 Mar 2024, 05:40"
        assert read(display.weekday(seized)) == "Thu 14 Mar"
    with timezone.override("Pacific/Honolulu"):
        assert read(display.day(seized)) == "13 Mar 2024"


def test_a_bare_date_has_no_clock() -> None:
    assert read(display.when(date(2024, 3, 14))) == "14 Mar 2024"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 bytes"), (999, "999 bytes"), (2_400_000, "2.4 MB")]
)
def test_sizes(count: int | None, words: str) -> None:
    assert read(display.size(count)) == words


def test_identifiers_and_weights() -> None:
    assert read(display.container("MDOU4182079")) == "MDOU 418207 9"
    assert read(display.weight(206_850_000)) == "206.85 kg"
    assert read(display.short_digest("9f2c41d8" + "0" * 52 + "66a1")) == "9f2c 41d8 … 66a1"
    assert display.weight(None) == display.container("") == display.short_digest(None)
