"""A form over what others may change while it is filled in: nothing of theirs is undone unseen.

The page says, hidden, what each field began with. What has become otherwise since then, and would
become otherwise again, is told beside its field; sent once more, the form is taken as it stands.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

MARK = 12  # hexadecimal digits that tell two values of one field apart
LONGEST = 4000  # characters
SAID = 200  # characters of what stands now


class _Began(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """A row of which it says something is not thereby filled in."""
        return False


class ChangedMeanwhile(forms.BaseForm):
    """Put before `forms.Form`, in a form that is given what stands as `initial`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["began"] = _Began(
            required=False,
            max_length=LONGEST,
            widget=forms.HiddenInput,
            initial=lambda: json.dumps(self._marks()),
        )

    def full_clean(self) -> None:
        super().full_clean()
        typed = getattr(self, "cleaned_data", {})
        began = _read(typed.pop("began", ""))
        now = self._marks()
        for name in now.keys() & began.keys() & typed.keys():
            sent, was, began[name] = mark(typed[name]), began[name], now[name]
            if now[name] not in (was, sent):
                self._tell(name, is_theirs=sent == was)
        if began:
            self._put("began", json.dumps(began))

    def _marks(self) -> dict[str, str]:
        """Of what stands, for each field that was given it."""
        names = self.initial.keys() & self.fields.keys()
        return {name: mark(self._stands(name)) for name in sorted(names)}

    def _stands(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _tell(self, name: str, *, is_theirs: bool) -> None:
        """What stands now; where the person had not touched the field it is shown in it."""
        field, stands = self.fields[name], self._stands(name)
        typed = field.prepare_value(stands)
        if is_theirs and _is_simple(field, typed):
            self._put(name, typed)
            self.add_error(name, _("Somebody changed this while you wrote: this stands now."))
            return
        told = _(
            "Somebody changed this while you wrote. It says now: “%(now)s”. Send what is right."
        )
        self.add_error(name, told % {"now": _in_words(field, stands)})

    def _put(self, name: str, value: Any) -> None:
        """In place of what was sent, for the page that is shown again."""
        key = self.add_prefix(name)
        data: Any = self.data
        sent = data.copy()  # what a browser sent cannot be changed
        sent.pop(key, None)
        if value not in (None, False, ""):
            sent[key] = "on" if value is True else str(value)
        self.data = sent


def _read(text: str) -> dict[str, str]:
    """The marks of a page; none where they did not come whole, or never came."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def mark(value: Any) -> str:
    """The same for values that mean the same, whether they stand or were sent."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:MARK]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes")
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "\n".join(sorted(_plain(one) for one in value))
    return str(value).replace("\r\n", "\n").strip()


def _is_simple(field: forms.Field, value: Any) -> bool:
    """Whether the widget is sent as one value, which can be put in its place."""
    is_one = value is None or isinstance(value, (str, int, date))
    return is_one and not isinstance(field.widget, forms.MultiWidget)


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("ticked") if value else _("not ticked")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    shown = value if isinstance(value, models.Model) else field.prepare_value(value)
    return Truncator("" if shown is None else str(shown)).chars(SAID)
