"""The feed of parties that carriers are warned of: a conviction proposes, a manager decides.

A proposal is case data: it shows with the conviction's case only, and so does a decision against
one. Who is listed is what carriers are told, and holds no case data.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, Outcome, User
from kyc.diligence import merging
from kyc.models import FeedEntry, Party

WORDS = re.compile(r"[\w/-]+")


@dataclass(frozen=True)
class Standing:
    """A party with what the reader may know of its convictions and of the decisions about it."""

    party: Party
    convictions: list[Outcome]  # that stand, in cases the reader may read
    overturned: list[Outcome]  # what stands now where there was a conviction
    entry: FeedEntry | None  # the last decision
    is_fallen: bool = False  # none of the convictions before that decision stands, in any case

    @property
    def is_proposed(self) -> bool:
        """A conviction came after the last decision, or nobody has decided."""
        if not self.convictions or self.is_listed:
            return False
        return self.entry is None or any(
            c.recorded_at > _decided_at(self.entry) for c in self.convictions
        )

    @property
    def is_listed(self) -> bool:
        return self.entry is not None and self.entry.is_listed and self.entry.withdrawn_at is None

    @property
    def is_declined(self) -> bool:
        """A manager decided against it, and the reader sees a conviction that this was about."""
        if self.entry is None or self.entry.is_listed or self.is_proposed:
            return False
        return bool(self.convictions)

    @property
    def is_withdrawn(self) -> bool:
        was_listed = self.entry is not None and self.entry.is_listed
        return was_listed and not self.is_listed and not self.is_proposed

    @property
    def is_shaken(self) -> bool:
        """Listed, and no conviction stands any longer, or none that the reader may see.

        All who decide are told, also without the case: an innocent party must not stay listed.
        """
        seen = bool(self.overturned) and not self.convictions
        return self.is_listed and (self.is_fallen or seen)


def may_decide(user: access.Reader) -> bool:
    return access.holds(user, roles.DECIDE_FEED)


def listed() -> QuerySet[FeedEntry]:
    """Decisions to name a party that stand; a party kept to a case is never named."""
    rows = FeedEntry.objects.filter(
        is_listed=True, withdrawn_at__isnull=True, party__own_case__isnull=True
    )
    return rows.filter(
        Q(party__merged_into__isnull=True) | Q(party__merged_into__own_case__isnull=True)
    ).select_related("party__merged_into", "decided_by")


def listing(party: Party) -> FeedEntry | None:
    """The decision by which this party, or one merged into it, is in the feed."""
    found: FeedEntry | None = (
        listed().filter(party__in=merging.group(party)).order_by("decided_at").first()
    )
    return found


def listing_shown(user: access.Reader, party: Party) -> FeedEntry | None:
    """The same for readers of the register, as long as carriers are told; others learn nothing."""
    entry = listing(party) if access.holds(user, roles.VIEW_REGISTER) else None
    return None if entry is None or fallen([entry]) else entry


def fallen(entries: Iterable[FeedEntry]) -> set[int]:
    """Keys of the decisions before which there were convictions, none of which stands: of these
    parties carriers are told nothing more, whoever may read the case."""
    rows = list(entries)
    groups = merging.groups({_root(entry.party) for entry in rows})
    root = {member: pk for pk, group in groups.items() for member in group}
    convicted = Outcome.objects.filter(
        decision__in=Outcome.CONVICTIONS, charge__accused__party__in=root
    )
    stand = set(convicted.current().values_list("charge", flat=True))
    told: dict[int, list[Any]] = defaultdict(list)
    for party, *rest in convicted.values_list("charge__accused__party", "charge", "recorded_at"):
        told[root[party]].append(rest)
    found = set()
    for entry in rows:
        before = told[_root(entry.party).pk]
        grounds = {charge for charge, at in before if at <= entry.decided_at}
        if grounds and not grounds & stand:
            found.add(entry.pk)
    return found


def standings(user: User) -> list[Standing]:
    """Every party that has a conviction the reader may see, or a place in the feed."""
    outcomes = _outcomes(user)
    entries = FeedEntry.objects.select_related("party__merged_into", "decided_by", "withdrawn_by")
    last: dict[Party, FeedEntry] = {}
    for entry in entries.order_by("decided_at", "pk"):
        last[_root(entry.party)] = entry
    convicted: dict[Party, list[Outcome]] = {}
    for outcome in outcomes:
        if (party := outcome.charge.accused.party) is not None:
            convicted.setdefault(_root(party), []).append(outcome)
    gone = fallen(last.values())
    found = [_standing(p, convicted.get(p, ()), last.get(p), gone) for p in {**convicted, **last}]
    return sorted(found, key=lambda standing: (standing.party.name, standing.party.pk))


def standing(user: User, party: Party) -> Standing:
    """What the reader may know of one party."""
    root = _root(party)
    group = merging.group(root)
    outcomes = _outcomes(user).filter(charge__accused__party__in=group)
    entry = FeedEntry.objects.filter(party__in=group).order_by("decided_at", "pk").last()
    return _standing(root, outcomes, entry, fallen([entry] if entry else []))


def _outcomes(user: User) -> QuerySet[Outcome]:
    """What stands on charges of parties that were convicted at some time, in readable cases."""
    found: QuerySet[Outcome] = Outcome.objects.visible_to(user).current()
    convicted = Outcome.objects.filter(decision__in=Outcome.CONVICTIONS).values("charge")
    return found.filter(charge__in=convicted, charge__accused__party__isnull=False).select_related(
        "charge__accused__party__merged_into", "charge__accused__case", "charge__accused__party"
    )


def _standing(
    party: Party, outcomes: Iterable[Outcome], entry: FeedEntry | None, gone: set[int]
) -> Standing:
    stand = [o for o in outcomes if o.decision in Outcome.CONVICTIONS]
    overturned = [o for o in outcomes if o.decision not in Outcome.CONVICTIONS]
    return Standing(party, stand, overturned, entry, entry is not None and entry.pk in gone)


def _root(party: Party) -> Party:
    return party.merged_into or party


def _decided_at(entry: FeedEntry) -> Any:
    return entry.withdrawn_at or entry.decided_at


@transaction.atomic
def decide(party: Party, *, is_listed: bool, basis: str, actor: User) -> FeedEntry:
    """Name a convicted party to carriers, or decide against it; both with the reason.

    Raises NotAllowed, RuleBroken where no conviction that the actor may read stands.
    """
    _demand(actor)
    party = Party.objects.select_for_update(no_key=True).get(pk=_root(party).pk)
    now = standing(actor, party)
    if party.own_case_id is not None:
        raise RuleBroken(_("This party is kept to its case. Release it to the register first."))
    if not now.convictions:
        raise RuleBroken(_("No conviction that you may read stands against this party."))
    if listing(party) is not None:
        raise RuleBroken(_("This party is in the feed already."))
    for old in FeedEntry.objects.filter(party=party, withdrawn_at__isnull=True):
        _withdraw(old, actor, _("Decided again"))
    entry = FeedEntry(
        party=party, basis=_reason(basis, actor), decided_by=actor, is_listed=is_listed
    )
    entry.full_clean()
    audit.sign(entry, actor)
    entry.save()
    case = now.convictions[0].charge.accused.case
    action = "feed.list" if is_listed else "feed.decline"
    audit.record(action, actor=actor, case=case, subject=party, basis=entry.basis)
    return entry


@transaction.atomic
def withdraw(entry: FeedEntry, *, reason: str, actor: User) -> FeedEntry:
    """Take a party out of the feed: carriers no longer find it in the next export."""
    _demand(actor)
    entry = FeedEntry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if not entry.is_listed or entry.withdrawn_at is not None:
        raise RuleBroken(_("This party is not in the feed."))
    _withdraw(entry, actor, _reason(reason, actor))
    audit.record("feed.withdraw", actor=actor, subject=entry.party, reason=reason)
    return entry


def _withdraw(entry: FeedEntry, actor: User, reason: Any) -> None:
    entry.withdrawn_by, entry.withdrawn_at = actor, clock.now()
    entry.withdrawn_reason = str(reason)
    audit.sign(entry, actor)
    entry.save()


def _demand(actor: User) -> None:
    if not may_decide(actor):
        raise NotAllowed(_("Your position does not decide whom carriers are warned of."))


def _reason(text: str, actor: User) -> str:
    """Words that all who decide may read: without a case's reference."""
    text = text.strip()
    if not text:
        raise RuleBroken(_("Write the reason."), field="basis")
    visible = Case.objects.visible_to(actor)
    if visible.filter(reference__in=WORDS.findall(text.upper())).exists():
        raise RuleBroken(
            _("Leave the reference of the case out: others who may not see it read this."),
            field="basis",
        )
    return text
