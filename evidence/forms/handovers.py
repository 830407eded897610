"""Forms of a batch: what is offered together, and one row for each exhibit that arrives."""

import hashlib
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.forms.fields import MomentField, WeightField
from casework.forms.identifiers import SealField
from casework.forms.widgets import DateInput
from casework.models import User
from evidence.acts import receivers
from evidence.forms.custody import SHORT, PersonChoice, PlaceInput, ScaleInput
from evidence.forms.exhibits import CountField
from evidence.links import Details
from evidence.models import CustodyEvent, Exhibit
from evidence.store import codes, places
from evidence.store.scales import hint, of_unit


class OfferAllForm(forms.Form):
    """Exhibits that are ticked, and exhibits whose codes were scanned into one box."""

    chosen = forms.MultipleChoiceField(required=False)
    codes = forms.CharField(
        label=_("Scan list"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(
            attrs={"class": "short id", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=_("Scan the labels one after the other, or type one label a line."),
    )
    to = PersonChoice(
        User.objects.none(),
        label=_("Hand over to"),
        empty_label=_("Choose a person"),
        help_text=_("Whoever may handle the exhibits of their cases."),
        error_messages={"required": _("Choose who is to receive them.")},
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=300,
        error_messages={"required": _("Write what for: production in court, analysis, storage.")},
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    happened_at = MomentField(label=_("When"), required=False, help_text=_("Leave empty for now."))
    left_out = forms.CharField(required=False, max_length=10_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, held: Sequence[Exhibit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.held = user, {str(row.pk): row for row in held}
        self.fields["chosen"].choices = [(pk, pk) for pk in self.held]  # type: ignore[attr-defined]  # a choice field
        people = receivers.for_any({row.case_id for row in held}, besides=user)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # a model choice
        self.exhibits: list[Exhibit] = []
        self.fields["place"].widget = PlaceInput(places.paths(user))

    def clean_place(self) -> str:
        """The whole name of a place of the store whose label was scanned."""
        return places.spelled(self.cleaned_data["place"], self.user)

    def clean_codes(self) -> str:
        codes.refuse_many(self.cleaned_data["codes"])
        return str(self.cleaned_data["codes"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ticked = [self.held[pk] for pk in cleaned.get("chosen", [])]
        read = codes.read(self.user, cleaned.get("codes", ""))
        if read.unknown:
            told = _("These lines name no exhibit that you may see: %(lines)s")
            self.add_error("codes", str(told) % {"lines": ", ".join(read.unknown[:20])})
        out = set(cleaned.get("left_out", "").split())
        both = {row.pk: row for row in (*ticked, *read.exhibits) if str(row.pk) not in out}
        self.exhibits = list(both.values())
        if not self.exhibits and "codes" not in self.errors:
            self.add_error("codes", _("Tick or scan at least one exhibit."))
        return cleaned

    def details(self) -> Details:
        names = ("purpose", "place", "happened_at")
        typed = self.cleaned_data
        return cast(Details, {name: typed[name] for name in names if typed.get(name)})

    def leave_out(self, rows: Sequence[Exhibit]) -> None:
        """Let the others go when the form is sent again by the other button."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a query dict
        data["left_out"] = " ".join(str(row.pk) for row in rows)
        self.data = data


class ReceiveForm(forms.Form):
    """What is the same for all that arrive."""

    scale = forms.CharField(label=_("Scale"), required=False, max_length=60)
    scale_calibrated_on = forms.DateField(
        label=_("Calibrated on"), required=False, widget=DateInput
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    happened_at = MomentField(label=_("When"), required=False, help_text=_("Leave empty for now."))
    has_looked = forms.BooleanField(
        label=_("I looked at every seal that I ticked. Each is intact unless I said otherwise."),
        error_messages={"required": _("Look at every seal, and say so here.")},
    )
    compared = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scale"].widget = ScaleInput([name for name, _day in of_unit(user)])
        self.fields["scale"].help_text = hint(user)
        self.fields["place"].widget = PlaceInput(places.paths(user))
        self.user = user

    def clean_place(self) -> str:
        """The whole name of a place whose label was scanned."""
        return places.spelled(self.cleaned_data["place"], self.user)

    def mark_compared(self, rows: "Sequence[ArrivalForm]") -> None:
        data = self.data.copy()  # type: ignore[attr-defined]  # a query dict
        data["compared"] = token(rows)
        self.data = data


class ArrivalForm(forms.Form):
    """One exhibit of the list: whether it is here, and what is read on it."""

    is_here = forms.BooleanField(label=_("It is here"), required=False)
    seal_number = SealField(label=_("Seal you read"), required=False)
    is_broken = forms.BooleanField(label=_("The seal is broken, or not as it was"), required=False)
    count = CountField(label=_("You count"), required=False)
    weight_mg = WeightField(label=_("You weigh"), required=False)
    discrepancy = forms.CharField(
        label=_("What do you see?"), required=False, max_length=2000, widget=SHORT
    )

    def __init__(self, *args: Any, offer: CustodyEvent, **kwargs: Any) -> None:
        kwargs["prefix"] = f"x{offer.pk}"
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.told: list[str] = []  # what differs, once it was compared
        for name, field in self.fields.items():
            said = f"{field.label}, {offer.exhibit.label}"
            field.widget.attrs |= {"aria-label": said, "data-step": name}
        self.fields["seal_number"].widget.attrs["class"] = "id w12"
        self.fields["count"].widget.attrs["class"] = "w4"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("is_here"):
            return cleaned
        if self.offer.seal_number and not cleaned.get("seal_number"):
            self.add_error("seal_number", _("Read the seal and type its number, or NONE."))
        elif identifiers.squeeze(cleaned.get("seal_number", "")) == identifiers.squeeze(
            self.offer.seal_number
        ):
            cleaned["seal_number"] = self.offer.seal_number  # spaces and dashes are no difference
        if self.offer.count is not None and cleaned.get("count") is None:
            self.add_error("count", _("Count the pieces and type the number."))
        return cleaned

    def reading(self, common: dict[str, Any]) -> Details:
        typed = self.cleaned_data
        stated = {name: common[name] for name in ("place", "happened_at") if common.get(name)}
        read = {"seal_number": typed["seal_number"], "count": typed["count"]}
        if self.offer.seal_number:
            read["seal_intact"] = not typed["is_broken"]
        if typed["weight_mg"] is not None:
            read |= {"weight_mg": typed["weight_mg"], "scale": common["scale"]}
            read["scale_calibrated_on"] = common["scale_calibrated_on"]
        stated |= {name: value for name, value in read.items() if value not in (None, "")}
        return cast(Details, stated)


def token(rows: Sequence[ArrivalForm]) -> str:
    """What was read on all of them: the comparison that was shown must be of this."""
    names = ("seal_number", "is_broken", "count", "weight_mg")
    said = [
        f"{row.offer.pk}:" + "|".join(str(row.cleaned_data.get(name)) for name in names)
        for row in rows
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
