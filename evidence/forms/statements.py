"""Forms of what a witness or an accused stated: as text, as the signed paper, or both."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.forms.court import date_field
from evidence.filestore.uploads import HashedUpload
from evidence.forms.files import FilesField


def long_text(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "tall", "rows": 14})
    return forms.CharField(label=label, max_length=100_000, required=False, widget=widget)


class PaperForm(forms.Form):
    """What all of them have in common: the words, and the paper."""

    text = long_text(_("What was stated"))
    sent = FilesField(
        label=_("The signed paper"),
        required=False,
        help_text=_("A scan or photographs. Kept byte for byte among the files of the case."),
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive: only for people who may see sensitive material"), required=False
    )

    def __init__(self, *args: Any, can_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_hide:
            del self.fields["is_sensitive"]

    def upload(self) -> HashedUpload | None:
        sent: list[HashedUpload] = self.cleaned_data["sent"]
        return sent[0] if sent else None

    def clean_sent(self) -> Any:
        sent = self.cleaned_data["sent"]
        if len(sent) > 1:
            raise forms.ValidationError(
                _("One file holds a statement. Scan its pages into one, or record two statements.")
            )
        return sent

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "sent"}


class StatementForm(PaperForm):
    taken_on = date_field(_("Taken on"))
    taken_by = forms.CharField(label=_("Taken by"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    language = forms.CharField(label=_("Language"), max_length=40, required=False)
    is_signed = forms.BooleanField(label=_("The person signed it"), required=False)
    field_order: tuple[str, ...] = (
        "taken_on", "taken_by", "place", "language", "text", "sent", "is_signed", "is_sensitive",
    )  # fmt: skip


class ReplaceForm(StatementForm):
    correction = forms.CharField(
        label=_("Why it is replaced"), max_length=300, help_text=_("Both stay on record.")
    )
    field_order = ("correction", *StatementForm.field_order)


class TranslationForm(PaperForm):
    text = long_text(_("The translation"))
    language = forms.CharField(label=_("Into which language"), max_length=40)
    translator = forms.CharField(label=_("Translated by"), max_length=200)
    taken_on = date_field(_("Translated on"), initial=clock.today)
    field_order = ("language", "translator", "taken_on", "text", "sent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, can_hide=False, **kwargs)


class TakeBackForm(forms.Form):
    correction = forms.CharField(
        label=_("What was wrong"), max_length=300, help_text=_("It stays on record, struck.")
    )
