"""What the court did: proceeding, charge sheet, count x accused, hearing, outcome.

An outcome belongs to one count of one accused, never to the case, and is written once.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.case import Case
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.reference import Code, Court, Provision, Taxon
from casework.models.scope import CaseScopedQuerySet


class Proceeding(models.Model):
    class Kind(models.TextChoices):
        TRIAL = "trial", _("Trial")
        RETRIAL = "retrial", _("Retrial")
        APPEAL = "appeal", _("Appeal")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proceedings")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.TRIAL)
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="proceedings")
    number = models.CharField(_("court file number"), max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="children", null=True, blank=True
    )
    appellant_side = models.CharField(
        _("brought by"),
        max_length=16,
        choices=[("defence", _("Defence")), ("prosecution", _("Prosecution"))],
        blank=True,
    )
    presiding = NominalCharField(_("before"), max_length=200, blank=True)
    prosecutor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proceedings"
    )
    opened_on = models.DateField(_("opened on"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["court", "number"], name="court_file_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.court} {self.number}"


class ProceedingScopedQuerySet(CaseScopedQuerySet[Any]):
    case_path = "proceeding__case"


class Accused(models.Model):
    """A person or firm charged in the case, known in it as A1, A2, ..."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="accused")
    number = models.PositiveIntegerField(_("number"), editable=False)
    name = NominalCharField(_("name"), max_length=200)
    party = models.ForeignKey(
        "kyc.Party", on_delete=models.PROTECT, related_name="accused_in", null=True, blank=True
    )
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    occupation = NominalCharField(_("occupation or part played"), max_length=200, blank=True)
    arrested_on = models.DateField(_("arrested on"), null=True, blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("accused")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="accused_number_once")
        ]

    def __str__(self) -> str:
        return f"A{self.number} {self.name}"


class ChargeSheet(models.Model):
    """A charge sheet of a proceeding: a draft until it is filed, then fixed."""

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="charge_sheets"
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # When the filing was recorded: the figures of a past day count only what was known then.
    filing_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ProceedingScopedQuerySet.as_manager()

    class Meta:
        ordering = ["proceeding", "version"]
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "version"], name="sheet_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.proceeding} v{self.version}"


class SheetScopedQuerySet(CaseScopedQuerySet[Any]):
    case_path = "charge_sheet__proceeding__case"


class Count(models.Model):
    charge_sheet = models.ForeignKey(ChargeSheet, on_delete=models.PROTECT, related_name="counts")
    number = models.PositiveIntegerField(_("number"))
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="counts")
    offence = models.CharField(_("statement of offence"), max_length=300)
    particulars = NominalTextField(_("particulars"))
    offence_on = models.DateField(_("date of offence"))
    offence_until = models.DateField(_("until"), null=True, blank=True)
    # What the charge says the things are, and which: read beside what an expert finds.
    taxon = models.ForeignKey(
        Taxon, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    exhibits = models.ManyToManyField("evidence.Exhibit", related_name="counts", blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = SheetScopedQuerySet.as_manager()

    class Meta:
        ordering = ["charge_sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["charge_sheet", "number"], name="count_number_once")
        ]

    def __str__(self) -> str:
        return f"count {self.number}"


class ChargeQuerySet(CaseScopedQuerySet["Charge"]):
    case_path = "count__charge_sheet__proceeding__case"


class Charge(models.Model):
    """One count against one accused: what a plea, a verdict and a sentence belong to."""

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="charges")
    accused = models.ForeignKey(Accused, on_delete=models.PROTECT, related_name="charges")

    objects: ClassVar[Any] = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ["count__number", "accused__number"]
        constraints = [
            models.UniqueConstraint(fields=["count", "accused"], name="accused_once_per_count")
        ]

    def __str__(self) -> str:
        return f"{self.accused}, {self.count}"


class ChargeScopedQuerySet(CaseScopedQuerySet[Any]):
    case_path = "charge__count__charge_sheet__proceeding__case"


class Plea(AppendOnlyModel):
    class Kind(models.TextChoices):
        NOT_GUILTY = "not_guilty", _("Not guilty")
        GUILTY = "guilty", _("Guilty")
        NONE = "none", _("No plea entered")

    class Rows(AppendOnlyRows, ChargeScopedQuerySet):
        pass

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="pleas")
    plea = models.CharField(_("plea"), max_length=16, choices=Kind)
    entered_on = models.DateField(_("entered on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["entered_on", "pk"]

    def __str__(self) -> str:
        return f"{self.charge}: {self.plea}"


class BailDecision(models.Model):
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="bail")
    accused = models.ForeignKey(Accused, on_delete=models.PROTECT, related_name="bail")
    decision = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("decided on"))
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="KES")
    conditions = NominalTextField(_("conditions"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ProceedingScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.accused}: {self.decision}"


class Hearing(models.Model):
    class State(models.TextChoices):
        LISTED = "listed", _("Listed")
        HELD = "held", _("Held")
        ADJOURNED = "adjourned", _("Adjourned")
        VACATED = "vacated", _("Vacated")

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="hearings")
    kind = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("date and time"), db_index=True)
    courtroom = models.CharField(_("courtroom"), max_length=80, blank=True)
    presiding = NominalCharField(_("before"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.LISTED)
    present = NominalTextField(_("who appeared"), blank=True)
    note = NominalTextField(_("what happened"), blank=True)
    adjournment_reason = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    side = models.CharField(_("side at fault"), max_length=20, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)

    history = HistoricalRecords()
    objects: ClassVar[Any] = ProceedingScopedQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="adjourned") | Q(adjournment_reason__isnull=False),
                name="adjournment_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proceeding} {self.starts_at:%Y-%m-%d}"


