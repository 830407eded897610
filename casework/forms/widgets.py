"""Inputs that a browser does not have: a weight, a moment, a field that suggests."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise


class WeightInput(forms.TextInput):
    """A number with its unit beside it; another unit may be typed."""

    template_name = "django/forms/widgets/weight.html"

    def __init__(self, unit: str = "kg", attrs: dict[str, Any] | None = None) -> None:
        self.unit = unit
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.SplitDateTimeWidget):
    """A date and a time side by side under one label."""

    template_name = "django/forms/widgets/moment.html"
    supports_microseconds = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(self, (DateInput(), TimeInput()), attrs)


class Picked(str):
    """What a suggesting field holds: the chosen value or the typed text; `text` is what is read."""

    text: str

    def __new__(cls, value: str, text: str = "") -> "Picked":
        picked = super().__new__(cls, value)
        picked.text = text or value
        return picked


class SuggestInput(forms.TextInput):
    """A text field with a list under it; the value chosen travels in a hidden field beside it.

    Without script nothing is chosen and the typed text is the value: a form resolves both.
    """

    template_name = "django/forms/widgets/suggest.html"

    def __init__(self, url: str | Promise, attrs: dict[str, Any] | None = None) -> None:
        self.url = url
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        picked = value if isinstance(value, Picked) else Picked(str(value or ""))
        context["widget"]["value"] = picked.text
        hidden = "" if picked == picked.text and not isinstance(value, Picked) else str(picked)
        return context | {"suggest_url": str(self.url), "hidden_value": hidden}

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Picked | None:
        text = data.get(name)
        if text is None:
            return None
        return Picked(str(data.get(f"{name}_value") or text).strip(), str(text))
