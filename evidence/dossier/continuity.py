"""What a chain of custody leaves open, as the dossier prints it: the same sentences as on screen.

Pure. The findings are made by `evidence.continuity` when the snapshot is taken, and frozen in it.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from evidence.continuity import Finding
from evidence.continuity.telling import Writing, sentence
from evidence.dossier import words
from evidence.dossier.snapshot import Exhibit, Remark


def frozen(findings: Iterable[Finding], zone: ZoneInfo) -> tuple[Remark, ...]:
    """In English, with the days of the zone of the place."""

    def day(moment: datetime) -> str:
        return words.day(moment, zone)

    writing = Writing(translate=str, day=day, duration=words.duration, weight=words.weight)
    return tuple(Remark(one.mark, sentence(one, writing), one.sequence) for one in findings)


def remarks(exhibit: Exhibit) -> list[Remark]:
    """The state of the proof first, then the findings in the order of the chain."""
    return [*_proof(exhibit), *exhibit.remarks]


def _proof(exhibit: Exhibit) -> Iterator[Remark]:
    if exhibit.proof.state == "empty":
        yield Remark("open", "No custody event is recorded.")
    elif exhibit.proof.state == "broken":
        yield Remark("cross", f"The chain does not verify: {exhibit.proof.fault}.")
    elif exhibit.proof.state == "pending":
        missing = len(exhibit.events) - exhibit.proof.sequenced
        yield Remark("half", f"{words.plural(missing, 'event')} not under a signed head yet.")
