"""Forms of the law's rows: what may be written in each table. They check shape and save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CountryField, TaxonField
from casework.forms.court import date_field, text_field
from casework.forms.meanwhile import ChangedMeanwhile
from casework.legal import words
from casework.legal.kinds import LIMITS, LISTINGS, POINTS, PROVISIONS, Kind
from casework.models import Provision, Taxon, TimeLimit
from casework.sentencing.values import LARGEST_FINE

LONGEST_MONTHS = 1200
NOT_KNOWN = [("", _("Not known"))]
CODE = r"^[a-z][a-z0-9_]*\Z"


def _choices(model: Any, name: str) -> list[tuple[str, Any]]:
    return list(model._meta.get_field(name).choices)


def _line(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **options)


def _fine(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=LARGEST_FINE,
        help_text=_("In whole units. Empty: the Act names none, or it is not known."),
    )  # fmt: skip


def _months(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=LONGEST_MONTHS,
        help_text=_("A year is 12 months."),
    )  # fmt: skip


def _code(label: Any, **options: Any) -> forms.RegexField:
    return forms.RegexField(
        CODE, label=label, max_length=40,
        error_messages={"invalid": _("Write small letters, numbers and _ only.")},
        widget=forms.TextInput(attrs={"class": "id w20"}), **options,
    )  # fmt: skip


class LawForm(ChangedMeanwhile, forms.Form):
    """What every row has: from when to when, where it is written, and why it is written now."""

    valid_from = date_field(_("In force from"), required=False)
    valid_to = date_field(
        _("Last day in force"), required=False, help_text=_("Empty: still in force.")
    )
    source = _line(
        _("Source"), 300, help_text=_("The Act, its section and the print you read it in.")
    )
    reason = _line(_("Why you write this"), 100, help_text=_("The history keeps it."))

    def order_fields(self, field_order: Any) -> None:
        """What is particular to the table first; where it is written and why at the end."""
        last = ("source", "reason")
        super().order_fields(field_order)
        names = [*(name for name in self.fields if name not in last), *last]
        self.fields = {name: self.fields[name] for name in names if name in self.fields}


class ProvisionForm(LawForm):
    country = CountryField(label=_("Country"))
    statute = _line(_("Statute"), 200)
    section = _line(_("Section"), 40)
    title = _line(_("Title"), 300)
    offence = text_field(
        _("Offence"), required=False, help_text=_("The words of a statement of offence.")
    )
    is_offence = forms.BooleanField(
        label=_("Somebody can be charged under it"), required=False, initial=True
    )
    penalty = text_field(_("Penalty in words"), required=False)
    penalty_join = forms.ChoiceField(
        label=_("Fine and imprisonment"), required=False,
        choices=[*NOT_KNOWN, *_choices(Provision, "penalty_join")],
    )  # fmt: skip
    currency = forms.RegexField(
        r"^[A-Z]{3}\Z", label=_("Currency"), initial="KES",
        error_messages={"invalid": _("Write its three capital letters, for example KES.")},
        widget=forms.TextInput(attrs={"class": "id w4"}),
    )  # fmt: skip
    min_fine = _fine(_("Least fine"))
    max_fine = _fine(_("Greatest fine"))
    min_term_months = _months(_("Least term, months"))
    max_term_months = _months(_("Greatest term, months"))
    has_life_term = forms.BooleanField(label=_("Imprisonment for life possible"), required=False)
    proof_template = forms.ChoiceField(label=_("Points to prove"), required=False)
    listing_scheme = _line(
        _("Only for species listed in"), 60, required=False,
        help_text=_("The name of the schedule as the listings have it. Empty: for every species."),
    )  # fmt: skip
    listing_grades = _line(
        _("With the grades"), 300, required=False,
        help_text=_("Separated by semicolons, for example: critically endangered;endangered"),
    )  # fmt: skip
    note = text_field(_("Note"), required=False)

    field_order = [*PROVISIONS.key, "title", "offence", "valid_from", "valid_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["proof_template"]
        field.choices = [("", _("None yet")), *words.templates().items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for low, high in (("min_fine", "max_fine"), ("min_term_months", "max_term_months")):
            if data.get(low) and data.get(high) and data[low] > data[high]:
                self.add_error(high, _("It is less than the least. Read both again."))
        if bool(data.get("listing_scheme")) != bool(data.get("listing_grades")):
            self.add_error("listing_grades", _("A schedule and its grades go together."))
        return data


class ListingForm(LawForm):
    taxon = TaxonField(label=_("Species or genus"))
    scheme = _line(_("Scheme"), 60, help_text=_("CITES, or the name of a national schedule."))
    appendix = _line(_("Appendix or grade"), 40)
    annotation = _line(_("Annotation"), 300, required=False)

    field_order = ["taxon", "scheme", "appendix", "annotation"]

    def clean_taxon(self) -> Taxon:
        taxon = self.cleaned_data["taxon"]
        if not isinstance(taxon, Taxon):
            raise forms.ValidationError(_("This name is not in the table. Choose one from it."))
        return taxon


class PointForm(LawForm):
    template = _code(_("Template"))
    code = _code(_("Short name"))
    label = _line(_("What is to be proved"), 200)
    explanation = text_field(_("In plain words, what courts asked for"), required=False)
    proven_by = forms.MultipleChoiceField(
        label=_("Usually proved by"), widget=forms.CheckboxSelectMultiple
    )
    is_personal = forms.BooleanField(
        label=_("To be proved of each accused"), required=False,
        help_text=_("Otherwise once for all who are charged with the count."),
    )  # fmt: skip
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=1000, initial=100)

    field_order = ["template", "code", "label", "explanation", "proven_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["proven_by"]
        field.choices = [(code, words.proof_kind(code)) for code in words.PROOF_KINDS]
        self.fields["template"].help_text = _("One of %(known)s; or the name of a new one.") % {
            "known": ", ".join(words.templates())
        }
        if isinstance(self.initial.get("proven_by"), str):
            self.initial["proven_by"] = self.initial["proven_by"].split()

    def clean_proven_by(self) -> str:
        return " ".join(self.cleaned_data["proven_by"])


class LimitForm(LawForm):
    country = CountryField(label=_("Country"))
    code = _code(
        _("Short name"),
        help_text=_(
            "The product computes arraignment, remand, disclosure, appeal, prosecution_appeal "
            "and limitation."
        ),
    )
    label = _line(_("What must happen"), 200)
    starts = forms.ChoiceField(label=_("Runs from"), choices=_choices(TimeLimit, "starts"))
    amount = forms.IntegerField(label=_("How long"), min_value=1, max_value=10_000)
    unit = forms.ChoiceField(label=_("In"), choices=_choices(TimeLimit, "unit"), initial="days")
    warn_days = forms.IntegerField(
        label=_("Warn so many days before"), min_value=0, max_value=1000, initial=7
    )
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=1000, initial=100)

    field_order = ["country", "code", "label", "starts", "amount", "unit"]


class VerificationForm(forms.Form):
    source = _line(
        _("Source"), 300, required=False,
        help_text=_("As it reads from now on. Take out that it is not checked."),
    )  # fmt: skip
    reason = _line(
        _("What you compared it with"), 100,
        help_text=_("For example: the print of 2022 on the site of the law reports."),
    )  # fmt: skip


FORMS: dict[str, type[LawForm]] = {
    PROVISIONS.slug: ProvisionForm, LISTINGS.slug: ListingForm, POINTS.slug: PointForm,
    LIMITS.slug: LimitForm,
}  # fmt: skip


def form_of(kind: Kind, data: Any = None, row: Any = None, *, is_new_version: bool = False) -> Any:
    """The form of a kind, empty or filled with a row; what the rule is called by is asked once."""
    names = (*kind.key, *kind.fields, "valid_from", "valid_to", "source")
    initial = {name: getattr(row, name) for name in names} if row is not None else None
    if initial and is_new_version:
        initial.update(valid_from=None, valid_to=None)
    form = FORMS[kind.slug](data, initial=initial)
    for name in kind.key if row is not None else ():
        del form.fields[name]
    if is_new_version:
        form.fields["valid_from"].required = True
        form.fields["valid_from"].label = _("The new version is in force from")
    return form
