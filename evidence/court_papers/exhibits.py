"""Papers about the things: the list of exhibits, and the custody report of one of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404

from casework import display
from casework.ledger.event import Event, Person
from casework.models import Case, User
from evidence import custody
from evidence.chain import Chain, ChainEvent
from evidence.dossier import collect, collect_witnesses
from evidence.dossier.sheet import Grid, Sheet, Signature
from evidence.last_read import Standing
from evidence.models import Exhibit

SEEN = "Name, position, signature, date"


@dataclass(frozen=True)
class Line:
    label: str
    description: str
    seal: str
    amount: str
    kept_at: str
    holder: str
    court_number: str


def listed(case: Case, user: User) -> list[Line]:
    """Every exhibit that the reader may see, as it stands now, in the order of the labels."""
    rows = collect.exhibits(case, user)
    marks = collect_witnesses.court_marks(case, user, is_disclosure=False)
    numbers = {pk: [one.number for one in of if one.number] for pk, of in marks.items()}
    return [
        _line(row, chain, "".join(numbers.get(row.pk, [])[-1:]))
        for row, chain in zip(rows, custody.chains(rows), strict=True)
    ]


def _line(row: Exhibit, chain: Chain, court_number: str) -> Line:
    return Line(
        label=row.label,
        description=row.description,
        seal=chain.standing.seal_number or display.NOTHING,
        amount=_amount(chain.standing) or display.NOTHING,
        kept_at=chain.kept_at or display.NOTHING,
        holder=_named(chain.holder),
        court_number=court_number or display.NOTHING,
    )


def _amount(said: Event | Standing) -> str:
    parts = [display.thousands(said.count)] if said.count is not None else []
    parts += [display.weight(said.weight_mg)] if said.weight_mg is not None else []
    return ", ".join(parts)


def _named(person: Person | None) -> str:
    if person is None:
        return display.NOTHING
    return ", ".join(part for part in (person.name, person.service_number) if part)


def exhibit_list(case: Case, key: str, user: User) -> Sheet:
    if key != "all":
        raise Http404
    lines = listed(case, user)
    head = ("Exhibit", "What it is", "Seal", "Amount", "Held by", "Kept at", "In court")
    rows = tuple(
        (one.label, one.description, one.seal, one.amount, one.holder, one.kept_at,
         one.court_number)
        for one in lines
    )  # fmt: skip
    return Sheet(
        reference=case.reference,
        number="List of exhibits",
        agency=case.agency.name,
        title="List of exhibits",
        under=case.title,
        paragraphs=() if rows else ("No exhibit is on the record.",),
        grids=(Grid("Exhibits", head, rows, wide=(1,), narrow=(0,)),) if rows else (),
        signatures=(Signature("Drawn up by", SEEN), Signature("Received by", SEEN)),
        foot=f"{case.reference}, list of exhibits",
    )


def custody_report(case: Case, key: str, user: User) -> Sheet:
    row = Exhibit.objects.visible_to(user).filter(case=case, label=key).first()
    if row is None:
        raise Http404
    chain = custody.chain(row)
    head = ("", "When", "What", "Who", "Place and purpose", "Seal, count, weight")
    return Sheet(
        reference=case.reference,
        number=f"Custody of {row.label}",
        agency=case.agency.name,
        title=f"Chain of custody of {row.label}",
        under=row.description,
        standing=_standing(chain),
        facts=tuple(_facts(chain)),
        grids=(
            Grid("Every event", head, tuple(map(_event, chain.events)), wide=(3, 4), narrow=(0,)),
        ),
        signatures=(Signature("Drawn up by", SEEN), Signature("Holder", SEEN)),
        foot=f"{case.reference}, custody of {row.label}, {len(chain.events)} events",
    )


def _standing(chain: Chain) -> str:
    if chain.break_ is not None:
        return f"The chain does not hold: {chain.break_.part}."
    if chain.pending:
        return "The chain holds; its last events are not under a signed head yet."
    return "The chain holds: no event was altered or removed, all are under a signed head."


def _facts(chain: Chain) -> Iterator[tuple[str, str]]:
    yield "Held by", _named(chain.holder)
    yield "Kept at", chain.kept_at or display.NOTHING
    yield "Seal", chain.standing.seal_number or display.NOTHING
    yield "Last counted, weighed", _amount(chain.standing) or display.NOTHING


def _event(event: ChainEvent) -> tuple[str, ...]:
    plain = event.plain
    who = [f"from {_named(plain.giver)}"] if plain.giver else []
    who += [f"to {_named(plain.receiver)}"] if plain.receiver else []
    where = [plain.place, plain.purpose, plain.authority, plain.note, plain.explanation]
    seals = [seal for seal in (plain.seal_number, plain.new_seal_number) if seal]
    sealed = f"seal {', now '.join(seals)}" if seals else ""
    return (
        str(plain.sequence),
        display.when(plain.happened_at),
        event.kind_label,
        f"{'; '.join(who)} recorded by {_named(plain.recorder)}".strip(),
        "; ".join(part for part in where if part),
        "; ".join(part for part in (sealed, _amount(plain)) if part),
    )
