"""Form fields that check the shape of what was typed and say what to do about it."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import identifiers
from casework.forms.identifiers import explain
from casework.forms.widgets import MomentInput, SuggestInput, WeightInput
from casework.stages import EARLIEST_YEAR


class WeightField(forms.CharField):
    """Kilograms as typed (or another unit written after the number), milligrams as cleaned."""

    def __init__(self, *, unit: str = "kg", **options: Any) -> None:
        self.unit = unit
        options.setdefault("widget", WeightInput(unit))
        super().__init__(max_length=40, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return identifiers.parse_weight(text, unit=self.unit).mg
        except identifiers.IdentifierError as error:
            raise explain(error) from error

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        whole, rest = divmod(value, identifiers.MILLIGRAMS[self.unit])
        digits = len(str(identifiers.MILLIGRAMS[self.unit])) - 1
        return f"{whole}.{rest:0{digits}d}".rstrip("0").rstrip(".") if digits else str(whole)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class MomentField(forms.SplitDateTimeField):
    """A date and a time in the person's zone, cleaned to an aware moment."""

    widget = MomentInput
    default_error_messages = {
        "required": _("Give the date and the time."),
        "incomplete": _("Give the date and the time."),
        "invalid_date": _("Write the date as day, month and year, for example 14 03 2024."),
        "invalid_time": _("Write the time as hours and minutes, for example 05:40."),
        "year": _("Write the year with four digits."),
    }

    def compress(self, data_list: Any) -> datetime | None:
        """At the edge of the calendar a moment has no name in every zone."""
        if data_list and data_list[0] and data_list[0].year < EARLIEST_YEAR:
            raise forms.ValidationError(self.error_messages["year"], code="year")
        moment: datetime | None = super().compress(data_list)
        return moment


class SuggestField(forms.CharField):
    """Text with suggestions from a URL; cleans to the value chosen, or to the text typed."""

    def __init__(self, *, url: str | Promise, **options: Any) -> None:
        attrs = options.pop("attrs", None)
        address = reverse_lazy(url) if isinstance(url, str) else url
        options.setdefault("widget", SuggestInput(address, attrs))
        options.setdefault("max_length", 300)
        super().__init__(**options)
