"""The law of one country and the listings of some taxa: read once, then asked without queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework import law
from casework.legal import penalty
from casework.models import Listing, Provision, Taxon


@dataclass(frozen=True)
class Book:
    country: str
    provisions: tuple[Provision, ...]
    listings: Mapping[str, tuple[Listing, ...]]  # by scientific name, each over time

    def offered(self, on: date) -> list[Provision]:
        """The offences in force on a day."""
        return [one for one in self.provisions if one.is_offence and law.in_force(one, on)]

    def listed(self, taxon: Taxon, on: date) -> dict[str, Listing]:
        """How a taxon is listed on a day, by scheme."""
        rows = [row for name in law.kin(taxon) for row in self.listings.get(name, ())]
        return law.listed(taxon, rows, on)

    def fits(self, provision: Provision, taxon: Taxon, on: date) -> bool:
        """Whether the tier of species that a provision is for holds this taxon on a day."""
        listing = self.listed(taxon, on).get(provision.listing_scheme)
        return listing is not None and in_tier(provision, listing)

    def with_known_penalty(self, statute: str, on: date) -> list[Provision]:
        return [p for p in self.offered(on) if p.statute == statute and penalty.is_known(p)]


def grades(provision: Provision) -> list[str]:
    """The grades of its scheme that a provision is for."""
    return [grade.strip() for grade in provision.listing_grades.split(";") if grade.strip()]


def in_tier(provision: Provision, listing: Listing) -> bool:
    """A listing in two appendices (`I/II`) is in the tier of either."""
    return bool({listing.appendix, *listing.appendix.split("/")} & set(grades(provision)))


def read(country: str, taxa: Iterable[Taxon]) -> Book:
    """The book of a country, in two queries."""
    names = {name for taxon in taxa for name in law.kin(taxon)}
    listings: dict[str, list[Listing]] = {}
    rows = Listing.objects.filter(taxon__scientific_name__in=names).select_related("taxon")
    for row in rows if names else ():
        listings.setdefault(row.taxon.scientific_name, []).append(row)
    return Book(
        country,
        tuple(Provision.objects.filter(country=country)),
        {name: tuple(found) for name, found in listings.items()},
    )
