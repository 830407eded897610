"""The decision about a party under a KYC regime, with its reason and the day it is due again."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.fields import NominalTextField
from casework.models.scope import Person
from kyc.models.party import Party


class ReviewQuerySet(AppendOnlyRows, models.QuerySet[Any]):
    def visible_to(self, user: Person) -> Self:
        return self.filter(party__in=Party.objects.visible_to(user))


class Review(AppendOnlyModel):
    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Nothing against it")
        ENHANCED = "enhanced", _("Enhanced checks from now on")
        REFERRED = "referred", _("Referred for inquiry")
        REFUSED = "refused", _("Not to be dealt with")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="reviews")
    regime = models.CharField(_("checklist"), max_length=40)  # Requirement.regime
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    reason = NominalTextField(_("reason"))
    # How the checklist stood: [{"code": ..., "label": ..., "state": ...}]
    standing = models.JSONField(default=list)
    next_review_on = models.DateField(_("due again on"), null=True, blank=True, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.party} {self.get_decision_display()}"
