"""Forms of bail, custody, sentences and orders. They check shapes and save nothing."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.forms.codes import CodeField
from casework.forms.court import AccusedField, date_field, text_field
from casework.forms.court_charges import AccusedChoice
from casework.models import AccusedEvent, Case, CourtOrder, Sentence, SentenceEvent
from casework.sentencing.bail import LARGEST_AMOUNT
from casework.sentencing.term_words import words
from casework.sentencing.values import LARGEST_FINE, LONGEST_DAYS

WRONG = _("What was wrong in the record")


def currency_field() -> forms.RegexField:
    """Three capital letters."""
    return forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        initial="KES",
        max_length=3,
        error_messages={"invalid": _("Write its three capital letters, for example KES.")},
        widget=forms.TextInput(attrs={"class": "id w4"}),
    )


def money_field(label: Any, most: int, **options: Any) -> forms.IntegerField:
    options.setdefault("help_text", _("In whole units of its currency."))
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False, **options)


def days_field(label: Any, **options: Any) -> forms.IntegerField:
    """A term in days; the hint says what a year is."""
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=LONGEST_DAYS, **options
    )


def why_field() -> forms.CharField:
    return forms.CharField(label=WRONG, max_length=300)


class BailForm(forms.Form):
    accused = AccusedField()
    decision = CodeField("bail", label=_("Decision"), empty_label=_("Choose a decision"))
    decided_on = date_field(_("Decided on"))
    amount = money_field(_("Amount"), LARGEST_AMOUNT)
    currency = currency_field()
    conditions = text_field(
        _("Conditions"), required=False, help_text=_("Reporting, passport, places to keep away.")
    )
    sureties = text_field(
        _("Sureties"), required=False, help_text=_("Who answers for the accused, and for how much.")
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"decided_on": clock.today(), "currency": "KES"})
        super().__init__(*args, **kwargs)
        self.fields["accused"].queryset = case.accused.all()  # type: ignore[attr-defined]


class BailCorrectionForm(BailForm):
    correction = why_field()

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(case, *args, **kwargs)
        del self.fields["accused"]


class AccusedEventForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What happened"), widget=forms.RadioSelect, choices=AccusedEvent.Kind.choices
    )
    happened_on = date_field(_("Day"))
    until = date_field(
        _("Remanded until"), required=False, help_text=_("The day the court set. Of a remand only.")
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        required=False,
        help_text=_("Station, prison or court."),
    )
    note = text_field(_("Note"), required=False)


class AccusedEventCorrectionForm(AccusedEventForm):
    correction = why_field()


class WithdrawalForm(forms.Form):
    correction = forms.CharField(label=_("Why it is taken back"), max_length=300)


class AfterField(forms.ModelChoiceField[Sentence]):
    """Another sentence of the same accused, by its count."""

    def label_from_instance(self, obj: Any) -> str:
        return _("Count %(number)s: %(words)s") % {
            "number": obj.outcome.charge.count.number,
            "words": words(obj),
        }


class SentenceForm(forms.Form):
    imprisonment_days = days_field(
        _("Imprisonment, days"), help_text=_("A year is 365 days, a month 30.")
    )
    is_life = forms.BooleanField(label=_("Imprisonment for life"), required=False)
    runs = forms.ChoiceField(
        label=_("It runs"),
        required=False,
        choices=[
            ("", _("The court did not say")),
            ("concurrent", _("Concurrently: together with the others")),
            ("consecutive", _("Consecutively: after another")),
        ],
        help_text=_("Of several terms of one accused."),
    )
    after = AfterField(
        Sentence.objects.none(),
        label=_("After"),
        required=False,
        empty_label=_("No other, or one of another case"),
    )
    starts_on = date_field(
        _("Counts from"), required=False, help_text=_("Left empty, from the day of the decision.")
    )
    credited_days = days_field(
        _("Days in remand that count"), help_text=_("As the court said. They shorten the term.")
    )
    fine = money_field(_("Fine"), LARGEST_FINE)
    currency = currency_field()
    default_days = days_field(
        _("In default of the fine, days"),
        help_text=_("A fine without a term in default has been a ground of appeal."),
    )
    other = text_field(
        _("Other order"), required=False, help_text=_("Community service, probation, a discharge.")
    )

    def __init__(self, *args: Any, others: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in others]
        rows = Sentence.objects.filter(pk__in=keys).select_related("outcome__charge__count")
        self.fields["after"].queryset = rows  # type: ignore[attr-defined]
        if not keys:
            del self.fields["after"]


class SentenceCorrectionForm(SentenceForm):
    correction = why_field()


class SentenceEventForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What happened"), widget=forms.RadioSelect, choices=SentenceEvent.Kind.choices
    )
    happened_on = date_field(_("Day"))
    amount = money_field(
        _("Amount paid"), LARGEST_FINE, help_text=_("Of a payment. A part of the fine is enough.")
    )
    receipt = forms.CharField(
        label=_("Receipt"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "id w12"}),
    )
    note = text_field(_("Note"), required=False)

    def __init__(self, sentence: Sentence, *args: Any, **kwargs: Any) -> None:
        """Only what can become of this sentence is offered."""
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(kind.value, kind.label) for kind in _can_become(sentence)]
        if not sentence.fine:
            del self.fields["amount"], self.fields["receipt"]


def _can_become(sentence: Sentence) -> list[SentenceEvent.Kind]:
    kind = SentenceEvent.Kind
    is_prison = bool(sentence.imprisonment_days or sentence.is_life)
    offered = {
        kind.PAID: bool(sentence.fine), kind.DEFAULT: bool(sentence.default_days),
        kind.BEGUN: is_prison, kind.RELEASED: is_prison or bool(sentence.default_days),
        kind.REMITTED: True, kind.DONE: bool(sentence.other),
    }  # fmt: skip
    return [one for one in kind if offered[one]]


class SentenceEventCorrectionForm(SentenceEventForm):
    correction = why_field()


class ExhibitChoice(AccusedChoice):
    """Exhibits of the case that the reader may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.label = _("Exhibits")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label}, {obj.description}"


