"""Telling the stories: days counted back from today, at the hour it happened, in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from django.utils import timezone

from casework import clock
from casework.models import Code, Court, Port, Provision, Taxon
from evidence.filestore import uploads
from evidence.filestore.uploads import HashedUpload

ZONE = ZoneInfo("Africa/Nairobi")
KILO = 1_000_000  # milligrams


def ago(days: int, hour: str = "09:00") -> datetime:
    """The moment so many days before today, at an hour like "05:40" in Nairobi."""
    hours, minutes = hour.split(":")
    day = timezone.localdate(timezone=ZONE) - timedelta(days=days)
    return datetime.combine(day, time(int(hours), int(minutes)), ZONE)


def day(days: int) -> date:
    return ago(days).date()


@contextmanager
def at(days: int, hour: str = "09:00") -> Iterator[datetime]:
    """Let the story stand at a moment; what is recorded inside is recorded then."""
    moment = ago(days, hour)
    with clock.telling(moment):
        yield moment


def code(kind: str, value: str) -> Code:
    row: Code = Code.objects.get(kind=kind, code=value)
    return row


def taxon(name: str) -> Taxon:
    return Taxon.objects.get(scientific_name=name)


def port(locode: str) -> Port:
    row: Port = Port.objects.get(locode=locode)
    return row


def court(part_of_name: str) -> Court:
    row: Court = Court.objects.filter(name__icontains=part_of_name).order_by("pk")[0]
    return row


def provision(section: str, on: date) -> Provision:
    row: Provision = Provision.objects.on(on).filter(section=section).order_by("pk")[0]
    return row


def upload(name: str, content: bytes, media_type: str) -> HashedUpload:
    return uploads.receive(BytesIO(content), name, media_type)
