"""What people type about parties: shape only, the rules are in `kyc.parties`."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms.codes import CodeField, CountryField
from casework.forms.fields import SuggestField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.forms.widgets import DateInput, Picked
from casework.models import Case, User
from kyc.diligence import fact_values
from kyc.diligence.statements import Origin, Stake, open_files
from kyc.models import Consignment, Fact, Party

REASON_LIST = "ownership_unknown_reason"
NAMESAKES_SHOWN = 5


def _today() -> Any:
    return timezone.localdate()


class OriginForm(forms.Form):
    """Who says so: the part that every statement shares."""

    source_type = forms.ChoiceField(label=_("Who says so"), choices=Fact.Source)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The register and extract, the document and page, or the person asked."),
    )
    as_of = forms.DateField(
        label=_("True on"),
        initial=_today,
        widget=DateInput(),
        help_text=_("The day of the extract, document or visit."),
    )

    def origin(self, case: Case | None = None) -> Origin:
        data = self.cleaned_data
        return Origin(data["source_type"], data["source"], data["as_of"], case)


class PartyForm(ChangedMeanwhile, forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Party.Kind, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=300)
    country = CountryField(label=_("Country"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"class": "short"})
    )


class PartyField(SuggestField):
    """A party by name, cleaned to the party chosen or to the text that was typed."""

    parties: QuerySet[Party]

    def __init__(self, **options: Any) -> None:
        super().__init__(url="kyc:suggest-parties", **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        number = str(text)
        if number.isascii() and number.isdigit() and len(number) < 19:
            return self.parties.filter(pk=int(number)).first() or number
        return fact_values.clean(getattr(value, "text", text))

    def prepare_value(self, value: Any) -> Any:
        return Picked(str(value.pk), value.name) if isinstance(value, Party) else value


class FileField(forms.ModelChoiceField[Any]):
    """A file by its name and case."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.case.reference})"


class FactForm(OriginForm):
    """One statement about a party; what nobody can say gets its reason instead."""

    kind = CodeField("fact_kind", label=_("What is asserted"), empty_label=None)
    value = forms.CharField(
        label=_("Value"),
        max_length=500,
        required=False,
        help_text=_("Dates as 2024-01-26, telephones with their country code."),
    )
    related_party = PartyField(
        label=_("Party in the register"),
        required=False,
        help_text=_("For a director, owner or agent: choose it, where the register has it."),
    )
    unknown_reason = CodeField(
        REASON_LIST,
        label=_("Not known because"),
        required=False,
        empty_label=_("It is known"),
        help_text=_("Leave the value empty and say why nobody can tell."),
    )
    case = forms.ModelChoiceField(
        Case.objects.none(),
        label=_("Visible with"),
        required=False,
        empty_label=_("The register: all who read it"),
        help_text=_("A document of a case is visible with that case only."),
    )
    attachment = FileField(
        None,
        label=_("Document"),
        required=False,
        empty_label=_("No file"),
        help_text=_("Where it is written: a file of the case that all its readers may open."),
    )
    expires_on = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=DateInput(),
        help_text=_("Of a licence, permit or extract."),
    )
    share_percent = forms.DecimalField(
        label=_("Share in percent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=6,
        decimal_places=3,
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "decimal"}),
    )
    interest = CodeField("interest_type", label=_("Kind of interest"), required=False)
    directness = forms.ChoiceField(
        label=_("Direct or through others"),
        required=False,
        choices=[("", _("Not known")), *Fact.Directness.choices],
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DateInput())
    until = forms.DateField(label=_("Until"), required=False, widget=DateInput())

    field_order = ["kind", "value", "related_party", "unknown_reason"]
    STAKE = ("share_percent", "interest", "directness", "since", "until")

    def __init__(self, data: Any = None, *, party: Party, user: User, cases: Any) -> None:
        super().__init__(data)
        cast(forms.ModelChoiceField[Case], self.fields["case"]).queryset = cases
        cast(FileField, self.fields["attachment"]).queryset = open_files(user, cases)
        cast(PartyField, self.fields["related_party"]).parties = Party.objects.visible_to(user)
        if not cases:
            del self.fields["case"], self.fields["attachment"]

    def stake(self) -> Stake:
        return Stake(**{name: self.cleaned_data[name] for name in self.STAKE})

    def clean_related_party(self) -> Party | None:
        found = self.cleaned_data["related_party"]
        if found and not isinstance(found, Party):
            raise ValidationError(
                _("Choose a party from the list, or leave this out and write the name as value.")
            )
        return found or None

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("value") and data.get("unknown_reason"):
            self.add_error("unknown_reason", _("Either a value or a reason: remove one of them."))


