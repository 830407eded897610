"""Certificates that make evidence admissible: what each covers, who gave it, what it states.

Rows are written once. A correction is a new row that names the old one; the newest stands.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock, roles
from casework.models import Case, Code, Seizure
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import CaseScopedQuerySet, Person
from evidence.models.acquisition import CopyHop
from evidence.models.exhibit import Exhibit
from evidence.models.files import Attachment


class CertificateQuerySet(AppendOnlyRows, CaseScopedQuerySet["Certificate"]):
    """A certificate is as hidden as the most hidden thing that it covers."""

    def visible_to(self, user: Person) -> Self:
        trusted = Case.objects.permitting(user, roles.SENSITIVE)
        return super().visible_to(user).filter(Q(case__in=trusted) | ~Q(pk__in=_hidden()))

    def of_case(self, case: Any) -> Self:
        rows = super().of_case(case)
        if roles.SENSITIVE in case.granted_actions:
            return rows
        return rows.exclude(pk__in=_hidden())

    def standing(self) -> Self:
        """Without the rows that a later one replaces or takes back."""
        return self.filter(successor__isnull=True, is_withdrawn=False)


def _hidden() -> Any:
    covered = Q(attachment__is_sensitive=True) | Q(attachment__exhibit__is_restricted=True)
    hidden = CertificateCover.objects.filter(covered | Q(exhibit__is_restricted=True))
    return hidden.values("certificate")


class Certificate(AppendOnlyModel):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="certificates")
    kind = models.ForeignKey(  # list certificate_kind: electronic, photographic, weighing, ...
        Code, on_delete=models.PROTECT, related_name="+"
    )
    given_by = NominalCharField(_("given by"), max_length=200)
    position = models.CharField(_("position"), max_length=200)
    is_responsible = models.BooleanField(
        _("responsible for the device or for the activity it served"), default=False
    )
    device = models.CharField(_("device"), max_length=200, blank=True)
    device_number = models.CharField(_("its number"), max_length=100, blank=True)
    produced = NominalTextField(_("how it was produced"), max_length=2000, blank=True)
    kept = NominalTextField(_("how it was kept unchanged"), max_length=2000, blank=True)
    done_on = models.DateField(_("day of the act"), null=True, blank=True)
    calibrated_on = models.DateField(_("calibrated on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    # The four conditions of a computer record, each stated or not.
    is_regularly_used = models.BooleanField(_("regularly used at that time"), default=False)
    is_regularly_fed = models.BooleanField(
        _("such information regularly fed in, in the ordinary course"), default=False
    )
    was_working = models.BooleanField(_("working properly at that time"), default=False)
    is_derived = models.BooleanField(_("derived from what was fed in"), default=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="signs", null=True, blank=True
    )
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="successor", null=True, blank=True
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)
    reason = NominalCharField(_("why it was changed"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""),
                name="certificate_change_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.given_by}"


class CertificateCover(AppendOnlyModel):
    """One thing that a certificate covers: a file, a copy of it, an exhibit, or a seizure."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="covers")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="certified", null=True
    )
    copy = models.ForeignKey(CopyHop, on_delete=models.PROTECT, related_name="certified", null=True)
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, related_name="certified", null=True
    )
    seizure = models.ForeignKey(
        Seizure, on_delete=models.PROTECT, related_name="certified", null=True
    )

    objects: ClassVar[Any] = AppendOnlyModel.Rows.as_manager()

    class Meta:
        ordering = ["certificate", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attachment__isnull=False, exhibit=None, seizure=None)
                | Q(attachment=None, copy=None, exhibit__isnull=False, seizure=None)
                | Q(attachment=None, copy=None, exhibit=None, seizure__isnull=False),
                name="certificate_covers_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate}: {self.attachment or self.exhibit or self.seizure}"
