"""Destruction, or handing to the state: by order of a court, when no appeal can change it any more.

Two people, each with their own account: the holder proposes with photographs, the second person,
who saw it, confirms. Only the confirmation ends the chain.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Unpack

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework import clock, display
from casework.errors import NotAllowed, RuleBroken
from casework.models import Case, Charge, Code, Outcome, Proceeding, User
from evidence.acts import enclosures
from evidence.links import (
    Details,
    append,
    lock,
    refuse_lost,
    require_holder,
    require_insight,
    require_text,
)
from evidence.models import CustodyEvent, Exhibit

Kind = CustodyEvent.Kind
APPEAL_DAYS = "appeal_days"  # the code list: the code is the number of days


@dataclass(frozen=True)
class Order:
    """What the court ordered; where nobody was ever charged, `no_proceeding` says so and why."""

    court: str
    number: str
    made_on: date
    no_proceeding: str = ""

    def __str__(self) -> str:
        told = _("%(court)s, order %(number)s of %(day)s") % {
            "court": self.court.strip(),
            "number": self.number.strip(),
            "day": display.day(self.made_on),
        }
        if self.no_proceeding.strip():
            told += ". " + _("No proceeding: %(why)s") % {"why": self.no_proceeding.strip()}
        return told


def appeal_days(day: date) -> int:
    """How long an appeal was possible against what a court decided on that day."""
    row = Code.objects.kind(APPEAL_DAYS).on(day).order_by("-valid_from", "position").first()
    if row is None or not row.code.isdecimal():
        told = _("The reference tables do not say how long an appeal is possible. Tell your "
                 "administrator: the list is appeal_days.")  # fmt: skip
        raise RuleBroken(told)
    return int(row.code)


def possible_from(case: Case, order: Order) -> date:
    """The first day on which it may be destroyed. RuleBroken while a court has still to decide."""
    if not order.no_proceeding.strip() and not case.proceedings.exists():
        told = _("This case was never in court. Write why no proceeding is needed, or open one.")
        raise RuleBroken(told, field="no_proceeding")
    _refuse_undecided(case)
    if not order.no_proceeding.strip() and is_uncharged(case):
        told = _("A trial of this case has no charge yet. Wait for the court, or write why none "
                 "will follow.")  # fmt: skip
        raise RuleBroken(told, field="no_proceeding")
    decided = _last_decision(case)
    last = max(order.made_on, decided) if decided else order.made_on
    return last + timedelta(days=appeal_days(last) + 1)


def is_uncharged(case: Case) -> bool:
    """Whether a trial was opened in which nobody is charged with anything yet."""
    charged = Charge.objects.filter(count__charge_sheet__proceeding=OuterRef("pk"))
    trials = case.proceedings.exclude(kind=Proceeding.Kind.APPEAL)
    return bool(trials.filter(~Exists(charged)).exists())


def _refuse_undecided(case: Case, by: date | None = None) -> None:
    """RuleBroken while a court has still to decide; `by`: as the courts stood on that day."""
    day = by or date.max
    charges = Charge.objects.filter(
        count__charge_sheet__proceeding__case=case,
        count__charge_sheet__proceeding__opened_on__lte=day,
    )
    current = Outcome.objects.filter(superseded_by__isnull=True).exclude(
        decision=Outcome.Decision.RETRIAL, decided_on__lte=day
    )
    if charges.exclude(pk__in=current.values("charge")).exists():
        raise RuleBroken(_("A charge of this case is not decided yet. Wait for the court."))
    appeals = case.proceedings.filter(
        kind=Proceeding.Kind.APPEAL, outcomes__isnull=True, opened_on__lte=day
    )
    if appeals.exists():
        raise RuleBroken(_("An appeal in this case is not decided yet. Wait for the court."))


def outlook(case: Case) -> str:
    """What stands in the way now, or the day from which it is possible."""
    try:
        _refuse_undecided(case)
        days = appeal_days(clock.today())
    except RuleBroken as broken:
        return str(broken.message)
    decided = _last_decision(case)
    if decided is None:
        told = _("No court has decided in this case. Possible %(days)s days after the order.")
        return told % {"days": days}
    told = _("The last decision is of %(day)s. Possible from %(first)s at the earliest, and not "
             "before %(days)s days after the order.")  # fmt: skip
    first = decided + timedelta(days=appeal_days(decided) + 1)
    words = {"day": display.day(decided), "first": display.day(first), "days": days}
    return told % words


def _last_decision(case: Case) -> date | None:
    found = Outcome.objects.filter(charge__accused__case=case).aggregate(on=Max("decided_on"))
    day: date | None = found["on"]
    return day


@transaction.atomic
def propose(
    exhibit: Exhibit, *, second: User, order: Order, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """The holder's account: what was done (`note`), with photographs, before the second person.

    Raises RuleBroken before the appeal window has ended, with the day from which it is possible.
    """
    held = lock(exhibit, actor)
    holder = require_holder(held, actor)
    _check_order(order)
    happened = details.get("happened_at") or clock.now()
    _check_window(held.exhibit.case, order, happened)
    require_text(details.get("note", ""), "note", _("Write how it was destroyed, or to whom it "
                                                    "was given."))  # fmt: skip
    enclosures.require_some(details, _("Add at least one photograph of it, before or after."))
    if second in (actor, holder):
        raise RuleBroken(_("Name a second person, who saw it."), field="second")
    require_insight(held, second, "second")
    details["authority"] = str(order)
    return append(held, Kind.PROPOSED, actor, details, giver=holder, receiver=second)


def _check_order(order: Order) -> None:
    require_text(order.court, "court", _("Write which court ordered it."))
    require_text(order.number, "order_number", _("Write the number of the order."))
    if order.made_on > clock.today():
        raise RuleBroken(_("The order lies in the future. Check its date."), field="ordered_on")


def _check_window(case: Case, order: Order, happened: datetime) -> None:
    first = possible_from(case, order)
    if timezone.localdate(happened) < first:
        told = _("An appeal is still possible. It may be destroyed from %(day)s.")
        raise RuleBroken(told % {"day": display.day(first)}, field="happened_at")


@transaction.atomic
def confirm(
    proposal: CustodyEvent, *, account: str, actor: User, **details: Unpack[Details]
) -> CustodyEvent:
    """The second person's own account: what they saw. From then on nobody holds it.

    An appeal that was lodged before the day of the act stops it here, too; one that came later
    must not keep what happened out of the record.
    """
    held = lock(proposal.exhibit, actor, offer=proposal)
    if proposal.kind != Kind.PROPOSED:
        raise RuleBroken(_("No destruction is proposed. It is offered for a handover."))
    if actor != proposal.to_user:
        raise NotAllowed(_("Somebody else was named as the second person. Only they can confirm."))
    refuse_lost(held)
    require_text(account, "account", _("Write what you saw yourself."))
    details["note"] = account.strip()
    details["authority"] = proposal.authority
    if details.get("happened_at") is None:
        since = held.last.happened_at if held.last else proposal.happened_at
        details["happened_at"] = max(since, proposal.happened_at)
    _refuse_undecided(held.exhibit.case, by=timezone.localdate(details["happened_at"]))
    details.setdefault("place", proposal.place)
    giver = proposal.from_user
    return append(
        held, Kind.DISPOSED, actor, details, giver=giver, receiver=actor, answers=proposal
    )
