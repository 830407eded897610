"""The disposal lock: what keeps an exhibit from its owner and from destruction, and until when.

Asked by every act after which nobody here answers for a thing. It reads the courts of the case, of
every other case that the exhibit matters to, the holds people placed, and the court's own order.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import clock, display
from casework.errors import RuleBroken
from casework.models import Case, CourtOrder, User
from evidence.in_court import lineage, needs, windows
from evidence.in_court.courts import Standing
from evidence.in_court.needs import ALLOWS, Facts
from evidence.in_court.needs import DESTROY as DESTROY
from evidence.in_court.needs import RETURN as RETURN
from evidence.in_court.orders import Order
from evidence.models import Exhibit

# Reasons that the act itself answers: its form asks for the order and why nobody is charged.
ASKED = ("no_order", "uncharged")
FIELDS = {"window": "happened_at", "uncharged": "no_proceeding"}  # of the form that asked


@dataclass(frozen=True)
class Reason:
    """Why it must be kept: a sentence, and the first day on which that ends, where one is known."""

    code: str  # undecided retrial appeal uncharged window hold other_case no_order order
    text: str
    possible_from: date | None = None
    case: Case | None = None  # another case, where this reader may know it


def reasons(
    exhibit: Exhibit,
    user: User | None = None,
    *,
    act: str = DESTROY,
    on: date | None = None,
    order: Order | None = None,
) -> list[Reason]:
    """What stands in the way of an act done on a day (today, unless said), worst first.

    `order`: the one that was named with the act. Without a reader no other case is named.
    """
    found = of([exhibit], user, act=act, on=on, order=order)
    return found[exhibit.pk]


def day_of(moment: datetime) -> date:
    """The day of an act where the courts are: nobody's own zone shortens a time to appeal."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def of(
    exhibits: Sequence[Exhibit],
    user: User | None = None,
    *,
    act: str = DESTROY,
    on: date | None = None,
    order: Order | None = None,
) -> dict[int, list[Reason]]:
    """The same of many exhibits, in a number of queries that does not grow with them."""
    day = on or day_of(clock.now())
    facts = needs.read(exhibits, user, day)
    return {
        exhibit.pk: [
            *_of_courts(facts.standings[exhibit.case_id], day, order),
            *_of_holds(exhibit, facts),
            *_of_others(exhibit, facts, day),
            *_of_orders(facts, exhibit, act, day, order),
        ]
        for exhibit in exhibits
    }


def check(
    exhibit: Exhibit,
    *,
    actor: User,
    act: str,
    on: date,
    order: Order | None = None,
    waived: Collection[str] = (),
    is_past: bool = False,
    field: str | None = None,
) -> None:
    """RuleBroken with every reason; call it under `hold`, so that no court acts in between.

    What needs it today keeps it, too: an earlier day opens no way round. Only the second person's
    account of what is proposed already `is_past`.
    """
    days = {on} if is_past else {on, day_of(clock.now()), clock.today()}
    found = [
        reason
        for day in sorted(days)
        for reason in reasons(exhibit, actor, act=act, on=day, order=order)
    ]
    found = [reason for reason in found if reason.code not in waived]
    if found:
        told = " ".join(dict.fromkeys(reason.text for reason in found))
        codes = {reason.code for reason in found}
        raise RuleBroken(told, field=FIELDS.get(codes.pop(), field) if len(codes) == 1 else field)


