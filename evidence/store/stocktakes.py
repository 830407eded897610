"""Checking a place of the store by scanning, and signing for the result.

Who scans is never told of an exhibit that they may not see: its code, a code of no exhibit and a
mistyped one get the same answer. It is counted all the same, for those who may see it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, row_digests
from casework.errors import RuleBroken
from casework.models import User
from evidence.models import (
    Exhibit,
    Place,
    Stocktake,
    StocktakeLine,
    StocktakeReport,
    StocktakeScan,
)
from evidence.models.stocktake import CODE_LENGTH
from evidence.natural import natural
from evidence.store import places
from evidence.store.codes import IDENTIFIER, NAMED

MOST_CODES = 500  # in one sending
Result = StocktakeLine.Result


@dataclass(frozen=True)
class Line:
    """One exhibit, as this reader may see it; `code` alone where nothing more may be said."""

    exhibit: Exhibit | None
    recorded: str
    found: str
    code: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Sheet:
    """A check as one reader sees it. The numbers count only what they may see."""

    found: Sequence[Line]
    missing: Sequence[Line]
    unexpected: Sequence[Line]
    unknown: Sequence[Line]  # codes of other cases, or of nothing

    @property
    def expected(self) -> int:
        return len(self.found) + len(self.missing)


def readable_by(user: User) -> QuerySet[Stocktake]:
    """The checks of the store of the reader's agency."""
    rows: QuerySet[Stocktake] = Stocktake.objects.filter(place__in=places.readable_by(user))
    return rows.select_related("place", "started_by", "report__signed_by")


def under_way(user: User) -> Stocktake | None:
    """The newest open check of the store, for a keeper whose telephone opened a label."""
    if not access.holds(user, roles.KEEP_STORE):
        return None
    return readable_by(user).filter(report=None).order_by("-pk").first()


def find(user: User, number: int, permission: str = roles.VIEW_STORE) -> Stocktake:
    places.demand(user, permission)
    found = readable_by(user).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def start(place: Place, *, actor: User) -> Stocktake:
    """Begin a check of a place with all within it. One at a time for each place."""
    places.demand(actor, roles.KEEP_STORE)
    place = Place.objects.select_for_update(no_key=True).get(pk=place.pk, agency=actor.agency_id)
    if not place.is_active:
        raise RuleBroken(_("This place is closed: nothing is kept there."))
    if Stocktake.objects.filter(place=place, report=None).exists():
        raise RuleBroken(_("A check of this place is under way. Join it, or finish it first."))
    made = Stocktake(place=place, path=place.path, started_by=actor, started_at=clock.now())
    made.save()
    audit.record("store.check", actor=actor, subject=place, check=made.pk)
    return made


@transaction.atomic
def scan(
    stocktake: Stocktake, text: str, *, actor: User, shelf: Place | None = None
) -> list[StocktakeScan]:
    """Record what was scanned: one code on each line. What was scanned before counts once.

    The code of a place within the one that is checked says where what follows stands; `shelf` is
    the one that this person scanned last.
    """
    stocktake = _open(stocktake, actor)
    made = []
    place = shelf or stocktake.place
    for code in _codes(text):
        named = _shelf(stocktake, code)
        if named is not None:
            place = named
            continue
        exhibit = _exhibit(code, actor)
        key = str(exhibit.identifier) if exhibit else _squeezed(code)
        if not StocktakeScan.objects.filter(stocktake=stocktake, code=key).exists():
            row = StocktakeScan(
                stocktake=stocktake, code=key, exhibit=exhibit, place=place, scanned_by=actor,
                scanned_at=clock.now(),
            )  # fmt: skip
            row.save()
            made.append(row)
    return made


def last_shelf(stocktake: Stocktake, text: str) -> Place | None:
    """Where what is scanned after these codes stands, if one of them is the label of a place."""
    named = (_shelf(stocktake, code) for code in reversed(_codes(text)))
    return next((place for place in named if place), None)


@transaction.atomic
def sign(stocktake: Stocktake, *, note: str, actor: User) -> StocktakeReport:
    """Finish the check: every exhibit that is expected or was scanned gets its line, for good."""
    stocktake = _open(stocktake, actor)
    at = clock.now()
    report = StocktakeReport(stocktake=stocktake, note=note.strip(), signed_by=actor, signed_at=at)
    report.save()
    scans = {row.exhibit_id: row for row in _scans(stocktake) if row.exhibit_id}
    expected = {row.pk: row for row in _expected(stocktake)}
    lines = [
        _line(stocktake, exhibit, scans.get(exhibit.pk), True, at) for exhibit in expected.values()
    ]
    for key, row in scans.items():
        if key not in expected and row.exhibit is not None:
            lines.append(_line(stocktake, row.exhibit, row, False, at))
    rows = row_digests.of([stocktake, report, *_scans(stocktake), *lines])
    audit.record("store.sign", actor=actor, subject=stocktake.place, check=stocktake.pk, rows=rows)
    return report


def sheet(stocktake: Stocktake, user: User) -> Sheet:
    """What is found, missing and unexpected so far, or what was signed for."""
    if hasattr(stocktake, "report"):
        return _signed(stocktake, user)
    visible = Exhibit.objects.visible_to(user).select_related("case", "place")
    expected = visible.filter(place__in=places.inside(stocktake.place))
    scans = list(_scans(stocktake))
    seen = {row.exhibit_id: row for row in scans if row.exhibit_id}
    others = visible.filter(pk__in=seen).exclude(pk__in=expected.values("pk"))
    known = {row.pk for row in others} | {row.pk for row in expected}
    return _sorted(
        Sheet(
            found=[_seen(row, seen[row.pk]) for row in expected if row.pk in seen],
            missing=[_seen(row, None) for row in expected if row.pk not in seen],
            unexpected=[_seen(row, seen[row.pk]) for row in others],
            unknown=[_unknown(row) for row in scans if row.exhibit_id not in known],
        )
    )


