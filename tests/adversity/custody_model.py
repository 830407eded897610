"""What custody should do, in few words: the state machine holds the code against it."""

from dataclasses import dataclass, field
from typing import Any

from casework.models import User
from evidence.models import CustodyEvent, Exhibit


@dataclass
class Thing:
    """An exhibit as the reference has it."""

    exhibit: Exhibit
    holder: User | None
    seal: str = ""
    count: int | None = None
    weight: int | None = None
    declared: int | None = None
    events: int = 1
    offer: CustodyEvent | None = None
    offered_allows: int = 0
    offered_to: User | None = None
    out: CustodyEvent | None = None
    out_by: User | None = None
    is_lost: bool = False

    @property
    def allows(self) -> int:
        """How many milligrams a weight may drift without being explained."""
        if self.declared is not None:
            return self.declared
        return max((self.weight or 0) * 5 // 1000, 1000)

    @property
    def is_proposed(self) -> bool:
        return self.offer is not None and self.offer.kind == "proposed"

    @property
    def has_left(self) -> bool:
        return self.holder is None and self.out is None


@dataclass
class Reference:
    """Who may handle exhibits of the case, and all of its exhibits."""

    handlers: set[User]
    leads: set[User]
    things: list[Thing] = field(default_factory=list)

    def is_free_for(self, thing: Thing, actor: User) -> bool:
        """The rule of nearly all acts: its holder, with no offer open and nothing missing."""
        quiet = thing.offer is None and not thing.is_lost
        return quiet and thing.holder == actor and actor in self.handlers

    def may_offer(self, thing: Thing, actor: User, to: User) -> bool:
        return self.is_free_for(thing, actor) and to != actor and to in self.handlers

    def may_take(self, thing: Thing, offer: CustodyEvent, actor: User) -> bool:
        may = self.may_refuse(thing, offer, actor) and not thing.is_lost
        return may and not thing.is_proposed

    def may_confirm(self, thing: Thing, offer: CustodyEvent, actor: User) -> bool:
        may = self.may_refuse(thing, offer, actor) and not thing.is_lost
        return may and thing.is_proposed

    def may_refuse(self, thing: Thing, offer: CustodyEvent, actor: User) -> bool:
        is_open = thing.offer is not None and thing.offer.pk == offer.pk
        return is_open and actor == thing.offered_to and actor in self.handlers

    def may_withdraw(self, thing: Thing, offer: CustodyEvent, actor: User) -> bool:
        is_open = thing.offer is not None and thing.offer.pk == offer.pk
        return is_open and actor == thing.holder and actor in self.handlers

    def may_take_back(self, thing: Thing, actor: User) -> bool:
        trusted = actor == thing.out_by or actor in self.leads or actor.position == "custodian"
        return thing.out is not None and actor in self.handlers and trusted

    def may_produce(self, thing: Thing, actor: User) -> bool:
        quiet = thing.offer is None and not thing.is_lost and not thing.has_left
        return quiet and actor in self.handlers

    def may_report(self, thing: Thing, actor: User, *, found: bool) -> bool:
        return actor in self.handlers and not thing.has_left and thing.is_lost is found

    def may_damage(self, thing: Thing, actor: User) -> bool:
        return actor in self.handlers and not thing.has_left

    def may_combine(self, one: Thing, other: Thing, actor: User) -> bool:
        both = self.is_free_for(one, actor) and self.is_free_for(other, actor)
        return both and one is not other


def took(thing: Thing, holder: User | None, **read: Any) -> None:
    """It is with somebody else now; what they read stands."""
    thing.holder, thing.offer, thing.offered_to = holder, None, None
    note(thing, **read)


def note(thing: Thing, **read: Any) -> None:
    """One more event, and what was read in it."""
    thing.events += 1
    for name, value in read.items():
        setattr(thing, name, value)
