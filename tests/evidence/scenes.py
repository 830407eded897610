"""Scenes that several page tests need, set by the real operations."""

from datetime import timedelta

from django.utils import timezone

from casework import cases, seizures
from casework.models import Case, Code, Seizure, User
from evidence import custody, exhibits
from evidence.models import CustodyEvent, Exhibit


def seizure(case: Case, actor: User, *, days_ago: int = 3, place: str = "Gate 9") -> Seizure:
    """A seizure of one tusk, weighed on a scale."""
    tusk = seizures.Found(
        specimen=Code.objects.kind("specimen").get(code="TUS"),
        count=1,
        weight_mg=4_200_000,
        scale="KP-118",
    )
    return seizures.add(
        case,
        actor=actor,
        seized_at=timezone.now() - timedelta(days=days_ago),
        place=place,
        items=[tusk],
    )


def exhibit(case: Case, actor: User, *, description: str = "One tusk") -> Exhibit:
    """A sealed exhibit that the actor holds."""
    thing = exhibits.Thing(
        kind=Code.objects.kind("exhibit_kind").earliest("position"),
        description=description,
        seal_number="WS-M 006120",
        count=1,
        weight_mg=4_200_000,
        scale="KP-118",
    )
    return exhibits.register(case, thing, actor=actor)


def offer(case: Case, giver: User, receiver: User) -> CustodyEvent:
    """A handover that waits for its receiver."""
    made = exhibit(case, giver)
    return custody.offer(made, to=receiver, actor=giver, purpose="Storage")


def notes(case: Case, actor: User, number: int) -> None:
    """Diary notes, one an hour."""
    for hour in range(number):
        at = timezone.now() - timedelta(hours=hour + 1)
        cases.note(case, text=f"Note {hour}", happened_at=at, actor=actor)
