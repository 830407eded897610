"""What is asked of the network: how far, which kinds of links, and from where to where."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import access
from casework.forms.fields import SuggestField
from casework.forms.widgets import Picked
from casework.models import Case
from kyc.models import Party
from kyc.ties import network
from kyc.ties.graph import Node
from kyc.ties.network_rows import GROUPS
from kyc.ties.network_words import GROUP_WORDS

USUAL_STEPS = 2
NAMESAKES_SHOWN = 5


class NetworkForm(forms.Form):
    """Steps and kinds of links. What is not known is left out: any address has an answer."""

    kind = forms.MultipleChoiceField(
        label=_("Kinds of links"),
        choices=[(group, GROUP_WORDS[group]) for group in GROUPS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="net_%s")
        steps = str(data.get("steps", ""))
        known = [str(number) for number in range(1, network.MOST_STEPS + 1)]
        self.steps = int(steps) if steps in known else USUAL_STEPS
        self.groups = [group for group in data.getlist("kind") if group in GROUPS]

    def step_links(self) -> list[tuple[int, str, bool]]:
        """Each number of steps, its address, and whether it is this one."""
        kinds = "".join(f"&kind={group}" for group in self.groups)
        numbers = range(1, network.MOST_STEPS + 1)
        return [(n, f"?steps={n}{kinds}", n == self.steps) for n in numbers]


class EndField(SuggestField):
    """A party or a case that the person may see, by name, number or reference."""

    user: access.Reader

    def __init__(self, **options: Any) -> None:
        super().__init__(url="kyc:suggest-ends", **options)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).strip()
        if not text:
            return None
        cases = Case.objects.visible_to(self.user)
        if (case := cases.filter(reference__iexact=text).first()) is not None:
            return network.of_case(case)
        return network.of_party(self._party(text))

    def _party(self, text: str) -> Party:
        seen = Party.objects.visible_to(self.user)
        if text.isascii() and text.isdigit() and len(text) < 19:
            found = list(seen.filter(pk=int(text)))
        else:
            found = list(seen.filter(name__iexact=text)[:NAMESAKES_SHOWN])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("No party or case that you may see has this name. Choose one from the list.")
            )
        listed = ", ".join(f"{party.pk} ({party.get_kind_display()})" for party in found)
        raise ValidationError(
            gettext("Several parties have this name. Type the number of one: %(listed)s.")
            % {"listed": listed}
        )

    def prepare_value(self, value: Any) -> Any:
        """A number in the address reads as the name it stands for."""
        text = str(value or "")
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            return value
        party = Party.objects.visible_to(self.user).filter(pk=int(text)).first()
        return Picked(text, party.name) if party else value


class PathsForm(forms.Form):
    def __init__(self, data: Any, *, user: access.Reader) -> None:
        super().__init__(data)
        for name, label in (("from", _("From")), ("to", _("To"))):
            self.fields[name] = field = EndField(
                label=label, help_text=_("A party by name, or a case by its reference.")
            )
            field.user = user

    def clean(self) -> None:
        start, goal = self.ends()
        if start and start == goal:
            self.add_error("to", _("This is where you start. Choose another party or case."))

    def ends(self) -> tuple[Node | None, Node | None]:
        return self.cleaned_data.get("from"), self.cleaned_data.get("to")
