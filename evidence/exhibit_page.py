"""All that the page of an exhibit shows, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import roles
from casework.models import User
from evidence import chain_words, custody, gaps, images, lifeline
from evidence.chain import Chain
from evidence.chain_words import Link
from evidence.gaps import Told
from evidence.lifeline import Lifeline
from evidence.links import stands_in
from evidence.models import Attachment, Exhibit, SignedHead

PHOTOGRAPHS = 6
CHANGES = 8

# Acts of the holder, in the order of the menu: name of the address, words.
HOLDERS_ACTS: tuple[tuple[str, StrOrPromise], ...] = (
    ("custody-reweigh", _("Weigh again")),
    ("custody-seal", _("Put on a seal")),
    ("custody-move", _("Move it within the store")),
    ("custody-examine", _("Record an examination")),
    ("custody-sample", _("Take a sample")),
    ("custody-copy", _("Record a copy")),
    ("custody-return", _("Return to its owner")),
    ("custody-destroy", _("Destroy it")),
)


@dataclass(frozen=True)
class Neighbours:
    position: int
    total: int
    before: str
    after: str


@dataclass(frozen=True)
class ExhibitPage:
    exhibit: Exhibit
    chain: Chain
    links: Sequence[Link]
    lifelines: Sequence[Lifeline]
    gaps: Sequence[Told]
    is_intact: bool | None
    photographs: Sequence[Attachment]
    file_count: int
    neighbours: Neighbours
    parent: Exhibit | None
    parts: Sequence[Exhibit]
    changes: Sequence[Any]
    head: SignedHead | None
    acts: Sequence[tuple[str, StrOrPromise]]
    may_offer: bool
    may_answer: bool
    may_withdraw: bool
    may_attach: bool
    may_explain: bool

    @property
    def newest_first(self) -> list[Link]:
        return list(reversed(self.links))

    @property
    def first_act(self) -> tuple[str, StrOrPromise] | None:
        return self.acts[0] if self.acts else None

    @property
    def more_acts(self) -> Sequence[tuple[str, StrOrPromise]]:
        return self.acts[1:]

    @property
    def next_number(self) -> int:
        return len(self.links) + 1


def read(exhibit: Exhibit, user: User) -> ExhibitPage:
    """The exhibit was fetched for this user, with `granted_actions` on its case."""
    chain = custody.chain(exhibit)
    told = gaps.told(gaps.of(exhibit, Exhibit.objects.visible_to(user).filter(case=exhibit.case)))
    attached = Attachment.objects.visible_to(user).filter(exhibit=exhibit)
    shown = attached.filter(file__media_type__in=images.SHOWN_TYPES)
    pictures = shown.exclude(kind=Attachment.Kind.DOCUMENT)  # a signature, a scanned form
    holds = stands_for_holder(exhibit, user)
    may = roles.CUSTODY in exhibit.case.granted_actions
    offer = chain.open_offer
    return ExhibitPage(
        exhibit=exhibit,
        chain=chain,
        links=chain_words.links(chain.events),
        lifelines=lifeline.lifelines(chain.events, gaps.marks(told), gaps.stretches(told)),
        gaps=told,
        is_intact=_last_intact(chain),
        photographs=list(pictures.select_related("file").order_by("uploaded_at")[:PHOTOGRAPHS]),
        file_count=attached.count(),
        neighbours=_neighbours(exhibit, user),
        parent=_parent(exhibit, user),
        parts=list(Exhibit.objects.visible_to(user).filter(parent=exhibit)),
        changes=list(exhibit.history.select_related("history_user")[:CHANGES]),
        head=SignedHead.objects.order_by("-tree_size").first(),
        acts=_acts(exhibit, holds=holds, may=may, is_offered=offer is not None),
        may_offer=may and holds and offer is None,
        may_answer=may and _is_offered_to(exhibit, user),
        may_withdraw=may and holds and offer is not None,
        may_attach=roles.EXHIBIT in exhibit.case.granted_actions,
        may_explain=may,
    )


def _parent(exhibit: Exhibit, user: User) -> Exhibit | None:
    """What it is a sample of, where the reader may know of that."""
    if exhibit.parent_id is None:
        return None
    found: Exhibit | None = Exhibit.objects.visible_to(user).filter(pk=exhibit.parent_id).first()
    return found


def stands_for_holder(exhibit: Exhibit, user: User) -> bool:
    """Whether custody lets this person act as the holder: see links.require_holder."""
    holder = exhibit.holder
    if holder is None:
        return False
    return holder == user or stands_in(exhibit, holder, user)


def _acts(
    exhibit: Exhibit, *, holds: bool, may: bool, is_offered: bool
) -> list[tuple[str, StrOrPromise]]:
    if not may:
        return []
    acts = list(HOLDERS_ACTS) if holds and not is_offered else []
    if exhibit.holder_id and not is_offered:
        acts.append(("custody-produce", _("Record production in court")))
    return [*acts, ("custody-correct", _("Correct an event"))]


def _is_offered_to(exhibit: Exhibit, user: User) -> bool:
    open_offers = exhibit.custody.awaiting_acknowledgement()
    return bool(open_offers.filter(to_user=user).exists())


def _last_intact(chain: Chain) -> bool | None:
    looked = [event.plain.seal_intact for event in chain.events if event.kind != "refused"]
    return next((intact for intact in reversed(looked) if intact is not None), None)


def _neighbours(exhibit: Exhibit, user: User) -> Neighbours:
    visible = Exhibit.objects.visible_to(user).filter(case=exhibit.case)
    labels = list(visible.order_by("pk").values_list("label", flat=True))
    at = labels.index(exhibit.label)
    return Neighbours(
        position=at + 1,
        total=len(labels),
        before=labels[at - 1] if at else "",
        after=labels[at + 1] if at + 1 < len(labels) else "",
    )
