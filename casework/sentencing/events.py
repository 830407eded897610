"""Operations on what became of a sentence: fines paid in parts, terms begun and served.

Rows are written once; a correction stands in the place of the other row.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, display, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Charge, Outcome, Proceeding, Sentence, SentenceEvent, User
from casework.sentencing import recorded

Kind = SentenceEvent.Kind


def of_charge(charge: Charge) -> list[SentenceEvent]:
    """What stands on record of the sentence on a charge, also of one that was corrected since."""
    return of_charges([charge.pk]).get(charge.pk, [])


def of_charges(charges: Iterable[int]) -> dict[int, list[SentenceEvent]]:
    """The same of several charges, by their key; two queries. What belongs to a sentence that
    fell is left out: a fine paid under it is owed back, a term served under it is another."""
    keys = list(charges)
    since: dict[int, int] = {}
    decisions = Outcome.objects.filter(charge__in=keys).order_by("pk")
    for pk, charge, decision in decisions.values_list("pk", "charge", "decision"):
        if decision not in Outcome.CONVICTIONS:
            since[charge] = pk
    rows: Any = SentenceEvent.objects
    rows = rows.standing().filter(sentence__outcome__charge__in=keys)
    found: dict[int, list[SentenceEvent]] = defaultdict(list)
    for row in rows.select_related("recorded_by", "sentence__outcome").order_by(
        "happened_on", "pk"
    ):
        outcome = row.sentence.outcome
        if outcome.pk > since.get(outcome.charge_id, 0):
            found[outcome.charge_id].append(row)
    return found


@dataclass(frozen=True)
class Standing:
    """Where a sentence stands: what is paid and owed, which term has begun and ended."""

    paid: int
    owed: int
    last_payment: date | None = None
    default_since: date | None = None
    begun_on: date | None = None
    released_on: date | None = None
    remitted_on: date | None = None
    done_on: date | None = None


def standing(sentence: Sentence, rows: Iterable[SentenceEvent]) -> Standing:
    """Read a sentence with its standing rows, in their order."""
    rows = list(rows)
    last = {row.kind: row.happened_on for row in rows}
    paid = sum(row.amount or 0 for row in rows if row.kind == Kind.PAID)
    is_remitted = Kind.REMITTED in last
    owed = 0 if is_remitted else max(0, (sentence.fine or 0) - paid)
    return Standing(
        paid=paid,
        owed=owed,
        last_payment=last.get(Kind.PAID),
        default_since=last.get(Kind.DEFAULT),
        begun_on=last.get(Kind.BEGUN),
        released_on=last.get(Kind.RELEASED),
        remitted_on=last.get(Kind.REMITTED),
        done_on=last.get(Kind.DONE),
    )


@transaction.atomic
def record(
    sentence: Sentence,
    *,
    kind: str,
    happened_on: date,
    actor: User,
    amount: int | None = None,
    receipt: str = "",
    note: str = "",
) -> SentenceEvent:
    """What became of a sentence on a day; amounts in whole units of the fine's currency."""
    _open(sentence, actor)
    row = SentenceEvent(
        sentence=sentence, kind=kind, happened_on=happened_on, amount=amount,
        receipt=receipt.strip(), note=note,
    )  # fmt: skip
    return _save(row, actor, "sentence.event")


@transaction.atomic
def correct(event: SentenceEvent, *, why: str, actor: User, **fields: Any) -> SentenceEvent:
    """Write a row in the place of one that is wrong."""
    _open(event.sentence, actor)
    row = recorded.instead(event, why=why)
    for name, value in fields.items():
        setattr(row, name, value)
    return _save(row, actor, "sentence.event_correct", row.correction)


@transaction.atomic
def take_back(event: SentenceEvent, *, why: str, actor: User) -> SentenceEvent:
    """Say that a row should never have been recorded."""
    _open(event.sentence, actor)
    _check_rests([one for one in of_charge(event.sentence.outcome.charge) if one.pk != event.pk])
    row = recorded.save(recorded.instead(event, why=why, is_withdrawn=True), actor=actor)
    _tell(row, actor, "sentence.event_withdraw", row.correction)
    return row


def _open(sentence: Sentence, actor: User) -> None:
    case = sentence.outcome.proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)


def _save(row: SentenceEvent, actor: User, action: str, why: str = "") -> SentenceEvent:
    _check(row)
    recorded.save(row, actor=actor)
    _tell(row, actor, action, why)
    return row


def _tell(row: SentenceEvent, actor: User, action: str, why: str) -> None:
    proceeding = row.sentence.outcome.proceeding
    audit.record(action, actor=actor, case=proceeding.case, subject=row, kind=row.kind, reason=why)
    signals.changed.send(sender=Proceeding, instance=proceeding)


def _check(row: SentenceEvent) -> None:
    sentence = row.sentence
    stages.check_day(
        row.happened_on, field="happened_on", after=sentence.outcome.decided_on,
        after_what=_("the sentence"),
    )  # fmt: skip
    rows = of_charge(sentence.outcome.charge)
    before = [one for one in rows if one.pk != row.supersedes_id]
    stands = standing(sentence, before)
    if row.kind == Kind.PAID:
        _check_payment(row, stands)
    elif row.amount is not None:
        raise RuleBroken(_("Only a payment has an amount. Leave this empty."), field="amount")
    if row.kind == Kind.DEFAULT and not (sentence.default_days and stands.owed):
        raise RuleBroken(
            _("No term in default can begin: there is none, or nothing is owed."), field="kind"
        )
    if row.kind == Kind.BEGUN and not (sentence.imprisonment_days or sentence.is_life):
        raise RuleBroken(_("This sentence holds no imprisonment."), field="kind")
    if row.kind == Kind.DONE and not sentence.other:
        raise RuleBroken(_("This sentence holds no other order."), field="kind")
    _check_release(row, stands)
    _check_rests([*before, row])


def _check_payment(row: SentenceEvent, stands: Standing) -> None:
    sentence = row.sentence
    if not sentence.fine:
        raise RuleBroken(_("This sentence holds no fine."), field="kind")
    if not row.amount or row.amount <= 0:
        raise RuleBroken(_("Write the amount as a whole number above zero."), field="amount")
    if not stands.owed:
        raise RuleBroken(_("Nothing is owed any more. Read the receipt again."), field="amount")
    if row.amount > stands.owed:
        raise RuleBroken(
            _("%(currency)s %(owed)s is owed still. Read the receipt again.")
            % {"currency": sentence.currency, "owed": display.thousands(stands.owed)},
            field="amount",
        )


def _check_release(row: SentenceEvent, stands: Standing) -> None:
    if row.kind != Kind.RELEASED:
        return
    begun = [day for day in (stands.begun_on, stands.default_since) if day is not None]
    if not begun:
        raise RuleBroken(_("No term has begun. Record its beginning first."), field="kind")
    stages.check_day(
        row.happened_on, field="happened_on", after=min(begun), after_what=_("the term's beginning")
    )


def _check_rests(rows: Iterable[SentenceEvent]) -> None:
    """A release that stands keeps a beginning before it."""
    rows = list(rows)
    begun = [row.happened_on for row in rows if row.kind in (Kind.BEGUN, Kind.DEFAULT)]
    for row in rows:
        if row.kind == Kind.RELEASED and min(begun, default=date.max) > row.happened_on:
            raise RuleBroken(
                _("The release of %(day)s rests on this. Correct that first.")
                % {"day": display.day(row.happened_on)}
            )
