"""A story of custody: its people and things, how an act is tried, and what holds after each."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.http import Http404
from hypothesis.stateful import RuleBasedStateMachine, invariant

from casework import access, roles
from casework.errors import DomainError
from casework.models import Case, Code, User
from evidence import custody, exhibits, sequencer
from evidence.models import CustodyEvent, Place
from tests.adversity.custody_model import Reference, Thing, note


class Story(RuleBasedStateMachine):
    """Each begins with two sealed exhibits and ends by being undone."""

    everybody: list[User]
    case: Case
    store: Place
    heads: Path

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.heads.unlink(missing_ok=True)
        self.kind = Code.objects.filter(kind="exhibit_kind")[0]
        self.reference = Reference(self._who(roles.CUSTODY), self._who(roles.TEAM))
        self.old_offers: list[tuple[Thing, CustodyEvent]] = []
        for number, actor in enumerate((self.everybody[0], self.everybody[2])):
            thing = self._thing(seal_number=f"S{number}", count=4, weight_mg=4_000_000)
            made = exhibits.register(self.case, thing, actor=actor)
            self._know(Thing(made, actor, f"S{number}", 4, 4_000_000))

    def teardown(self) -> None:
        try:
            self._verify()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def _verify(self) -> None:
        sequencer.run()
        sequencer.publish(self.heads)
        call_command("verify_custody", stdout=StringIO())

    def _who(self, action: str) -> set[User]:
        return {person for person in self.everybody if access.can(person, self.case, action)}

    def _thing(self, **read: Any) -> exhibits.Thing:
        return exhibits.Thing(kind=self.kind, description="Tusks", scale="ES-04", **read)

    def _know(self, thing: Thing) -> None:
        self.reference.things.append(thing)
        self.touched = thing

    def _chosen(self, number: int) -> Thing:
        self.touched = self.reference.things[number % len(self.reference.things)]
        return self.touched

    def _actor(self, number: int, right: User | None, is_right: bool) -> User:
        return right if is_right and right else self.everybody[number]

    def _try(self, is_right: bool, act: Callable[[], Any]) -> Any:
        """What the act gave, or None where it was refused as the reference expects."""
        before = CustodyEvent.objects.count()
        try:
            made = act()
        except (DomainError, Http404) as refused:
            made, why = None, repr(refused)
        else:
            why = "done"
        assert (made is not None) is is_right, why
        assert is_right or CustodyEvent.objects.count() == before
        return made

    def _ask(self, thing: Thing, asked: CustodyEvent, of: User) -> None:
        note(thing, offer=asked, offered_to=of, offered_allows=thing.allows)
        self.old_offers.append((thing, asked))

    def _an_offer(self, number: int, kind: str) -> tuple[Thing, CustodyEvent]:
        """One of its kind that is open more often than one that was answered long ago."""
        asked = [(thing, thing.offer) for thing in self.reference.things if thing.offer]
        fits = [(thing, offer) for thing, offer in asked if offer.kind == kind]
        found = (fits * 5 + self.old_offers)[number % (5 * len(fits) + len(self.old_offers))]
        self.touched = found[0]
        return found

    @invariant()
    def the_chain_is_what_the_reference_says(self) -> None:
        thing = self.touched
        chain = custody.chain(thing.exhibit)
        assert chain.break_ is None
        assert [event.sequence for event in chain.events] == list(range(1, thing.events + 1))
        standing = chain.standing
        read = (standing.seal_number, standing.count, standing.weight_mg)
        assert read == (thing.seal, thing.count, thing.weight)
        thing.exhibit.refresh_from_db()
        assert thing.exhibit.holder == thing.holder
        is_offered = thing.offer is not None and not thing.is_proposed
        assert (chain.open_offer is not None) is is_offered
