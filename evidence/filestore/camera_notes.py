"""What a camera wrote into a picture, beside what people state about it.

A camera's clock mostly has no zone: it is read in the zone stated for the place, and that is said.
"""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from django.utils import timezone as django_timezone

from evidence.filestore import images
from evidence.filestore.images import NotShown
from evidence.models import Acquisition, Attachment

TOLERANCE = timedelta(minutes=2)


@dataclass(frozen=True)
class CameraNotes:
    """What is readable; texts are empty and values None where the camera wrote nothing."""

    device: str
    serial: str
    lens: str
    software: str
    taken: str  # as written
    is_last_change: bool  # the camera wrote no time of taking
    zone: str  # the zone it was read in
    is_zone_assumed: bool
    taken_at: datetime | None
    stated_at: datetime | None
    clock_offset: timedelta | None
    satellite_at: datetime | None
    latitude: float | None
    longitude: float | None
    altitude: float | None
    width: int
    height: int
    is_of_another_device: bool

    @property
    def is_empty(self) -> bool:
        return not (self.device or self.taken or self.software or self.has_position)

    @property
    def has_position(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    @property
    def position(self) -> str:
        if self.latitude is None or self.longitude is None:
            return ""
        north, east = ("N" if self.latitude >= 0 else "S"), ("E" if self.longitude >= 0 else "W")
        return f"{abs(self.latitude):.6f}° {north}, {abs(self.longitude):.6f}° {east}"

    @property
    def difference(self) -> timedelta | None:
        """How far the camera's clock is from the stated time, where it is worth saying."""
        return _apart(self.taken_at, self.stated_at)

    @property
    def unexplained(self) -> timedelta | None:
        """What remains of it when the stated error of the clock is taken off."""
        if self.taken_at is None or self.clock_offset is None:
            return self.difference
        return _apart(self.taken_at - self.clock_offset, self.stated_at)

    @property
    def from_satellites(self) -> timedelta | None:
        """How far the camera's clock is from the time that the satellites told it."""
        return _apart(self.taken_at, self.satellite_at)


def _apart(first: datetime | None, second: datetime | None) -> timedelta | None:
    if first is None or second is None or abs(first - second) <= TOLERANCE:
        return None
    return abs(first - second)


def read(attachment: Attachment, acquisition: Acquisition | None) -> CameraNotes | None:
    """The notes of a picture; None for other files and for pictures that cannot be read."""
    if attachment.file.media_type not in images.SHOWN_TYPES:
        return None
    try:
        found = images.notes(attachment.file)
    except NotShown:
        return None
    return _told(found, attachment, acquisition)


def _told(
    found: dict[str, Any], attachment: Attachment, acquisition: Acquisition | None
) -> CameraNotes:
    zone = _zone_of(found, acquisition)
    make, model = found.get("make", ""), found.get("model", "")
    device = model if make and model.startswith(make) else f"{make} {model}".strip()
    offset = acquisition.clock_offset if acquisition else None
    stated = acquisition.acquired_at if acquisition else None
    written = found.get("taken", "") or found.get("changed", "")
    return CameraNotes(
        device=device,
        serial=found.get("serial", ""),
        lens=found.get("lens", ""),
        software=found.get("software", ""),
        taken=written,
        is_last_change="taken" not in found,
        zone=str(zone),
        is_zone_assumed="taken_zone" not in found,
        taken_at=_moment(written, zone),
        stated_at=stated or attachment.taken_at,
        clock_offset=None if offset is None else timedelta(seconds=offset),
        satellite_at=_moment(found.get("satellite_time", ""), UTC),
        latitude=found.get("latitude"),
        longitude=found.get("longitude"),
        altitude=found.get("altitude"),
        width=found["width"],
        height=found["height"],
        is_of_another_device=_is_another(found, acquisition),
    )


def _zone_of(found: dict[str, Any], acquisition: Acquisition | None) -> Any:
    try:
        written = datetime.strptime(found.get("taken_zone", ""), "%z").tzinfo
        return written or UTC
    except ValueError:
        pass
    if acquisition is not None and acquisition.time_zone:
        return zoneinfo.ZoneInfo(acquisition.time_zone)
    return django_timezone.get_current_timezone()


def _moment(text: str, zone: timezone | zoneinfo.ZoneInfo) -> datetime | None:
    """A camera's `2024:03:14 05:40:12` in a zone; None for what is no such time."""
    try:
        moment = datetime.strptime(text[:19], "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_another(found: dict[str, Any], acquisition: Acquisition | None) -> bool:
    """Whether the camera names itself otherwise than the acquisition names the device."""
    if acquisition is None or acquisition.method != Acquisition.Method.CAMERA:
        return False
    said, model = acquisition.device.lower(), str(found.get("model", "")).lower()
    return bool(said and model) and not (model in said or said in model)
