"""How well parties are known to a reader: their checklist, its measure, the last decision.

Everything is counted over what the reader may see, of a party and of all that was merged into it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Max, QuerySet

from casework import access, clock
from casework.models import Code, Requirement
from kyc.diligence import checklists, merging
from kyc.diligence.checklists import Line, Measure, Said, Want
from kyc.models import Fact, Party, Review, Screening, Watchlist

STANDARD = "standard"  # the checklist of a party that nobody has decided on
REVIEW, SCREENING = "review", "screening"  # met by a decision and by a screening, not by facts


@dataclass(frozen=True)
class Known:
    """A party under one checklist, to one reader, on one day."""

    regime: str
    regime_words: str
    lines: tuple[Line, ...]
    measure: Measure
    review: Review | None
    is_overdue: bool

    @property
    def groups(self) -> list[tuple[str, str, Measure]]:
        """One line for each group of the checklist: its worst mark, its name, its measure."""
        found = []
        for name, lines in groupby(self.lines, key=lambda line: line.want.group):
            group = checklists.measure(lines)
            found.append((_mark(group), name, group))
        return found


def _mark(measure: Measure) -> str:
    """What is false comes before what is missing, and that before what nobody checked."""
    wrong = checklists.CONTRADICTED in measure.states
    if wrong or measure.met < measure.total:
        return "cross" if wrong else ("half" if measure.met else "open")
    return "full" if measure.verified == measure.total else "half"


def known(user: access.Reader, parties: Iterable[Party]) -> dict[int, Known]:
    """Each party's checklist as this reader may know it, in a fixed number of queries."""
    return over(parties, Fact.objects.visible_to(user), Review.objects.visible_to(user))


def of_register(party: Party, regime: str) -> Known:
    """What no case keeps: a decision is stored with this, so that it never gives a case away."""
    facts = Fact.objects.filter(case__isnull=True)
    return over([party], facts, Review.objects.all(), regime)[party.pk]


def over(
    parties: Iterable[Party], facts: "QuerySet[Fact]", reviews: Any, regime: str = ""
) -> dict[int, Known]:
    """Checklists over some facts; `regime` instead of the one last decided on."""
    roots = list(parties)
    groups = merging.groups(roots)
    members = {member: root for root, group in groups.items() for member in group}
    said = _said(members, facts)
    last = _last_reviews(members, reviews)
    lists, words, day = wants(), regimes(), clock.today()
    alarms = Screening.objects.filter(version__watchlist__meaning=Watchlist.Meaning.ALARM)
    screened = alarms.aggregate(at=Max("finished_at"))  # a list of traders warns of nobody
    found = {}
    for party in roots:
        review = last.get(party.pk)
        name = regime or (review.regime if review else STANDARD)
        told = [*said.get(party.pk, []), *_acts(party, review, screened["at"])]
        lines = tuple(checklists.read(lists.get(name, []), told, party.kind, day))
        due = review.next_review_on if review else None
        found[party.pk] = Known(
            name, words.get(name, name), lines, checklists.measure(lines), review,
            due is not None and due < day,
        )  # fmt: skip
    return found


def wants() -> dict[str, list[Want]]:
    """The checklists in force today, by regime."""
    found: dict[str, list[Want]] = {}
    for row in Requirement.objects.on(clock.today()):
        found.setdefault(row.regime, []).append(
            Want(
                row.code,
                row.get_group_display(),
                row.label,
                frozenset(row.fact_kinds.split()),
                row.must_be_verified,
                row.good_for_days,
                row.party_kind,
            )
        )
    return found


def regimes() -> dict[str, str]:
    """Codes of the checklists and what they are called."""
    return dict(Code.objects.kind("kyc_regime").values_list("code", "label"))


def next_review(regime: str) -> date | None:
    """The day a party is due again: as long as the checklist lets a decision stand."""
    days = [w.good_for_days for w in wants().get(regime, []) if REVIEW in w.kinds]
    return next((clock.today() + timedelta(days=n) for n in days if n is not None), None)


def _said(members: dict[int, int], facts: "QuerySet[Fact]") -> dict[int, list[Said]]:
    rows = list(facts.filter(party__in=members).select_related("kind", "unknown_reason"))
    findings = {row.contradicted_by_id for row in rows}
    found: dict[int, list[Said]] = {}
    for row in rows:
        found.setdefault(members[row.party_id], []).append(
            Said(
                row.kind.code,
                row.standing,
                row.as_of,
                row.verified_on,
                row.expires_on,
                row.until,
                row.unknown_reason.label if row.unknown_reason else "",
                is_finding=row.pk in findings,
            )
        )
    return found


def _last_reviews(members: dict[int, int], reviews: Any) -> dict[int, Review]:
    found: dict[int, Review] = {}
    rows = reviews.filter(party__in=members).select_related("decided_by")
    for row in rows.order_by("decided_at", "pk"):
        found[members[row.party_id]] = row
    return found


def _acts(party: Party, review: Review | None, screened_at: Any) -> Sequence[Said]:
    """A decision and a screening as if they were facts. A party that came after the last list was
    screened when it came."""
    acts = []
    if review:
        day = review.decided_at.date()
        acts.append(Said(REVIEW, "verified", day, expires_on=review.next_review_on))
    if screened_at:
        acts.append(Said(SCREENING, "verified", max(screened_at, party.created_at).date()))
    return acts


def contradictions(facts: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """What was said beside what was found, for the facts that a reader sees both sides of."""
    seen = {fact.pk: fact for fact in facts}
    return [
        (fact, seen[fact.contradicted_by_id])
        for fact in facts
        if fact.contradicted_by_id is not None and fact.contradicted_by_id in seen
    ]
