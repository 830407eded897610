"""What was asked of a dossier, as its row keeps it, and the plan that is made of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from casework.models import Case
from evidence.dossier.plan import PARTS, PartWish, Plan
from evidence.models import Dossier, Exhibit


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Empty: the parts of the template, all exhibits in their order, no documents merged."""

    parts: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()  # labels, in the order wanted; others follow in theirs
    documents: tuple[int, ...] = ()  # keys of attachments, in the order wanted
    replacements: tuple[dict[str, Any], ...] = ()  # page, attachment, reason
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, Any]:
        return asdict(self)


def of(dossier: Dossier) -> Wishes:
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in dossier.wishes.items()
    }
    return Wishes(**kept)


def ordered(dossier: Dossier, rows: Sequence[Exhibit]) -> list[Exhibit]:
    """The exhibits in the order wanted; those that nobody named follow as they were."""
    wanted = {label: at for at, label in enumerate(of(dossier).exhibits)}
    last = len(wanted)
    return sorted(rows, key=lambda row: wanted.get(row.label, last))


def plan(dossier: Dossier, case: Case) -> Plan:
    asked = of(dossier)
    template = dossier.template
    listed = template.parts if template else [{"key": key, "title": ""} for key in PARTS]
    parts = tuple(
        PartWish(**each) for each in listed if not asked.parts or each["key"] in asked.parts
    )
    return Plan(
        parts=parts,
        language=template.language if template else "en",
        template=f"{template.name}, {template.changed_at:%d %b %Y}" if template else "",
        cover_heading=template.cover_heading if template else "",
        cover_text=template.cover_text if template else "",
        closing_text=template.closing_text if template else "",
        first_page=dossier.first_page,
        continues=dossier.continues.name if dossier.continues else "",
        is_disclosure=dossier.is_disclosure,
        signers=tuple(
            (row.signer.get_full_name() or row.signer.username, row.capacity)
            for row in dossier.signatures.select_related("signer")
        ),
    )
