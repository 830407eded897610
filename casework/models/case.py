"""The case: what happened, and the rule of who may read it.

`Case.objects.visible_to(user)` is the only way to read cases.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock, roles
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.people import Agency, Unit
from casework.models.reference import Code
from casework.models.scope import CaseScopedQuerySet, Person, cases


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: Person) -> Self:
        """The cases this user may read now."""
        return self.permitting(user, roles.VIEW)

    def permitting(self, user: Person, action: str) -> Self:
        """The cases on which this user has the action."""
        found = cases(user, action)
        return self.filter(pk__in=found) if isinstance(found, list) else self.granting(user, action)

    def granting(self, user: Person, action: str) -> Self:
        """The cases on which a live grant gives this active user the action, asked now."""
        from casework.models.access import CaseGroupGrant, CaseUserGrant

        allowing = roles.roles_allowing(action)
        if isinstance(user, AnonymousUser) or not user.is_active:
            return self.none()
        direct = CaseUserGrant.objects.live().filter(
            user=user, user__is_active=True, permission__codename__in=allowing
        )
        through_unit = CaseGroupGrant.objects.live().filter(
            group__user=user, group__user__is_active=True, permission__codename__in=allowing
        )
        return self.filter(
            Q(pk__in=direct.values("content_object"))
            | Q(pk__in=through_unit.values("content_object"))
        )

    def open(self) -> Self:
        """Cases in which something may still happen."""
        return self.exclude(status__in=[Case.Status.CLOSED, Case.Status.NO_INQUIRY])


class Case(models.Model):
    class Tier(models.TextChoices):
        PORT = "port", _("Trafficking through a port")
        TRAFFICKING = "trafficking", _("Other trafficking")
        POACHING = "poaching", _("Poaching")
        POSSESSION = "possession", _("Possession")

    class Status(models.TextChoices):
        RECORDED = "recorded", _("Recorded")
        INQUIRY = "inquiry", _("Under inquiry")
        NO_INQUIRY = "no_inquiry", _("No inquiry")
        SUBMITTED = "submitted", _("With the prosecutor")
        RETURNED = "returned", _("Returned to the investigator")
        NOT_CHARGED = "not_charged", _("Nobody charged")
        CHARGED = "charged", _("Charged")
        TRIAL = "trial", _("On trial")
        CONCLUDED = "concluded", _("Concluded")
        APPEAL = "appeal", _("On appeal")
        CLOSED = "closed", _("Closed")

    class Confidentiality(models.TextChoices):
        NORMAL = "normal", _("Normal")
        RESTRICTED = "restricted", _("Restricted")
        SECRET = "secret", _("Secret")

    reference = models.CharField(_("reference"), max_length=60, unique=True, editable=False)
    title = NominalCharField(_("title"), max_length=200)
    summary = NominalTextField(_("summary of facts"), blank=True)
    tier = models.CharField(_("tier"), max_length=16, choices=Tier)
    status = models.CharField(
        _("status"), max_length=16, choices=Status, default=Status.RECORDED, editable=False
    )
    confidentiality = models.CharField(
        _("confidentiality"),
        max_length=16,
        choices=Confidentiality,
        default=Confidentiality.NORMAL,
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="cases", null=True, blank=True
    )
    lead_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="led_cases"
    )
    occurrence_book = models.CharField(_("occurrence book number"), max_length=60, blank=True)
    police_file = models.CharField(_("police file"), max_length=60, blank=True)
    prosecution_file = models.CharField(_("prosecution file"), max_length=60, blank=True)
    court_file = models.CharField(_("court file"), max_length=60, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False, db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    granted_actions: frozenset[str] = frozenset()  # what the reader may do: access.require sets it

    class Meta:
        ordering = ["-created_at", "-pk"]
        # The roles are guardian permissions; access.ROLES says what each allows.
        permissions = [
            *((role, f"Role on a case: {role}") for role in roles.ROLES),
            ("record_seizure", "May record a seizure, which opens a case"),
            ("import_seizures", "May import a register of seizures"),
            ("view_statistics", "May count all cases of the own agency"),
            ("manage_people", "May manage people, units and agencies"),
            ("manage_reference", "May edit the reference tables"),
            ("manage_law", "May edit the law: provisions, listings, elements and time limits"),
            ("break_glass", "May open a case in an emergency, for a time and with a reason"),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseNumberSequence(models.Model):
    """The last case number given out, per prefix; its row is the lock."""

    prefix = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"


class DiaryQuerySet(CaseScopedQuerySet["DiaryEntry"]):
    sensitive_path = "is_sensitive"


class DiaryEntry(models.Model):
    """A note in the case diary; a sensitive one (informants) needs `view_sensitive`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="diary")
    text = NominalTextField(_("note"), max_length=20000)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    happened_at = models.DateTimeField(_("when"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = DiaryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("diary entries")
        ordering = ["-happened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.case}: {self.text[:40]}"


class Submission(models.Model):
    """The file sent to the prosecutor, and what became of it."""

    class Decision(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted for prosecution")
        RETURNED = "returned", _("Returned with queries")
        REFUSED = "refused", _("Not to be charged")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submissions")
    prosecutor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions"
    )
    note = NominalTextField(_("note"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(default=clock.now)
    decision = models.CharField(
        _("decision"), max_length=16, choices=Decision, default=Decision.WAITING
    )
    reason = NominalTextField(_("reason"), blank=True)
    cause = models.ForeignKey(  # list charging_reason
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # The two questions of a charging decision.
    has_evidence = models.BooleanField(_("the evidence can convict"), null=True, blank=True)
    is_in_public_interest = models.BooleanField(
        _("a prosecution is in the public interest"), null=True, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decision="waiting"), name="one_waiting_submission"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.decision}"


class SubmissionQuery(models.Model):
    """A question the prosecutor returns the file with, and the investigator's answer."""

    class Rows(CaseScopedQuerySet[Any]):
        case_path = "submission__case"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="queries")
    number = models.PositiveIntegerField(_("number"), editable=False)
    question = NominalTextField(_("question"), max_length=2000)
    answer = NominalTextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        verbose_name_plural = _("submission queries")
        ordering = ["submission", "number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="query_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.number}"
