"""What was decided: outcome, sentence and what became of it, orders, steps of a trial.

An outcome belongs to one count of one accused, never to the case. All rows are written once; one
that corrects another names it.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.court import (
    Accused,
    Charge,
    ChargeScopedQuerySet,
    Proceeding,
)
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.recorded import Recorded, StandingRows
from casework.models.reference import Code
from casework.models.scope import CaseScopedQuerySet


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
        WITHDRAWN = "withdrawn", _("Withdrawn, may be charged again")
        WITHDRAWN_BARRED = "withdrawn_barred", _("Withdrawn, acquitted")
        DISMISSED = "dismissed", _("Dismissed")
        ABATED = "abated", _("Abated on death")
        RETRIAL = "retrial", _("Retrial ordered")
        SUBSTITUTED = "substituted", _("Replaced by an amended count")
        NO_FINDING = "no_finding", _("No finding: convicted on the other count")

    # Not an end of its own: another charge stands for it in every count.
    NOT_COUNTED = (Decision.SUBSTITUTED, Decision.NO_FINDING)
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
    cause = models.ForeignKey(  # list outcome_cause: why withdrawn, why acquitted
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = NominalTextField(_("reason in short"), blank=True)

    objects: ClassVar[Any] = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on", "pk"]
        # What the statistics read of every row, without the row.
        indexes = [
            models.Index(
                fields=["charge", "decided_on", "recorded_at", "decision", "id"],
                name="outcome_counted",
            ),
            models.Index(
                fields=["supersedes", "recorded_at"],
                condition=Q(is_correction=True),
                name="outcome_corrected",
            ),
        ]
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
    runs = models.CharField(
        _("runs"),
        max_length=12,
        choices=[("concurrent", _("Concurrently")), ("consecutive", _("Consecutively"))],
        blank=True,
    )
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    starts_on = models.DateField(_("counts from"), null=True, blank=True)
    credited_days = models.PositiveIntegerField(
        _("days in remand that count"), null=True, blank=True
    )
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


class SentenceEvent(Recorded):
    """What became of a sentence: a fine paid, a term served."""

    class Kind(models.TextChoices):
        PAID = "paid", _("Fine paid")
        DEFAULT = "default", _("Term in default begun")
        BEGUN = "begun", _("Imprisonment begun")
        RELEASED = "released", _("Released")
        REMITTED = "remitted", _("Remitted or pardoned")
        DONE = "done", _("Other order carried out")

    class Rows(StandingRows):
        case_path = "sentence__outcome__charge__count__charge_sheet__proceeding__case"

    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    happened_on = models.DateField(_("day"))
    amount = models.BigIntegerField(_("amount"), null=True, blank=True)  # in its currency
    receipt = models.CharField(_("receipt"), max_length=100, blank=True)
    note = NominalTextField(_("note"), blank=True)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.sentence}: {self.kind}"


class AccusedEvent(Recorded):
    """Where an accused is: arrested, remanded, out on bail, gone, dead."""

    class Kind(models.TextChoices):
        ARRESTED = "arrested", _("Arrested")
        ARRAIGNED = "arraigned", _("Brought before the court")
        REMANDED = "remanded", _("Remanded in custody")
        BAILED = "bailed", _("Released on bail")
        RELEASED = "released", _("Released")
        ABSCONDED = "absconded", _("Absconded")
        DEPORTED = "deported", _("Deported or extradited")
        DIED = "died", _("Died")

    class Rows(StandingRows):
        case_path = "accused__case"

    accused = models.ForeignKey(Accused, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    happened_on = models.DateField(_("day"))
    until = models.DateField(_("until"), null=True, blank=True)  # a remand is for a time
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = NominalTextField(_("note"), blank=True)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.accused}: {self.kind}"


class TrialStep(Recorded):
    """A step of a trial that opens or closes what may follow."""

    class Kind(models.TextChoices):
        DISCLOSED = "disclosed", _("Disclosure made")
        PRETRIAL = "pretrial", _("Pre-trial conference held")
        OPENED = "opened", _("Hearing of evidence begun")
        PROSECUTION_CLOSED = "prosecution_closed", _("Prosecution case closed")
        CASE_TO_ANSWER = "case_to_answer", _("Case to answer")
        DEFENCE_CLOSED = "defence_closed", _("Defence case closed")
        SUBMISSIONS = "submissions", _("Submissions made")
        REOPENED = "reopened", _("Prosecution case reopened")

    class Rows(StandingRows):
        case_path = "proceeding__case"

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=20, choices=Kind)
    happened_on = models.DateField(_("day"))
    accused = models.ForeignKey(  # none: of all of them
        Accused, on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )
    # What the points to prove lacked when the prosecution closed nevertheless, and the reason.
    lacked = NominalTextField(blank=True, editable=False)
    despite = NominalTextField(_("why nevertheless"), blank=True)
    note = NominalTextField(_("note"), blank=True)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.proceeding}: {self.kind}"


class ChargeTransfer(AppendOnlyModel):
    """A charge that was severed to a trial of its own, or joined to another trial."""

    class Kind(models.TextChoices):
        SEVERED = "severed", _("Severed")
        JOINED = "joined", _("Joined")

    class Rows(AppendOnlyRows, ChargeScopedQuerySet):
        pass

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="transfers")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    from_proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="+")
    to_proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="transferred_here"
    )
    ordered_on = models.DateField(_("ordered on"))
    reason = NominalTextField(_("reason"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["ordered_on", "pk"]

    def __str__(self) -> str:
        return f"{self.charge}: {self.kind}"


class CourtOrder(Recorded):
    """An order about things: forfeiture, destruction, return, keeping."""

    class Rows(StandingRows):
        case_path = "proceeding__case"

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="orders")
    kind = models.ForeignKey(  # list court_order
        Code, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    made_on = models.DateField(_("made on"))
    effective_on = models.DateField(_("takes effect on"), null=True, blank=True)
    text = NominalTextField(_("what it orders"), blank=True)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["made_on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind}, {self.proceeding}"


class OrderedThing(AppendOnlyModel):
    """One thing that an order is about: an exhibit, or something described."""

    class Rows(AppendOnlyRows, CaseScopedQuerySet[Any]):
        case_path = "order__proceeding__case"
        sensitive_paths = ("exhibit__is_restricted",)

    order = models.ForeignKey(CourtOrder, on_delete=models.PROTECT, related_name="things")
    exhibit = models.ForeignKey(
        "evidence.Exhibit", on_delete=models.PROTECT, related_name="ordered", null=True, blank=True
    )
    what = NominalCharField(_("thing"), max_length=300, blank=True)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.order}: {self.exhibit or self.what}"
