"""What people do about red flags: tick what they saw, take it back, dismiss, restore.

All of it needs EDIT on the case, and stays in the history and the audit.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles
from casework.errors import Conflict, RuleBroken
from casework.holding import hold
from casework.models import Case, Indicator, User
from kyc.diligence import merging
from kyc.models import Consignment, Dismissal, Fact, Hit, Involvement, Party, Tick
from kyc.redflags import flag_board
from kyc.redflags.flag_board import Raised


@transaction.atomic
def tick(
    case: Case,
    indicator: Indicator,
    *,
    note: str,
    actor: User,
    consignment: Consignment | None = None,
    party: Party | None = None,
) -> Tick:
    """A flag that a person saw, with what they saw. Raises RuleBroken, NotAllowed."""
    access.require(actor, case, roles.EDIT)
    hold(case)  # who says the same at this moment says it after us
    if consignment is not None and consignment.seizure.case_id != case.pk:
        raise RuleBroken(_("Choose a consignment of this case."), field="about")
    parts = Involvement.objects.filter(case=case)
    if party is not None and not parts.filter(party__in=merging.group(party)).exists():
        raise RuleBroken(_("Choose a party of this case."), field="about")
    same = Tick.objects.filter(case=case, indicator=indicator, consignment=consignment, party=party)
    if same.exists():
        raise RuleBroken(_("Somebody has ticked this already. Read their note."), field="indicator")
    row = Tick(
        case=case, indicator=indicator, consignment=consignment, party=party, note=note.strip(),
        ticked_by=actor, ticked_at=clock.now(),
    )  # fmt: skip
    row.full_clean()
    audit.sign(row, actor)
    row.save()
    audit.record("flag.tick", actor=actor, case=case, subject=row, indicator=indicator.code)
    return row


@transaction.atomic
def untick(row: Tick, *, reason: str, actor: User) -> None:
    """Take back a tick; its history and the audit keep who had seen what."""
    access.require(actor, row.case, roles.EDIT)
    hold(row.case)
    if not Tick.objects.filter(pk=row.pk).exists():
        raise RuleBroken(_("Somebody took this back already."))
    audit.record(
        "flag.untick", actor=actor, case=row.case, subject=row, indicator=row.indicator.code,
        note=row.note, reason=reason,
    )  # fmt: skip
    audit.sign(row, actor, reason)
    row.delete()


@transaction.atomic
def dismiss(
    case: Case, code: str, subject: str, *, seen: str, reason: str, actor: User
) -> Dismissal:
    """Say why a flag means nothing here. `seen` is the digest of the evidence that was shown.

    Raises RuleBroken where it does not stand, Conflict where its evidence changed meanwhile.
    """
    access.require(actor, case, roles.EDIT)
    hold(case)
    found = flag_board.board(case, actor).find(code, subject)
    if found is None or found.flag is None or not found.stands:
        raise RuleBroken(_("This flag does not stand, so there is nothing to dismiss."))
    if found.flag.digest != seen:
        raise Conflict(_("The evidence changed while you read it. Read it again, then decide."))
    row = Dismissal(
        case=case,
        indicator=found.indicator,
        consignment_id=found.subject.consignment,
        party_id=found.subject.party,
        evidence_digest=found.flag.digest,
        evidence=found.flag.digests,
        reason=reason.strip(),
        dismissed_by=actor,
        dismissed_at=clock.now(),
    )
    row.full_clean()
    audit.sign(row, actor, reason)
    row.save()
    _record("flag.dismiss", row, found, actor, reason=reason)
    return row


@transaction.atomic
def restore(row: Dismissal, *, actor: User) -> Dismissal:
    """Take a dismissal back: the flag stands again."""
    access.require(actor, row.case, roles.EDIT)
    row = (
        Dismissal.objects.select_for_update(no_key=True)
        .select_related("case", "indicator")
        .get(pk=row.pk)
    )
    board = flag_board.board(row.case, actor)
    found = next((one for one in board.raised if one.dismissal == row), None)
    if found is None:
        raise RuleBroken(_("This dismissal holds no more: it was taken back, or has lapsed."))
    row.restored_by, row.restored_at = actor, clock.now()
    audit.sign(row, actor)
    row.save()
    _record("flag.restore", row, found, actor)
    return row


def _rests_on_another(case: Case, found: Raised) -> bool:
    """Whether another case, or what only another case says, is in the evidence."""
    keys: dict[str, list[int]] = {"fact": [], "party": [], "hit": []}
    for point in (point for one in found.evidence for point in one.points):
        if point.kind == "case":
            return True
        if point.kind in keys:
            keys[point.kind].append(int(point.key))
    facts = Fact.objects.filter(Q(pk__in=keys["fact"]) | Q(party__in=keys["party"]))
    rows = (
        facts.filter(case__isnull=False).exclude(case=case),
        Party.objects.filter(pk__in=keys["party"], own_case__isnull=False).exclude(own_case=case),
        Hit.objects.filter(pk__in=keys["hit"], case__isnull=False).exclude(case=case),
    )
    return any(one.exists() for one in rows)


def _record(action: str, row: Dismissal, found: Raised, actor: User, **detail: str) -> None:
    """In the trail of the case, but for a flag that rests on another case: not every reader of
    this one may know of that."""
    apart = _rests_on_another(row.case, found)
    told = {"indicator": row.indicator.code, **detail}
    audit.record(action, actor=actor, case=None if apart else row.case, subject=row, **told)
