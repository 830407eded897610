"""What a person types and sends to import a list: shape only."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import display
from kyc.models import Watchlist
from kyc.watch import watchlists

LARGEST = 20 * 10**6  # what a page waits for; larger lists are imported by the command
BY_THE_FILE = ("", _("Told from the file"))


class ListFileField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > LARGEST:
            said = gettext(
                "The file is larger than %(limit)s. Compress it with gzip, or ask your "
                "administrator to import it with the command import_watchlist."
            )
            raise ValidationError(said % {"limit": display.size(LARGEST)})
        return file


class WatchlistImportForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the list"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "known-lists", "class": "w20"}),
        help_text=_("The same name each time: a file under a known name is its next version."),
    )
    meaning = forms.ChoiceField(
        label=_("What it means to stand on it"),
        choices=Watchlist.Meaning,
        initial=Watchlist.Meaning.ALARM,
        widget=forms.RadioSelect,
    )
    keeper = forms.CharField(label=_("Kept by"), max_length=200, required=False)
    file = ListFileField(label=_("File"))
    format = forms.ChoiceField(
        label=_("Format"), choices=[BY_THE_FILE, *watchlists.FORMAT_WORDS.items()], required=False
    )
    sheet = forms.CharField(
        label=_("Sheet"),
        max_length=100,
        required=False,
        help_text=_("Of an Excel workbook in which several sheets hold data."),
    )
    aliases = ListFileField(label=_("OFAC: other names (alt.csv)"), required=False)
    addresses = ListFileField(label=_("OFAC: addresses (add.csv)"), required=False)
    comments = ListFileField(label=_("OFAC: comments (sdn_comments.csv)"), required=False)
    accept_shrinking = forms.BooleanField(
        label=_("The keeper really took more than half of the entries off"), required=False
    )

    def beside(self) -> dict[str, Any]:
        parts = ("aliases", "addresses", "comments")
        return {part: self.cleaned_data[part] for part in parts if self.cleaned_data[part]}
