"""Listings of taxa from a file: each taxon by its scientific name, each listing with its days."""

from pathlib import Path

from django.utils.translation import gettext as _

from casework.models import Listing, Taxon
from casework.reference_files import Line, Problems, Row, own_fields


def of_file(path: Path, lines: list[Line]) -> list[Row]:
    """The rows with the taxa they name. A taxon that is not in its table refuses the file."""
    problems = Problems(path)
    names = {row["taxon"] for _line, row in lines}
    taxa = dict(
        Taxon.objects.filter(scientific_name__in=names).values_list("scientific_name", "pk")
    )
    for line, row in lines:
        if row["taxon"] not in taxa:
            name = row["taxon"]
            problems.add(line, _("taxon: “{name}” is not in the table of taxa").format(name=name))
    problems.refuse()
    rows = [{**own_fields(row), "taxon_id": taxa[row["taxon"]]} for _line, row in lines]
    _give_days(rows)
    return rows


def _give_days(rows: list[Row]) -> None:
    """A listing loaded without its first day, which nobody edited, is the file's last such one."""
    last = {(row["taxon_id"], row["scheme"], row["appendix"]): row for row in rows}
    edited = set(Listing.history.values_list("id", flat=True))
    dateless = Listing.objects.filter(valid_from__isnull=True).exclude(pk__in=edited)
    known = set(Listing.objects.values_list("taxon_id", "scheme", "appendix", "valid_from"))
    for listing in dateless.filter(taxon__in={key[0] for key in last}):
        key = (listing.taxon_id, listing.scheme, listing.appendix)
        row = last.get(key)
        if row and row["valid_from"] and (*key, row["valid_from"]) not in known:
            Listing.objects.filter(pk=listing.pk).update(valid_from=row["valid_from"])
