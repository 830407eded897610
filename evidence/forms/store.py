"""Forms of the store: its places, moving things in it, and checking it by scanning."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import User
from evidence.forms.custody import SHORT, ActForm, PlaceInput
from evidence.models import Exhibit, Place
from evidence.store import codes, places


class PlaceChoice(forms.ModelChoiceField[Place]):
    """The places in use of a person's agency, by their whole names; a scanned code chooses, too."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("to_field_name", "code")
        super().__init__(Place.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.path)

    def offer(self, user: User) -> None:
        self.queryset = places.choices(user)

    def to_python(self, value: Any) -> Place | None:
        """The code as a scanner types it: in capitals, or at the end of the address."""
        text = str(value or "").strip().rstrip("/").rsplit("/", 1)[-1].upper()
        return super().to_python(text)


class PlaceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Place.Kind.choices)
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("As it stands on the door or the shelf: Room 2, Shelf C."),
    )
    parent = PlaceChoice(
        label=_("Within"), required=False, empty_label=_("Nothing: it stands by itself")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(user)  # type: ignore[attr-defined]  # a choice of places


class PlaceChangeForm(ChangedMeanwhile, PlaceForm):
    reason = forms.CharField(label=_("Why"), max_length=100)
    field_order = ["name", "parent", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class PlaceCloseForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=100)


class MoveForm(ActForm):
    to = forms.CharField(
        label=_("To"),
        max_length=300,
        help_text=_("Choose from the list, type its name, or scan the label on the shelf."),
        error_messages={"required": _("Choose where it is kept now.")},
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=SHORT)
    field_order = ["to", "note", "happened_at", "photographs", "camera", "after"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        del self.fields["place"]
        self.fields["to"].widget = PlaceInput(places.paths(user))

    def clean_to(self) -> Place:
        found = places.named(self.cleaned_data["to"], self.user)
        if found is None:
            told = _("This is no place of your store that is in use. Choose one of the list.")
            raise forms.ValidationError(told)
        return found

    def begin_with(self) -> dict[str, Any]:
        return {}


class ScanForm(forms.Form):
    """One code, or many: what a scanner types ends with Enter, a list has one on each line."""

    codes = forms.CharField(
        label=_("Code"),
        max_length=20_000,
        widget=forms.TextInput(
            attrs={"class": "id", "autocomplete": "off", "autofocus": True, "data-scan-field": True}
        ),
        error_messages={"required": _("Scan a label, or type what stands under its code.")},
    )


class FillForm(forms.Form):
    """Exhibits that are put into a place, by their codes."""

    codes = forms.CharField(
        label=_("Codes of the exhibits"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"class": "short id", "autocomplete": "off"}),
        help_text=_("Scan the labels one after the other, or type one label a line."),
        error_messages={"required": _("Scan at least one exhibit.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_codes(self) -> list[Exhibit]:
        codes.refuse_many(self.cleaned_data["codes"])
        read = codes.read(self.user, self.cleaned_data["codes"])
        if read.unknown:
            told = _("These lines name no exhibit that you may see: %(lines)s")
            raise forms.ValidationError(told % {"lines": ", ".join(read.unknown[:20])})
        return list(read.exhibits)


class SignForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=SHORT,
        help_text=_("What was done about the missing ones; what could not be reached."),
    )
    is_complete = forms.BooleanField(
        label=_("Everything in this place was scanned."),
        error_messages={"required": _("Scan what is left first, or this is no check.")},
    )
