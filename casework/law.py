"""The law on a day: provisions in force and offered, limits of time, the listing of a taxon.

Dated rows that people edit decide; nothing about a statute is a constant here. The law of a case is
that of its agency's country.
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casework import display
from casework.models import Case, Element, Listing, Provision, Taxon, TimeLimit
from casework.models.reference import Sourced


def is_on(row: Sourced, on: date) -> bool:
    """Whether a dated row holds on a day. A first or last day that is not known bounds nothing."""
    begun = row.valid_from is None or row.valid_from <= on
    return begun and (row.valid_to is None or on <= row.valid_to)


def in_force(provision: Provision, on: date) -> bool:
    """Whether the provision is law on a day."""
    return is_on(provision, on)


def country_of(case: Case) -> str:
    """Whose law a case is charged under."""
    return case.agency.country


def offered(on: date, country: str = "KE") -> "QuerySet[Provision]":
    """The offences of a country in force on a day."""
    rows: QuerySet[Provision] = Provision.objects.on(on).filter(country=country, is_offence=True)
    return rows


def why_not(provision: Provision, on: date, country: str = "KE") -> str:
    """Why nobody can be charged under a provision for that day, and what to do; else nothing."""
    names = {
        "provision": provision, "day": display.day(on), "country": country,
        "theirs": provision.country,
        "when": display.span(provision.valid_from, provision.valid_to),
    }  # fmt: skip
    if provision.country != country:
        return _("%(provision)s is law of %(theirs)s. Here the law of %(country)s applies.") % names
    if not in_force(provision, on):
        words = _("%(provision)s was not in force on %(day)s: it is law %(when)s.")
        return f"{words % names} {_('Choose the law of that day.')}"
    if not provision.is_offence:
        words = _("%(provision)s creates no offence. Choose the section that does.")
        return words % names
    return ""


def time_limit(code: str, on: date, country: str = "KE") -> TimeLimit | None:
    """The period a country's law sets on a day: arraignment, remand, disclosure, appeal, ..."""
    rows: QuerySet[TimeLimit] = TimeLimit.objects.on(on).filter(country=country, code=code)
    return rows.order_by(models.F("valid_from").desc(nulls_last=True)).first()


def elements(provision: Provision, on: date) -> "QuerySet[Element]":
    """The points to prove of a provision as its template has them on a day."""
    rows: QuerySet[Element] = Element.objects.on(on).filter(template=provision.proof_template)
    return rows


def kin(taxon: Taxon) -> list[str]:
    """The names under which a taxon can be listed, its own first: species, genus, family, order."""
    genus = taxon.scientific_name.split()[0]
    return list(dict.fromkeys(filter(None, (
        taxon.scientific_name, genus, taxon.family, taxon.order
    ))))  # fmt: skip


def listings(taxon: Taxon, on: date) -> dict[str, Listing]:
    """How a taxon is listed on a day, by scheme."""
    rows = Listing.objects.filter(taxon__scientific_name__in=kin(taxon)).select_related("taxon")
    return listed(taxon, rows, on)


def listed(taxon: Taxon, rows: Iterable[Listing], on: date) -> dict[str, Listing]:
    """The listing of each scheme on a day, of rows of all times of the taxon and its kin.

    A scheme that ever listed the taxon by its own name says all of it there; else its genus counts.
    """
    names = kin(taxon)
    by_scheme: dict[str, dict[int, list[Listing]]] = {}
    for row in rows:
        near = names.index(row.taxon.scientific_name)
        by_scheme.setdefault(row.scheme, {}).setdefault(near, []).append(row)
    nearest = {scheme: by_name[min(by_name)] for scheme, by_name in sorted(by_scheme.items())}
    return {scheme: row for scheme, found in nearest.items() for row in found if is_on(row, on)}
