"""What was asked of a dossier, as its row keeps it, and the plan that is made of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework import access
from casework.errors import RuleBroken
from casework.models import Case
from evidence.dossier.plan import PARTS, PartWish, Plan, Replacement
from evidence.issuing import papers, parts, signers, supplements
from evidence.models import Dossier, Exhibit


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """Empty: the parts of the template, all exhibits in their order, no documents merged."""

    parts: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()  # labels, in the order wanted; others follow in theirs
    only: tuple[str, ...] | None = None  # labels; a supplement holds these exhibits only
    documents: tuple[int, ...] = ()  # keys of attachments, in the order wanted
    replacements: tuple[dict[str, Any], ...] = ()  # page, attachment, reason, letters
    signers: tuple[dict[str, Any], ...] = ()  # person, capacity
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def plain(self) -> dict[str, Any]:
        return asdict(self)


KNOWN = {each.name for each in fields(Wishes)}


def of(dossier: Dossier) -> Wishes:
    return read(dossier.wishes)


def read(plain: dict[str, Any]) -> Wishes:
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in plain.items()
        if name in KNOWN
    }
    return Wishes(**kept)


def demand(
    asked: Wishes, case: Case, actor: access.Reader, continues: Dossier | None = None
) -> None:
    """RuleBroken where a part is unknown, a document is hidden, or a page was never issued."""
    if unknown := parts.unknown(asked.parts):
        raise RuleBroken(_("There is no part named %(name)s.") % {"name": unknown[0]})
    if asked.only is not None and continues is None:
        raise RuleBroken(_("Only a supplement leaves exhibits out. A dossier holds them all."))
    supplements.demand_pages(asked.replacements, continues)
    needed = [*asked.documents, *(each["attachment"] for each in asked.replacements)]
    papers.chosen(case, actor, needed)


def ordered(dossier: Dossier, rows: Sequence[Exhibit]) -> list[Exhibit]:
    """The exhibits in the order wanted; those that nobody named follow as they were."""
    asked = of(dossier)
    wanted = {label: at for at, label in enumerate(asked.exhibits)}
    last = len(wanted)
    held = [row for row in rows if asked.only is None or row.label in asked.only]
    return sorted(held, key=lambda row: wanted.get(row.label, last))


def plan(dossier: Dossier, case: Case) -> Plan:
    asked = of(dossier)
    template, before = dossier.template, dossier.continues
    listed = template.parts if template else [{"key": key, "title": ""} for key in PARTS]
    chosen = tuple(
        PartWish(**each) for each in listed if not asked.parts or each["key"] in asked.parts
    )
    merged = papers.chosen(case, dossier.requested_by, asked.documents)
    return Plan(
        parts=chosen,
        language=template.language if template else "en",
        template=f"{template.name}, {template.changed_at:%d %b %Y}" if template else "",
        cover_heading=template.cover_heading if template else "",
        cover_text=template.cover_text if template else "",
        closing_text=template.closing_text if template else "",
        first_page=dossier.first_page,
        supplement=len(supplements.chain(before)),
        continues=before.name if before else "",
        documents=tuple(papers.document(row, f"document.{n}") for n, row in enumerate(merged, 1)),
        replacements=_replacements(dossier, case),
        is_disclosure=dossier.is_disclosure,
        signers=signers.named(asked.signers),
    )


def lettered(dossier: Dossier, pages: Mapping[str, int]) -> dict[str, Any]:
    """As they are kept once it is built: with how many letters each replacement was given."""
    rows = [
        {**each, "letters": pages.get(f"replacement.{n}", 0)}
        for n, each in enumerate(of(dossier).replacements, 1)
    ]
    return {**dossier.wishes, "replacements": rows}


def _replacements(dossier: Dossier, case: Case) -> tuple[Replacement, ...]:
    """Letters go on: where 57A and 57B are issued, what is replaced next begins with 57C."""
    rows = of(dossier).replacements
    held = papers.chosen(case, dossier.requested_by, [each["attachment"] for each in rows])
    found = {row.pk: row for row in held}
    before = [each for one in supplements.chain(dossier.continues) for each in of(one).replacements]
    uncounted = [each for each in before if "letters" not in each]  # issued by an older version
    pages = papers.pages_of([each["attachment"] for each in (*uncounted, *rows)]) if rows else {}
    used: Counter[int] = Counter()
    for each in before:
        used[each["page"]] += each.get("letters", pages.get(each["attachment"], 1))
    made = []
    for n, each in enumerate(rows, 1):
        document = papers.document(found[each["attachment"]], f"replacement.{n}")
        made.append(
            Replacement(
                page=each["page"], reason=each["reason"], document=document,
                used=used[each["page"]],
            )
        )  # fmt: skip
        used[each["page"]] += pages.get(each["attachment"], 1)
    return tuple(made)