def cells(line: Line) -> list[str]:
    """Case, label, where it is recorded, where it was found, when."""
    at = line.at.isoformat(timespec="seconds") if line.at else ""
    named = (line.exhibit.case.reference, line.exhibit.label) if line.exhibit else (line.code, "")
    return [*named, line.recorded, line.found, at]


def _signed(stocktake: Stocktake, user: User) -> Sheet:
    lines = list(
        StocktakeLine.objects.visible_to(user)
        .filter(stocktake=stocktake)
        .select_related("exhibit__case", "exhibit__place")
    )
    known = {line.exhibit_id for line in lines}
    scans = list(_scans(stocktake))
    by = {row.exhibit_id: row for row in scans}

    def of(result: str) -> list[Line]:
        return [
            Line(
                line.exhibit,
                line.recorded_at_place,
                line.found_at_place,
                by=by[line.exhibit_id].scanned_by.get_full_name() if line.exhibit_id in by else "",
                at=line.at,
            )
            for line in lines
            if line.result == result
        ]

    unknown = [_unknown(row) for row in scans if row.exhibit_id not in known]
    return _sorted(Sheet(of(Result.FOUND), of(Result.MISSING), of(Result.UNEXPECTED), unknown))


def _sorted(made: Sheet) -> Sheet:
    def by_label(lines: Sequence[Line]) -> list[Line]:
        return sorted(lines, key=lambda one: natural(str(one.exhibit) if one.exhibit else one.code))

    return Sheet(
        by_label(made.found),
        by_label(made.missing),
        by_label(made.unexpected),
        by_label(made.unknown),
    )


def _open(stocktake: Stocktake, actor: User) -> Stocktake:
    """The check, locked: nobody scans into it while it is signed."""
    places.demand(actor, roles.KEEP_STORE)
    locked: Stocktake = (
        Stocktake.objects.select_for_update(of=("self",), no_key=True)
        .select_related("place")
        .get(pk=stocktake.pk)
    )
    if locked.place.agency_id != actor.agency_id:
        raise Http404
    if StocktakeReport.objects.filter(stocktake=locked).exists():
        raise RuleBroken(_("This check is signed. Start another one."))
    return locked


def _codes(text: str) -> list[str]:
    codes = [" ".join(line.split()) for line in text.replace("\x00", "").splitlines()]
    found = [code for code in codes if code]
    if len(found) > MOST_CODES:
        told = _("These are %(n)s codes. Send at most %(most)s at once.")
        raise RuleBroken(told % {"n": len(found), "most": MOST_CODES}, field="codes")
    return found


def _squeezed(code: str) -> str:
    identifier = IDENTIFIER.search(code)
    return identifier[0].lower() if identifier else code[:CODE_LENGTH]


def _shelf(stocktake: Stocktake, code: str) -> Place | None:
    named = places.CODE.search(code.upper())
    return places.inside(stocktake.place).filter(code=named[0]).first() if named else None


def _exhibit(code: str, actor: User) -> Exhibit | None:
    """By the code of its label, whoever may see it; by case and label only what the actor sees."""
    if identifier := IDENTIFIER.search(code):
        return Exhibit.objects.filter(identifier=UUID(identifier[0])).first()
    named = NAMED.fullmatch(code)
    if named is None:
        return None
    visible: QuerySet[Exhibit] = Exhibit.objects.visible_to(actor)
    return visible.filter(
        case__reference__iexact=named["reference"], label=named["label"].upper()
    ).first()


def _scans(stocktake: Stocktake) -> Iterable[StocktakeScan]:
    rows: Iterable[StocktakeScan] = stocktake.scans.select_related(
        "exhibit__place", "place", "scanned_by"
    )
    return rows


def _expected(stocktake: Stocktake) -> QuerySet[Exhibit]:
    """Everything recorded there, whoever may see it: only for the lines that are kept."""
    inside = places.inside(stocktake.place)
    return Exhibit.objects.filter(place__in=inside).select_related("place")


def _line(
    stocktake: Stocktake,
    exhibit: Exhibit,
    seen: StocktakeScan | None,
    is_expected: bool,
    at: datetime,
) -> StocktakeLine:
    result = Result.MISSING
    if seen is not None:
        result = Result.FOUND if is_expected else Result.UNEXPECTED
    line = StocktakeLine(
        stocktake=stocktake,
        exhibit=exhibit,
        result=result,
        recorded_at_place=_recorded(exhibit),
        found_at_place=seen.place.path if seen else "",
        at=seen.scanned_at if seen else at,
    )
    line.save()
    return line


def _recorded(exhibit: Exhibit) -> str:
    return exhibit.place.path if exhibit.place else exhibit.storage_place


def _seen(exhibit: Exhibit, row: StocktakeScan | None) -> Line:
    if row is None:
        return Line(exhibit, _recorded(exhibit), "")
    who = row.scanned_by.get_full_name()
    return Line(exhibit, _recorded(exhibit), row.place.path, by=who, at=row.scanned_at)


def _unknown(row: StocktakeScan) -> Line:
    """The code as it was scanned, and nothing more."""
    who = row.scanned_by.get_full_name()
    return Line(None, "", row.place.path, code=row.code, by=who, at=row.scanned_at)
