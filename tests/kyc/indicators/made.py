"""Loads, papers and parties as the rules read them, each with as little as a test needs."""

import csv
import json
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from kyc.redflags.indicators import Criterion, Settings, judge_load, judge_party
from kyc.redflags.indicators.catalogue import Judged
from kyc.redflags.indicators.load import Bill, Box, Entry, Fact, Load, Party, Sighting

STARTER = Path(__file__).parents[3] / "casework/reference_data/indicators.csv"
SHIPPED = date(2024, 3, 8)
SEIZED = date(2024, 3, 14)


@cache
def criteria() -> dict[str, Criterion]:
    """The indicators that come with the product, with their settings."""
    with STARTER.open(newline="") as rows:
        return {
            row["code"]: Criterion(
                row["code"], row["rule"], Settings(json.loads(row["settings"] or "{}"))
            )
            for row in csv.DictReader(rows)
        }


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2024, 3, day, hour, tzinfo=UTC)


def fact(kind: str, value: str = "", pk: int = 1, **fields: Any) -> Fact:
    return Fact(pk=pk, kind=kind, value=value, **fields)


def party(*facts: Fact, **fields: Any) -> Party:
    given = {
        "pk": 7, "name": "Tamarind Reef Exporters Ltd", "roles": frozenset({"shipper"}),
        "shipped_on": SHIPPED, "seized_on": SEIZED, **fields,
    }  # fmt: skip
    return Party(facts=facts, **given)


def load(**fields: Any) -> Load:
    return Load(**{"pk": 3, "seized_on": SEIZED, **fields})


def bill(version: int = 1, **fields: Any) -> Bill:
    return Bill(pk=100 + version, version=version, **fields)


def entry(version: int = 1, **fields: Any) -> Entry:
    return Entry(pk=200 + version, version=version, **fields)


def box(number: str = "MDOU4182079", **fields: Any) -> Box:
    return Box(pk=40, number=number, **fields)


def seal(
    key: str = "CU558120", stage: str = "", container: str = "MDOU4182079", **fields: Any
) -> Sighting:
    given = {"pk": 60, "number": key, "key": key, "source": "CUS", **fields}
    return Sighting(stage=stage, container=container, **given)


def judged(code: str, subject: Load | Party) -> Judged:
    rows = [criteria()[code]]
    return judge_load(subject, rows) if isinstance(subject, Load) else judge_party(subject, rows)


def sentences(code: str, subject: Load | Party) -> list[str]:
    """The kinds of evidence that an indicator finds."""
    return [one.sentence for flag in judged(code, subject).flags for one in flag.evidence]


def lacks(code: str, subject: Load | Party) -> list[str]:
    """What was missing to judge it; empty where it was judged."""
    return [word for one in judged(code, subject).unjudged for word in one.lacks]
