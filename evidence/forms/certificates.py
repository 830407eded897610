"""Forms of certificates: what one covers, who gave it, what it states, and its signed paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casework.forms.widgets import DateInput
from evidence.filestore.uploads import HashedUpload
from evidence.forms.files import FilesField
from evidence.papers.certificates import Statement
from evidence.papers.certificates_required import DOG, ELECTRONIC, WEIGHING, Need

# What each kind asks for, beside what all ask for.
DEVICE = ("device", "device_number")
CONDITIONS = ("is_regularly_used", "is_regularly_fed", "was_working", "is_derived")
ASKED: dict[str, tuple[str, ...]] = {
    ELECTRONIC: (*DEVICE, "produced", "kept", "is_responsible", *CONDITIONS),
    "photographic": (*DEVICE, "produced"),
    "scanner_image": (*DEVICE, "produced", "is_responsible"),
    WEIGHING: ("device", "calibrated_on", "valid_until"),
    DOG: (*DEVICE, "calibrated_on", "valid_until"),
}
ALL = ("covers", "given_by", "position", "signed_on", "paper")
LABELS = {
    WEIGHING: {
        "device": _("Scale: make and model"),
        "calibrated_on": _("Calibrated on"),
        "valid_until": _("Calibration valid until"),
    },
    DOG: {
        "given_by": _("Handler"),
        "device": _("Name of the dog"),
        "device_number": _("Its number"),
        "calibrated_on": _("Dog and handler certified since"),
        "valid_until": _("Certified until"),
    },
}


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **options)


class OnePaperField(FilesField):
    """One file. Several are refused: no page of a paper is dropped without a word."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.pop("multiple")

    def clean(self, value: Any) -> HashedUpload | None:  # type: ignore[override]  # one of them
        found = super().clean(value)
        if len(found) > 1:
            raise ValidationError(_("Choose one file. Several pages go into one PDF."))
        return found[0] if found else None


class CertificateForm(forms.Form):
    covers = forms.MultipleChoiceField(
        label=_("It covers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it covers.")},
    )
    given_by = forms.CharField(label=_("Given by"), max_length=200)
    position = forms.CharField(
        label=_("Position"), max_length=200, help_text=_("Such as: scenes of crime officer.")
    )
    device = forms.CharField(
        label=_("Device"), required=False, max_length=200, help_text=_("Make and model.")
    )
    device_number = forms.CharField(
        label=_("Its number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "id w20"}),
    )
    calibrated_on = day_field(_("Calibrated on"), required=False)
    valid_until = day_field(_("Valid until"), required=False)
    produced = forms.CharField(
        label=_("How it was produced"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("Who did what with the device, and what came out."),
    )
    kept = forms.CharField(
        label=_("How it was kept unchanged"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"class": "short"}),
        help_text=_("How it was stored and passed on, and how its maker is known."),
    )
    is_responsible = forms.BooleanField(
        label=_("I was responsible for the device or for the work it served"), required=False
    )
    is_regularly_used = forms.BooleanField(
        label=_("The device was regularly used for such work at that time"), required=False
    )
    is_regularly_fed = forms.BooleanField(
        label=_("Such information was regularly fed into it in the ordinary course"),
        required=False,
    )
    was_working = forms.BooleanField(
        label=_("It was working properly; where it was not, the record was not affected"),
        required=False,
    )
    is_derived = forms.BooleanField(
        label=_("What the record says is derived from what was fed in"), required=False
    )
    signed_on = day_field(_("Signed on"), required=False, help_text=_("Empty while it is a draft."))
    paper = OnePaperField(
        label=_("The signed paper"), required=False, help_text=_("A scan or a photograph of it.")
    )
    reason = forms.CharField(label=_("Why it is changed"), max_length=300)

    def __init__(
        self, *args: Any, kind: str, needs: list[Need], is_change: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = {*ALL, *ASKED.get(kind, DEVICE), *(("reason",) if is_change else ())}
        for name in set(self.fields) - asked:
            del self.fields[name]
        for name, label in LABELS.get(kind, {}).items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
        self.fields["covers"].choices = [  # type: ignore[attr-defined]  # a choice field
            (need.key, f"{need.label}: {need.thing}" if need.attachment and need.label
             else need.thing) for need in needs
        ]  # fmt: skip

    def statement(self) -> Statement:
        names = set(Statement.__dataclass_fields__) & set(self.cleaned_data)
        return Statement(**{name: self.cleaned_data[name] for name in names})


class SignForm(forms.Form):
    signed_on = day_field(_("Signed on"))
    paper = OnePaperField(
        label=_("The signed paper"),
        help_text=_("A scan or a photograph of it."),
        error_messages={"required": _("Choose the file of the signed paper.")},
    )


class WithdrawCertificateForm(forms.Form):
    reason = forms.CharField(label=_("Why it is taken back"), max_length=300)
