"""Forms that take in files; the bytes are already on disk and hashed when these see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from casework import audit, clock
from casework.forms.fields import MomentField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import Case, User
from evidence import files
from evidence.filestore import media_types
from evidence.filestore.acquisitions import Statement
from evidence.filestore.uploads import HashedUpload
from evidence.models import Acquisition, Attachment, Exhibit

PICTURES = "image/"
BY_TYPE = ("", _("By the type of each file"))


class FilesInput(forms.FileInput):
    """Several files at once; `from_camera` opens the camera of a telephone."""

    allow_multiple_selected = True

    def __init__(self, *, from_camera: bool = False) -> None:
        attrs = {"accept": "image/*", "capture": "environment"} if from_camera else {}
        super().__init__({"multiple": True, **attrs})

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class FilesField(forms.Field):
    """A list of uploads, each with something in it and within the limit."""

    def __init__(self, *, from_camera: bool = False, **options: Any) -> None:
        super().__init__(widget=FilesInput(from_camera=from_camera), **options)

    def clean(self, value: Any) -> list[HashedUpload]:
        uploads: list[HashedUpload] = super().clean(value) or []
        faults = []
        for upload in uploads:
            try:
                files.check(upload)
            except files.Refused as refused:
                faults.append(str(refused.message))
        if faults:
            raise ValidationError(faults)
        return uploads


def kind_of(upload: HashedUpload, chosen: str) -> str:
    """The kind that was chosen, or the one its bytes suggest."""
    if chosen:
        return chosen
    is_picture = media_types.sniff(upload.head()).startswith(PICTURES)
    return Attachment.Kind.PHOTOGRAPH if is_picture else Attachment.Kind.DOCUMENT


class ExhibitChoice(forms.ModelChoiceField[Exhibit]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.label} {obj.description}"


class FileAddForm(forms.Form):
    sent = FilesField(
        label=_("Files"), required=False, help_text=_("Photographs, documents, scans. Several.")
    )
    camera = FilesField(
        label=_("Take a photograph"),
        required=False,
        from_camera=True,
        help_text=_("Opens the camera of a telephone."),
    )
    exhibit = ExhibitChoice(
        Exhibit.objects.none(),
        label=_("Of the exhibit"),
        required=False,
        empty_label=_("None: of the case as a whole"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[BY_TYPE, *Attachment.Kind.choices]
    )
    caption = forms.CharField(
        label=_("What it shows"),
        required=False,
        max_length=300,
        help_text=_("One sentence. It stands under the picture in the dossier."),
    )
    is_sensitive = forms.BooleanField(
        label=_("Sensitive: only for people who may see sensitive material"), required=False
    )
    method = forms.ChoiceField(
        label=_("How it was obtained"),
        required=False,
        choices=[("", _("Not stated")), *Acquisition.Method.choices],
    )
    acquired_at = MomentField(
        label=_("When"), required=False, help_text=_("In your own time zone.")
    )
    device_make = forms.CharField(label=_("Make of the device"), required=False, max_length=100)
    device_model = forms.CharField(label=_("Model"), required=False, max_length=100)
    device_serial = forms.CharField(
        label=_("Serial number or IMEI"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "id"}),
    )
    obtained_by = forms.CharField(
        label=_("By whom"),
        required=False,
        max_length=300,
        help_text=_("Leave it empty if it was you."),
    )

    def __init__(self, *args: Any, case: Case, user: User, can_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Exhibit.objects.visible_to(user).filter(case=case)
        self.fields["exhibit"].queryset = visible  # type: ignore[attr-defined]  # a model choice
        if not can_hide:
            del self.fields["is_sensitive"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.uploads():
            self.add_error("sent", _("Choose at least one file, or take a photograph."))
        return cleaned

    def clean_acquired_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["acquired_at"]
        if moment is not None and moment > clock.now():
            raise ValidationError(_("This lies in the future. Check the clock of the device."))
        return moment

    def statement(self, user: User) -> Statement | None:
        """How the files were obtained, where anything was said of it."""
        typed = self.cleaned_data
        names = ("method", "acquired_at", "device_make", "device_model", "device_serial")
        values = {name: typed[name] for name in names}
        if not any(values.values()) and not typed["obtained_by"]:
            return None
        person = typed["obtained_by"] or audit.describe(user)
        return Statement(**values, person=person, time_zone=user.time_zone)

    def uploads(self) -> list[HashedUpload]:
        return [*self.cleaned_data.get("sent", []), *self.cleaned_data.get("camera", [])]


class FileAmendForm(ChangedMeanwhile, forms.Form):
    caption = forms.CharField(label=_("What it shows"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=Attachment.Kind.choices)
    is_sensitive = forms.BooleanField(
        label=_("Sensitive: only for people who may see sensitive material"), required=False
    )

    def __init__(self, *args: Any, can_hide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_hide:
            del self.fields["is_sensitive"]
