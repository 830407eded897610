"""Acts that follow from a court: production before it, return and destruction by its order."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import display
from casework.forms.widgets import DateInput
from casework.models import Hearing, User
from evidence.acts import receivers
from evidence.acts.destruction import is_uncharged
from evidence.forms.custody import (
    LAST,
    SHORT,
    ActForm,
    PersonChoice,
    ReadForm,
    WithdrawForm,
)
from evidence.in_court.orders import Order
from evidence.links import Details


class HearingChoice(forms.ModelChoiceField[Hearing]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{display.when(obj.starts_at)}, {obj.kind}, {obj.proceeding}"


class ProduceForm(ReadForm):
    hearing = HearingChoice(
        Hearing.objects.none(),
        label=_("At which hearing"),
        required=False,
        empty_label=_("None of the hearings on record"),
    )
    place = forms.CharField(
        label=_("Court"),
        required=False,
        max_length=200,
        help_text=_("Only where the hearing is not on record."),
    )
    purpose = forms.CharField(
        label=_("Marked as, and through which witness"),
        required=False,
        max_length=200,
        help_text=_("The court's own number where it gave one. For example MFI-7, through PW3."),
    )
    field_order = [
        "hearing", "purpose", "seal_number", "seal_intact", "count", "weight_mg", "scale",
        "scale_calibrated_on", "note", *LAST,
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hearings = Hearing.objects.filter(proceeding__case=self.exhibit.case)
        rows = hearings.select_related("proceeding__court", "kind").order_by("-starts_at")
        self.fields["hearing"].queryset = rows  # type: ignore[attr-defined]  # a model choice

    def begin_with(self) -> dict[str, Any]:
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("hearing") and not cleaned.get("place"):
            self.add_error("place", _("Choose the hearing, or write which court it was shown to."))
        return cleaned

    def details(self) -> Details:
        """The hearing as the chain states it: court and room as place, its kind and day."""
        stated = super().details()
        hearing: Hearing | None = self.cleaned_data.get("hearing")
        if hearing is not None:
            court = hearing.proceeding
            stated["place"] = f"{court.court}, {hearing.courtroom}".strip(", ")[:200]
            told = say("%(kind)s of %(day)s in %(number)s") % {
                "kind": hearing.kind, "day": display.day(hearing.starts_at), "number": court.number,
            }  # fmt: skip
            parts = [stated.get("purpose", ""), told]
            stated["purpose"] = ". ".join(part for part in parts if part)[:300]
        return stated


class OrderForm(ActForm):
    """An act by order of a court, named in its parts."""

    court = forms.CharField(
        label=_("Court that ordered it"),
        max_length=120,
        error_messages={"required": _("Write which court ordered it.")},
    )
    order_number = forms.CharField(
        label=_("Number of the order"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "id w20"}),
        error_messages={"required": _("Write the number of the order.")},
    )
    ordered_on = forms.DateField(
        label=_("Date of the order"),
        widget=DateInput,
        error_messages={"required": _("Write the date of the order.")},
    )


class ReturnForm(OrderForm):
    """Where the case was in court, the order is named in its parts: its day opens an appeal."""

    to_name = forms.CharField(
        label=_("Returned to"),
        max_length=300,
        error_messages={"required": _("Write to whom it is returned.")},
    )
    authority = forms.CharField(
        label=_("By what order"),
        max_length=300,
        error_messages={"required": _("Write what orders the return: court, number and date.")},
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=SHORT)
    field_order = ["to_name", "authority", "court", "order_number", "ordered_on", "note", *LAST]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_court = self.exhibit.case.proceedings.exists()
        for name in ("authority",) if in_court else ("court", "order_number", "ordered_on"):
            del self.fields[name]

    def order(self) -> Order | None:
        typed = self.cleaned_data
        if "court" not in self.fields:
            return None
        return Order(typed["court"], typed["order_number"], typed["ordered_on"])


class DestroyForm(OrderForm):
    """The holder's account of a destruction; the second person confirms with their own."""

    no_proceeding = forms.CharField(
        label=_("No proceeding in this case, because"),
        max_length=100,
        help_text=_("Nobody was charged: say why none is to come, as the order does."),
        error_messages={"required": _("Write why no proceeding is needed.")},
    )
    note = forms.CharField(
        label=_("What was done with it"),
        max_length=2000,
        widget=SHORT,
        help_text=_("Crushed, burnt, handed to a museum: what you did and saw yourself."),
        error_messages={"required": _("Write how it was destroyed, or to whom it was given.")},
    )
    second = PersonChoice(
        User.objects.none(),
        label=_("Second person, who saw it"),
        empty_label=_("Choose a person of the team"),
        help_text=_("They confirm with their own account. Until then you hold it."),
        error_messages={"required": _("Name a second person, who saw it.")},
    )
    field_order = [
        "court", "order_number", "ordered_on", "no_proceeding", "note", "second", *LAST,
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = [self.user.pk if self.user else 0, self.exhibit.holder_id or 0]
        people = receivers.of(self.exhibit).exclude(pk__in=present)
        self.fields["second"].queryset = people  # type: ignore[attr-defined]  # a model choice
        case = self.exhibit.case
        if case.proceedings.exists() and not is_uncharged(case):
            del self.fields["no_proceeding"]
        self.demand_pictures(_("Add at least one photograph of it, before or after."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "photographs" not in self.errors:
            told = _("Add at least one photograph of it, before or after.")
            self.require_picture(told)
        return cleaned

    def order(self) -> Order:
        typed = self.cleaned_data
        return Order(
            typed["court"],
            typed["order_number"],
            typed["ordered_on"],
            typed.get("no_proceeding", ""),
        )

    def details(self) -> Details:
        """The order is the authority; custody writes it."""
        own = ("happened_at", "place", "note", "file_digests")
        stated = {name: value for name, value in super().details().items() if name in own}
        return cast(Details, stated)


class RefuseProposalForm(ActForm):
    """The second person's no: nobody reads a seal or counts what is said to be destroyed."""

    reason = forms.CharField(
        label=_("Why you do not confirm it"),
        max_length=2000,
        widget=SHORT,
        help_text=_("The holder and the lead of the case read this."),
        error_messages={"required": _("Write why you do not confirm it.")},
    )
    field_order = ["reason", *LAST]

    def begin_with(self) -> dict[str, Any]:
        return {}


class WithdrawProposalForm(WithdrawForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why the proposal is taken back")


class ConfirmForm(ActForm):
    account = forms.CharField(
        label=_("What you saw yourself"),
        max_length=2000,
        widget=SHORT,
        help_text=_("In your own words: which exhibit, what was done, where, who else was there."),
        error_messages={"required": _("Write what you saw yourself.")},
    )
    field_order = ["account", "photographs", "camera", "place", "happened_at", "after"]

    def begin_with(self) -> dict[str, Any]:
        return {}
