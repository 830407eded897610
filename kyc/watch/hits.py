"""Findings of the screening: raised, kept, raised anew, closed.

A finding that was judged stays judged until what was compared has changed: the party's data
(`party_digest`) or the entry (a changed entry is a new row).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from casework import audit, clock
from kyc.diligence import merging
from kyc.models import Hit, WatchlistEntry, WatchlistVersion
from kyc.naming import matching
from kyc.naming.matching import Score, Subject
from kyc.watch.subjects import Layer

MATTERS = 50  # points of 1000 that a case must add to a finding of the register
Compared = tuple[WatchlistVersion, WatchlistEntry, Subject]


@dataclass(frozen=True)
class Finding:
    """A party, as one layer knows it, resembles an entry."""

    layer: Layer
    entry: WatchlistEntry
    version: WatchlistVersion
    score: Score

    @property
    def place(self) -> tuple[int, int | None]:
        return self.entry.pk, self.layer.case


def findings(layers: Sequence[Layer], compared: Iterable[Compared]) -> Iterator[Finding]:
    """What a case says counts as a finding of its own only where it matters to the score."""
    for version, entry, other in compared:
        known = -MATTERS
        for layer in layers:
            score = matching.compare(layer.subject, other)
            if score.value < matching.ALARM:
                continue
            if layer.case is None:
                known = score.value
            if layer.case is None or score.value >= known + MATTERS:
                yield Finding(layer, entry, version, score)


def raise_all(party: int, found: Iterable[Finding], before: Iterable[Hit]) -> int:
    """Keep what stands, renew what changed; how many now wait that did not. `before` are the
    party's hits on the same entries."""
    former: dict[tuple[int, int | None], list[Hit]] = {}
    for hit in before:
        former.setdefault((hit.entry_id, hit.case_id), []).append(hit)
    return sum(_raise(party, finding, former.get(finding.place, [])) for finding in found)


def _raise(party: int, finding: Finding, former: list[Hit]) -> bool:
    same = next((hit for hit in former if hit.party_digest == finding.layer.digest), None)
    close(hit for hit in former if hit is not same)
    if same is not None:
        return _stands(same, finding)
    _save(
        Hit(
            party_id=party,
            entry=finding.entry,
            version=finding.version,
            case_id=finding.layer.case,
            party_digest=finding.layer.digest,
            **_told(finding.score),
        )
    )
    return True


def _stands(hit: Hit, finding: Finding) -> bool:
    """The same data, so the judgement stands; a better matcher may say it differently."""
    is_back, told = hit.closed_at is not None, _told(finding.score)
    if is_back or any(getattr(hit, name) != value for name, value in told.items()):
        hit = _change(hit, closed_at=None, **told)
    return is_back and not hit.judgement


def _told(score: Score) -> dict[str, Any]:
    return {
        "score": score.value,
        "explanation": [asdict(reason) for reason in score.reasons],
        "matched_name": score.right_name[:500],
    }


def close(hits: Iterable[Hit]) -> None:
    """The entry left its list, or the party no longer resembles it."""
    for hit in hits:
        if hit.closed_at is None:
            _change(hit, closed_at=clock.now())


@transaction.atomic
def _change(hit: Hit, **fields: Any) -> Hit:
    """The row as it stands now: somebody may have judged it since it was read."""
    row: Hit = Hit.objects.select_for_update(no_key=True).get(pk=hit.pk)
    for name, value in fields.items():
        setattr(row, name, value)
        setattr(hit, name, value)
    _save(row)
    return row


def _save(hit: Hit) -> None:
    audit.sign(hit, None)
    hit.save()


def former(hits: Iterable[Hit]) -> dict[int, Hit]:
    """For each hit the last judgement of the same name of the list, before it was raised anew: of
    the party, or of one that was merged into it."""
    rows = list(hits)
    groups = merging.groups({hit.party_id: hit.party for hit in rows}.values())
    root = {member: pk for pk, group in groups.items() for member in group}
    judged = (
        Hit.objects.filter(party__in=root)
        .exclude(judgement="")
        .select_related("entry", "judged_by")
        .order_by("judged_at")
    )
    last: dict[tuple[int, ...], list[Hit]] = {}
    for hit in judged:
        last.setdefault(_name_on_list(hit, root), []).append(hit)
    found = {
        hit.pk: [old for old in last.get(_name_on_list(hit, root), []) if old.pk != hit.pk]
        for hit in rows
    }
    return {pk: olds[-1] for pk, olds in found.items() if olds}


def _name_on_list(hit: Hit, root: dict[int, int]) -> tuple[Any, ...]:
    return root[hit.party_id], hit.case_id, hit.entry.watchlist_id, hit.entry.uid