class CourtOrderForm(forms.Form):
    kind = CodeField("court_order", label=_("Order"), empty_label=_("Choose what it orders"))
    number = forms.CharField(
        label=_("Number"),
        max_length=CourtOrder._meta.get_field("number").max_length,
        required=False,
        widget=forms.TextInput(attrs={"class": "id w12"}),
    )
    made_on = date_field(_("Made on"))
    effective_on = date_field(
        _("Takes effect on"), required=False, help_text=_("Left empty, at once.")
    )
    exhibits = ExhibitChoice()
    things = text_field(
        _("Other things"), required=False, help_text=_("One on each line, in the court's words.")
    )
    text = text_field(
        _("What it orders"), required=False, help_text=_("To whom, on which conditions, how much.")
    )

    def __init__(self, case: Case, user: Any, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"made_on": clock.today()})
        super().__init__(*args, **kwargs)
        rows: Any = apps.get_model("evidence", "Exhibit").objects
        fields: Any = self.fields
        fields["exhibits"].queryset = rows.visible_to(user).filter(case=case)
        if not fields["exhibits"].queryset.exists():
            del fields["exhibits"]

    def clean_things(self) -> list[str]:
        return [line for line in self.cleaned_data["things"].splitlines() if line.strip()]


class CourtOrderCorrectionForm(CourtOrderForm):
    correction = why_field()


def event_initial(event: AccusedEvent | SentenceEvent | CourtOrder, fields: Any) -> dict[str, Any]:
    """What a row holds, for the form that corrects it."""
    return {name: getattr(event, name) for name in fields if hasattr(event, name)} | {
        "correction": ""
    }
