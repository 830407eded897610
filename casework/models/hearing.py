"""Days in court: what is listed, what happened, who appeared, what the day needs."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.court import Accused, Proceeding, ProceedingScopedQuerySet
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.reference import Code
from casework.models.scope import CaseScopedQuerySet
from casework.models.witness import Witness


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
    result = models.ForeignKey(  # list hearing_result
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    prosecutor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
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
        indexes = [  # what the statistics read of every row, without the row
            models.Index(
                fields=["proceeding", "starts_at", "state", "adjournment_reason", "side"],
                name="hearing_counted",
            ),
            models.Index(
                fields=["state", "adjournment_reason", "side", "starts_at", "proceeding"],
                name="hearing_grouped",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="adjourned") | Q(adjournment_reason__isnull=False),
                name="adjournment_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.proceeding} {self.starts_at:%Y-%m-%d}"


class HearingPartQuerySet(CaseScopedQuerySet[Any]):
    """Rows of a hearing; those that name a protected witness need trust."""

    case_path = "hearing__proceeding__case"
    sensitive_paths: tuple[str, ...] = ("witness__is_protected",)


class Appearance(models.Model):
    """Somebody who was to appear at a hearing, and whether they did."""

    class Role(models.TextChoices):
        ACCUSED = "accused", _("Accused")
        PROSECUTOR = "prosecutor", _("Prosecutor")
        DEFENCE = "defence", _("Defence counsel")
        WITNESS = "witness", _("Witness")
        INTERPRETER = "interpreter", _("Interpreter")
        OTHER = "other", _("Other")

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="appearances")
    role = models.CharField(_("as"), max_length=16, choices=Role)
    name = NominalCharField(_("name"), max_length=200, blank=True)
    accused = models.ForeignKey(
        Accused, on_delete=models.PROTECT, related_name="appearances", null=True, blank=True
    )
    witness = models.ForeignKey(
        Witness, on_delete=models.PROTECT, related_name="appearances", null=True, blank=True
    )
    has_appeared = models.BooleanField(_("appeared"), default=True)
    has_testified = models.BooleanField(_("gave evidence"), default=False)
    why_absent = models.ForeignKey(  # list absence
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    history = HistoricalRecords()
    objects: ClassVar[Any] = HearingPartQuerySet.as_manager()

    class Meta:
        ordering = ["hearing", "role", "pk"]

    def __str__(self) -> str:
        return f"{self.hearing}: {self.accused or self.witness or self.name}"


class HearingNeed(models.Model):
    """What a hearing needs in the room, and whether it is ready."""

    class Kind(models.TextChoices):
        WITNESS = "witness", _("Witness")
        EXPERT = "expert", _("Expert")
        EXHIBIT = "exhibit", _("Exhibit")
        INTERPRETER = "interpreter", _("Interpreter")
        OTHER = "other", _("Other")

    class Parts(HearingPartQuerySet):
        sensitive_paths = ("witness__is_protected", "exhibit__is_restricted")

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    witness = models.ForeignKey(
        Witness, on_delete=models.PROTECT, related_name="needed_at", null=True, blank=True
    )
    exhibit = models.ForeignKey(
        "evidence.Exhibit",
        on_delete=models.PROTECT,
        related_name="needed_at",
        null=True,
        blank=True,
    )
    language = models.CharField(_("language"), max_length=40, blank=True)
    what = NominalCharField(_("what, or who"), max_length=200, blank=True)
    is_ready = models.BooleanField(_("ready"), default=False)
    note = NominalCharField(_("note"), max_length=300, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    added_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = Parts.as_manager()

    class Meta:
        ordering = ["hearing", "kind", "pk"]

    def __str__(self) -> str:
        return f"{self.hearing}: {self.witness or self.exhibit or self.what}"


class Summons(models.Model):
    """A paper that calls a witness to a hearing, and what became of it."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Issued")
        SERVED = "served", _("Served")
        NOT_FOUND = "not_found", _("Not found")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back")

    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="summonses")
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="summonses")
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=[
            ("summons", _("Summons")),
            ("bond", _("Bond to attend")),
            ("warrant", _("Warrant against the witness")),
        ],
        default="summons",
    )
    issued_on = models.DateField(_("issued on"))
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.ISSUED)
    served_on = models.DateField(_("served on"), null=True, blank=True)
    served_by = NominalCharField(_("served by"), max_length=200, blank=True)
    note = NominalCharField(_("note"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = HearingPartQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("summonses")
        ordering = ["hearing", "pk"]

    def __str__(self) -> str:
        return f"{self.witness}, {self.hearing}"


class PresidingChange(AppendOnlyModel):
    """Another magistrate took the file over."""

    class Rows(AppendOnlyRows, ProceedingScopedQuerySet):
        pass

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="presiding_changes"
    )
    before = NominalCharField(_("before"), max_length=200, blank=True)
    after = NominalCharField(_("now before"), max_length=200)
    changed_on = models.DateField(_("since"))
    cause = models.ForeignKey(  # list presiding_change
        Code, on_delete=models.PROTECT, related_name="+"
    )
    is_heard_anew = models.BooleanField(_("the trial starts again"), default=False)
    note = NominalTextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = Rows.as_manager()

    class Meta:
        ordering = ["proceeding", "changed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.proceeding}: {self.after}"
