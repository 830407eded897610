"""What joins parties and cases beyond their facts: dealings, merges, and matches between cases."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from casework import clock, roles
from casework.models import Case
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import CaseScopedQuerySet, Person
from kyc.models.party import Party


class Dealing(models.Model):
    """A telephone call, a payment or a meeting between two parties, from the papers of a case."""

    class Kind(models.TextChoices):
        CALL = "call", _("Telephone call")
        PAYMENT = "payment", _("Payment")
        MEETING = "meeting", _("Meeting")
        MESSAGE = "message", _("Message")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dealings")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    giver = models.ForeignKey(  # who called or paid
        Party, on_delete=models.PROTECT, related_name="dealings_out"
    )
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="dealings_in")
    happened_on = models.DateField(_("on"), null=True, blank=True)
    times = models.PositiveIntegerField(_("how often"), default=1)
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    source = NominalCharField(_("where it is written"), max_length=300)
    note = NominalTextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    history = HistoricalRecords()
    objects: ClassVar[Any] = CaseScopedQuerySet.as_manager()

    class Meta:
        ordering = ["case", "happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=models.F("receiver")), name="dealing_of_two_parties"
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} / {self.receiver}"


class PairQuerySet(models.QuerySet[Any]):
    """What is said of two parties shows to those only who see both."""

    sides = ("kept", "absorbed")

    def visible_to(self, user: Person) -> Self:
        seen = Party.objects.visible_to(user)
        return self.filter(**{f"{side}__in": seen for side in self.sides})


class Merge(models.Model):
    """Two parties of the register that a person says are one. Nothing moves: the absorbed party
    points at the kept one (`Party.merged_into`), so that undoing loses nothing."""

    kept = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="absorptions")
    reason = NominalTextField(_("reason"))
    grounds = models.JSONField(_("what suggested it"), default=list, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(default=clock.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = NominalTextField(_("why it was undone"), blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="absorbed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} / {self.kept}"


class DistinctionQuerySet(PairQuerySet):
    sides = ("first", "second")


class Distinction(models.Model):
    """Two parties that a person says are not one: they are not suggested for a merge again."""

    first = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    reason = NominalTextField(_("reason"))
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(default=clock.now)

    history = HistoricalRecords()
    objects: ClassVar[Any] = DistinctionQuerySet.as_manager()

    class Meta:
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="told_apart_once"),
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="told_apart_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: Person) -> Self:
        """Matches told to a case that the reader may read, as far as they may know of the other.

        Where they may not, only who looks after the team of `case` learns that there is one. A
        match of files needs a file that the reader may open: it may be sensitive.
        """
        told = self.filter(case__in=Case.objects.visible_to(user))
        seen = told.filter(~Q(kind=Match.Kind.FILE) | _has_file(user, "case"))
        return seen.filter(
            self.named_to(user) | Q(case__in=Case.objects.permitting(user, roles.TEAM))
        )

    def named_to(self, user: Person) -> Q:
        """Whose other case the reader may know: they may read it, or its lead shared it."""
        readable = Q(other_case__in=Case.objects.visible_to(user))
        opened = ~Q(kind=Match.Kind.FILE) | _has_file(user, "other_case")
        return Q(shared_at__isnull=False) | (readable & opened)


def _has_file(user: Person, case: str) -> Q:
    files: Any = apps.get_model("evidence", "Attachment").objects  # imports point the other way
    same = files.visible_to(user).filter(case=OuterRef(case), file__digest=OuterRef("value"))
    return Q(Exists(same))


class Match(models.Model):
    """The same seal, container, bill or file in two cases, told to one of them. Each match is two
    rows with the same `value`, which is what both are compared by.

    Who may read both cases sees it on either. To whom the other case is hidden it does not exist,
    but for the leads of `case`: they learn that a case they may not read has the same, and may
    share theirs with it. What is shared shows the readers of the other which case it is.
    """

    class Kind(models.TextChoices):
        SEAL = "seal", _("Seal")
        CONTAINER = "container", _("Container")
        BILL = "bill", _("Bill of lading")
        FILE = "file", _("File")
        PARTY = "party", _("Party")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = NominalCharField(_("what both have"), max_length=200)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="matches")
    other_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="matched_by")
    found_at = models.DateTimeField(default=clock.now)
    seen_by = models.ForeignKey(  # the lead who took note of it
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    # Set by the lead of the *other* case: who that is, and the case's reference, show here.
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_note = NominalTextField(_("note"), blank=True)

    history = HistoricalRecords()
    objects: ClassVar[Any] = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("matches")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value", "case", "other_case"], name="match_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"
