"""What the law of the day says against a count or a sentence: warnings, never refusals.

A court may have had its reasons and a row of the law may be wrong; the record says what it sees.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from casework import law
from casework.legal import book as books
from casework.legal import offence_warnings, penalty_warnings
from casework.legal.book import Book
from casework.legal.warning import Warning
from casework.models import Case, Charge, Count, Provision

__all__ = ["Warning", "of_count", "of_counts", "of_offence", "of_sentence"]

Offence = offence_warnings.Offence


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
    seized, edited = _seized(case), _edited({row.provision_id for row in rows})
    return {
        row.pk: offence_warnings.of(_of_count(row, seized, edited.get(row.provision_id)), book)
        for row in rows
    }


def of_offence(case: Case, **values: Any) -> list[Warning]:
    """The same of a count that is being written: provision, on, until, taxon."""
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


def _of_count(count: Count, seized: tuple[date, ...], edited: datetime | None) -> Offence:
    sheet = count.charge_sheet
    filed_at = sheet.filing_recorded_at
    return Offence(
        provision=count.provision,
        country=law.country_of(sheet.proceeding.case),
        on=count.offence_on,
        until=count.offence_until,
        taxon=count.taxon,
        seized=seized,
        filed_on=sheet.filed_on,
        edited_at=edited if edited and filed_at and edited > filed_at else None,
    )


def _seized(case: Case) -> tuple[date, ...]:
    moments = case.seizures.values_list("seized_at", flat=True)
    return tuple(sorted({timezone.localtime(moment).date() for moment in moments}))


def _edited(provisions: set[int]) -> dict[int, datetime]:
    """When people last changed what the record says of these provisions."""
    rows = Provision.history.filter(id__in=provisions, history_type="~")
    return dict(rows.values_list("id").annotate(at=Max("history_date")))
