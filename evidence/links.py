"""One more link of a chain: the rules that every act obeys, and the writing.

The exhibit's row is the lock (held.py): of two acts at once, the second sees what the first wrote.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import access, audit, clock, prepared, roles, signals
from casework.errors import Conflict, RuleBroken
from casework.ledger import format
from casework.ledger.event import Person, commit
from casework.models import User
from evidence import chain as reading
from evidence import held as locking
from evidence import sequencer
from evidence.held import ASKS as ASKS
from evidence.held import Held as Held
from evidence.models import CustodyEvent, Exhibit, Place

Kind = CustodyEvent.Kind


class Details(TypedDict, total=False):
    """What an act may state; the names are the columns of the event."""

    happened_at: datetime | None  # now, where it is left out
    place: str
    purpose: str
    authority: str
    note: str
    seal_number: str
    seal_intact: bool | None
    new_seal_number: str
    count: int | None
    weight_mg: int | None
    scale: str
    scale_calibrated_on: date | None
    file_digests: list[str]


def lock(exhibit: Exhibit, actor: User, offer: CustodyEvent | None = None) -> Held:
    """The exhibit, locked until the end, for somebody who may act on it."""
    found = locking.lock(exhibit, actor)
    if offer is not None and found.open_offer != offer:
        raise Conflict(_("This offer has been answered already. Read the chain again."))
    return found


def hold_all(exhibits: Iterable[Exhibit]) -> None:
    """The rows of a batch, before its acts lock each again and then the place it goes to.

    In one order for everybody: two who handle the same things wait in turn, and neither for ever.
    """
    keys = [exhibit.pk for exhibit in exhibits]
    rows = Exhibit.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk"))


def demand_holder(held: Held) -> User:
    """Whoever answers for it; what was returned or disposed of is not here to be acted on."""
    holder = held.holder
    if holder is None:
        if (out := held.open_hand_out) is not None:
            told = _("It is with %(name)s, who has no account here. Take it back first.")
            raise RuleBroken(told % {"name": out.to_name})
        if held.last is not None and held.last.kind == Kind.COMBINED:
            raise RuleBroken(_("It is part of another exhibit now. Do this with that one."))
        raise RuleBroken(_("Nobody holds this exhibit: it was returned or disposed of."))
    return holder


def require_holder(held: Held, actor: User, *, during_offer: bool = False) -> User:
    """The actor, or a lead for a holder who has left the service or the case."""
    if not during_offer:
        refuse_open_offer(held)
        refuse_lost(held)
    holder = demand_holder(held)
    if holder != actor and not stands_in(held.exhibit, holder, actor):
        told = _("%(name)s holds this exhibit. Only the holder can do this.")
        raise RuleBroken(told % {"name": holder.get_full_name()})
    return holder


def stands_in(exhibit: Exhibit, holder: User, actor: User) -> bool:
    """A lead acts for whoever cannot any more: gone from the service, or off the case."""
    if not access.can(actor, exhibit.case, roles.TEAM):
        return False
    return not holder.is_active or not access.can(holder, exhibit.case, roles.CUSTODY)


def refuse_open_offer(held: Held) -> None:
    if (offer := held.open_offer) is not None:
        told = _("It is offered to %(name)s. Wait for the answer, or take the offer back.")
        if offer.kind == Kind.PROPOSED:
            told = _("Its destruction waits for %(name)s. Wait, or take the proposal back.")
        raise RuleBroken(told % {"name": offer.to_name})


def refuse_lost(held: Held) -> None:
    if held.is_lost:
        raise RuleBroken(_("It is reported missing. Record first that it was found."))


def require_receiver(held: Held, to: User, holder: User, actor: User) -> None:
    """Somebody else than the holder and than whoever offers it: a handover has two people."""
    if to == holder:
        raise RuleBroken(_("They hold it already. Choose somebody else."), field="to")
    if to == actor:
        told = _("You cannot offer it to yourself. Offer it to somebody who can count it.")
        raise RuleBroken(told, field="to")
    require_insight(held, to, "to")


def require_insight(held: Held, person: User, field: str) -> None:
    """The other person works here, sees the exhibit and may act on it."""
    name = {"name": person.get_full_name()}
    if not person.is_active:
        raise RuleBroken(_("%(name)s no longer works here.") % name, field=field)
    sees = Exhibit.objects.visible_to(person).filter(pk=held.exhibit.pk).exists()
    if not sees or not access.can(person, held.exhibit.case, roles.CUSTODY):
        told = _("%(name)s may not handle this exhibit. Ask the lead to add them to the team.")
        raise RuleBroken(told % name, field=field)


def sender_of(out: CustodyEvent) -> Person:
    """Who has it without an account, from the event by which it was handed out."""
    return Person(out.to_name, out.to_number, out.to_agency)


def require_text(text: str, field: str, told: StrOrPromise) -> None:
    if not text.strip():
        raise RuleBroken(str(told), field=field)


def append(
    held: Held,
    kind: Kind,
    actor: User,
    details: Details,
    *,
    giver: User | None = None,
    receiver: User | None = None,
    outside: Person | None = None,  # a receiver without an account
    sender: Person | None = None,  # a giver without an account
    related: Sequence[UUID] = (),
    **links: Any,
) -> CustodyEvent:
    """Write the next event, its pending place in the ledger, the holder and the audit entry."""
    event = CustodyEvent(
        exhibit=held.exhibit,
        label=f"{held.exhibit.case.reference}/{held.exhibit.label}",
        sequence=held.last.sequence + 1 if held.last else 1,
        kind=kind,
        recorded_at=clock.now(),
        from_user=giver,
        to_user=receiver,
        recorder=actor,
        related=sorted(str(identifier) for identifier in related),
        salt=secrets.token_hex(format.SALT_BYTES),
        previous_digest=held.last.digest if held.last else "",
        **_stripped(details),
        **links,
    )
    event.happened_at = details.get("happened_at") or event.recorded_at
    _check_time(held, event)
    _name_people(event, sender or _person(giver), outside or _person(receiver), _person(actor))
    event.digest = format.event_digest(
        commit(reading.event_of(event), bytes.fromhex(event.salt))[0]
    ).hex()
    _check(event)
    _save(held, event, actor)
    _settle(held, event)
    sequencer.run_on_commit()
    return event


def _stripped(details: Details) -> dict[str, Any]:
    values = {name: value for name, value in details.items() if name != "happened_at"}
    plain = {k: v.strip() if isinstance(v, str) else v for k, v in values.items()}
    if "file_digests" in plain:
        plain["file_digests"] = sorted(details["file_digests"])
    return plain


def _check_time(held: Held, event: CustodyEvent) -> None:
    """Not in the future, not before the seizure, not before the event before (to the minute)."""
    moment = event.happened_at.replace(second=0, microsecond=0)
    if moment > event.recorded_at:
        told = _("This lies in the future. Write when it happened.")
        raise RuleBroken(told, field="happened_at")
    seized_at = held.seized_at
    if seized_at and event.happened_at < seized_at.replace(second=0, microsecond=0):
        told = _("This lies before the seizure. Write when it happened.")
        raise RuleBroken(told, field="happened_at")
    before = held.last.happened_at.replace(second=0, microsecond=0) if held.last else moment
    # A clock that ran ahead and was set right must not stop the chain: its order is the sequence.
    if event.happened_at < before <= event.recorded_at:
        told = _("This lies before the last event of the chain. Write when it happened.")
        raise RuleBroken(told, field="happened_at")


def _person(user: User | None) -> Person | None:
    if user is None:
        return None
    agency = user.agency.name if user.agency else ""
    return Person(user.get_full_name(), user.service_number, agency)


def _name_people(event: CustodyEvent, *people: Person | None) -> None:
    for prefix, person in zip(("from", "to", "recorder"), people, strict=True):
        if person is not None:
            setattr(event, f"{prefix}_name", person.name)
            setattr(event, f"{prefix}_number", person.service_number)
            setattr(event, f"{prefix}_agency", person.agency)


def _check(event: CustodyEvent) -> None:
    """The database holds the constraints; each field is checked here, without asking it."""
    absent = [f.name for f in event._meta.concrete_fields if getattr(event, f.attname) is None]
    people = ["exhibit", "from_user", "to_user", "recorder"]  # fetched and checked by the act
    event.clean_fields(exclude=[*absent, *people, "answers", "corrects"])
    if event.weight_mg is not None and event.weight_mg < 0:
        raise RuleBroken(_("Write a weight of zero or more."), field="weight_mg")


def _save(held: Held, event: CustodyEvent, actor: User) -> None:
    """The event, its audit entry and what search must know of it, in one message."""
    exhibit, sequence = held.exhibit, event.sequence
    case = exhibit.case
    event.pk = held.next_key()
    try:
        with prepared.together():
            event.save()
            action = f"custody.{event.kind}"
            audit.record(action, actor=actor, case=case, subject=exhibit, event=sequence)
            signals.changed.send(sender=CustodyEvent, instance=event)
    except IntegrityError as error:
        raise Conflict from error
    held.read_again()


def _settled(held: Held, event: CustodyEvent) -> dict[str, Any]:
    """Who holds it and where it is kept after an event; a place of the store by its whole name."""
    holder = held.holder
    store = Place.objects.filter(agency=holder.agency_id if holder else None, is_active=True)
    stays = event.kind == Kind.FOUND and not event.place  # found where it was said to be
    # Held: it is not closed meanwhile.
    named = store.select_for_update(no_key=True).filter(path=event.place)
    place = named.first() if event.place else None
    return {
        "holder": holder,
        "storage_place": event.place or held.exhibit.storage_place,
        "place": held.exhibit.place if stays else place,
    }


def _settle(held: Held, event: CustodyEvent) -> None:
    if reading.settles(event.kind, event.sequence):
        values = _settled(held, event)
        Exhibit.objects.filter(pk=held.exhibit.pk).update(**values)
        for name, value in values.items():
            setattr(held.exhibit, name, value)
