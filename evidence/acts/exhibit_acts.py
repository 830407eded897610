"""Which acts of custody a reader may do on an exhibit now, in the groups of the menu."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import clock, roles
from casework.models import User
from evidence.acts import handouts
from evidence.chain import Chain, ChainEvent
from evidence.models import CustodyEvent, Exhibit, HandOut

Kind = CustodyEvent.Kind
Choice = tuple[str, StrOrPromise]  # name of the address, words

HAND_OVER: Sequence[Choice] = (("custody-hand-out", _("To somebody without an account")),)
RECORD: Sequence[Choice] = (
    ("custody-reweigh", _("Weigh again")),
    ("custody-seal", _("Seal, or seal again")),
    ("custody-move", _("Move within the store")),
    ("custody-examine", _("Record an examination")),
    ("custody-sample", _("Take a sample")),
    ("custody-split", _("Split it")),
    ("custody-combine", _("Combine with others")),
    ("custody-copy", _("Record a copy")),
    ("custody-declare", _("Declare a tolerance")),
)
END: Sequence[Choice] = (
    ("custody-return", _("Return to its owner")),
    ("custody-destroy", _("Destroy, or hand to the state")),
)


@dataclass(frozen=True)
class Group:
    title: StrOrPromise
    choices: Sequence[Choice]


@dataclass(frozen=True)
class Acts:
    """What may be done, and what the reader must know before doing anything."""

    groups: Sequence[Group]
    may_offer: bool
    may_confirm: bool
    may_withdraw: bool
    may_take_back: bool
    lost: ChainEvent | None
    proposal: ChainEvent | None
    out: ChainEvent | None
    expected_back_on: date | None
    needs_paper: bool  # signed on paper, and the signed form is not added yet
    declared: ChainEvent | None
    refused: ChainEvent | None  # the last handover was refused and nothing has followed
    was_proposal: bool = False  # or rather: a proposed destruction was not confirmed

    @property
    def is_overdue(self) -> bool:
        return self.expected_back_on is not None and self.expected_back_on < clock.today()


def of(exhibit: Exhibit, chain: Chain, user: User, *, holds: bool) -> Acts:
    """`holds`: custody lets this reader act as the holder. One query where it is handed out."""
    may = roles.CUSTODY in exhibit.case.granted_actions
    lost = _lost(chain)
    asked, out = proposal(chain), _unanswered(chain, Kind.HANDED_OUT)
    free = may and holds and lost is None and asked is None and chain.open_offer is None
    row = HandOut.objects.filter(event=out.pk).select_related("event").first() if out else None
    last = chain.events[-1] if chain.events else None
    refused = last if last and last.kind == Kind.REFUSED else None
    named = asked is not None and _is_for(asked, user)
    present = exhibit.holder_id is not None or out is not None
    return Acts(
        groups=_groups(free=free, may=may, present=present, lost=lost, chain=chain, out=out),
        may_offer=free,
        may_confirm=may and named,
        may_withdraw=may and holds and (asked is not None or chain.open_offer is not None),
        may_take_back=may and _may_take_back(exhibit, row, user),
        lost=lost,
        proposal=asked,
        out=out,
        expected_back_on=row.expected_back_on if row else None,
        needs_paper=bool(row and row.is_signed_on_paper and not _has_paper(chain, out)),
        declared=_last(chain, Kind.DECLARED),
        refused=refused,
        was_proposal=refused is not None and chain.answered(refused).kind == Kind.PROPOSED,
    )


def _groups(
    *, free: bool, may: bool, present: bool, lost: object, chain: Chain, out: object
) -> list[Group]:
    if not may:
        return []
    quiet = present and chain.open_offer is None and lost is None
    court: list[Choice] = [("custody-produce", _("Record production in court"))] if quiet else []
    report: list[Choice] = []
    if present:
        report.append(("custody-damage", _("Report damage")))
        if lost:
            report.append(("custody-found", _("Record that it was found")))
        else:
            report.append(("custody-loss", _("Report it missing")))
    report += [("custody-enclose", _("Add a paper to an event")),
               ("custody-correct", _("Correct an event"))]  # fmt: skip
    groups = [
        Group(_("Hand over"), HAND_OVER if free else ()),
        Group(_("Record"), RECORD if free else ()),
        Group(_("In court"), court),
        Group(_("End"), END if free else ()),
        Group(_("Report and amend"), report),
    ]
    return [group for group in groups if group.choices]


def proposal(chain: Chain) -> ChainEvent | None:
    """The destruction that waits for the second person."""
    return _unanswered(chain, Kind.PROPOSED)


def _unanswered(chain: Chain, kind: str) -> ChainEvent | None:
    asked = (event for event in chain.events if event.kind == kind)
    return next((event for event in asked if event.answered_by is None), None)


def _last(chain: Chain, *kinds: str) -> ChainEvent | None:
    return next((event for event in reversed(chain.events) if event.kind in kinds), None)


def _lost(chain: Chain) -> ChainEvent | None:
    said = _last(chain, Kind.LOST, Kind.FOUND)
    return said if said and said.kind == Kind.LOST else None


def _has_paper(chain: Chain, out: ChainEvent | None) -> bool:
    """Whether a paper was added to the event of the hand-out."""
    added: Iterable[ChainEvent] = (e for e in chain.events if e.kind == Kind.ENCLOSED)
    return out is not None and any(event.plain.corrects == out.sequence for event in added)


def _is_for(asked: ChainEvent, user: User) -> bool:
    return bool(CustodyEvent.objects.filter(pk=asked.pk, to_user=user).exists())


def _may_take_back(exhibit: Exhibit, row: HandOut | None, user: User) -> bool:
    if row is None:
        return False
    event = row.event
    event.exhibit = exhibit
    return handouts.may_take_back(event, user)
