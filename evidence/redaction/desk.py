"""What the page of a redaction does when one of its forms comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casework.forms.attempt import attempt
from casework.models import User
from evidence.forms.redaction import BoxForm, CarryOutForm, GroundForm, LookForm, WordsForm
from evidence.models import Redaction
from evidence.redaction import marking, redactions

FORMS: dict[str, type[BaseForm]] = {
    "box": BoxForm, "page": GroundForm, "words": WordsForm, "ask": CarryOutForm, "look": LookForm,
}  # fmt: skip


@dataclass
class Desk:
    """The forms of one page of a redaction; `said` once one of them was done."""

    redaction: Redaction
    page: int
    forms: dict[str, BaseForm] = field(default_factory=dict)
    said: str = ""
    next: Redaction | None = None  # another one that was begun

    def take(self, data: Mapping[str, Any] | None, user: User) -> None:
        """Make the forms; do what the one asks that was sent."""
        done = data.get("do", "") if data is not None else ""
        for name, kind in FORMS.items():
            sent = data if name == done else None
            prefix = "box" if name == "page" else name  # one form with two buttons
            self.forms[name] = kind(sent, prefix=prefix, initial=self._initial(name))
        if done == "unmark" and data is not None:
            self._unmark(str(data.get("mark", "")), user)
        elif done == "again":
            self.next = redactions.again(self.redaction, actor=user)
            self.said = _("Another one was begun from these marks.")
        elif done in FORMS and self.forms[done].is_valid():
            self._do(done, self.forms[done], user)
        if done == "page" and data is not None:  # a box that was drawn stays where it was
            kept = {name: data.get(f"box-{name}", "") for name in BoxForm.field_order}
            self.forms["box"] = BoxForm(prefix="box", initial=kept)

    def _initial(self, name: str) -> dict[str, Any]:
        if name == "ask":
            return {"says_grounds": self.redaction.says_grounds}
        last = self.redaction.marks.order_by("-pk").first() if name in _GROUNDED else None
        return {"ground": last.ground} if last else {}

    def _do(self, name: str, form: Any, user: User) -> None:
        values = form.cleaned_data
        acts = {
            "box": lambda: self._mark(user, values, page=self.page, box=form.box),
            "page": lambda: self._mark(user, values, page=self.page),
            "words": lambda: self._mark(user, values, words=values["words"]),
            "ask": lambda: redactions.ask(
                self.redaction, actor=user, says_grounds=values["says_grounds"]
            ) or True,
            "look": lambda: redactions.look(
                self.redaction, actor=user, is_sensitive=values["is_sensitive"]
            ) or True,
        }  # fmt: skip
        if made := attempt(form, acts[name]):
            is_nowhere = name == "words" and not made.found
            self.said = str(_SAID["nowhere" if is_nowhere else name]())

    def _mark(self, user: User, values: Mapping[str, Any], **place: Any) -> Any:
        return marking.mark(self.redaction, ground=values["ground"], actor=user, **place)

    def _unmark(self, number: str, user: User) -> None:
        rows = self.redaction.marks.select_related("redaction__original__case")
        row = get_object_or_404(rows, pk=int(number) if number.isdecimal() else 0)
        marking.unmark(row, actor=user)
        self.said = _("Taken back.")


_GROUNDED = ("box", "page", "words")
_SAID = {
    "box": lambda: _("The box is marked."),
    "page": lambda: _("The whole page is marked."),
    "words": lambda: _("The words are marked."),
    "nowhere": lambda: _("Marked, but found nowhere in the text."),
    "ask": lambda: _("The copy is being made."),
    "look": lambda: _("Recorded. The copy may be disclosed now."),
}
