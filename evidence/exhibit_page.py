"""All that the page of an exhibit shows, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from casework import roles
from casework.models import User
from evidence import chain_words, custody, gaps, lifeline
from evidence.chain import Chain
from evidence.chain_words import Link
from evidence.continuity import seals
from evidence.filestore import images
from evidence.gaps import Told
from evidence.lifeline import Lifeline
from evidence.links import stands_in
from evidence.models import Attachment, Exhibit, SignedHead

PHOTOGRAPHS = 6
CHANGES = 8


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
    seal: seals.Now
    photographs: Sequence[Attachment]
    file_count: int
    neighbours: Neighbours
    changes: Sequence[Any]
    head: SignedHead | None
    may_answer: bool
    may_attach: bool
    may_explain: bool

    @property
    def newest_first(self) -> list[Link]:
        return list(reversed(self.links))

    @property
    def is_here(self) -> bool:
        return self.chain.holder is not None

    @property
    def ended(self) -> str:
        """What became of it, where nobody holds it any more."""
        kinds = {event.kind for event in self.chain.events}
        if "disposed" in kinds:
            return _("destroyed, or handed to the state")
        return _("returned to its owner") if "returned" in kinds else _("no longer here")

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
    may = roles.CUSTODY in exhibit.case.granted_actions
    labels = _labels(exhibit, user)
    return ExhibitPage(
        exhibit=exhibit,
        chain=chain,
        links=chain_words.links(chain.events, labels),
        lifelines=lifeline.lifelines(chain.events, gaps.marks(told), gaps.stretches(told)),
        gaps=told,
        seal=seals.now(event.plain for event in chain.events),
        photographs=list(pictures.select_related("file").order_by("uploaded_at")[:PHOTOGRAPHS]),
        file_count=attached.count(),
        neighbours=_neighbours(exhibit, list(labels.values())),
        changes=list(exhibit.history.select_related("history_user")[:CHANGES]),
        head=SignedHead.objects.order_by("-tree_size").first(),
        may_answer=may and _is_offered_to(exhibit, user),
        may_attach=roles.EXHIBIT in exhibit.case.granted_actions,
        may_explain=may,
    )


def stands_for_holder(exhibit: Exhibit, user: User) -> bool:
    """Whether custody lets this person act as the holder: see links.require_holder."""
    holder = exhibit.holder
    if holder is None:
        return False
    return holder == user or stands_in(exhibit, holder, user)


def _is_offered_to(exhibit: Exhibit, user: User) -> bool:
    open_offers = exhibit.custody.awaiting_acknowledgement()
    return bool(open_offers.filter(to_user=user).exists())


def _labels(exhibit: Exhibit, user: User) -> dict[UUID, str]:
    """The exhibits of the case that this reader may know, in the order of their registration."""
    visible = Exhibit.objects.visible_to(user).filter(case=exhibit.case)
    return dict(visible.order_by("pk").values_list("identifier", "label"))


def _neighbours(exhibit: Exhibit, labels: Sequence[str]) -> Neighbours:
    at = labels.index(exhibit.label)
    return Neighbours(
        position=at + 1,
        total=len(labels),
        before=labels[at - 1] if at else "",
        after=labels[at + 1] if at + 1 < len(labels) else "",
    )
