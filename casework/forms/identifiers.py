"""Form fields for the numbers of `casework.identifiers`, with a sentence for each error."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.identifiers import IdentifierError

SENTENCES = {
    "container_shape": _(
        "A container number has four letters, the fourth U, J or Z, and seven digits. "
        "Read it again from the door."
    ),
    "container_check_digit": _(
        "The last digit should be %(expected)s for these letters and digits. "
        "Read the door again: one character is wrong."
    ),
    "imo_shape": _("An IMO number has seven digits. Read it again from the bill or the ship."),
    "imo_check_digit": _(
        "The last digit should be %(expected)s for these digits. "
        "Read the number again: one digit is wrong."
    ),
    "locode_shape": _("A port code has five characters, such as KEMBA. Type the port's name."),
    "hs_shape": _("An HS code has 4, 6, 8 or 10 digits, such as 0902.40."),
    "seal_shape": _("A seal number has letters and digits only, twenty at most."),
    "bill_shape": _("A bill of lading number has letters and digits only, 35 at most."),
    "country_shape": _("A country code has two letters, such as KE."),
    "kra_pin_shape": _("A KRA PIN is a letter, nine digits and a letter, such as A012345678Z."),
    "weight_shape": _("Type the weight in digits, with a point before the decimals: 1,612.4"),
    "weight_unit": _("“%(unit)s” is not a unit of weight here. Use mg, g, kg or t."),
    "weight_below_zero": _("A weight cannot be below zero. Type what the scale showed."),
    "weight_too_heavy": _("This is more than a ship can carry. Read the scale again."),
    "weight_too_fine": _("A weight is kept to the milligram. Leave out the further decimals."),
}


def explain(error: IdentifierError) -> ValidationError:
    """The sentence that says what to do, as a form shows it."""
    return ValidationError(SENTENCES[error.code], code=error.code, params=error.params)


class IdentifierField(forms.CharField):
    """A text that `parse` brings to its one spelling; set in mono, never wrapped."""

    parse: Callable[[str], str]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "id", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return type(self).parse(text)
        except IdentifierError as error:
            raise explain(error) from error


class ImoField(IdentifierField):
    parse = staticmethod(identifiers.parse_imo)


class SealField(IdentifierField):
    """The seal as it was written, in capitals; its key for comparing is `parse_seal`."""

    @staticmethod
    def parse(text: str) -> str:
        identifiers.parse_seal(text)
        return " ".join(text.upper().split())


class BillField(IdentifierField):
    """The bill's number as it was written, dashes and all."""

    @staticmethod
    def parse(text: str) -> str:
        identifiers.parse_bill_number(text)
        return "".join(text.upper().split())


class HsCodeField(IdentifierField):
    parse = staticmethod(identifiers.parse_hs_code)


class ContainerField(IdentifierField):
    """A container number of the right shape. Whether a wrong check digit stands is the form's
    question: it knows the tick beside it."""

    @staticmethod
    def parse(text: str) -> str:
        return identifiers.parse_container(text, as_found=True)
