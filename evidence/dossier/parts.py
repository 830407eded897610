"""Which maker lays out which part: those that the plan wants, in its order. Pure."""

from collections.abc import Callable, Mapping

from evidence.dossier import (
    pages_court,
    pages_electronic,
    pages_end,
    pages_exhibits,
    pages_facts,
    pages_kyc,
    pages_papers,
    pages_proof,
    pages_witnesses,
)
from evidence.dossier.part import Making, Part

Maker = Callable[[Making], Part]
MAKERS: Mapping[str, Maker] = {
    "charges": pages_court.charges,
    "summary": pages_facts.summary,
    "chronology": pages_facts.story_of_time,
    "proof": pages_proof.proof,
    "exhibits": pages_exhibits.listing,
    "custody": pages_exhibits.chapters,
    "laboratory": pages_papers.laboratory,
    "certificates": pages_papers.certificates,
    "electronic": pages_electronic.electronic,
    "parties": pages_kyc.parties,
    "consignments": pages_kyc.consignments,
    "witnesses": pages_witnesses.witnesses,
    "statements": pages_witnesses.statements,
    "hearings": pages_court.hearings,
    "files": pages_end.files,
}
# What the prosecution makes of its own evidence is its own.
NEVER_DISCLOSED = frozenset({"proof"})


def makers(making: Making) -> list[Maker]:
    """Those that the plan wants, in its order, and the certificate at the end."""
    plan = making.snapshot.plan
    kept_back = NEVER_DISCLOSED if plan.is_disclosure else frozenset()
    keys = dict.fromkeys(wish.key for wish in plan.parts if wish.key not in kept_back)
    return [*(MAKERS[key] for key in keys if key in MAKERS), pages_end.certificate]


def made(making: Making) -> list[Part]:
    """Every part of the dossier; one without a story has nothing on the record."""
    return [make(making) for make in makers(making)]
