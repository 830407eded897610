"""An exhibit's life in court, and what keeps it from being given away."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models import Case, Hearing, Proceeding, Witness
from casework.models.fields import NominalTextField
from casework.models.recorded import Recorded, StandingRows
from casework.models.scope import CaseScopedQuerySet
from evidence.models.exhibit import Exhibit


class CourtMark(Recorded):
    """What a court did with an exhibit: marked it for identification, took it in, refused it."""

    class Kind(models.TextChoices):
        MARKED = "marked", _("Marked for identification")
        PRODUCED = "produced", _("Produced")
        ADMITTED = "admitted", _("Taken in evidence")
        REFUSED = "refused", _("Not taken in evidence")
        RELEASED = "released", _("Given back by the court")

    class Rows(StandingRows):
        case_path = "exhibit__case"
        sensitive_paths = ("exhibit__is_restricted", "witness__is_protected")

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="court_marks")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="court_marks")
    hearing = models.ForeignKey(
        Hearing, on_delete=models.PROTECT, related_name="court_marks", null=True, blank=True
    )
    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    happened_on = models.DateField(_("day"))
    court_number = models.CharField(_("number in court"), max_length=40, blank=True)  # MFI 3, P12
    witness = models.ForeignKey(
        Witness, on_delete=models.PROTECT, related_name="court_marks", null=True, blank=True
    )
    ruling = NominalTextField(_("ruling"), max_length=4000, blank=True)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.exhibit}: {self.kind} {self.court_number}".strip()


class ExhibitHold(models.Model):
    """A case needs an exhibit, of its own or of another case, that must therefore be kept."""

    class Rows(CaseScopedQuerySet[Any]):
        case_path = "exhibit__case"
        sensitive_path = "exhibit__is_restricted"

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="holds")
    # The case that needs it: its name is for those who may read that case.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    reason = NominalTextField(_("why it must be kept"), max_length=1000)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    placed_at = models.DateTimeField(default=clock.now, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    released_at = models.DateTimeField(null=True)
    released_why = NominalTextField(_("why it is needed no more"), max_length=1000, blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["exhibit", "pk"]

    def __str__(self) -> str:
        return f"{self.exhibit}: {self.reason[:40]}"
