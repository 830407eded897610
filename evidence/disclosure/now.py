"""Digests of the parts of a case as they stand now, to tell what changed since it was served."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import translation

from casework.models import Case, User
from evidence.dossier import (
    collect_court,
    collect_electronic,
    collect_files,
    collect_kyc,
    collect_papers,
    collect_witnesses,
)
from evidence.papers import certificate_book


def parts(case: Case, user: User) -> dict[str, str]:
    """By the key of the part, in a fixed number of queries; what repeats other parts has none."""
    with translation.override("en"):
        proceedings = collect_court.proceedings(case, user)
        book = certificate_book.read(case, user)
        files = {row.pk: row for row in collect_files.of_case(case, user)}
        names = {pk: row.name for pk, row in files.items()}
        values: Mapping[str, Callable[[], Any]] = {
            "charges": lambda: [replace(one, hearings=()) for one in proceedings],
            "hearings": lambda: [one.hearings for one in proceedings],
            "summary": lambda: (case.summary, collect_kyc.seizures(case, user)),
            "laboratory": lambda: _laboratory(case, user),
            "certificates": lambda: collect_papers.certificates(book, files),
            "electronic": lambda: collect_electronic.records(book, files),
            "parties": lambda: collect_kyc.parties(case, user, names, {}),
            "consignments": lambda: collect_kyc.consignments(case, user, {}),
            "witnesses": lambda: collect_witnesses.witnesses(case, {}, is_disclosure=True),
        }
        return {key: digest(value()) for key, value in values.items()}


def _laboratory(case: Case, user: User) -> Any:
    return collect_papers.examinations(case, user), collect_papers.comparisons(case, user)


def digest(value: Any) -> str:
    """Of frozen dataclasses, by what they say."""
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()
