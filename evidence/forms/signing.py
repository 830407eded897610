"""The forms of somebody whose turn it is to sign a dossier."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evidence.signing.credentials import LARGEST


class SignForm(forms.Form):
    """The two boxes at the end are shown when there is something to say yes to."""

    certificate = forms.FileField(
        label=_("Certificate file"),
        widget=forms.FileInput({"accept": ".p12,.pfx"}),
        help_text=_("Your own .p12 or .pfx file. It is used once, in memory, and not kept."),
        error_messages={"required": _("Choose the .p12 or .pfx file of your certificate.")},
    )
    passphrase = forms.CharField(
        label=_("Passphrase of the file"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "off", "class": "w20"}),
        help_text=_("It opens the file and is forgotten at once."),
        error_messages={"required": _("Type the passphrase. A file without one: give it one.")},
    )
    is_sure = forms.BooleanField(
        label=_("It is my certificate: sign with it all the same"), required=False
    )
    without_stamp = forms.BooleanField(label=_("Sign without a time stamp"), required=False)

    def clean_certificate(self) -> bytes:
        chosen: Any = self.cleaned_data["certificate"]
        if chosen.size > LARGEST:
            raise ValidationError(_("This is too large for a certificate. Choose another file."))
        data: bytes = chosen.read()
        return data

    def hide_what_is_not_asked(self) -> None:
        """After the answer is known: a box without a question only makes people tick it."""
        for name in ("is_sure", "without_stamp"):
            if name not in self.errors and not self.data.get(name):
                del self.fields[name]


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you do not sign"),
        max_length=200,
        widget=forms.Textarea({"rows": 3, "class": "short"}),
        help_text=_("Others of the case read it. The dossier is stopped and its number is used."),
        error_messages={"required": _("Say why you do not sign. Others read it.")},
    )
