"""Fills an empty database with invented cases in bulk, about a hundred rows to a case.

The rows are real, the chains of custody are not: their digests are unique but not computed, since
no benchmark that uses this verifies them. Every name and number is invented.
"""

from django.db import transaction

from bench.generate import cases, courts, seizures, things
from bench.generate.batch import Batch
from bench.generate.setting import PASSWORD, Setting, people_and_places, person
from casework.models import User

__all__ = ["PASSWORD", "Setting", "fill", "people_and_places", "reader_of_few"]

AT_ONCE = 250  # cases built in memory at a time
SMALL = 10**6  # the number of the small case, which no other reaches


def fill(setting: Setting, until: int) -> int:
    """Add cases until there are this many; returns how many rows were written."""
    rows = 0
    while setting.made < until:
        count = min(AT_ONCE, until - setting.made)
        batch = Batch(setting, range(setting.made, setting.made + count))
        with transaction.atomic():
            _write(batch)
        rows += batch.rows
        setting.made += count
    return rows


def reader_of_few(setting: Setting, documents: int) -> User:
    """A person of no unit and no register who holds one small case of so many documents."""
    holder = person("guest", "observer", setting.agency)
    batch = Batch(setting, range(SMALL, SMALL + 1))
    with transaction.atomic():
        cases.write_small(batch, holder, documents)
        batch.close()
    return holder


def _write(batch: Batch) -> None:
    cases.write(batch)
    things.write(batch, seizures.write(batch))
    courts.write(batch)
    batch.close()
