"""All that the page of a file shows: its picture, what the camera wrote, where it comes from."""

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import display, roles
from casework.models import User
from evidence.filestore import (
    acquisitions,
    camera_notes,
    derivations,
    file_check,
    images,
    media_types,
)
from evidence.filestore.acquisitions import Hop
from evidence.filestore.camera_notes import CameraNotes
from evidence.filestore.images import NotShown
from evidence.models import Acquisition, Attachment, CopyHop, Derivation, FileFault

STEPS = {
    "acquired": gettext_lazy("Acquired"),
    "copied": gettext_lazy("Copied"),
    "taken in": gettext_lazy("Uploaded"),
}


@dataclass(frozen=True)
class Step:
    """A hop with what is wrong with it, as sentences."""

    hop: Hop
    findings: tuple[str, ...]

    @property
    def word(self) -> str:
        return str(STEPS[self.hop.step])

    @property
    def mark(self) -> str:
        return "half" if self.findings else "full"


@dataclass(frozen=True)
class FilePage:
    attachment: Attachment
    not_shown: str
    page: int
    page_count: int
    fault: FileFault | None
    acquisition: Acquisition | None
    missing: Sequence[str]
    notes: CameraNotes | None
    steps: Sequence[Step]
    corrected: Sequence[CopyHop]
    derivation: Derivation | None
    original: Attachment | None
    made_of_it: Sequence[Derivation]
    may_amend: bool
    may_redact: bool

    @property
    def has_picture(self) -> bool:
        return self.attachment.file.media_type in images.SHOWN_TYPES

    @property
    def pages(self) -> range:
        """The pages of a document that can be looked at here."""
        return range(1, min(self.page_count, images.PAGES) + 1)

    @property
    def acquired_there(self) -> str:
        """The moment on the clock of the place."""
        row = self.acquisition
        if row is None or row.acquired_at is None:
            return ""
        zone = zoneinfo.ZoneInfo(row.time_zone) if row.time_zone else None
        with timezone.override(zone or timezone.get_current_timezone()):
            return display.when(row.acquired_at)

    @property
    def clock_error(self) -> str:
        """To the second: it is taken off the camera's times."""
        seconds = abs((self.acquisition and self.acquisition.clock_offset) or 0)
        minutes, second = divmod(seconds, 60)
        parts = ((minutes // 60, "h"), (minutes % 60, "min"), (second, "s"))
        return " ".join(f"{number} {unit}" for number, unit in parts if number)

    @property
    def position_link(self) -> str:
        """Opens the maps of the reader's own device; no other host learns of it."""
        return f"geo:{self.notes.latitude},{self.notes.longitude}" if self.notes else ""

    @property
    def fault_words(self) -> str:
        return str(file_check.WORDS[self.fault.what]) if self.fault else ""


def read(attachment: Attachment, user: User, *, page: int = 1) -> FilePage:
    """The attachment was fetched for this user, with `granted_actions` on its case."""
    acquisition = acquisitions.of(attachment)
    derivation = derivations.origin(attachment)
    hops = acquisitions.hops(attachment)
    return FilePage(
        attachment=attachment,
        not_shown=_why_not_shown(attachment, page),
        page=page,
        page_count=_page_count(attachment),
        fault=file_check.open_faults().filter(file=attachment.file).first(),
        acquisition=acquisition,
        missing=missing(acquisition),
        notes=camera_notes.read(attachment, acquisition),
        steps=steps(hops),
        corrected=_corrected(attachment),
        derivation=derivation,
        original=_visible(derivation, user),
        made_of_it=_made_of_it(attachment, user),
        may_amend=roles.EXHIBIT in attachment.case.granted_actions,
        may_redact=_may_redact(attachment),
    )


def _may_redact(attachment: Attachment) -> bool:
    rights = {roles.DOSSIER, roles.PROSECUTE} & attachment.case.granted_actions
    return bool(rights) and attachment.file.media_type in media_types.DRAWN


def _why_not_shown(attachment: Attachment, page: int) -> str:
    try:
        images.preview(attachment.file, images.SIZES[-1], page)
    except NotShown as refused:
        return str(refused.message)
    return ""


def _page_count(attachment: Attachment) -> int:
    if attachment.file.media_type != images.PAPER:
        return 0
    try:
        return int(images.notes(attachment.file).get("pages", 0))
    except NotShown:
        return 0


def missing(acquisition: Acquisition | None) -> list[str]:
    """What a court will ask for and nobody has stated."""
    if acquisition is None:
        return [_("how, when, by whom and with which device it was obtained")]
    asked: list[tuple[Any, str]] = [
        (acquisition.method, _("how it was obtained")),
        (acquisition.person, _("by whom")),
        (acquisition.acquired_at, _("when")),
        (acquisition.time_zone or not acquisition.acquired_at, _("the time zone of the place")),
        (acquisition.device, _("the device: its make and model")),
        (acquisition.device_serial, _("the device's serial number or IMEI")),
        (acquisition.clock_offset is not None, _("how right the device's clock was")),
    ]
    if acquisition.method in (Acquisition.Method.EXTRACTION, Acquisition.Method.IMAGE):
        asked += [
            (acquisition.tool, _("the tool or write blocker")),
            (acquisition.source_digest, _("the digest that the tool gave")),
        ]
    return [words for value, words in asked if not value]


def steps(hops: Sequence[Hop]) -> list[Step]:
    """Each hop, with what does not fit the one before it."""
    told, before = [], None
    for hop in hops:
        told.append(Step(hop, tuple(_findings(hop, before))))
        before = hop
    return told


def _findings(hop: Hop, before: Hop | None) -> list[str]:
    found = []
    if hop.digest_before and hop.digest_after and hop.digest_before != hop.digest_after:
        found.append(_("The digest after the copy is another one than before it."))
    if before is not None:
        earlier, here = before.digest_after, hop.digest_before or hop.digest_after
        if earlier and here and len(earlier) == len(here) and earlier != here:
            found.append(_("The digest differs from the one of the step before."))
        if _is_before(hop.happened_at, before.happened_at):
            found.append(_("It is dated before the step that comes first."))
    if isinstance(hop.row, Acquisition) and hop.row.digest_agrees is False:
        found.append(_("The digest that the tool gave is not the digest of the file kept here."))
    if hop.is_copy and not hop.digest_after:
        found.append(_("No digest was taken, so nothing proves that the copy is whole."))
    return found


def _is_before(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment < other


def _corrected(attachment: Attachment) -> list[CopyHop]:
    """Rows that no longer stand, newest first."""
    rows = CopyHop.objects.filter(attachment=attachment)
    standing = rows.standing().values("pk")
    found: list[CopyHop] = list(
        rows.exclude(pk__in=standing).select_related("recorded_by").order_by("-pk")
    )
    return found


def _visible(derivation: Derivation | None, user: User) -> Attachment | None:
    """The original, where the reader may know of it."""
    if derivation is None:
        return None
    found: Attachment | None = (
        Attachment.objects.visible_to(user).filter(pk=derivation.original_id).first()
    )
    return found


def _made_of_it(attachment: Attachment, user: User) -> list[Derivation]:
    """What was made of the file, as far as the reader may see it."""
    rows = Derivation.objects.visible_to(user).standing().filter(original=attachment)
    return list(rows.select_related("attachment__file").order_by("pk"))
