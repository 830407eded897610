"""What the defence had on a day, as it was known then, and how the record differs now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.models import Case, User
from evidence.disclosure import decisions, now
from evidence.disclosure.decisions import Decision
from evidence.disclosure.things import Treatment
from evidence.models import DisclosureItem, DisclosureService, Dossier

# In the order in which a page shows them: what to act upon first.
NEW, CHANGED, GONE, WITHHELD, REDACTED, SAME = (
    "new", "changed", "gone", "withheld", "redacted", "same",
)  # fmt: skip
WORDS: dict[str, tuple[str, StrOrPromise]] = {
    NEW: ("open", _("Not served yet")),
    CHANGED: ("half", _("Changed since")),
    WITHHELD: ("cross", _("Withheld since")),
    REDACTED: ("half", _("Redacted since")),
    GONE: ("half", _("No longer in the record")),
    SAME: ("full", _("As served")),
}


@dataclass(frozen=True)
class Line:
    """A thing: what was served of it last, and how it stands now."""

    key: str
    title: str
    state: str
    how: str = ""  # as it was served
    dossier: str = ""
    number: int = 0
    served_at: datetime | None = None
    pages: str = ""
    digest: str = ""  # of what was served
    is_sensitive: bool = False

    @property
    def mark(self) -> str:
        return WORDS[self.state][0]

    @property
    def word(self) -> str:
        return str(WORDS[self.state][1])


def end_of(day: date) -> datetime:
    """The first moment of the next day, in the zone of the person asking."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def services(case: Case, user: User, day: date, who: str = "") -> Any:
    """What was served until the end of the day, as it was on record then."""
    end = end_of(day)
    known = DisclosureService.objects.visible_to(user).filter(
        dossier__case=case, recorded_at__lt=end
    )
    replaced = known.filter(supersedes__isnull=False).values("supersedes")
    rows = known.filter(served_at__lt=end, is_withdrawn=False).exclude(pk__in=replaced)
    if who:
        number = int(who[1:]) if _names_an_accused(who) else None
        rows = rows.filter(Q(accused__number=number) if number else Q(recipient=who))
    related = ("dossier__case", "accused", "served_by__agency", "receipt", "recorded_by")
    return rows.select_related(*related).order_by("-served_at", "-pk")


def _names_an_accused(who: str) -> bool:
    return who[:1] == "A" and who[1:].isascii() and who[1:].isdigit() and len(who) < 8


def recipients(case: Case, user: User) -> list[tuple[str, str]]:
    """Everybody who was ever served, by the accused or by their own name."""
    rows = DisclosureService.objects.visible_to(user).filter(dossier__case=case)
    found = rows.values_list("accused__number", "accused__name", "recipient").distinct().order_by()
    named = {
        (f"A{number}" if number else who): (f"A{number} {name}" if number else who)
        for number, name, who in found
    }
    return sorted(named.items())


def lines(case: Case, user: User, served: Iterable[DisclosureService]) -> list[Line]:
    """Against the record as it stands now; a fixed number of queries."""
    had = _had(case, user, served)
    if not had:
        return []
    made = decisions.read(case, user)
    parts = now.parts(case, user)
    signed = _receipts(case, user)
    found = [
        line
        for line in (*_compared(made, parts, had), *_gone(made, had))
        if line.state != NEW or line.key not in signed
    ]
    order = {state: at for at, state in enumerate(WORDS)}
    return sorted(found, key=lambda one: order[one.state])


def _receipts(case: Case, user: User) -> set[str]:
    """What the defence signed for what it got is no news to it."""
    rows = DisclosureService.objects.visible_to(user).filter(
        dossier__case=case, receipt__isnull=False
    )
    return {f"file:{digest}" for digest in rows.values_list("receipt__file__digest", flat=True)}


@dataclass(frozen=True)
class _Had:
    item: DisclosureItem
    service: DisclosureService


def _had(case: Case, user: User, served: Iterable[DisclosureService]) -> dict[str, _Had]:
    """Of each thing the last that was served; a disclosure that withholds it takes none back."""
    first: dict[int, DisclosureService] = {}
    for service in served:
        first.setdefault(service.dossier_id, service)
    rows = DisclosureItem.objects.visible_to(user).filter(
        dossier__in=list(first), dossier__state=Dossier.State.ISSUED
    )
    rows = rows.exclude(treatment=Treatment.WITHHELD).order_by("dossier__number", "position")
    return {row.key: _Had(row, first[row.dossier_id]) for row in rows}


def _compared(
    made: Sequence[Decision], parts: dict[str, str], had: dict[str, _Had]
) -> Iterator[Line]:
    for one in made:
        before = had.get(one.thing.key)
        if before is not None:
            digest = one.thing.digest or parts.get(one.thing.name, "")
            yield _line(before, _state(one, before.item, digest))
        elif not one.is_withheld:
            yield Line(one.thing.key, one.thing.title, NEW, is_sensitive=one.thing.is_sensitive)


def _state(one: Decision, item: DisclosureItem, digest: str) -> str:
    if one.is_withheld:
        return WITHHELD
    if one.treatment == Treatment.REDACTED and item.treatment == Treatment.SERVED:
        return REDACTED
    if digest and item.digest and digest != item.digest:
        return CHANGED
    copy = one.thing.copy
    if one.treatment == Treatment.REDACTED and copy and copy.digest != item.served_digest:
        return CHANGED
    if one.treatment == Treatment.SERVED and item.treatment == Treatment.REDACTED:
        return CHANGED
    return SAME


def _gone(made: Sequence[Decision], had: dict[str, _Had]) -> Iterator[Line]:
    here = {one.thing.key for one in made}
    yield from (_line(one, GONE) for key, one in had.items() if key not in here)


def _line(had: _Had, state: str) -> Line:
    item, service = had.item, had.service
    return Line(
        key=item.key, title=item.title, state=state, how=item.get_treatment_display(),
        dossier=service.dossier.name, number=service.dossier.number, served_at=service.served_at,
        pages=item.pages, digest=item.served_digest, is_sensitive=item.is_sensitive,
    )  # fmt: skip
