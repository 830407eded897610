"""Fields that hold several numbers of one kind, as papers print them: with commas between."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.forms.identifiers import explain
from casework.identifiers import IdentifierError
from casework.models import Port

BETWEEN = re.compile(r"[,;\n]+")


class ListField(forms.CharField):
    """Cleans to one spelling of each number, joined by commas."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"class": "id w20"}))
        options.setdefault("help_text", _("Several with commas between them."))
        super().__init__(**options)

    def read(self, text: str) -> str:
        """One number in its one spelling, or IdentifierError; without a rule, as it was typed."""
        return text

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        found = [self._one(part.strip()) for part in BETWEEN.split(text) if part.strip()]
        joined = ", ".join(dict.fromkeys(found))
        if self.max_length and len(joined) > self.max_length:
            raise ValidationError(_("These are too many for one paper. Leave out what repeats."))
        return joined

    def _one(self, text: str) -> str:
        try:
            return self.read(text)
        except IdentifierError as error:
            said = explain(error)
            message = _("“%(text)s”: %(why)s") % {"text": text, "why": said.messages[0]}
            raise ValidationError(message) from error


class ContainersField(ListField):
    """Container numbers as the paper prints them, check digit wrong or not: `wrong` tells."""

    def read(self, text: str) -> str:
        return identifiers.format_container(identifiers.parse_container(text, as_found=True))


class SealsField(ListField):
    def read(self, text: str) -> str:
        identifiers.parse_seal(text)
        return " ".join(text.upper().split())


class HsCodesField(ListField):
    def read(self, text: str) -> str:
        return identifiers.format_hs_code(identifiers.parse_hs_code(text))


def wrong_containers(joined: str) -> list[str]:
    """The numbers among these whose check digit is not the computed one."""
    numbers = [part.strip() for part in joined.split(",") if part.strip()]
    return [one for one in numbers if not identifiers.has_container_check_digit(one)]


def port_words(value: Any) -> str:
    """A port of the list by name and code, another place as it was typed."""
    return str(value) if isinstance(value, Port) else (value or "")
