"""Runs an operation for a form: what the operation refuses is said beside the field it concerns."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm

from casework.errors import DomainError, NotAllowed

T = TypeVar("T")


def attempt(form: BaseForm, operation: Callable[[], T]) -> T | None:
    """The operation's result, or None with the form's errors filled in. NotAllowed passes."""
    try:
        return operation()
    except NotAllowed:
        raise
    except DomainError as error:
        _say(form, error.field or NON_FIELD_ERRORS, [error.message])
    except ValidationError as error:
        fields = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for field, messages in fields.items():
            _say(form, field or NON_FIELD_ERRORS, messages)
    return None


def _say(form: BaseForm, field: str, messages: Iterable[object]) -> None:
    place = field if field in form.fields else None
    for message in messages:
        form.add_error(place, str(message))
