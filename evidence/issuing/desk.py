"""What the page shows where a dossier is asked for: all that can be chosen, and what was last.

Read in a fixed number of queries; nothing that this person may not see is offered, and a wish of
somebody who saw more is offered without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django_stubs_ext import StrOrPromise

from casework import access, clock
from casework.models import Case, Hearing, User
from evidence.dossier import collect
from evidence.dossier.plan import PARTS
from evidence.issuing import (
    before,
    contents,
    papers,
    parts,
    previews,
    signers,
    templates,
    wishes,
)
from evidence.issuing.contents import Line
from evidence.issuing.wishes import Wishes
from evidence.models import (
    Attachment,
    Certificate,
    CustodyEvent,
    Dossier,
    DossierTemplate,
    Exhibit,
    LaboratoryReport,
)
from evidence.proof.alarms import Alarm

MOST = 500  # exhibits, and documents, that one page lists


@dataclass(frozen=True)
class Row:
    """One line that is ticked or given a place."""

    pk: int
    label: str
    what: str
    note: str = ""
    is_in: bool = False


@dataclass(frozen=True)
class Choice:
    """A part as the page offers it."""

    line: Line
    title: StrOrPromise  # as the court's template words it
    is_in: bool


@dataclass(frozen=True, kw_only=True)
class Desk:
    case: Case
    user: User
    continues: Dossier | None
    alarms: list[Alarm]
    lines: list[Line]
    exhibits: list[Row]
    papers: list[Row]
    exhibits_left: int
    papers_left: int
    templates: list[DossierTemplate]
    people: list[User]
    wanted: Wishes
    template: DossierTemplate | None
    addressed_to: str = ""

    @property
    def next_page(self) -> int:
        return (self.continues.last_page or 0) + 1 if self.continues else 1

    def choices(self, template: DossierTemplate | None, chosen: Iterable[str]) -> list[Choice]:
        """The parts in the order of a template; none chosen means all of them."""
        by_key, wanted = {line.key: line for line in self.lines}, set(chosen)
        listed = template.parts if template else [{"key": key} for key in PARTS]
        return [
            Choice(
                by_key[each["key"]],
                each.get("title") or parts.TITLES[each["key"]],
                not wanted or each["key"] in wanted,
            )
            for each in listed
            if each["key"] in by_key
        ]


@dataclass(frozen=True)
class Start:
    """What the page begins with: of the person's preview, or of the dossier before."""

    wanted: Wishes
    template: DossierTemplate | None
    addressed_to: str = ""


def of(case: Case, user: User, continues: Dossier | None = None) -> Desk:
    alarms = before.of(case, user)
    offered = list(templates.offered(case))
    start = _start(case, user, continues, offered)
    exhibits = collect.exhibits(case, user)
    listed, left = _papers(papers.of(case, user), start.wanted)
    return Desk(
        case=case, user=user, continues=continues, alarms=alarms,
        lines=contents.lines(case, user, {alarm.code for alarm in alarms}),
        exhibits=_exhibits(exhibits, start.wanted), exhibits_left=max(0, len(exhibits) - MOST),
        papers=listed, papers_left=left, templates=offered,
        people=list(signers.eligible(case)), wanted=start.wanted,
        template=start.template, addressed_to=start.addressed_to,
    )  # fmt: skip


def _start(
    case: Case, user: User, continues: Dossier | None, offered: Sequence[DossierTemplate]
) -> Start:
    looked_at = previews.find(case, user)
    if looked_at is not None and looked_at.continues == (continues.pk if continues else None):
        chosen = next((one for one in offered if one.pk == looked_at.template), None)
        return Start(wishes.read(looked_at.wishes), chosen, looked_at.addressed_to)
    last = _last(case, user, continues)
    kept = replace(wishes.of(last) if last else Wishes(), replacements=())
    fresh = new_since(case, user, continues.requested_at) if continues else {"only": None}
    known = last is not None and last.template in offered
    template = last.template if last and known else templates.default(case, offered)
    return Start(replace(kept, **fresh), template, last.addressed_to if last else "")


def _last(case: Case, user: access.Reader, continues: Dossier | None) -> Dossier | None:
    """The dossier whose wishes the next one begins with; a whole one not with a supplement's."""
    rows = Dossier.objects.visible_to(user).filter(case=case, is_disclosure=False)
    if continues is None:
        rows = rows.filter(continues=None)
    found: Dossier | None = rows.select_related("template").order_by("-number").first()
    return found


def new_since(case: Case, user: access.Reader, moment: datetime) -> dict[str, Any]:
    """What a supplement holds at first: what came on the record after the dossier before it."""
    events = CustodyEvent.objects.filter(exhibit=OuterRef("pk"), recorded_at__gt=moment)
    changed = Exhibit.objects.visible_to(user).filter(
        Q(registered_at__gt=moment) | Exists(events), case=case
    )
    labels = tuple(changed.order_by("pk").values_list("label", flat=True))
    fresh = papers.of(case, user).filter(uploaded_at__gt=moment)
    found = {
        "exhibits": bool(labels),
        "custody": bool(labels),
        "hearings": Hearing.objects.visible_to(user)
        .filter(
            Q(recorded_at__gt=moment) | Q(starts_at__gt=moment, starts_at__lte=clock.now()),
            proceeding__case=case,
        )
        .exists(),
        "laboratory": LaboratoryReport.objects.visible_to(user)
        .filter(request__case=case, recorded_at__gt=moment)
        .exists(),
        "certificates": Certificate.objects.visible_to(user)
        .filter(case=case, recorded_at__gt=moment)
        .exists(),
        "files": Attachment.objects.visible_to(user)
        .filter(case=case, exhibit__isnull=True, uploaded_at__gt=moment)
        .exists(),
    }
    return {
        "only": labels,
        "documents": tuple(fresh.values_list("pk", flat=True)[:MOST]),
        "parts": tuple(key for key in PARTS if found.get(key)),
    }


def _exhibits(rows: Sequence[Exhibit], wanted: Wishes) -> list[Row]:
    """In the order wanted; the rest of a very large case follows and is not listed."""
    place = {label: at for at, label in enumerate(wanted.exhibits)}
    ordered = sorted(rows, key=lambda row: place.get(row.label, len(place)))
    return [
        Row(row.pk, row.label, row.description, row.kind.label,
            wanted.only is None or row.label in wanted.only)
        for row in ordered[:MOST]
    ]  # fmt: skip


def _papers(rows: Any, wanted: Wishes) -> tuple[list[Row], int]:
    """Those to be merged in their order, then the newest others; and how many are not listed."""
    place = {key: at for at, key in enumerate(wanted.documents)}
    chosen = sorted(rows.filter(pk__in=wanted.documents)[:MOST], key=lambda row: place[row.pk])
    others = rows.exclude(pk__in=wanted.documents).order_by("-uploaded_at", "-pk")
    room = MOST - len(chosen)
    more = list(others[: room + 1])
    left = others.count() - room if len(more) > room else 0
    return [
        *(_paper(row, is_in=True) for row in chosen),
        *(_paper(row, is_in=False) for row in more[:room]),
    ], left


def _paper(row: Attachment, *, is_in: bool) -> Row:
    label = row.exhibit.label if row.exhibit else ""
    return Row(row.pk, label, row.caption or row.name, row.get_kind_display(), is_in)
