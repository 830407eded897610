"""Operations: saying that two parties are one, taking it back, and saying that they are not."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework import audit, clock, signals
from casework.errors import NotAllowed, RuleBroken
from casework.models import User
from kyc import parties
from kyc.diligence import fact_values, likeness, merging
from kyc.models import Distinction, Merge, Party


@transaction.atomic
def merge(kept: Party, absorbed: Party, *, reason: str, actor: User) -> Merge:
    """Let `kept` stand for both. Raises RuleBroken, NotAllowed."""
    kept, absorbed = _locked(kept, absorbed)
    _demand(actor, kept, absorbed)
    _check(kept, absorbed)
    merge = Merge(
        kept=kept,
        absorbed=absorbed,
        reason=_reason(reason),
        grounds=list(likeness.of_register(kept, absorbed).reasons),
        merged_by=actor,
        merged_at=clock.now(),
    )
    _save(merge, actor, merge.reason)
    _point(Q(pk=absorbed.pk) | Q(merged_into=absorbed), kept, actor, merge.reason)
    _record("party.merge", merge, actor, merge.reason)
    return merge


@transaction.atomic
def undo(merge: Merge, *, reason: str, actor: User) -> Merge:
    """Let both stand for themselves again, each with what had been merged into it before."""
    merge = Merge.objects.select_for_update(no_key=True).get(pk=merge.pk)
    kept, absorbed = _locked(merge.kept, merge.absorbed)
    _demand(actor, kept, absorbed)
    if merge.undone_at is not None:
        raise RuleBroken(_("This was undone already."))
    merge.undone_by, merge.undone_at = actor, clock.now()
    merge.undone_reason = _reason(reason)
    _save(merge, actor, merge.undone_reason)
    _point(Q(pk__in=merging.below(absorbed)), absorbed, actor, merge.undone_reason)
    _record("party.unmerge", merge, actor, merge.undone_reason)
    return merge


@transaction.atomic
def tell_apart(left: Party, right: Party, *, reason: str, actor: User) -> Distinction:
    """Say that two parties are not one, so that nobody is asked again."""
    left, right = _locked(left, right)
    _demand(actor, left, right)
    if left == right:
        raise RuleBroken(_("Choose another party."))
    first, second = sorted((left, right), key=lambda party: int(party.pk))
    known: Distinction | None = Distinction.objects.filter(first=first, second=second).first()
    if known is not None:
        return known
    told = Distinction(first=first, second=second, reason=_reason(reason), told_by=actor)
    told.full_clean()
    audit.sign(told, actor, told.reason)
    told.save()
    audit.record(
        "party.tell_apart", actor=actor, case=first.own_case, subject=first, other=second.pk,
        reason=told.reason,
    )  # fmt: skip
    return told


def _locked(left: Party, right: Party) -> tuple[Party, Party]:
    """Both as they are now, so that two people cannot merge them in a circle."""
    rows = Party.objects.select_for_update(of=("self",), no_key=True).select_related(
        "own_case", "merged_into"
    )
    found = {party.pk: party for party in rows.filter(pk__in=[left.pk, right.pk]).order_by("pk")}
    return found[left.pk], found[right.pk]


def _demand(actor: User, *both: Party) -> None:
    if not all(parties.may_edit(actor, party) for party in both):
        raise NotAllowed(_("Your position does not change the register of parties."))


def _check(kept: Party, absorbed: Party) -> None:
    if kept == absorbed:
        raise RuleBroken(_("Choose another party."), field="other")
    if kept.merged_into is not None or absorbed.merged_into is not None:
        raise RuleBroken(_("One of them was merged already. Choose the record that was kept."))
    if kept.own_case_id != absorbed.own_case_id:
        raise RuleBroken(
            _("A party that is kept to a case is merged only with one kept to the same case."),
            field="other",
        )
    if {kept.kind, absorbed.kind} == {Party.Kind.FIRM, Party.Kind.PERSON}:
        raise RuleBroken(_("One is a firm, the other a person."), field="other")


def _reason(text: str) -> str:
    reason = fact_values.clean(text)
    if not reason:
        raise RuleBroken(_("Say why, so that the next reader need not ask you."), field="reason")
    return reason


def _save(merge: Merge, actor: User, reason: str) -> None:
    merge.full_clean()
    audit.sign(merge, actor, reason)
    merge.save()


def _point(which: Q, root: Party, actor: User, reason: str) -> None:
    """Have these records, one of which may be the root itself, stand under the root.

    Those that still are such once they are locked: one that was set apart meanwhile stays apart.
    """
    for party in Party.objects.select_for_update(no_key=True).filter(which).order_by("pk"):
        party.merged_into = None if party.pk == root.pk else root
        audit.sign(party, actor, reason)
        party.save()
        signals.changed.send(sender=Party, instance=party)


def _record(action: str, merge: Merge, actor: User, reason: str) -> None:
    audit.record(
        action, actor=actor, case=merge.kept.own_case, subject=merge.kept,
        other=merge.absorbed_id, other_text=merge.absorbed.name, reason=reason,
    )  # fmt: skip
    kept = Party.objects.get(pk=merge.kept.merged_into_id or merge.kept_id)
    signals.changed.send(sender=Party, instance=kept)
