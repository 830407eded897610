"""What other authorities give or are asked for: warrants and orders, assistance, deadlines."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.case import Case
from casework.models.court import Accused, Proceeding
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.hearing import Hearing
from casework.models.reference import Code, Court
from casework.models.scope import CaseScopedQuerySet


class SensitiveRows(CaseScopedQuerySet[Any]):
    sensitive_path = "is_sensitive"


class Authority(models.Model):
    """A warrant or an order that allows something for a time, and what was done under it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="authorities")
    kind = models.ForeignKey(  # list authority_kind
        Code, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    issuer = NominalCharField(_("given by"), max_length=200, blank=True)
    issued_on = models.DateField(_("given on"))
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    accused = models.ForeignKey(
        Accused, on_delete=models.PROTECT, related_name="authorities", null=True, blank=True
    )
    scope = NominalTextField(_("what it allows"), blank=True)
    executed_on = models.DateField(_("carried out on"), null=True, blank=True)
    result = NominalTextField(_("what came of it"), blank=True)
    ended_on = models.DateField(_("lifted or returned on"), null=True, blank=True)
    attachment = models.ForeignKey(
        "evidence.Attachment",
        on_delete=models.PROTECT,
        related_name="authorities",
        null=True,
        blank=True,
    )
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = SensitiveRows.as_manager()

    class Meta:
        verbose_name_plural = _("authorities")
        ordering = ["case", "issued_on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class AssistanceRequest(models.Model):
    """Mutual legal assistance: what another state is asked for, in which form, and by when."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being drafted")
        SENT = "sent", _("Sent")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        PARTLY = "partly", _("Partly answered")
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.DRAFT, State.SENT, State.ACKNOWLEDGED, State.PARTLY)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assistance")
    number = models.PositiveIntegerField(_("number"), editable=False)
    country = models.CharField(_("country"), max_length=2)
    partner = NominalCharField(_("authority asked"), max_length=200)
    through = NominalCharField(_("sent through"), max_length=200, blank=True)
    their_number = models.CharField(_("their number"), max_length=100, blank=True)
    what = NominalTextField(_("what is asked for"), max_length=4000)
    form = models.ForeignKey(  # list evidence_form
        Code, on_delete=models.PROTECT, related_name="+"
    )
    form_note = models.CharField(_("more on the form"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    due_on = models.DateField(_("needed by"))
    hearing = models.ForeignKey(
        Hearing, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    is_form_met = models.BooleanField(_("came in the form asked for"), null=True, blank=True)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = SensitiveRows.as_manager()

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="assistance_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner} ({self.country})"


class AssistanceStep(AppendOnlyModel):
    """Something that happened to a request for assistance."""

    class Rows(AppendOnlyRows, CaseScopedQuerySet[Any]):
        case_path = "request__case"
        sensitive_path = "request__is_sensitive"

    request = models.ForeignKey(AssistanceRequest, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(_("state"), max_length=16, choices=AssistanceRequest.State)
    happened_on = models.DateField(_("day"))
    note = NominalTextField(_("note"), max_length=4000, blank=True)
    attachment = models.ForeignKey(
        "evidence.Attachment", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.request}: {self.state}"


class Deadline(models.Model):
    """Something to be done by a day, set by a person; those the law sets are computed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    title = NominalCharField(_("what must be done"), max_length=200)
    due_on = models.DateField(_("by"), db_index=True)
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="deadlines", null=True, blank=True
    )
    accused = models.ForeignKey(
        Accused, on_delete=models.PROTECT, related_name="deadlines", null=True, blank=True
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="deadlines",
        null=True,
        blank=True,
    )
    # Where it answers one that the law sets: the code of TimeLimit and what started it.
    limit_code = models.CharField(max_length=40, blank=True, editable=False)
    started_on = models.DateField(null=True, editable=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = NominalTextField(_("note"), blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    set_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_by__isnull=False),
                name="deadline_done_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.title}"