def hold(*exhibits: Exhibit) -> None:
    """Hold every case that has a say until the transaction ends: an appeal now waits, or is seen.

    Before the exhibit's own lock, and in the order of their keys. Not the key of the row: acts of
    custody write their audit entries meanwhile.
    """
    keys = {exhibit.case_id for exhibit in exhibits}
    origins = lineage.origins([exhibit.pk for exhibit in exhibits])
    keys |= {case for cases in needs.other_cases(origins, exhibits).values() for case in cases}
    rows = Case.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _of_courts(standing: Standing, day: date, order: Order | None) -> Iterable[Reason]:
    is_explained = order is not None and order.no_proceeding.strip()
    if standing.is_undecided:
        yield Reason("undecided", _("A charge of this case is not decided yet. Wait for the "
                                    "court."))  # fmt: skip
    if standing.awaits_retrial:
        yield Reason("retrial", _("A retrial is ordered and not decided yet. Wait for the court."))
    if standing.has_appeal:
        yield Reason("appeal", _("An appeal in this case is not decided yet. Wait for the court."))
    if standing.is_uncharged and not standing.is_open and not is_explained:
        yield Reason("uncharged", _("A trial of this case has no charge yet. Wait for the court, "
                                    "or write why none will follow."))  # fmt: skip
    if not standing.is_open:
        yield from _of_window(standing, day, order)


def _of_window(standing: Standing, day: date, order: Order | None) -> Iterable[Reason]:
    ends = [standing.free_from()]
    if order is not None:
        ends.append(windows.free_from(order.made_on, "", standing.country))
    first = max((end for end in ends if end is not None), default=None)
    if first is not None and day < first:
        told = _("An appeal is still possible. It may be given away or destroyed from %(day)s.")
        yield Reason("window", told % {"day": display.day(first)}, first)


def _of_holds(exhibit: Exhibit, facts: Facts) -> Iterable[Reason]:
    for row in facts.holds[exhibit.pk]:
        if row.case_id == exhibit.case_id:
            told = _("It is kept for this case.")
            if row.exhibit_id in facts.seen:
                told = _("It is kept for this case: %(why)s") % {"why": row.reason}
            yield Reason("hold", told)
            continue
        case = facts.readable.get(row.case_id)
        told = _("Another case needs it.")
        if case is not None and row.exhibit_id in facts.seen:
            told = _("Case %(case)s needs it: %(why)s") % {"case": case, "why": row.reason}
        yield Reason("hold", told, case=case)


def _of_others(exhibit: Exhibit, facts: Facts, day: date) -> Iterable[Reason]:
    for key in sorted(facts.others[exhibit.pk]):
        found = list(_of_courts(facts.standings[key], day, None))
        if not found:
            continue
        case = facts.readable.get(key)
        if case is None:
            yield Reason("other_case", _("Another case needs it."))
            continue
        told = _("Case %(case)s needs it. There: %(why)s") % {"case": case, "why": found[0].text}
        yield Reason("other_case", told, found[0].possible_from, case)


def _of_orders(
    facts: Facts, exhibit: Exhibit, act: str, day: date, order: Order | None
) -> Iterable[Reason]:
    """Each thing that is in it needs its order; what stands in the way twice is said once."""
    ways = facts.orders[exhibit.pk]
    found = [one for way in ways for one in _of_way(facts, exhibit, act, day, order, way)]
    yield from dict.fromkeys(found)


def _of_way(
    facts: Facts,
    exhibit: Exhibit,
    act: str,
    day: date,
    order: Order | None,
    orders: Sequence[CourtOrder],
) -> Iterable[Reason]:
    last = orders[-1] if orders else None
    if last is None:
        standing = facts.standings[exhibit.case_id]
        if order is None and (standing.has_proceedings or act == DESTROY):
            yield Reason(
                "no_order",
                _(
                    "No order of a court about it is on record. Record the order, or name it when "
                    "it is returned or destroyed."
                ),
            )
        return
    words = {"kind": last.kind, "day": display.day(last.made_on)}
    if last.kind.code not in ALLOWS[act]:
        yield Reason("order", _("The court ordered otherwise on %(day)s: %(kind)s.") % words)
    elif last.effective_on and day < last.effective_on:
        told = _("The court's order takes effect on %(day)s.")
        words = {"day": display.day(last.effective_on)}
        yield Reason("order", told % words, last.effective_on)
    else:
        free = windows.free_from(last.made_on, "", facts.standings[exhibit.case_id].country)
        if day < free:
            told = _("The order can still be appealed. It may be carried out from %(day)s.")
            yield Reason("window", told % {"day": display.day(free)}, free)
