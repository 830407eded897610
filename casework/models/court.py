"""Who is charged with what, and where: proceeding, charge sheet, count x accused, plea, bail."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
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
    # Of an appeal: what it is about, the other side's appeal it answers, its time.
    about = models.CharField(
        _("against"),
        max_length=16,
        choices=[
            ("conviction", _("The conviction")),
            ("sentence", _("The sentence")),
            ("both", _("Conviction and sentence")),
            ("acquittal", _("The acquittal")),
        ],
        blank=True,
    )
    cross_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="crossed_by", null=True, blank=True
    )
    is_out_of_time = models.BooleanField(_("admitted out of time"), default=False)
    grounds = NominalTextField(_("grounds"), blank=True)
    # The charges it decides on; none named: all that its parent decided.
    appealed = models.ManyToManyField("casework.Charge", related_name="appeals", blank=True)
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
    language = models.CharField(_("language"), max_length=40, blank=True)
    counsel = NominalCharField(_("defended by"), max_length=200, blank=True)

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
    # An amended sheet holds only the counts that it adds or puts in place of others.
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="amended_by", null=True, blank=True
    )
    amended_why = models.CharField(_("why it is amended"), max_length=300, blank=True)
    # What the points to prove lacked when it was filed nevertheless, and the prosecutor's reason.
    lacked = NominalTextField(blank=True, editable=False)
    filed_despite = NominalTextField(_("why it is filed nevertheless"), blank=True)
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
    # In an amended sheet: the count that this one stands in the place of.
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True
    )
    alternative_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="alternatives", null=True, blank=True
    )

    history = HistoricalRecords()
    objects: ClassVar[Any] = SheetScopedQuerySet.as_manager()

    class Meta:
        ordering = ["charge_sheet", "number"]
        indexes = [models.Index(fields=["id", "charge_sheet"], name="count_in_sheet")]
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
    # The same accused's charge of the count that this one replaces, and the first of that line.
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, blank=True
    )
    root = models.ForeignKey(  # none: this is the first
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # Where it is tried since it was severed or joined; none: where its sheet was filed.
    tried_in = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="tried", null=True, blank=True
    )

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
        indexes = [
            models.Index(
                fields=["charge", "entered_on", "recorded_at", "plea"], name="plea_counted"
            )
        ]

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
    sureties = NominalTextField(_("sureties"), blank=True)
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
