"""What the law of the day says against a count or a sentence: warnings, never refusals.

A court may have had its reasons and a row of the law may be wrong; the record says what it sees.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from casework import law
from casework.legal import book as books
from casework.legal import offence_warnings, penalty_warnings, words
from casework.legal.book import Book
from casework.legal.kinds import PROVISIONS
from casework.legal.warning import Warning
from casework.models import Case, Charge, ChargeSheet, Count, Provision

__all__ = ["Warning", "of_count", "of_counts", "of_offence", "of_sentence"]

Offence = offence_warnings.Offence
OF_THE_CHARGE = (
    "title", "offence", "penalty", "penalty_join", "min_fine", "max_fine", "currency",
    "min_term_months", "max_term_months", "has_life_term", "is_offence",
)  # fmt: skip


def of_count(count: Count) -> list[Warning]:
    """What stands against one count, the gravest first."""
    return of_counts([count])[count.pk]


def of_counts(counts: Iterable[Count]) -> dict[int, list[Warning]]:
    """The warnings of the counts of one case, by key, in a fixed number of queries."""
    rows = list(counts)
    if not rows:
        return {}
    case = rows[0].charge_sheet.proceeding.case
    book = books.read(law.country_of(case), [row.taxon for row in rows if row.taxon])
    seized, kept = _seized(case), _history({row.provision_id for row in rows})
    return {
        row.pk: offence_warnings.of(_of_count(row, seized, kept.get(row.provision_id, [])), book)
        for row in rows
    }


def of_offence(case: Case, **values: Any) -> list[Warning]:
    """The same of a count that is being written: provision, on, until, taxon, statement."""
    offence = Offence(country=law.country_of(case), seized=_seized(case), **values)
    taxon = offence.taxon
    return offence_warnings.of(offence, books.read(offence.country, [taxon] if taxon else []))


def of_sentence(
    charge: Charge, values: Mapping[str, Any], book: Book | None = None
) -> list[Warning]:
    """What stands against a sentence on a charge; values as `outcomes.sentence` takes them."""
    count = charge.count
    if book is None:
        book = books.read(law.country_of(charge.accused.case), [])
    return penalty_warnings.of(count.provision, count.offence_on, values, book)


def _of_count(count: Count, seized: tuple[date, ...], kept: list[Any]) -> Offence:
    sheet = count.charge_sheet
    later = [row for row in kept if sheet.filing_recorded_at and _is_later(row, sheet)]
    return Offence(
        provision=count.provision,
        country=law.country_of(sheet.proceeding.case),
        on=count.offence_on,
        until=count.offence_until,
        taxon=count.taxon,
        seized=seized,
        filed_on=sheet.filed_on,
        statement=count.offence,
        edited_at=later[-1].history_date if later else None,
        said=_said(count.provision, kept[kept.index(later[0]) - 1]) if later else (),
    )


def _is_later(row: Any, sheet: ChargeSheet) -> bool:
    return bool(row.history_type == "~" and row.history_date > sheet.filing_recorded_at)


def _said(provision: Provision, before: Any) -> tuple[str, ...]:
    """What the record said at the filing, as far as it says something else now.

    Not its days: whether it was in force is asked for itself.
    """
    return tuple(
        f"{words.label(PROVISIONS, name)}: {words.value(before, name)}"
        for name in OF_THE_CHARGE
        if getattr(before, name) != getattr(provision, name)
    )


def _seized(case: Case) -> tuple[date, ...]:
    moments = case.seizures.values_list("seized_at", flat=True)
    return tuple(sorted({timezone.localtime(moment).date() for moment in moments}))


def _history(provisions: set[int]) -> dict[int, list[Any]]:
    """What the record said of these provisions, the first first. The first row is never an edit:
    who edits a row that was loaded keeps before what it said."""
    kept: dict[int, list[Any]] = {}
    for row in Provision.history.filter(id__in=provisions).order_by("history_date", "history_id"):
        kept.setdefault(row.id, []).append(row)
    return kept
