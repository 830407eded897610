"""Forms of a hand-out to somebody without an account, with the signature drawn on the screen."""

import base64
import binascii
import io
import struct
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.forms.widgets import DateInput
from evidence.acts.handouts import Outside
from evidence.filestore import uploads
from evidence.filestore.uploads import HashedUpload
from evidence.forms.custody import LAST, SHORT, ReadForm, difference_field, intact_field

PNG = b"\x89PNG\r\n\x1a\n"
HEADER = struct.Struct(">I4sII")  # length, IHDR, width, height
PREFIX = "data:image/png;base64,"
LARGEST = 400_000  # characters; a drawn signature has a tenth of it
WIDEST = 4000  # pixels
ON_SCREEN, ON_PAPER = "screen", "paper"


class SignatureInput(forms.HiddenInput):
    """The field that the drawing is put in; the template draws the canvas beside it."""

    stands_beside = "_field"  # what the address of the drawing ends with, for the list of mistakes


class SignatureField(forms.CharField):
    """A drawing as the browser gives it (a PNG in a data address), cleaned to an upload."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=SignatureInput, required=False, max_length=LARGEST, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        told = _("The signature did not arrive whole. Clear it and let them sign again.")
        try:
            data = base64.b64decode(text.removeprefix(PREFIX), validate=True)
            _length, chunk, width, height = HEADER.unpack_from(data, len(PNG))
        except (binascii.Error, struct.error, ValueError) as error:
            raise ValidationError(told) from error
        is_png = text.startswith(PREFIX) and data.startswith(PNG) and chunk == b"IHDR"
        if not is_png or not 0 < width <= WIDEST or not 0 < height <= WIDEST:
            raise ValidationError(told)
        return uploads.receive(io.BytesIO(data), "signature.png", "image/png")


class HandOutForm(ReadForm):
    to_name = forms.CharField(
        label=_("Name, as on their card"),
        max_length=200,
        error_messages={"required": _("Write the person's name, as on their card.")},
    )
    to_number = forms.CharField(
        label=_("Number of the card"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "id w20"}),
        help_text=_("Service or identity card: look at it."),
        error_messages={"required": _("Write the number of their service or identity card.")},
    )
    organisation = forms.CharField(
        label=_("For whom they take it"),
        max_length=200,
        help_text=_("Court registry, laboratory, courier."),
        error_messages={"required": _("Write for whom they take it.")},
    )
    purpose = forms.CharField(
        label=_("What for"),
        max_length=300,
        error_messages={"required": _("Write what for: production in court, analysis.")},
    )
    is_owner = forms.BooleanField(
        label=_("It goes to its owner, or to somebody who takes it for the owner"),
        required=False,
        help_text=_("Then no court, appeal or other case may need it any more."),
    )
    authority = forms.CharField(
        label=_("By what authority"),
        required=False,
        max_length=300,
        help_text=_("A summons, a request of the laboratory, an order."),
    )
    expected_back_on = forms.DateField(
        label=_("Expected back on"), required=False, widget=DateInput
    )
    signed = forms.ChoiceField(
        label=_("How they sign"),
        choices=[(ON_SCREEN, _("Here on the screen")), (ON_PAPER, _("On the printed form"))],
        widget=forms.RadioSelect,
        initial=ON_SCREEN,
        error_messages={"required": _("Choose how they sign.")},
    )
    signature = SignatureField(label=_("Signature"))
    discrepancy = difference_field()
    field_order = [
        "to_name", "to_number", "organisation", "is_owner", "purpose", "authority",
        "expected_back_on", "seal_number", "seal_intact", "count", "weight_mg", "scale",
        "scale_calibrated_on", "discrepancy", "note", *LAST, "signed", "signature",
    ]  # fmt: skip

    def begin_with(self) -> dict[str, Any]:
        standing = self.chain.standing
        return {"seal_number": standing.seal_number, "count": standing.count}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        drawn = cleaned.get("signature") if cleaned.get("signed") == ON_SCREEN else None
        if cleaned.get("signed") == ON_SCREEN and not drawn and "signature" not in self.errors:
            told = _("Let them sign in the box, or choose the printed form.")
            self.add_error("signature", told)
        return cleaned

    def outside(self) -> Outside:
        typed = self.cleaned_data
        return Outside(typed["to_name"], typed["to_number"], typed["organisation"])

    def drawing(self) -> HashedUpload | None:
        """Only what was drawn for this way of signing."""
        if self.cleaned_data["signed"] != ON_SCREEN:
            return None
        drawn: HashedUpload | None = self.cleaned_data["signature"]
        return drawn


class TakeBackForm(ReadForm):
    discrepancy = forms.CharField(
        label=_("If it differs from what was handed out: why"),
        required=False,
        max_length=2000,
        widget=SHORT,
    )
    field_order = [
        "seal_number", "seal_intact", "count", "weight_mg", "scale", "scale_calibrated_on",
        "discrepancy", "note", *LAST,
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        out = next((e.plain for e in reversed(self.chain.events) if e.kind == "handed_out"), None)
        self.offered_seal = out.seal_number if out else ""
        self.fields["seal_number"].label = _("Seal you read")
        self.fields["count"].label = _("You count")
        if out and out.seal_number:
            self.fields["seal_number"].required = True
            self.fields["seal_number"].help_text = _("If there is none, type NONE.")
            self.fields["seal_intact"] = intact_field(_("The seal is"), required=True)
        if out and out.count is not None:
            self.fields["count"].required = True
        self.order_fields(self.field_order)

    def begin_with(self) -> dict[str, Any]:
        return {}

    def clean_seal_number(self) -> str:
        """Spaces and dashes are no difference between two seals: take the spelling of the chain."""
        read: str = self.cleaned_data["seal_number"]
        same = identifiers.squeeze(read) == identifiers.squeeze(self.offered_seal)
        return self.offered_seal if same else read
