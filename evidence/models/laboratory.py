"""What was sent to a laboratory, that it arrived, what was found, and how a count answers it.

Rows are written once. A correction is a new row that names the old one; the newest stands.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework import clock, roles
from casework.models import Case, Code, Count, Laboratory, Taxon
from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import CaseScopedQuerySet, Person
from evidence.models.exhibit import Exhibit
from evidence.models.files import Attachment


class Standing(AppendOnlyRows, CaseScopedQuerySet[Any]):
    """Rows of which the newest version stands."""

    def standing(self) -> Self:
        return self.filter(successor__isnull=True)


class RequestQuerySet(Standing):
    """A request of nothing but restricted exhibits is as hidden as they are."""

    def visible_to(self, user: Person) -> Self:
        trusted = Case.objects.permitting(user, roles.SENSITIVE)
        return super().visible_to(user).filter(Q(case__in=trusted) | Exists(_open_items()))

    def of_case(self, case: Any) -> Self:
        rows = super().of_case(case)
        return (
            rows if roles.SENSITIVE in case.granted_actions else rows.filter(Exists(_open_items()))
        )


def _open_items() -> Any:
    return RequestedItem.objects.filter(request=OuterRef("pk"), exhibit__is_restricted=False)


class Version(AppendOnlyModel):
    """A statement of which a later row may stand in its place, by whom and when recorded."""

    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="successor", null=True, blank=True
    )
    reason = NominalCharField(_("why it was changed"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class LaboratoryRequest(Version):
    """The memo that goes with exhibits: the question, who sends, who carries, where to."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="laboratory_requests")
    number = models.PositiveIntegerField(_("number"), editable=False)
    laboratory = models.ForeignKey(Laboratory, on_delete=models.PROTECT, related_name="requests")
    question = NominalTextField(_("question asked"), max_length=4000)
    sent_by = NominalCharField(_("sent by"), max_length=200)
    carried_by = NominalCharField(_("carried by"), max_length=200)
    sent_on = models.DateField(_("sent on"))
    due_on = models.DateField(_("report asked for by"), null=True, blank=True)

    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["case", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                condition=Q(supersedes__isnull=True),
                name="laboratory_request_number_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.reference} L{self.number}"


class ItemQuerySet(AppendOnlyRows, CaseScopedQuerySet["RequestedItem"]):
    case_path = "request__case"
    sensitive_path = "exhibit__is_restricted"


class RequestedItem(AppendOnlyModel):
    """An exhibit or sample of a request, with its seal and marks as it was packed."""

    request = models.ForeignKey(LaboratoryRequest, on_delete=models.PROTECT, related_name="items")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="examinations")
    seal_number = models.CharField(_("seal"), max_length=60, blank=True)
    marks = models.CharField(_("marks"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("count"), null=True, blank=True)
    weight_mg = models.BigIntegerField(_("weight"), null=True, blank=True)

    objects: ClassVar[Any] = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "exhibit"], name="requested_once")
        ]

    def __str__(self) -> str:
        return f"{self.request} {self.exhibit.label}"


class OfRequest(Standing):
    case_path = "request__case"

    def visible_to(self, user: Person) -> Self:
        requests = LaboratoryRequest.objects.visible_to(user)
        return super().visible_to(user).filter(request__in=requests)

    def of_case(self, case: Any) -> Self:
        requests = LaboratoryRequest.objects.of_case(case)
        return super().of_case(case).filter(request__in=requests)


class LaboratoryReceipt(Version):
    """The laboratory took the parcel in, with its seals as they were."""

    request = models.ForeignKey(
        LaboratoryRequest, on_delete=models.PROTECT, related_name="receipts"
    )
    received_by = NominalCharField(_("received by"), max_length=200)
    received_on = models.DateField(_("received on"))
    reference = models.CharField(_("number given by the laboratory"), max_length=80, blank=True)
    is_intact = models.BooleanField(_("seals intact and as on the memo"))
    remarks = NominalTextField(_("remarks"), max_length=2000, blank=True)
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = OfRequest.as_manager()

    class Meta:
        ordering = ["request", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_intact=True) | ~Q(remarks=""), name="broken_seal_is_explained"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request} received"


class LaboratoryReport(Version):
    """What an expert reported on the things of a request."""

    request = models.ForeignKey(LaboratoryRequest, on_delete=models.PROTECT, related_name="reports")
    expert = NominalCharField(_("expert"), max_length=200)
    qualification = models.CharField(_("qualification"), max_length=300, blank=True)
    reported_on = models.DateField(_("dated"))
    reference = models.CharField(_("number of the report"), max_length=80, blank=True)
    paper = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="reports", null=True, blank=True
    )

    objects: ClassVar[Any] = OfRequest.as_manager()

    class Meta:
        ordering = ["request", "pk"]

    def __str__(self) -> str:
        return f"{self.request} reported"


class FindingQuerySet(AppendOnlyRows, CaseScopedQuerySet["Finding"]):
    case_path = "report__request__case"
    sensitive_path = "item__exhibit__is_restricted"

    def standing(self) -> Self:
        return self.filter(report__successor__isnull=True)


class Finding(AppendOnlyModel):
    """What a report says of one exhibit."""

    class Certainty(models.TextChoices):
        CERTAIN = "certain", _("Certain")
        PROBABLE = "probable", _("Probable")
        POSSIBLE = "possible", _("Possible")
        OPEN = "open", _("Not determined")

    report = models.ForeignKey(LaboratoryReport, on_delete=models.PROTECT, related_name="findings")
    item = models.ForeignKey(RequestedItem, on_delete=models.PROTECT, related_name="findings")
    taxon = models.ForeignKey(Taxon, on_delete=models.PROTECT, null=True, blank=True)
    taxon_as_given = models.CharField(_("species as written"), max_length=200, blank=True)
    specimen = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    method = models.CharField(_("method"), max_length=300, blank=True)
    certainty = models.CharField(_("certainty"), max_length=12, choices=Certainty)
    text = NominalTextField(_("in the expert's words"), max_length=4000, blank=True)
    count = models.PositiveIntegerField(_("count"), null=True, blank=True)
    weight_mg = models.BigIntegerField(_("weight"), null=True, blank=True)

    objects: ClassVar[Any] = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "item"], name="one_finding_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.item.exhibit.label}: {self.taxon or self.taxon_as_given or self.certainty}"


class AnswerQuerySet(AppendOnlyRows, CaseScopedQuerySet["CountAnswer"]):
    case_path = "finding__report__request__case"
    sensitive_path = "finding__item__exhibit__is_restricted"


class CountAnswer(AppendOnlyModel):
    """How the prosecutor answers a finding that contradicts a count; the alarm stays on record."""

    class How(models.TextChoices):
        AMENDED = "amended", _("The charge is amended")
        EXPLAINED = "explained", _("The charge stands, for the reason given")

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="answers")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="answers")
    how = models.CharField(_("answer"), max_length=12, choices=How)
    note = NominalTextField(_("reason"), max_length=2000)
    decided_on = models.DateField(_("decided on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.count}: {self.how}"
