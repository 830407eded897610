"""One form per act of custody. They check shape; whether the act may be done, custody decides."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import display
from casework.forms.fields import MomentField, WeightField
from casework.forms.identifiers import SealField
from casework.models import Code, User
from evidence.acts import enclosures, receivers
from evidence.chain import Chain, ChainEvent
from evidence.exhibits import Thing
from evidence.filestore.uploads import HashedUpload
from evidence.forms.exhibits import CountField, LabelField, ReadingForm
from evidence.forms.files import FilesField
from evidence.links import Details
from evidence.models import Exhibit
from evidence.store import places, scales

SHORT = forms.Textarea(attrs={"class": "short"})
INTACT = [("yes", _("Intact")), ("no", _("Broken, or not as it was"))]
LAST = ("place", "happened_at", "photographs", "camera", "after")
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


class ScaleInput(forms.TextInput):
    """The number of a scale, with those that the unit used last to choose from."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        super().__init__({"class": "id w12"})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        known = f"{(attrs or {}).get('id', name)}_known"
        drawn = super().render(name, value, {**(attrs or {}), "list": known}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((n,) for n in self.names))
        return format_html('{}<datalist id="{}">{}</datalist>', drawn, known, options)


class PlaceInput(forms.TextInput):
    """Free text, with the places of the person's own store to choose from."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        super().__init__()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        known = f"{(attrs or {}).get('id', name)}_places"
        drawn = super().render(name, value, {**(attrs or {}), "list": known}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((n,) for n in self.names))
        return format_html('{}<datalist id="{}">{}</datalist>', drawn, known, options)


class ActForm(forms.Form):
    """What every act asks. `after` is the last event that the person saw when they began."""

    after = forms.IntegerField(widget=forms.HiddenInput)
    happened_at = MomentField(label=_("When"), required=False, help_text=_("Leave empty for now."))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    photographs = FilesField(
        label=_("Photographs and papers"),
        required=False,
        help_text=_("Several. Their digests become part of this event."),
    )
    camera = FilesField(
        label=_("Take a photograph"),
        required=False,
        from_camera=True,
        help_text=_("Opens the camera of a telephone."),
    )

    def __init__(
        self, *args: Any, exhibit: Exhibit, chain: Chain, user: User | None = None, **kwargs: Any
    ) -> None:
        self.exhibit, self.chain, self.user = exhibit, chain, user
        kwargs["initial"] = {
            "after": len(chain.events), **self.begin_with(), **kwargs.get("initial", {})
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        if user is not None and "scale" in self.fields:
            self._remember_scales(user)
        if user is not None and "place" in self.fields:
            self.fields["place"].widget = PlaceInput(places.paths(user))

    def _remember_scales(self, user: User) -> None:
        field = self.fields["scale"]
        field.widget = ScaleInput([name for name, _day in scales.of_unit(user)])
        field.help_text = f"{field.help_text} {scales.hint(user)}".strip()

    def clean_place(self) -> str:
        """The whole name of a place of the store whose label was scanned."""
        return places.spelled(self.cleaned_data["place"], self.user)

    def sources(self) -> Sequence[Exhibit]:
        """The exhibits that are acted on, of a form that is sound."""
        return [self.exhibit]

    def begin_with(self) -> dict[str, Any]:
        return {"place": self.chain.kept_at}

    def uploads(self) -> list[HashedUpload]:
        typed = self.cleaned_data
        return [*(typed.get("photographs") or []), *(typed.get("camera") or [])]

    def details(self) -> Details:
        """What was stated, without what was left empty."""
        typed = self.cleaned_data
        stated = {name: typed[name] for name in DETAILS if typed.get(name) not in (None, "")}
        if uploads := self.uploads():
            stated["file_digests"] = enclosures.digests(uploads)
        return cast(Details, stated)

    def demand_pictures(self, told: StrOrPromise) -> None:
        """One field for them all: a telephone offers its camera there, too."""
        del self.fields["camera"]
        field = self.fields["photographs"]
        field.required, field.help_text = True, _("At least one photograph of it.")
        field.error_messages["required"] = str(told)

    def require_picture(self, told: StrOrPromise) -> None:
        """For an act that nobody believes without a photograph."""
        if not any(enclosures.is_picture(upload) for upload in self.uploads()):
            self.add_error("photographs", str(told))

    def renew(self, number: int) -> None:
        """Let the person send it again, now that they have been told what came between."""
        self.data = dict(self.data.items()) | {"after": str(number)}


def difference_field() -> forms.CharField:
    return forms.CharField(
        label=_("If it differs from the chain: why"),
        required=False,
        max_length=2000,
        widget=SHORT,
        help_text=_("Needed where the weight or the count is not what stood before."),
    )


class OfferForm(ReadingForm, ActForm):
    discrepancy = difference_field()
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
        "discrepancy", *LAST,
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
    """A first seal, or a new one for an old one that is cut."""

    cut_seal_number = SealField(
        label=_("Old seal you cut"),
        required=False,
        error_messages={"required": _("Read the old seal before you cut it and type its number.")},
        help_text=_("If there is none any more, type NONE."),
    )
    seal_intact = intact_field(_("The old seal was"))
    seal_number = SealField(
        label=_("Number of the new seal"),
        error_messages={"required": _("Write the number on the seal.")},
    )
    purpose = forms.CharField(label=_("Why it is sealed now"), required=False, max_length=300)
    field_order = ["cut_seal_number", "seal_intact", "seal_number", "purpose", *LAST]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.chain.standing.seal_number:
            self.fields["cut_seal_number"].required = True
            self.fields["seal_intact"].required = True
        else:
            del self.fields["cut_seal_number"], self.fields["seal_intact"]

    def details(self) -> Details:
        """With an old seal: what was read is the old one, and the new one replaces it."""
        stated = super().details()
        if old := self.cleaned_data.get("cut_seal_number"):
            stated["new_seal_number"] = stated.get("seal_number", "")
            stated["seal_number"] = old
        return stated


class ReweighForm(ReadForm):
    discrepancy = difference_field()
    new_seal_number = SealField(label=_("New seal, if it was opened"), required=False)
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
        "new_seal_number", "discrepancy", "note", *LAST,
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
        "purpose", "note", "seal_number", "seal_intact", "new_seal_number", *LAST,
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
    remaining_count = CountField(label=_("Pieces that remain"), required=False)
    remaining_mg = WeightField(
        label=_("Weight of what remains"), required=False, help_text=_("On the same scale.")
    )
    cut_seal_number = SealField(label=_("Seal you cut to open it"), required=False)
    seal_intact = intact_field(_("That seal was"))
    new_seal_number = SealField(label=_("New seal put on the exhibit afterwards"), required=False)
    discrepancy = forms.CharField(
        label=_("If the sample and what remains are not the whole: why"),
        required=False,
        max_length=2000,
        widget=SHORT,
    )
    field_order = [
        "label", "description", "seal_number", "count", "weight_mg", "scale",
        "scale_calibrated_on", "purpose", "cut_seal_number", "seal_intact", "remaining_count",
        "remaining_mg", "new_seal_number", "discrepancy", *LAST,
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
        own = ("happened_at", "place", "purpose", "seal_intact", "new_seal_number", "file_digests")
        stated = {name: value for name, value in super().details().items() if name in own}
        typed = self.cleaned_data
        left = {
            "seal_number": typed["cut_seal_number"],
            "count": typed["remaining_count"],
            "weight_mg": typed["remaining_mg"],
        }
        if typed["remaining_mg"] is not None:
            left |= {"scale": typed["scale"], "scale_calibrated_on": typed["scale_calibrated_on"]}
        stated |= {name: value for name, value in left.items() if value not in (None, "")}
        return cast(Details, stated)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("remaining_mg") is not None and not cleaned.get("scale"):
            self.add_error("scale", _("Name the scale the weight was read on."))
        return cleaned


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
        "scale_calibrated_on", *LAST,
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
    field_order = ["reason", *LAST]


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
        "scale_calibrated_on", *LAST,
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["note"]  # the reason is the note of this event

    def begin_with(self) -> dict[str, Any]:
        return {}
