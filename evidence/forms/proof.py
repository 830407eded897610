"""Forms of the points to prove: link, judge, take over, file, close."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.forms.court import date_field
from casework.models import Case, Witness
from evidence.forms.custody import SHORT
from evidence.models import ProofJudgement
from evidence.proof import pieces
from evidence.proof.matrix import Cell, Matrix
from evidence.proof.suggestions import Offer
from evidence.reading import Reading

ANYBODY = _("Nobody named yet")
Choices = list[Any]


class WitnessChoice(forms.ModelChoiceField[Witness]):
    def __init__(self, case: Case, reading: Reading, **options: Any) -> None:
        rows = reading(Witness.objects).filter(case=case, is_dropped=False).order_by("number")
        options.setdefault("empty_label", ANYBODY)
        super().__init__(rows, label=_("Through which witness"), **options)


class AlsoField(forms.MultipleChoiceField):
    """Other cells of the same element, in other counts and of other accused."""

    def __init__(self, cell: Cell, whole: Matrix, **options: Any) -> None:
        same = [
            (other.key, _cell_words(other))
            for other in whole.cells
            if other.element.code == cell.element.code and other.key != cell.key
        ]
        super().__init__(
            choices=same, label=_("The same for"), required=False,
            widget=forms.CheckboxSelectMultiple, **options,
        )  # fmt: skip


def _cell_words(cell: Cell) -> str:
    number = cell.charge.count.number
    if cell.is_shared:
        return str(_("Count %(n)s") % {"n": number})
    return str(_("Count %(n)s, %(who)s") % {"n": number, "who": cell.charge.accused})


class LinkForm(forms.Form):
    """One or several things of the record for one element."""

    evidence = forms.MultipleChoiceField(
        label=_("Evidence"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        error_messages={"required": _("Choose the evidence.")},
        help_text=_("Hold Ctrl or Cmd to choose several."),
    )

    def __init__(
        self, case: Case, cell: Cell, whole: Matrix, reading: Reading, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.things: dict[str, Any] = {}
        linked = {piece.key for piece in cell.pieces}
        self.fields["evidence"].choices = self._offered(case, cell, reading, linked)  # type: ignore[attr-defined]
        self.fields["witness"] = WitnessChoice(case, reading, required=False)
        self.fields["note"] = forms.CharField(
            label=_("What it shows"), required=False, max_length=300, widget=SHORT
        )
        self.fields["also"] = AlsoField(cell, whole)

    def _offered(self, case: Case, cell: Cell, reading: Reading, linked: set[str]) -> Choices:
        """By kind, what usually proves this element first."""
        usual = [pieces.BY_NAME[name].field for name in cell.element.proven_by.split()
                 if name in pieces.BY_NAME]  # fmt: skip
        order = sorted(pieces.KINDS, key=lambda kind: _place(kind.field, usual))
        groups: Choices = []
        for kind in order:
            rows = pieces.of_case(kind, case, reading).order_by("pk")
            own = {f"{kind.field}-{row.pk}": row for row in rows}
            self.things |= own
            left = [(key, told(kind, row)) for key, row in own.items() if key not in linked]
            if left:
                groups.append((kind.word, left))
        return groups

    def chosen(self) -> list[Any]:
        return [self.things[key] for key in self.cleaned_data["evidence"]]


def _place(field: str, usual: Sequence[str]) -> int:
    return usual.index(field) if field in usual else len(usual)


def told(kind: pieces.Kind, row: Any) -> str:
    """A thing in a list to choose from: its short words, and for an exhibit what it is."""
    words = kind.words(row)
    return f"{words} {row.description}" if kind.field == "exhibit" else words


class JudgeForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What it is worth"),
        choices=ProofJudgement.State.choices,
        error_messages={"required": _("Choose what the evidence is worth.")},
    )
    note = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=2000,
        widget=SHORT,
        help_text=_("Everybody who reads the case reads it: name nobody who is protected."),
    )

    def __init__(self, cell: Cell, whole: Matrix, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also"] = AlsoField(cell, whole)


class OffersForm(forms.Form):
    """What the record offers for a count, all ticked."""

    offers = forms.MultipleChoiceField(
        label=_("Evidence"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one.")},
    )

    def __init__(self, offers: Sequence[Offer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {offer.key: offer for offer in offers}
        field: Any = self.fields["offers"]
        field.choices = [(key, offer.words) for key, offer in self.by_key.items()]
        field.initial = list(self.by_key)

    def chosen(self) -> list[Offer]:
        return [self.by_key[key] for key in self.cleaned_data["offers"]]


class BringInForm(forms.Form):
    """Who brings a thing in, for every point that it is linked to."""

    def __init__(
        self, case: Case, reading: Reading, keys: Iterable[tuple[str, str]], *args: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["thing"] = forms.ChoiceField(
            label=_("Evidence"),
            choices=list(keys),
            error_messages={"required": _("Choose the evidence.")},
        )
        self.fields["witness"] = WitnessChoice(
            case, reading, empty_label=_("Choose a witness"),
            error_messages={"required": _("Choose a witness.")},
        )  # fmt: skip


class NeverthelessForm(forms.Form):
    """A day, and the reason where something is missing."""

    def __init__(self, day: str, label: Any, *args: Any, lacks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[day] = date_field(label)
        self.fields[day].initial = clock.today()
        if lacks:
            self.fields["despite"] = forms.CharField(
                label=_("Why nevertheless"),
                max_length=2000,
                widget=SHORT,
                error_messages={"required": _("Something is missing. Say why you go on.")},
                help_text=_(
                    "It stays on record with what was missing. Everybody who reads the case reads "
                    "it: name nobody who is protected."
                ),
            )
