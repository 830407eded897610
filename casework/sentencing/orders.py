"""Operations on what a court orders about things: forfeiture, destruction, return, keeping.

An order is written once with the things it is about; a correction is a new order in its place.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import access, audit, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Code, CourtOrder, OrderedThing, Proceeding, User
from casework.sentencing import recorded

# Orders that are not about things seized.
OF_PEOPLE = ("compensation", "deportation", "other")
MOST_THINGS = 1000


def about(exhibits: Any) -> "QuerySet[OrderedThing]":
    """What stands ordered about these exhibits, whoever reads: for the lock and for destruction."""
    rows: QuerySet[OrderedThing] = OrderedThing.objects.filter(
        exhibit__in=exhibits, order__successor__isnull=True, order__is_withdrawn=False
    )
    return rows.select_related("order__kind", "order__proceeding__court").order_by(
        "order__made_on", "pk"
    )


def about_for(exhibit: Any, user: access.Reader) -> "QuerySet[OrderedThing]":
    """The same of one exhibit, as far as this person may read it."""
    rows: QuerySet[OrderedThing] = OrderedThing.objects.visible_to(user).filter(
        exhibit=exhibit, order__successor__isnull=True, order__is_withdrawn=False
    )
    return rows.select_related("order__kind", "order__proceeding__court").order_by(
        "-order__made_on", "-pk"
    )


@transaction.atomic
def make(
    proceeding: Proceeding,
    *,
    kind: Code,
    made_on: date,
    actor: User,
    exhibits: Iterable[Any] = (),
    things: Iterable[str] = (),
    number: str = "",
    effective_on: date | None = None,
    text: str = "",
) -> CourtOrder:
    """Record an order with its exhibits of the case, and things described in words."""
    _open(proceeding, actor)
    order = CourtOrder(
        proceeding=proceeding, kind=kind, made_on=made_on, effective_on=effective_on, text=text,
        number=" ".join(number.split()),
    )  # fmt: skip
    return _save(order, list(exhibits), list(things), actor, "order.make")


@transaction.atomic
def correct(
    order: CourtOrder,
    *,
    why: str,
    actor: User,
    exhibits: Iterable[Any],
    things: Iterable[str],
    **fields: Any,
) -> CourtOrder:
    """Write an order in the place of one that was recorded wrongly, with its things anew.

    Things that the actor may not see stay as they are.
    """
    _open(order.proceeding, actor)
    row = recorded.instead(order, why=why)
    for name, value in fields.items():
        setattr(row, name, value)
    kept = order.things.exclude(pk__in=order.things.visible_to(actor).values("pk"))
    hidden = [thing.exhibit for thing in kept.select_related("exhibit")]
    return _save(row, [*exhibits, *hidden], list(things), actor, "order.correct", row.correction)


@transaction.atomic
def take_back(order: CourtOrder, *, why: str, actor: User) -> CourtOrder:
    """Say that an order was recorded by mistake, or that a court lifted it."""
    _open(order.proceeding, actor)
    row = recorded.save(recorded.instead(order, why=why, is_withdrawn=True), actor=actor)
    _tell(row, actor, "order.withdraw", row.correction)
    return row


def _open(proceeding: Proceeding, actor: User) -> None:
    access.require(actor, proceeding.case, roles.PROSECUTE)
    stages.lock(proceeding.case)


def _save(
    order: CourtOrder,
    exhibits: list[Any],
    things: list[str],
    actor: User,
    action: str,
    why: str = "",
) -> CourtOrder:
    things = [" ".join(what.split()) for what in things if what.strip()]
    _check(order, exhibits, things)
    recorded.save(order, actor=actor)
    for exhibit in dict.fromkeys(exhibits):
        _add(OrderedThing(order=order, exhibit=exhibit))
    for what in dict.fromkeys(things):
        _add(OrderedThing(order=order, what=what))
    _tell(order, actor, action, why)
    return order


def _add(thing: OrderedThing) -> None:
    thing.full_clean()
    thing.save()


def _tell(order: CourtOrder, actor: User, action: str, why: str) -> None:
    audit.record(
        action, actor=actor, case=order.proceeding.case, subject=order, kind=order.kind.code,
        reason=why,
    )  # fmt: skip
    signals.changed.send(sender=Proceeding, instance=order.proceeding)


def _check(order: CourtOrder, exhibits: list[Any], things: list[str]) -> None:
    stages.check_day(
        order.made_on, field="made_on", after=order.proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip
    if order.effective_on:
        stages.check_day(
            order.effective_on, field="effective_on", after=order.made_on, may_be_ahead=True,
            after_what=_("the day of the order"),
        )  # fmt: skip
    if order.kind.kind != "court_order":
        raise RuleBroken(_("Choose one of the orders a court makes."), field="kind")
    if any(exhibit.case_id != order.proceeding.case_id for exhibit in exhibits):
        raise RuleBroken(_("Choose exhibits of this case."), field="exhibits")
    if len(exhibits) + len(things) > MOST_THINGS:
        raise RuleBroken(_("Record at most a thousand things with one order."), field="things")
    if not exhibits and not things and order.kind.code not in OF_PEOPLE:
        raise RuleBroken(_("Choose the exhibits, or name the things."), field="exhibits")
    if not exhibits and not things and not order.text.strip():
        raise RuleBroken(_("Say what the court orders."), field="text")


def of_proceeding(proceeding: Proceeding, user: access.Reader) -> list[CourtOrder]:
    """The standing orders of a court file, each with `shown`: the things this person may see."""
    orders: Any = CourtOrder.objects
    rows = orders.standing().filter(proceeding=proceeding).select_related("kind")
    shown = OrderedThing.objects.visible_to(user).select_related("exhibit")
    return list(
        rows.order_by("-made_on", "-pk").prefetch_related(
            Prefetch("things", queryset=shown, to_attr="shown")
        )
    )
