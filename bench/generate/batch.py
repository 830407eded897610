"""Some cases being invented, and how they are written; the same numbers give the same rows."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from django.db import models

from bench.generate.insert import insert, reset_sequences
from bench.generate.setting import Setting
from casework.models import Case, Code, User

M = TypeVar("M", bound=models.Model)


class Batch:
    def __init__(self, setting: Setting, numbers: Sequence[int]) -> None:
        self.setting = setting
        self.numbers = numbers
        self.random = random.Random(numbers[0])
        self.rows = 0
        self.cases: list[Case] = []
        self.used: set[type[models.Model]] = set()

    def save(self, rows: Iterable[M]) -> list[M]:
        waiting = list(rows)
        insert(waiting)
        self.used.update(type(row) for row in waiting[:1])
        self.rows += len(waiting)
        return waiting

    def close(self) -> None:
        reset_sequences(list(self.used))

    def text(self, words: int) -> str:
        return self.setting.words.some(self.random, words)

    def code(self, kind: str) -> Code:
        return self.random.choice(self.setting.codes[kind])


def officer_of(case: Case) -> User:
    return case.lead_officer


def day_of(case: Case, days: int) -> datetime:
    """A moment so many days into the case."""
    return case.created_at + timedelta(days=days, minutes=case.pk % 1_000)


def digest(kind: str, number: int) -> str:
    """Unique, and in the shape of a digest."""
    return sha256(f"{kind} {number}".encode()).hexdigest()
