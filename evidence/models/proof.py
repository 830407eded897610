"""Points to prove: which evidence proves which element of a count against an accused.

Rows are written once: what is taken away again is a row that names the other. They go only with a
charge of a draft, which changes freely; from the filing on no charge goes, and so no row does.
"""

from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.errors import RuleBroken
from casework.models import Admission, Charge, Element, Statement, Witness
from casework.models.append_only import AppendOnlyRows
from casework.models.fields import NominalCharField, NominalTextField
from casework.models.scope import CaseScopedQuerySet
from evidence.models.certificates import Certificate
from evidence.models.exhibit import Exhibit
from evidence.models.files import Attachment
from evidence.models.laboratory import LaboratoryReport

IN_CASE = "charge__count__charge_sheet__proceeding__case"


class WrittenOnce(models.Model):
    """A row that the code never changes; it has no trigger, since it goes with a draft's charge."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RuleBroken("These rows are written once. Record a correction instead.")
        super().save(*args, **kwargs)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        raise RuleBroken("These rows are never deleted.")


class ProofLinkQuerySet(AppendOnlyRows, CaseScopedQuerySet["ProofLink"]):
    case_path = IN_CASE
    sensitive_paths = (
        "witness__is_protected", "exhibit__is_restricted", "attachment__is_sensitive",
        "attachment__exhibit__is_restricted", "statement__is_sensitive",
        "statement__witness__is_protected", "statement__attachment__is_sensitive",
    )  # fmt: skip

    def standing(self) -> Self:
        """The links that nobody took away again."""
        return self.filter(removed_by__isnull=True, removes__isnull=True)


class ProofLink(WrittenOnce):
    """One piece of evidence for one element of one charge, and the witness who brings it in.

    Certificates, reports and facts are as hidden as what they cover: read them through their own
    `visible_to` as well.
    """

    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="proof")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, related_name="proves", null=True, blank=True
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="proves", null=True, blank=True
    )
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="proves", null=True, blank=True
    )
    report = models.ForeignKey(
        LaboratoryReport, on_delete=models.PROTECT, related_name="proves", null=True, blank=True
    )
    fact = models.ForeignKey(
        "kyc.Fact", on_delete=models.PROTECT, related_name="proves", null=True, blank=True
    )
    admission = models.ForeignKey(
        Admission, on_delete=models.PROTECT, related_name="proves", null=True, blank=True
    )
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="proves", null=True, blank=True
    )
    witness = models.ForeignKey(
        Witness, on_delete=models.PROTECT, related_name="proof", null=True, blank=True
    )
    note = NominalCharField(_("note"), max_length=300, blank=True)
    removes = models.OneToOneField(
        "self", on_delete=models.RESTRICT, related_name="removed_by", null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = ProofLinkQuerySet.as_manager()

    class Meta:
        ordering = ["charge", "element", "pk"]

    def __str__(self) -> str:
        return f"{self.charge}: {self.element}"


class ProofJudgementQuerySet(AppendOnlyRows, CaseScopedQuerySet["ProofJudgement"]):
    case_path = IN_CASE

    def standing(self) -> Self:
        """The last word on each element of each charge."""
        return self.filter(successor__isnull=True)


class ProofJudgement(WrittenOnce):
    """What the prosecutor makes of the evidence for one element of one charge."""

    class State(models.TextChoices):
        PROVED = "proved", _("Proved")
        CONTESTED = "contested", _("Contested")
        MISSING = "missing", _("Missing")
        NOT_NEEDED = "not_needed", _("Need not be proved")

    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="judgements")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=State)
    note = NominalTextField(_("why"), max_length=2000, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.RESTRICT, related_name="successor", null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Any] = ProofJudgementQuerySet.as_manager()

    class Meta:
        ordering = ["charge", "element", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charge", "element"],
                condition=Q(supersedes__isnull=True),
                name="one_first_judgement_per_element",
            )
        ]

    def __str__(self) -> str:
        return f"{self.charge}: {self.element}, {self.state}"
