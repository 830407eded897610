"""Forms about where a file comes from; they check shape and never save."""

import re
import zoneinfo
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import MomentField
from casework.models import User
from evidence.filestore.acquisitions import Statement
from evidence.filestore.copies import Copy
from evidence.models import Acquisition, Attachment, CopyHop, Derivation

CLOCK_STATES = [
    ("", _("Not compared")),
    ("right", _("Right")),
    ("ahead", _("Ahead of the true time by")),
    ("behind", _("Behind the true time by")),
]
SPAN = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})")
EXAMPLES = {"class": "id"}
DIGEST = {"class": "id w20", "autocomplete": "off"}


def zones() -> list[tuple[str, Any]]:
    """Zones that are named after places; a person chooses, the list is in alphabetical order."""
    names = sorted(name for name in zoneinfo.available_timezones() if _is_place(name))
    return [
        ("", _("Not stated")),
        ("UTC", "UTC"),
        *((name, name.replace("_", " ")) for name in names),
    ]


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))


class ZoneField(forms.ChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(choices=zones, **options)


def in_zone(moment: datetime | None, name: str) -> datetime | None:
    """What was typed as local time of a place; without a zone it was the person's own."""
    if moment is None or not name:
        return moment
    return timezone.make_naive(moment).replace(tzinfo=zoneinfo.ZoneInfo(name))


def as_typed(moment: datetime | None, name: str) -> datetime | None:
    """The other way round: the clock of the place, for the fields that show a person's own."""
    if moment is None or not name:
        return moment
    local = timezone.make_naive(moment, zoneinfo.ZoneInfo(name))
    return timezone.make_aware(local)


class AcquisitionForm(forms.Form):
    method = forms.ChoiceField(
        label=_("How it was obtained"), required=False,
        choices=[("", _("Not stated")), *Acquisition.Method.choices],
    )  # fmt: skip
    person = forms.CharField(
        label=_("By whom"), required=False, max_length=300,
        help_text=_("Rank, name and service number, or the name of somebody outside."),
    )  # fmt: skip
    acquired_at = MomentField(
        label=_("When"), required=False, help_text=_("True local time of the place.")
    )
    time_zone = ZoneField(label=_("Time zone of the place"), required=False)
    device_make = forms.CharField(label=_("Make of the device"), required=False, max_length=100)
    device_model = forms.CharField(label=_("Model"), required=False, max_length=100)
    device_serial = forms.CharField(
        label=_("Serial number or IMEI"), required=False, max_length=100,
        widget=forms.TextInput(EXAMPLES),
    )  # fmt: skip
    clock = forms.ChoiceField(
        label=_("The device's clock was"), required=False, choices=CLOCK_STATES
    )
    clock_by = forms.CharField(
        label=_("By how much"), required=False, max_length=12,
        help_text=_("Minutes and seconds, 03:10, or with hours, 1:02:05."),
        widget=forms.TextInput({"class": "id w8"}),
    )  # fmt: skip
    tool = forms.CharField(label=_("Tool or write blocker"), required=False, max_length=200)
    tool_version = forms.CharField(label=_("Its version"), required=False, max_length=100)
    source_digest = forms.CharField(
        label=_("Digest that the tool gave"), required=False, max_length=200,
        help_text=_("MD5, SHA-1 or SHA-256. It is compared with the file kept here."),
        widget=forms.TextInput(DIGEST),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Remarks"), required=False, max_length=2000,
        widget=forms.Textarea({"class": "short"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        span = SPAN.fullmatch(cleaned.get("clock_by") or "0:00")
        if span is None:
            self.add_error("clock_by", _("Write minutes and seconds as 03:10."))
        elif cleaned.get("clock") in ("ahead", "behind") and not cleaned.get("clock_by"):
            self.add_error("clock_by", _("Say by how much."))
        return cleaned

    def statement(self) -> Statement:
        typed = self.cleaned_data
        plain = (
            "method", "person", "time_zone", "device_make", "device_model", "device_serial",
            "tool", "tool_version", "source_digest", "note",
        )  # fmt: skip
        return Statement(
            acquired_at=in_zone(typed["acquired_at"], typed["time_zone"]),
            clock_offset=self._offset(),
            **{name: typed[name] for name in plain},
        )

    def _offset(self) -> int | None:
        """Seconds that the device's clock was ahead."""
        state = self.cleaned_data["clock"]
        span = SPAN.fullmatch(self.cleaned_data["clock_by"])
        if not state:
            return None
        if state == "right" or span is None:
            return 0
        hours, minutes, seconds = (int(part or 0) for part in span.groups())
        total = hours * 3600 + minutes * 60 + seconds
        return total if state == "ahead" else -total


def as_initial(row: Acquisition | None, user: User) -> dict[str, Any]:
    """What the form shows at first: what stands, or the person's own zone."""
    if row is None:
        return {"time_zone": user.time_zone}
    shown = {name: getattr(row, name) for name in Statement.__dataclass_fields__}
    shown["acquired_at"] = as_typed(row.acquired_at, row.time_zone)
    if row.clock_offset is not None:
        hours, rest = divmod(abs(row.clock_offset), 3600)
        state = "ahead" if row.clock_offset > 0 else "behind"
        shown["clock"] = state if row.clock_offset else "right"
        shown["clock_by"] = f"{hours}:{rest // 60:02}:{rest % 60:02}" if row.clock_offset else ""
    return shown


class CopyForm(forms.Form):
    from_medium = forms.CharField(
        label=_("From"), max_length=200, help_text=_("For example: telephone, memory card.")
    )
    to_medium = forms.CharField(
        label=_("To"), max_length=200, help_text=_("For example: laptop of the unit, disc.")
    )
    person = forms.CharField(label=_("By whom"), max_length=300)
    happened_at = MomentField(label=_("When"), help_text=_("In your own time zone."))
    device = forms.CharField(
        label=_("Device it was made with"), required=False, max_length=200,
        help_text=_("For example: card reader, write blocker, the laptop itself."),
    )  # fmt: skip
    device_serial = forms.CharField(
        label=_("Serial number"), required=False, max_length=100, widget=forms.TextInput(EXAMPLES)
    )
    method = forms.CharField(
        label=_("How"), required=False, max_length=300, help_text=_("For example: cable, e-mail.")
    )
    digest_before = forms.CharField(
        label=_("Digest before"), required=False, max_length=200, widget=forms.TextInput(DIGEST)
    )
    digest_after = forms.CharField(
        label=_("Digest after"), required=False, max_length=200, widget=forms.TextInput(DIGEST)
    )
    note = forms.CharField(
        label=_("Remarks"), required=False, max_length=2000,
        widget=forms.Textarea({"class": "short"}),
    )  # fmt: skip

    def copy(self) -> Copy:
        return Copy(**{name: self.cleaned_data[name] for name in Copy.__dataclass_fields__})


def copy_initial(row: CopyHop) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Copy.__dataclass_fields__}


class WithdrawForm(forms.Form):
    note = forms.CharField(label=_("Why"), max_length=2000)


class OriginalChoice(forms.ModelChoiceField[Attachment]):
    def label_from_instance(self, obj: Any) -> str:
        of = f"{obj.exhibit.label}: " if obj.exhibit else ""
        return f"{of}{obj.name} ({obj.file.digest[:8]})"


DERIVED = ("original", "kind", "person", "made_at", "how")


class DerivationForm(forms.Form):
    original = OriginalChoice(
        Attachment.objects.none(), label=_("The original"), empty_label=_("Choose the file"),
        help_text=_("It stays as it is."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("This file is its"), choices=Derivation.Kind.choices)
    person = forms.CharField(label=_("Made by"), max_length=300)
    made_at = MomentField(label=_("When"), required=False)
    how = forms.CharField(
        label=_("How it was made"), required=False, max_length=500,
        help_text=_("What was left out, raised or transcribed, and with what."),
        widget=forms.Textarea({"class": "short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, attachment: Attachment, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visible = Attachment.objects.visible_to(user).filter(case=attachment.case)
        others = visible.exclude(pk=attachment.pk).select_related("exhibit", "file")
        self.fields["original"].queryset = others  # type: ignore[attr-defined]  # a model choice

    def clean_original(self) -> Attachment:
        chosen: Attachment | None = self.cleaned_data["original"]
        if chosen is None:
            raise ValidationError(_("Choose the file that this one was made of."))
        return chosen
