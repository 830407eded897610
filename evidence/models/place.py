"""A place where exhibits are kept: a store, a room in it, a shelf, a box; each within another."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.models import Agency


class Place(models.Model):
    class Kind(models.TextChoices):
        STORE = "store", _("Store")
        ROOM = "room", _("Room")
        SHELF = "shelf", _("Shelf or rack")
        BOX = "box", _("Box, safe or cage")
        YARD = "yard", _("Yard")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="places")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="places", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=60)
    # The whole address from the store inwards, as it enters custody events; kept by the operations.
    path = models.CharField(_("place"), max_length=200, editable=False)
    code = models.CharField(_("code on its label"), max_length=12, unique=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="place_name_once"),
            models.UniqueConstraint(
                fields=["agency", "name"],
                condition=Q(parent__isnull=True),
                name="store_name_once",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="place_not_in_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.path
