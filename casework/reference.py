"""The reference tables: loading them, and suggestions while somebody types.

Loading twice changes nothing, and a row that a person has edited is never overwritten.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Case as Choose
from django.db.models import Prefetch, Q, QuerySet, When

from casework import reference_files, reference_later, reference_listings, signals
from casework.models import Code, Goods, Listing, Port, Taxon
from casework.reference_files import KEYS, MODELS, Line, Row

R = TypeVar("R", bound=models.Model)

STARTER = Path(__file__).parent / "reference_data"
SUGGESTED = 8
BATCH = 500


@dataclass(frozen=True)
class Loaded:
    """What loading a file did to a table."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0  # edited by people, and different in the file

    def __str__(self) -> str:
        return (
            f"{self.added} added, {self.updated} updated, "
            f"{self.unchanged} as before, {self.kept} kept as edited"
        )


def load(kind: str, path: Path) -> Loaded:
    """Bring a table to what a file says, all or nothing; `ReferenceFileError` if it cannot be."""
    lines = reference_files.read(kind, path)
    with transaction.atomic():
        if kind == "listings":
            return _merge(Listing, reference_listings.of_file(path, lines))
        loaded = _merge(MODELS[kind], [reference_files.own_fields(row) for _, row in lines])
        if kind == "taxa":
            _merge_listings(lines)
    return loaded


def load_starter() -> dict[str, Loaded]:
    """The tables that come with the product."""
    with transaction.atomic():
        return {kind: load(kind, STARTER / f"{kind}.csv") for kind in MODELS}


def _merge(model: type[models.Model], rows: list[Row]) -> Loaded:
    key = ["taxon_id" if name == "taxon" else name for name in KEYS[model]]
    existing = {tuple(getattr(row, k) for k in key): row for row in model._default_manager.all()}
    edited = _edited(model)
    untouched = reference_later.untouched(model, edited)
    new, changed, completed, kept, unchanged = [], [], 0, 0, 0
    for values in rows:
        row = existing.get(tuple(values[k] for k in key))
        if row is None:
            new.append(model(**values))
        elif not _differs(row, values):
            unchanged += 1
        elif row.pk in untouched and _differs(row, reference_later.part(model, values)):
            reference_later.complete(row, values)
            completed += 1
        elif row.pk in edited:
            kept += 1
        else:
            _set(row, values)
            changed.append(row)
    model._default_manager.bulk_create(new, batch_size=BATCH)
    if changed:
        model._default_manager.bulk_update(changed, list(rows[0]), batch_size=BATCH)
        for row in changed:  # written in bulk, which tells nobody
            signals.changed.send(sender=model, instance=row)
    return Loaded(len(new), len(changed) + completed, unchanged, kept)


def _differs(row: models.Model, values: Row) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _set(row: models.Model, values: Row) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _edited(model: Any) -> set[Any]:
    """Rows with a history entry: loading writes in bulk, which leaves none; people leave one."""
    return set(model.history.values_list(model._meta.pk.attname, flat=True))


def _merge_listings(lines: list[Line]) -> None:
    """Add the listings that a taxon lacks. A listing is history and is never changed by a file."""
    taxa = dict(Taxon.objects.values_list("scientific_name", "pk"))
    known = set(Listing.objects.values_list("taxon_id", "scheme", "appendix"))
    new = []
    for _, row in lines:
        stated = reference_files.listing(row)
        taxon_id = taxa[row["scientific_name"]]
        if stated and (taxon_id, stated["scheme"], stated["appendix"]) not in known:
            new.append(Listing(taxon_id=taxon_id, **stated))
    Listing.objects.bulk_create(new, batch_size=BATCH)


def suggest_ports(text: str) -> QuerySet[Port]:
    """Ports whose code or name begins with, or else contains, what was typed."""
    return _suggest(Port.objects.all(), text.strip(), ("locode", "name"))


def suggest_taxa(text: str, day: date) -> QuerySet[Taxon]:
    """Taxa by scientific, common or other name, each with its CITES listing on a day."""
    listed = Listing.objects.on(day).filter(scheme=reference_files.CITES)
    taxa = _suggest(
        Taxon.objects.all(), text.strip(), ("scientific_name", "common_name", "other_names")
    )
    return taxa.prefetch_related(Prefetch("listings", queryset=listed, to_attr="listed"))


def suggest_goods(text: str) -> QuerySet[Goods]:
    """Goods by HS code, with or without its stop, or by a word of the description."""
    typed = text.strip()
    code = typed.replace(".", "")
    return _suggest(Goods.objects.all(), code if code.isdigit() else typed, ("hs_code", "label"))


def suggest_countries(text: str) -> QuerySet[Code]:
    """Countries by code or name, the pseudo-codes of the registers included."""
    typed = text.strip()
    return _suggest(Code.objects.kind("country"), typed, ("code", "label"))


def find_port(text: str) -> Port | None:
    """The port that a code, a name or a suggestion's label (`Mombasa KEMBA`) stands for."""
    typed = text.strip()
    if not typed or "\x00" in typed:
        return None
    code = typed.split()[-1].upper()
    named: Port | None = Port.objects.filter(locode=code).first()
    return named or Port.objects.filter(name__iexact=typed).first()


def find_taxon(text: str) -> Taxon | None:
    """The taxon of exactly this scientific or common name."""
    typed = " ".join(text.split())
    if not typed or "\x00" in typed:
        return None
    named = Q(scientific_name__iexact=typed) | Q(common_name__iexact=typed)
    found: Taxon | None = Taxon.objects.filter(named).first()
    return found


def find_goods(text: str) -> Goods | None:
    """The goods of an HS code, typed alone or at the start of a suggestion's label."""
    typed = text.strip()
    if not typed or "\x00" in typed:
        return None
    found: Goods | None = Goods.objects.filter(hs_code=typed.split()[0].replace(".", "")).first()
    return found


def find_country(text: str) -> str:
    """The code of a country given by code or name; empty where there is none."""
    typed = text.strip()
    if not typed or "\x00" in typed:
        return ""
    rows = Code.objects.kind("country").filter(Q(code__iexact=typed) | Q(label__iexact=typed))
    return str(rows.values_list("code", flat=True).first() or "")


def _suggest(rows: QuerySet[R], text: str, names: tuple[str, ...]) -> QuerySet[R]:
    if len(text) < 2 or "\x00" in text:
        return rows.none()
    begins, contains = Q(), Q()
    for name in names:
        begins |= Q(**{f"{name}__istartswith": text})
        contains |= Q(**{f"{name}__icontains": text})
    first = Choose(When(begins, then=0), default=1, output_field=models.IntegerField())
    ordering = rows.model._meta.ordering or ()
    return rows.filter(contains).order_by(first, *ordering)[:SUGGESTED]
