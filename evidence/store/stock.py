"""The stock against the seizures: what was seized, what became of it, and what the scales lost.

For each group: seized = not registered + in custody + with others + missing + returned + disposed
of + drift. Drift is what exhibits lost (or gained) from their first reading to their last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import access, figures, roles
from casework.models import Case, SeizedItem, Taxon, User
from evidence.models import CustodyEvent, Exhibit

Kind = CustodyEvent.Kind
BEGINS = (Kind.SAMPLED, Kind.SPLIT, Kind.COMBINED)  # a part, or a whole of several
SPECIES, STATUS = "species", "status"
GROUPS = (SPECIES, STATUS)
PARTS = ("held", "out", "lost", "returned", "disposed")


@dataclass
class Amount:
    """How many pieces and how heavy, in milligrams; `exhibits` where exhibits are counted."""

    count: int = 0
    weight_mg: int = 0
    exhibits: int = 0

    def add(self, count: int | None, weight_mg: int | None) -> None:
        self.count += count or 0
        self.weight_mg += weight_mg or 0
        self.exhibits += 1


@dataclass
class Row:
    """One group of the report. Every column is in the sum above."""

    key: str
    word: str
    seized: Amount = field(default_factory=Amount)
    registered: Amount = field(default_factory=Amount)  # first readings of what was seized
    held: Amount = field(default_factory=Amount)
    out: Amount = field(default_factory=Amount)
    lost: Amount = field(default_factory=Amount)
    returned: Amount = field(default_factory=Amount)
    disposed: Amount = field(default_factory=Amount)
    unweighed: int = 0  # exhibits in custody that nobody has weighed

    @property
    def unregistered(self) -> Amount:
        seized, known = self.seized, self.registered
        return Amount(seized.count - known.count, seized.weight_mg - known.weight_mg)

    @property
    def drift(self) -> Amount:
        """First readings less all that is accounted for today."""
        now = [getattr(self, part) for part in PARTS]
        return Amount(
            self.registered.count - sum(part.count for part in now),
            self.registered.weight_mg - sum(part.weight_mg for part in now),
        )


@dataclass(frozen=True)
class Shelf:
    """What is kept at one place, now."""

    word: str
    code: str
    amount: Amount


@dataclass(frozen=True)
class Stock:
    as_at: date
    rows: Sequence[Row]
    shelves: Sequence[Shelf]

    @property
    def total(self) -> Row:
        made = Row("", _("All"))
        for row in self.rows:
            made.unweighed += row.unweighed
            for part in ("seized", "registered", *PARTS):
                mine, theirs = getattr(made, part), getattr(row, part)
                mine.count += theirs.count
                mine.weight_mg += theirs.weight_mg
                mine.exhibits += theirs.exhibits
        return made


def read(user: User, *, as_at: date, by: str = SPECIES) -> Stock:
    """The stock of the cases that this person may count, as it was at the end of a day."""
    cases = figures.scope(user).order_by()
    end = timezone.make_aware(datetime.combine(as_at, time())) + timedelta(days=1)
    rows: dict[str, Row] = {}
    words = _words(by)
    for key, count, weight_mg, _pk in _seized(cases, end, by):
        _row(rows, key, words).seized.add(count, weight_mg)
    counted = _counted(user, cases)
    exhibits = list(_exhibits(counted, end))
    keys = _keys(exhibits, by)
    for exhibit in exhibits:
        _account(_row(rows, keys[exhibit["pk"]], words), exhibit)
    ordered = sorted(rows.values(), key=lambda row: (-row.seized.weight_mg, row.word))
    return Stock(as_at, ordered, _shelves(counted))


def _counted(user: User, cases: QuerySet[Case]) -> QuerySet[Exhibit]:
    """What the person may see; who counts the agency counts its restricted exhibits, too."""
    may_count = Q(pk__in=Exhibit.objects.visible_to(user).order_by().values("pk"))
    if user.agency_id and access.holds(user, roles.VIEW_STATISTICS):
        may_count |= Q(case__agency=user.agency_id)
    rows: QuerySet[Exhibit] = Exhibit.objects.filter(may_count, case__in=cases.values("pk"))
    return rows


def _words(by: str) -> dict[str, str]:
    if by == STATUS:
        return {str(value): str(word) for value, word in Case.Status.choices}
    names = Taxon.objects.values_list("pk", "scientific_name", "common_name")
    return {str(pk): common or name for pk, name, common in names}


def _row(rows: dict[str, Row], key: object, words: dict[str, str]) -> Row:
    text = str(key) if key is not None else ""
    return rows.setdefault(text, Row(text, words.get(text, _("No species named"))))


def _seized(cases: QuerySet[Case], end: datetime, by: str) -> Iterable[Any]:
    items = SeizedItem.objects.filter(
        seizure__case__in=cases.values("pk"), seizure__seized_at__lt=end
    )
    key = F("seizure__case__status") if by == STATUS else F("taxon")
    rows: Iterable[Any] = items.values_list(key, "count", "weight_mg", "pk")
    return rows


def _exhibits(counted: QuerySet[Exhibit], end: datetime) -> Iterable[Any]:
    """Each exhibit with its first and last reading and what became of it by then."""
    own = CustodyEvent.objects.filter(exhibit=OuterRef("pk"), happened_at__lt=end)
    events = own.exclude(kind=Kind.REFUSED)

    def first(name: str, rows: Any = events) -> Subquery:
        return Subquery(rows.exclude(**{name: None}).order_by("sequence").values(name)[:1])

    def last(name: str, rows: Any = events) -> Subquery:
        return Subquery(rows.exclude(**{name: None}).order_by("-sequence").values(name)[:1])

    ended = Q(kind__in=(Kind.RETURNED, Kind.DISPOSED)) | Q(kind=Kind.COMBINED, sequence__gt=1)
    away = events.filter(kind__in=(Kind.HANDED_OUT, Kind.TAKEN_BACK))
    rows: Iterable[Any] = (
        counted.annotate(
            first_kind=Subquery(own.filter(sequence=1).values("kind")[:1]),
            first_count=first("count"),
            first_weight=first("weight_mg"),
            last_count=last("count"),
            last_weight=last("weight_mg"),
            end_kind=last("kind", events.filter(ended)),
            lost_kind=last("kind", events.filter(kind__in=(Kind.LOST, Kind.FOUND))),
            away_kind=last("kind", away),
            species=Coalesce("item__taxon", "taxon"),
        )
        .exclude(first_kind=None)
        .values(
            "pk", "parent_id", "species", "case__status", "first_kind", "first_count",
            "first_weight", "last_count", "last_weight", "end_kind", "lost_kind", "away_kind",
        )
    )  # fmt: skip
    return rows


def _keys(exhibits: Sequence[dict[str, Any]], by: str) -> dict[int, object]:
    """The group of each exhibit: a part belongs where the whole belongs."""
    known = {row["pk"]: row for row in exhibits}

    def key(row: dict[str, Any]) -> object:
        while row["first_kind"] in BEGINS and row["parent_id"] in known:
            row = known[row["parent_id"]]
        return row["case__status"] if by == STATUS else row["species"]

    return {pk: key(row) for pk, row in known.items()}


def _account(row: Row, exhibit: dict[str, Any]) -> None:
    if exhibit["first_kind"] not in BEGINS:
        row.registered.add(exhibit["first_count"], exhibit["first_weight"])
    if exhibit["end_kind"] == Kind.COMBINED:
        return  # it lives on in another exhibit
    part = row.held
    if exhibit["end_kind"] == Kind.RETURNED:
        part = row.returned
    elif exhibit["end_kind"] == Kind.DISPOSED:
        part = row.disposed
    elif exhibit["lost_kind"] == Kind.LOST:
        part = row.lost
    elif exhibit["away_kind"] == Kind.HANDED_OUT:
        part = row.out
    part.add(exhibit["last_count"], exhibit["last_weight"])
    row.unweighed += part is row.held and exhibit["last_weight"] is None


def _shelves(counted: QuerySet[Exhibit]) -> list[Shelf]:
    """By place of the store, as recorded now."""
    weight = CustodyEvent.objects.filter(exhibit=OuterRef("pk"), weight_mg__isnull=False)
    read = weight.exclude(kind=Kind.REFUSED).order_by("-sequence")
    kept = counted.filter(holder__isnull=False)
    rows = (
        kept.annotate(weight_last=Subquery(read.values("weight_mg")[:1]))
        .values_list("place__path", "place__code")
        .annotate(n=Count("pk"), mg=Coalesce(Sum("weight_last"), 0))
        .order_by("place__path")
    )
    return [
        Shelf(path or _("No place of the store is recorded"), code or "", Amount(0, mg, n))
        for path, code, n, mg in rows
    ]