class VerifyForm(forms.Form):
    method = forms.CharField(
        label=_("How it was checked"),
        max_length=300,
        help_text=_("What you looked at or whom you asked, so that another can do it again."),
    )
    verified_on = forms.DateField(label=_("Checked on"), initial=_today, widget=DateInput())


class ContradictForm(OriginForm):
    found = forms.CharField(
        label=_("What was found instead"),
        max_length=500,
        help_text=_("In the same form, such as another address, or words: closed kiosk."),
    )
    method = forms.CharField(label=_("How it was checked"), max_length=300)

    field_order = ["found", "method"]

    def __init__(self, data: Any = None, *, fact: Fact) -> None:
        super().__init__(data)
        if fact.case_id is None:
            choices = [c for c in Fact.Source.choices if c[0] != Fact.Source.CASE_DOCUMENT]
            cast(forms.ChoiceField, self.fields["source_type"]).choices = choices


class InvolvementForm(OriginForm):
    """A party's part in a case; a party that is new here comes with its first facts."""

    FIRST_FACTS = ("registration", "tax_pin", "address", "phone", "email", "director")

    party = PartyField(
        label=_("Party"), help_text=_("Type the name. Choose it from the list if it is there.")
    )
    is_another = forms.BooleanField(
        label=_("Another one of the same name: not those in the list"), required=False
    )
    role = CodeField("party_role", label=_("Part in this case"), empty_label=None)
    consignment = forms.ModelChoiceField(
        Consignment.objects.none(),
        label=_("Consignment"),
        required=False,
        empty_label=_("The case as a whole"),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Party.Kind, initial=Party.Kind.FIRM)
    country = CountryField(label=_("Country"), required=False)
    is_kept = forms.BooleanField(
        label=_("Keep this party to this case"),
        required=False,
        help_text=_("Nobody without the case sees it, until you release it to the register."),
    )
    registration = forms.CharField(label=_("Registration number"), max_length=500, required=False)
    tax_pin = forms.CharField(label=_("Tax PIN"), max_length=500, required=False)
    address = forms.CharField(label=_("Address"), max_length=500, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=500, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=500, required=False)
    director = forms.CharField(label=_("Director"), max_length=500, required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "short"}),
    )

    def __init__(
        self, data: Any = None, *, parties: Any, consignments: Any, may_register: bool
    ) -> None:
        super().__init__(data)
        self.parties = parties
        cast(PartyField, self.fields["party"]).parties = parties
        cast(
            forms.ModelChoiceField[Consignment], self.fields["consignment"]
        ).queryset = consignments
        if not may_register:
            del self.fields["is_kept"]

    def clean(self) -> None:
        named = self.cleaned_data.get("party")
        if isinstance(named, str) and named.isdigit():
            self.add_error("party", _("No party has this number. Type the name."))
        elif isinstance(named, str) and named and not self.cleaned_data.get("is_another"):
            self._warn_of_namesakes(named)
        for kind in self.FIRST_FACTS:
            self._check_value(kind)

    def _warn_of_namesakes(self, name: str) -> None:
        same = list(self.parties.filter(name__iexact=name)[:NAMESAKES_SHOWN])
        if not same:
            return
        listed = ", ".join(f"{party.pk} ({party.get_kind_display()})" for party in same)
        self.add_error(
            "party",
            gettext(
                "The register has this name: number %(listed)s. Type the number to choose it, "
                "or tick that yours is another one."
            )
            % {"listed": listed},
        )

    def _check_value(self, kind: str) -> None:
        """Each first fact's shape is said at its own field, before anything is written."""
        from casework.errors import RuleBroken

        if not self.cleaned_data.get(kind):
            return
        try:
            fact_values.normal(kind, self.cleaned_data[kind], self._country())
        except RuleBroken as error:
            self.add_error(kind, str(error.message))

    def _country(self) -> str:
        named = self.cleaned_data.get("party")
        given: str = self.cleaned_data.get("country", "")
        return str(named.country) if isinstance(named, Party) else given

    def first_facts(self) -> list[tuple[str, str]]:
        data: Callable[[str], Any] = self.cleaned_data.get
        return [(kind, data(kind)) for kind in self.FIRST_FACTS if data(kind)]