class OutcomeQuerySet(AppendOnlyRows, ChargeScopedQuerySet):
    def current(self) -> Self:
        """Outcomes that no later row supersedes."""
        return self.filter(superseded_by__isnull=True)


class Outcome(AppendOnlyModel):
    """What was decided on one count against one accused; a correction or appeal supersedes it."""

    class Decision(models.TextChoices):
        CONVICTED_PLEA = "convicted_plea", _("Convicted on a plea of guilty")
        CONVICTED_TRIAL = "convicted_trial", _("Convicted after trial")
        ACQUITTED = "acquitted", _("Acquitted")
        NO_CASE = "no_case", _("No case to answer")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DISMISSED = "dismissed", _("Dismissed")
        ABATED = "abated", _("Abated on death")
        RETRIAL = "retrial", _("Retrial ordered")

    CONVICTIONS = (Decision.CONVICTED_PLEA, Decision.CONVICTED_TRIAL)

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="outcomes")
    proceeding = models.ForeignKey(  # the court that decided: the trial's or an appeal
        Proceeding, on_delete=models.PROTECT, related_name="outcomes"
    )
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    decided_on = models.DateField(_("decided on"), db_index=True)
    recorded_at = models.DateTimeField(default=clock.now, db_index=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    is_correction = models.BooleanField(_("corrects a mistake in the record"), default=False)
    reason = NominalTextField(_("reason in short"), blank=True)

    objects: ClassVar[Any] = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(supersedes__isnull=True),
                name="one_first_outcome_per_charge",
            )
        ]

    def __str__(self) -> str:
        return f"{self.charge}: {self.decision}"


class OutcomeScopedQuerySet(CaseScopedQuerySet[Any]):
    case_path = "outcome__charge__count__charge_sheet__proceeding__case"


class Sentence(AppendOnlyModel):
    """The sentence on one conviction; money in whole units of its currency, terms in days."""

    class Rows(AppendOnlyRows, OutcomeScopedQuerySet):
        pass

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="sentence")
    imprisonment_days = models.PositiveIntegerField(_("imprisonment, days"), null=True, blank=True)
    is_life = models.BooleanField(_("imprisonment for life"), default=False)
    fine = models.BigIntegerField(_("fine"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="KES")
    default_days = models.PositiveIntegerField(
        _("in default of the fine, days"), null=True, blank=True
    )
    other = models.TextField(_("other order"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fine__isnull=True) | Q(fine__gte=0), name="fine_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"sentence of {self.outcome}"
