"""How a court wants its dossiers: order of the parts, cover, wording, language."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework.models import Agency, Court

LANGUAGE = RegexValidator(r"^[a-z]{2,3}(-[A-Z]{2})?$", _("Write a code such as en, sw or fr-CD."))


class DossierTemplate(models.Model):
    """Kept by an administrator. A dossier names the version it was built with."""

    name = models.CharField(_("name"), max_length=120)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        help_text=_("Empty: for every agency."),
    )  # fmt: skip
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        help_text=_("Empty: for any court."),
    )  # fmt: skip
    language = models.CharField(
        _("language of the court"), max_length=8, default="en", validators=[LANGUAGE]
    )
    # [{"key": "charges", "title": ""}, ...] in their order; a part that is not named is left out.
    parts = models.JSONField(_("parts"), default=list)
    cover_heading = models.CharField(_("heading of the cover"), max_length=200, blank=True)
    cover_text = models.TextField(_("text of the cover"), max_length=2000, blank=True)
    closing_text = models.TextField(_("text of the certificate"), max_length=2000, blank=True)
    is_active = models.BooleanField(_("offered"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="template_name")]

    def __str__(self) -> str:
        return str(self.name)
