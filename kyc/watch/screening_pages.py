"""What the pages of screening show: findings side by side with their entry, as one viewer may see
them, the lists in force, and the runs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from casework import access, display, roles
from casework.models import Case, Code
from kyc import parties
from kyc.diligence import merging
from kyc.models import Hit, Party, Screening, Watchlist, WatchlistEntry, WatchlistVersion
from kyc.naming.matching import Subject
from kyc.watch import hits, list_indexes, subjects
from kyc.watch.subjects import Layer

SHOWN_RUNS = 5


@dataclass(frozen=True)
class Row:
    """One thing that both sides may say."""

    label: str
    ours: list[str]
    theirs: list[str]

    @property
    def is_same(self) -> bool:
        return bool({*map(str.casefold, self.ours)} & {*map(str.casefold, self.theirs)})


@dataclass(frozen=True)
class Sight:
    """A finding as it is shown: the party beside the entry, why, and what was judged before."""

    hit: Hit
    rows: list[Row]
    reasons: list[tuple[str, str, int]]  # mark, words, points
    former: Hit | None
    may_judge: bool

    @property
    def score(self) -> int:
        return round(self.hit.score / 10)


@dataclass(frozen=True)
class Standing:
    """A list in force, and how far the screening against it has come."""

    version: WatchlistVersion
    run: Screening | None


@dataclass(frozen=True)
class Run:
    """How far a run has come, in hundredths: the number of all parties would tell of those that
    are kept to cases."""

    run: Screening
    percent: int


def open_hits(user: access.Reader) -> QuerySet[Hit]:
    """Findings that wait for somebody's judgement, as far as this reader may see them."""
    rows: QuerySet[Hit] = Hit.objects.visible_to(user).open()
    return rows


def by_list(found: QuerySet[Hit]) -> list[tuple[int, str, int]]:
    """Key and name of each list, and how many of the findings are on it."""
    rows = found.order_by("entry__watchlist__name")
    pairs = rows.values_list("entry__watchlist", "entry__watchlist__name")
    return list(pairs.annotate(Count("pk")))


def sights(user: access.Reader, found: Iterable[Hit]) -> list[Sight]:
    """Any number of findings, in a fixed number of queries."""
    rows = list(found)
    told = subjects.layers({hit.party_id: hit.party for hit in rows}.values())
    former, judgeable = hits.former(rows), _judgeable(user, rows)
    words = {code.code: str(code.label) for code in Code.objects.kind("fact_kind")}
    return [
        Sight(
            hit,
            _rows(_layer(told.get(hit.party_id, []), hit), hit.entry, words),
            [_reason(reason) for reason in hit.explanation],
            former.get(hit.pk),
            hit.pk in judgeable,
        )
        for hit in rows
    ]


def _judgeable(user: access.Reader, rows: Sequence[Hit]) -> set[int]:
    """Asked once for the page: an entry that left its list is judged no more."""
    cases = set(Case.objects.permitting(user, roles.EDIT).values_list("pk", flat=True))
    shared = parties.may_write(user, None)
    standing = [hit for hit in rows if hit.closed_at is None]
    return {h.pk for h in standing if (h.case_id in cases if h.case_id is not None else shared)}


def _layer(told: list[Layer], hit: Hit) -> Subject:
    """The party as the readers of this finding know it: never with what another case says."""
    return next((layer.subject for layer in told if layer.case == hit.case_id), Subject("", ()))


def _rows(ours: Subject, entry: WatchlistEntry, words: dict[str, str]) -> list[Row]:
    theirs = subjects.of_entry(entry)
    rows = [
        Row(_("Names"), list(ours.names), [*theirs.names, *theirs.weak_names]),
        Row(_("Born"), _days(ours.birth_dates), _days(theirs.birth_dates)),
        Row(_("Countries"), list(ours.countries), list(theirs.countries)),
        Row(_("Numbers"), _numbers(ours, words), _numbers(theirs, words)),
        Row(_("Addresses"), list(ours.addresses), list(theirs.addresses)),
        Row(_("Listed for"), [], [*map(str, entry.topics)]),
        Row(_("Remarks"), [], [entry.remarks] if entry.remarks else []),
    ]
    return [row for row in rows if row.ours or row.theirs]


def _days(values: Iterable[str]) -> list[str]:
    """Whole days in words; a year, a month or a list's own spelling as it stands."""
    return [_day(value) for value in values]


def _day(value: str) -> str:
    try:
        return display.day(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def _numbers(subject: Subject, words: dict[str, str]) -> list[str]:
    return [f"{words.get(item[0], item[0])}: {item[1]}" for item in subject.identifiers]


def _reason(reason: dict[str, Any]) -> tuple[str, str, int]:
    points = int(reason["points"])
    mark = "full" if points > 0 else "cross" if points < 0 else "later"
    return mark, str(reason["words"]), round(points / 10)


def of_party(user: access.Reader, party: Party) -> QuerySet[Hit]:
    """All findings on a party and on what was merged into it."""
    group = merging.group(party.merged_into or party)
    rows: QuerySet[Hit] = Hit.objects.visible_to(user).filter(party__in=group)
    return with_all(rows)


def standing(user: access.Reader, party: Party) -> QuerySet[Hit]:
    """What stands: names that it may be or is, and those of authorised traders; none that a person
    said is somebody else."""
    return of_party(user, party).filter(closed_at=None).exclude(judgement=Hit.Judgement.DIFFERENT)


def with_all(rows: QuerySet[Hit]) -> QuerySet[Hit]:
    return rows.select_related(
        "party", "entry__watchlist", "version__watchlist", "case", "judged_by"
    )


def lists_in_force() -> list[Standing]:
    """The newest version of every list, with its run."""
    versions = list(list_indexes.newest())
    runs = Screening.objects.filter(version__in=versions).order_by("pk")
    last = {run.version_id: run for run in runs}
    return [Standing(version, last.get(version.pk)) for version in versions]


def screened_at(party: Party, standing: Standing) -> datetime | None:
    """When the party was last compared with a list, as far as the register tells."""
    finished = standing.run.finished_at if standing.run else None
    return max(finished, party.changed_at) if finished else None


def runs() -> list[Run]:
    """The last runs of whole lists; a single party's errand shows to nobody."""
    whole = Screening.objects.filter(version__isnull=False).select_related("version__watchlist")
    return [Run(run, 100 * run.done // run.total if run.total else 0) for run in whole[:SHOWN_RUNS]]


def trusted(rows: Iterable[Hit]) -> list[Hit]:
    """Names on lists of authorised traders: they raise no alarm."""
    meaning = Watchlist.Meaning.TRUSTED
    named = [hit for hit in rows if hit.entry.watchlist.meaning == meaning]
    return [h for h in named if not h.closed_at and h.judgement != Hit.Judgement.DIFFERENT]
