"""One form per act of custody. They check shape; whether the act may be done, custody decides."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import display, identifiers
from casework.forms.fields import MomentField, WeightField
from casework.forms.identifiers import SealField
from casework.models import Code, User
from evidence import receivers
from evidence.chain import Chain, ChainEvent
from evidence.exhibits import Thing
from evidence.forms.exhibits import CountField, LabelField, ReadingForm
from evidence.links import Details
from evidence.models import Exhibit

SHORT = forms.Textarea(attrs={"class": "short"})
INTACT = [("yes", _("Intact")), ("no", _("Broken, or not as it was"))]
DETAILS = tuple(Details.__annotations__)


class PersonChoice(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        place = obj.unit or obj.agency
        return f"{obj.get_full_name()}, {place.name}" if place else str(obj.get_full_name())


def intact_field(label: StrOrPromise, *, required: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=INTACT,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": _("Look at the seal and say whether it is intact.")},
    )


class ActForm(forms.Form):
    """What every act asks. `after` is the last event that the person saw when they began."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    happened_at = MomentField(label=_("When"), required=False, help_text=_("Leave empty for now."))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)

    def __init__(self, *args: Any, exhibit: Exhibit, chain: Chain, **kwargs: Any) -> None:
        self.exhibit, self.chain = exhibit, chain
        kwargs["initial"] = {
            "after": len(chain.events), **self.begin_with(), **kwargs.get("initial", {})
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    def begin_with(self) -> dict[str, Any]:
        return {"place": self.exhibit.storage_place}

    def details(self) -> Details:
        """What was stated, without what was left empty."""
        typed = self.cleaned_data
        stated = {name: typed[name] for name in DETAILS if typed.get(name) not in (None, "")}
        return cast(Details, stated)

    def renew(self, number: int) -> None:
        """Let the person send it again, now that they have been told what came between."""
        self.data = dict(self.data.items()) | {"after": str(number)}


class OfferForm(ReadingForm, ActForm):
    to = PersonChoice(
        User.objects.none(),
        label=_("Hand over to"),
        empty_label=_("Choose a person of the team"),
        help_text=_("The lead lets others in under Team and access."),
        error_messages={"required": _("Choose who is to receive it.")},
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=300,
        error_messages={"required": _("Write what for: production in court, analysis, storage.")},
    )
    field_order = [
        "to", "purpose", "seal_number", "count", "weight_mg", "scale", "scale_calibrated_on",
        "place", "happened_at", "after",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = receivers.of(self.exhibit).exclude(pk=self.exhibit.holder_id or 0)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # a model choice
        self.fields["seal_number"].label = _("Seal you read")
        self.fields["weight_mg"].help_text = _("Only if you weigh it now.")
        self.fields["scale"].help_text = ""

    def begin_with(self) -> dict[str, Any]:
        standing = self.chain.standing
        return {"seal_number": standing.seal_number, "count": standing.count}


class ReadForm(ReadingForm, ActForm):
    """An act with a reading of seal, count and weight, and a note."""

    seal_intact = intact_field(_("The seal is"))
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=SHORT)


class SealForm(ActForm):
    seal_number = SealField(
        label=_("Number of the new seal"),
        error_messages={"required": _("Write the number on the seal.")},
    )
    purpose = forms.CharField(label=_("Why it is sealed now"), required=False, max_length=300)
    field_order = ["seal_number", "purpose", "place", "happened_at", "after"]


class ReweighForm(ReadForm):
    weight_mg = WeightField(
        label=_("Weight"), error_messages={"required": _("Write what the scale shows.")}
    )
    scale = forms.CharField(
        label=_("Scale"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "id w12"}),
        help_text=_("Its number, as on its plate."),
        error_messages={"required": _("Name the scale the weight was read on.")},
    )
    field_order = [
        "weight_mg", "scale", "scale_calibrated_on", "count", "seal_number", "seal_intact",
        "note", "place", "happened_at", "after",
    ]  # fmt: skip


class ExamineForm(ActForm):
    purpose = forms.CharField(
        label=_("What for"),
        max_length=300,
        error_messages={"required": _("Write what was examined and what for.")},
    )
    note = forms.CharField(label=_("What was found"), required=False, max_length=2000, widget=SHORT)
    seal_number = SealField(label=_("Seal you read before opening"), required=False)
    seal_intact = intact_field(_("That seal was"))
    new_seal_number = SealField(label=_("New seal put on afterwards"), required=False)
    field_order = [
        "purpose", "note", "seal_number", "seal_intact", "new_seal_number", "place",
        "happened_at", "after",
    ]  # fmt: skip


class CopyForm(ExamineForm):
    note = forms.CharField(label=_("How it was copied, and to what"), max_length=2000, widget=SHORT)


