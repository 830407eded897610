"""What the framework's own form fields say, in our voice: every error says what to do."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SAYS: dict[type[forms.Field], dict[str, StrOrPromise]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.ChoiceField: {
        "required": _("Choose one."),
        "invalid_choice": _("Choose one from the list."),
    },
    forms.MultipleChoiceField: {"invalid_choice": _("Choose from the list.")},
    forms.ModelChoiceField: {
        "required": _("Choose one."),
        "invalid_choice": _("Choose one from the list."),
    },
    forms.ModelMultipleChoiceField: {"invalid_choice": _("Choose from the list.")},
    forms.CharField: {
        "max_length": _("Write at most %(limit_value)d characters; here are %(show_value)d."),
    },
    forms.IntegerField: {
        "invalid": _("Write a whole number in digits."),
        "min_value": _("Write %(limit_value)s or more."),
        "max_value": _("Write %(limit_value)s or less."),
    },
    forms.DecimalField: {"invalid": _("Write a number in digits, for example 12.5.")},
    forms.DateField: {"invalid": _("Write the date as year-month-day, for example 2024-03-14.")},
    forms.TimeField: {"invalid": _("Write the time as hours and minutes, for example 05:40.")},
    forms.FileField: {
        "missing": _("Choose a file."),
        "empty": _("This file is empty. Choose another one."),
        "invalid": _("The file did not arrive. Choose it again."),
    },
}


def speak_plainly() -> None:
    """Replace the defaults once, at start; a field's own error_messages still win."""
    for field, messages in SAYS.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
