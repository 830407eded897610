"""The four tables of the law: what tells a rule from another one, and what of it stays as it is.

Rows with the same `key` are versions of one rule; no two of them are in force on the same day.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import Element, Listing, Provision, TimeLimit

SOURCED = ("valid_from", "valid_to", "source")


@dataclass(frozen=True)
class Kind:
    slug: str
    model: type[models.Model]
    key: tuple[str, ...]  # never changed in place: what rests on the row would say something else
    fields: tuple[str, ...]  # what versions may differ in, besides days and source
    word: StrOrPromise

    @property
    def rows(self) -> Any:
        return self.model._default_manager.all()

    def versions(self, row: Any) -> Any:
        """The row and its other versions, the first in force first."""
        same = {name: getattr(row, name) for name in self.key}
        return self.rows.filter(**same).order_by(
            models.F("valid_from").asc(nulls_first=True), "pk"
        )  # fmt: skip


PROVISIONS = Kind(
    "provisions", Provision, ("country", "statute", "section"),
    (
        "title", "offence", "penalty", "penalty_join", "min_fine", "max_fine", "currency",
        "min_term_months", "max_term_months", "has_life_term", "is_offence", "proof_template",
        "listing_scheme", "listing_grades", "note",
    ),
    _("Provision"),
)  # fmt: skip
LISTINGS = Kind("listings", Listing, ("taxon", "scheme"), ("appendix", "annotation"), _("Listing"))
POINTS = Kind(
    "points", Element, ("template", "code"),
    ("label", "explanation", "proven_by", "is_personal", "position"), _("Point to prove"),
)  # fmt: skip
LIMITS = Kind(
    "limits", TimeLimit, ("country", "code"),
    ("label", "starts", "amount", "unit", "warn_days", "position"), _("Limit of time"),
)  # fmt: skip
KINDS = {kind.slug: kind for kind in (PROVISIONS, LISTINGS, POINTS, LIMITS)}


def of(row: models.Model) -> Kind:
    """The kind that a row is of."""
    return next(kind for kind in KINDS.values() if isinstance(row, kind.model))