class SampleForm(ReadingForm, ActForm):
    """One sample, which becomes an exhibit of its own."""

    label = LabelField(label=_("Label of the sample"))
    description = forms.CharField(label=_("What it is"), max_length=300)
    purpose = forms.CharField(
        label=_("What for"),
        max_length=300,
        error_messages={"required": _("Write what the sample is for.")},
    )
    new_seal_number = SealField(label=_("New seal put on the exhibit afterwards"), required=False)
    field_order = [
        "label", "description", "seal_number", "count", "weight_mg", "scale",
        "scale_calibrated_on", "purpose", "new_seal_number", "place", "happened_at", "after",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seal_number"].label = _("Seal of the sample")
        self.fields["weight_mg"].label = _("Weight of the sample")
        self.fields["count"].label = _("Pieces in the sample")

    def thing(self) -> Thing:
        typed = self.cleaned_data
        kind = Code.objects.get(kind="exhibit_kind", code="sample")
        return Thing(
            kind=kind,
            label=typed["label"],
            description=typed["description"],
            taxon=self.exhibit.taxon,
            is_restricted=self.exhibit.is_restricted,
            **self.reading(),
        )

    def details(self) -> Details:
        """What concerns the exhibit itself; the reading is that of the sample."""
        own = ("happened_at", "place", "purpose", "new_seal_number")
        stated = {name: value for name, value in super().details().items() if name in own}
        return cast(Details, stated)


class ProduceForm(ReadForm):
    place = forms.CharField(
        label=_("Court"),
        max_length=200,
        error_messages={"required": _("Write which court it was shown to.")},
    )
    purpose = forms.CharField(
        label=_("Marked as, and through which witness"),
        required=False,
        max_length=300,
        help_text=_("For example MFI-7, through PW3."),
    )
    field_order = [
        "place", "purpose", "seal_number", "seal_intact", "count", "weight_mg", "scale",
        "scale_calibrated_on", "note", "happened_at", "after",
    ]  # fmt: skip

    def begin_with(self) -> dict[str, Any]:
        return {}


class ReturnForm(ActForm):
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
    field_order = ["to_name", "authority", "note", "place", "happened_at", "after"]


class DisposeForm(ActForm):
    second = PersonChoice(
        User.objects.none(),
        label=_("Second person present"),
        empty_label=_("Choose a person of the team"),
        error_messages={"required": _("Name a second person who is present.")},
    )
    authority = forms.CharField(
        label=_("Order of the court"),
        max_length=300,
        help_text=_("Court, number and date."),
        error_messages={"required": _("Write the court's order: court, number and date.")},
    )
    note = forms.CharField(
        label=_("How"),
        max_length=2000,
        widget=SHORT,
        error_messages={"required": _("Write how it was disposed of.")},
    )
    field_order = ["authority", "second", "note", "place", "happened_at", "after"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = receivers.of(self.exhibit).exclude(pk__in=[user.pk, self.exhibit.holder_id or 0])
        self.fields["second"].queryset = people  # type: ignore[attr-defined]  # a model choice


class CorrectForm(ReadForm):
    event = forms.TypedChoiceField(label=_("Which event is wrong"), coerce=int)
    note = forms.CharField(
        label=_("What is wrong, and what is right"),
        max_length=2000,
        widget=SHORT,
        error_messages={"required": _("Write what is wrong and what is right.")},
    )
    field_order = [
        "event", "note", "seal_number", "seal_intact", "count", "weight_mg", "scale",
        "scale_calibrated_on", "place", "happened_at", "after",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(event.sequence, _told(event)) for event in reversed(self.chain.events)]
        self.fields["event"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def begin_with(self) -> dict[str, Any]:
        return {}


def _told(event: ChainEvent) -> str:
    return f"{event.sequence}. {event.kind_label}, {display.when(event.plain.happened_at)}"


class WithdrawForm(ActForm):
    reason = forms.CharField(
        label=_("Why the offer is taken back"),
        max_length=2000,
        widget=SHORT,
        error_messages={"required": _("Write why.")},
    )
    field_order = ["reason", "place", "happened_at", "after"]


class RefuseForm(ReadForm):
    reason = forms.CharField(
        label=_("Why you do not take it"),
        max_length=2000,
        widget=SHORT,
        help_text=_("The giver and the lead of the case read this."),
        error_messages={"required": _("Write why you do not take it.")},
    )
    field_order = [
        "reason", "seal_number", "seal_intact", "count", "weight_mg", "scale",
        "scale_calibrated_on", "place", "happened_at", "after",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]  # the reason is the note of this event

    def begin_with(self) -> dict[str, Any]:
        return {}


class AcknowledgeForm(ActForm):
    """What the receiver reads, asked for before what was offered is shown."""

    seal_number = SealField(
        label=_("You read"),
        help_text=_("If there is none, type NONE."),
        error_messages={"required": _("Read the seal and type its number.")},
    )
    seal_intact = intact_field(_("The seal is"), required=True)
    count = CountField(label=_("You count"))
    weight_mg = WeightField(
        label=_("You weigh"),
        required=False,
        help_text=_("If there is a scale."),
    )
    scale = forms.CharField(
        label=_("Scale"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "id"}),
    )
    discrepancy = forms.CharField(
        label=_("What do you see?"),
        required=False,
        max_length=2000,
        widget=SHORT,
        help_text=_("The giver and the lead of the case read this."),
    )
    compared = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = self.chain.open_offer
        offered = self.offer.plain if self.offer else None
        if offered is None or not offered.seal_number:
            self.fields["seal_number"].required = False
            self.fields["seal_intact"].required = False
        if offered is None or offered.count is None:
            self.fields["count"].required = False

    def begin_with(self) -> dict[str, Any]:
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("weight_mg") is not None and not cleaned.get("scale"):
            self.add_error("scale", _("Name the scale the weight was read on."))
        return cleaned

    def reading(self) -> str:
        """What was read, in one line: the comparison that was shown must be of this."""
        names: Sequence[str] = ("seal_number", "seal_intact", "count", "weight_mg")
        return "|".join(str(self.cleaned_data.get(name)) for name in names)

    def spell_as(self, offered: str) -> None:
        """Spaces and dashes are no difference between two seals: take the spelling offered."""
        read = self.cleaned_data.get("seal_number", "")
        if read and offered and identifiers.squeeze(read) == identifiers.squeeze(offered):
            self.cleaned_data["seal_number"] = offered

    def was_compared(self) -> bool:
        return bool(self.cleaned_data.get("compared") == self.reading())

    def mark_compared(self) -> None:
        self.data = dict(self.data.items()) | {"compared": self.reading()}
