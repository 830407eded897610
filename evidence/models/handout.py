"""An exhibit in the hands of somebody without an account: when it is expected back."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.append_only import AppendOnlyModel, AppendOnlyRows
from casework.models.scope import CaseScopedQuerySet
from evidence.models.custody import CustodyEvent


class HandOutQuerySet(AppendOnlyRows, CaseScopedQuerySet["HandOut"]):
    case_path = "event__exhibit__case"
    sensitive_path = "event__exhibit__is_restricted"


class HandOut(AppendOnlyModel):
    """What the event of a hand-out says beyond the chain; the chain alone says who holds it."""

    event = models.OneToOneField(
        CustodyEvent, on_delete=models.PROTECT, related_name="hand_out", primary_key=True
    )
    expected_back_on = models.DateField(_("expected back on"), null=True, blank=True)
    is_signed_on_paper = models.BooleanField(_("signed on the printed form"), default=False)

    objects: ClassVar[Any] = HandOutQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.event} out"
