"""A small world in which rights and secrets come and go, by the operations that change them.

Its names and words are invented, and few, so that most searches find something.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework import access, cases, people
from casework.models import Case, CaseGroupGrant, CaseUserGrant, DiaryEntry, Port, User, Witness
from casework.witnesses import statements, witnesses
from evidence import exhibits, files
from evidence.exhibits import Thing
from evidence.models import Attachment, Exhibit
from kyc import parties
from kyc.cargo import consignments
from kyc.models import Involvement, Party
from kyc.parties import NewParty, Origin
from search import documents, index, sync
from search.engines import Key
from search.models import OutboxEntry
from search.scope import IN_WORDS, WHOLE_CASE
from tests.casework.court_stories import code
from tests.evidence.pictures import jpeg, upload

WORDS = ("ivory", "tusks", "zephyrine", "tamarind", "godown", "mongoose", "KEMBA")


@dataclass
class World:
    """Two cases with something open and something hidden of several kinds, and those who look."""

    actor: User
    people: list[User]
    cases: list[Case] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    notes: list[DiaryEntry] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)

    def grant(self, case: int, person: int, role: str, in_days: int | None) -> None:
        if self.people[person].is_active:
            self._grant(case, self.people[person], role, in_days)

    def grant_unit(self, case: int, person: int, role: str, in_days: int | None) -> None:
        if (unit := self.people[person].unit) is not None:
            self._grant(case, unit.group, role, in_days)

    def _grant(self, case: int, to: Any, role: str, in_days: int | None) -> None:
        end = timezone.now() + timedelta(days=in_days) if in_days else None
        access.grant(
            self.cases[case], role=role, to=to, actor=self.actor, reason="", expires_at=end
        )

    def revoke(self, which: int) -> None:
        rows = [*CaseUserGrant.objects.exclude(user=self.actor).order_by("pk")]
        rows += [*CaseGroupGrant.objects.order_by("pk")]
        if rows:
            access.revoke(rows[which % len(rows)], actor=self.actor, reason="")

    def let_time_pass(self) -> None:
        """What had an end has ended; nobody tells the index."""
        for model in (CaseUserGrant, CaseGroupGrant):
            ending = model.objects.filter(expires_at__isnull=False)
            ending.update(expires_at=timezone.now() - timedelta(seconds=1))

    def toggle_person(self, person: int) -> None:
        change = people.deactivate if self.people[person].is_active else people.reactivate
        change(self.people[person], actor=self.actor, reason="")

    def move(self, person: int, position: str, has_unit: bool) -> None:
        """To another post, and in or out of the unit: the groups and the register follow."""
        someone = self.people[person]
        unit = self.actor.unit if has_unit and someone.agency == self.actor.agency else None
        people.change_person(someone, position=position, unit=unit, actor=self.actor)

    def restrict(self, which: int) -> None:
        exhibit = self._fresh(self.exhibits, which)
        exhibits.amend(exhibit, is_restricted=not exhibit.is_restricted, actor=self.actor)

    def hide_file(self, which: int) -> None:
        kept = self._fresh(self.files, which)
        files.amend(
            kept, caption=kept.caption, kind=kept.kind, is_sensitive=not kept.is_sensitive,
            actor=self.actor,
        )  # fmt: skip

    def hide_note(self, which: int) -> None:
        """No operation does it yet."""
        note = self._fresh(self.notes, which)
        note.is_sensitive = not note.is_sensitive
        note.save()
        sync.note(DiaryEntry, note)

    def protect(self, which: int) -> None:
        witness = self._fresh(self.witnesses, which)
        witnesses.protect(witness, is_protected=not witness.is_protected, actor=self.actor)

    def release(self, which: int) -> None:
        party = self._fresh(self.parties, which)
        if party.own_case is not None:
            parties.release(party, actor=self.actor, reason="")

    def involve(self, case: int, which: int) -> None:
        party = self._fresh(self.parties, which)
        found = Involvement.objects.filter(case=self.cases[case], party=party)
        if part := found.first():
            if party.own_case is None:
                parties.withdraw(part, actor=self.actor, reason="")
        elif party.own_case is None:
            role = code("party_role", "notify")
            parties.involve(self.cases[case], party, role=role, actor=self.actor)

    def write(self, case: int) -> None:
        cases.note(
            self.cases[case], text="ivory again", happened_at=timezone.now(), actor=self.actor
        )

    def index(self, entries: int) -> None:
        """The index catches up, or takes no more than so many changes in."""
        for row in OutboxEntry.objects.order_by("pk")[:entries]:
            keys = told_by(row)
            found = documents.load(keys)
            with index.engine().writing():
                index.engine().write(found, keys - {document.key for document in found})
            row.delete()

    def _fresh(self, rows: list[Any], which: int) -> Any:
        row = rows[which % len(rows)]
        return type(row).objects.get(pk=row.pk)


def told_by(row: OutboxEntry) -> set[Key]:
    kind = row.kind.removesuffix(IN_WORDS)
    if kind == WHOLE_CASE:
        return set(documents.keys_of_cases([row.object_id]))
    return {Key(kind, row.object_id)}


def make(actor: User, looking: list[User]) -> World:
    world = World(actor, looking)
    for number, port in enumerate(("KEMBA", "VNHPH")):
        seizure = consignments.record_seizure(
            actor=actor, title=f"Ivory {number}", tier="port",
            seized_at=timezone.now() - timedelta(days=2), port=Port.objects.get(locode=port),
            narrative="Tusks under the tea.", items=[], boxes=[], bill=None, consignment=None,
        )  # fmt: skip
        world.cases.append(seizure.case)
        _things(world, seizure.case)
        _people(world, seizure.case)
    return world


def _things(world: World, case: Case) -> None:
    actor, kind = world.actor, code("exhibit_kind", "specimen")
    for hides in (False, True):
        thing = Thing(kind=kind, description="Ivory tusks", is_restricted=hides)
        moment = timezone.now() - timedelta(days=1)
        exhibit = exhibits.register(case, thing, happened_at=moment, actor=actor)
        world.exhibits.append(exhibit)
        world.notes.append(
            cases.note(
                case, text="The mongoose saw ivory", is_sensitive=hides, happened_at=moment,
                actor=actor,
            )
        )  # fmt: skip
        world.files.append(
            files.attach(
                case, upload=upload(jpeg()), kind="photograph", caption="Ivory", actor=actor,
                exhibit=exhibit, is_sensitive=hides,
            )
        )  # fmt: skip


def _people(world: World, case: Case) -> None:
    actor, role = world.actor, code("party_role", "shipper")
    for hides in (False, True):
        witness = witnesses.add(case, name="Zephyrine Mwero", is_protected=hides, actor=actor)
        statements.record(
            case, witness=witness, taken_on=date(2024, 4, 1), text="ivory at the godown",
            actor=actor,
        )  # fmt: skip
        world.witnesses.append(witness)
        part = parties.introduce(
            case, NewParty("firm", "Tamarind Reef Ltd", is_kept=hides), role=role,
            origin=Origin("case_document", "Gate pass", date(2024, 3, 6), case),
            facts=[(code("fact_kind", "address"), "Godown 7, ivory lane")], actor=actor,
        )  # fmt: skip
        world.parties.append(part.party)
