"""Operations on the points to prove: link evidence, take it away again, judge what it is worth.

A row is written once for each charge it is about. What is the same for all who are charged with a
count is written for all of them, so that it stays when one of them leaves the count.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, row_digests, stages
from casework.errors import RuleBroken
from casework.models import Case, Charge, Element, User, Witness
from evidence.models import ProofJudgement, ProofLink
from evidence.proof import matrix, pieces
from evidence.reading import of_case

Point = tuple[Charge, Element]
Offered = Sequence[tuple[Model, Witness | None]]  # evidence, and who brings it in
LONGEST_NOTE = 300


@transaction.atomic
def link(
    case: Case,
    *,
    things: Iterable[Model],
    points: Sequence[Point],
    actor: User,
    witness: Witness | None = None,
    note: str = "",
) -> list[ProofLink]:
    """Link evidence to elements of one or several charges; what is linked already stays as it is.

    Raises RuleBroken where a thing, the witness or a point is not of the case.
    """
    wanted = [(thing, witness) for thing in things]
    checked = _checked(case, points, actor)
    return _link(case, [(point, wanted) for point in checked], actor, note)


@transaction.atomic
def take_over(case: Case, *, offers: Mapping[Point, Offered], actor: User) -> list[ProofLink]:
    """Link what the record offers, each thing with its witness; nothing is judged by it."""
    by_point = {_key(*point): wanted for point, wanted in offers.items()}
    checked = _checked(case, list(offers), actor)
    return _link(case, [(point, by_point[_key(*point)]) for point in checked], actor, "")


def _key(charge: Charge, element: Element) -> tuple[int, int, bool]:
    """What is the same for all of a count is one point of the count."""
    is_own = element.is_personal
    return (charge.pk if is_own else charge.count_id, element.pk, is_own)


def _link(
    case: Case, wanted: Sequence[tuple[Point, Offered]], actor: User, note: str
) -> list[ProofLink]:
    things = {thing: by for _point, offered in wanted for thing, by in offered}
    if not things:
        raise RuleBroken(_("Choose the evidence."), field="evidence")
    fields = _fields(case, things, actor)
    _check_witnesses(case, {by for _p, offered in wanted for _t, by in offered if by}, actor)
    known = _known([point for point, _offered in wanted])
    now, rows = clock.now(), []
    for (charge, element), offered in wanted:
        for thing, by in offered:
            if (charge.pk, element.pk, fields[thing], thing.pk) in known:
                continue
            row = ProofLink(
                charge=charge, element=element, witness=by, note=note.strip()[:LONGEST_NOTE],
                recorded_by=actor, recorded_at=now, **{fields[thing]: thing},
            )  # fmt: skip
            row.save()
            rows.append(row)
    if rows:
        _record("proof.link", case, rows, actor)
    return rows


def _fields(case: Case, things: Iterable[Model], actor: User) -> dict[Model, str]:
    """The field by which a link names each thing. Raises RuleBroken unless the actor sees all."""
    read = of_case(case, actor)
    left = set(things)
    found: dict[Model, str] = {}
    for kind in pieces.KINDS:
        own = {thing.pk for thing in left if isinstance(thing, kind.model)}
        if own:
            found |= dict.fromkeys(pieces.of_case(kind, case, read).filter(pk__in=own), kind.field)
    if left - found.keys():
        raise RuleBroken(_("Choose evidence of this case that still stands."), field="evidence")
    return found


def _check_witnesses(case: Case, witnesses: Iterable[Witness], actor: User) -> None:
    seen = of_case(case, actor)(Witness.objects)
    for witness in witnesses:
        if witness.case_id != case.pk or not seen.filter(pk=witness.pk).exists():
            raise RuleBroken(_("Choose a witness of this case."), field="witness")


def _known(points: Sequence[Point]) -> set[tuple[int, int, str, int]]:
    rows = ProofLink.objects.filter(
        removed_by__isnull=True,
        removes__isnull=True,
        charge__in=[charge.pk for charge, _e in points],
    )
    names = [f"{field}_id" for field in pieces.FIELDS]
    return {
        (row["charge_id"], row["element_id"], field, row[f"{field}_id"])
        for row in rows.values("charge_id", "element_id", *names)
        for field in pieces.FIELDS
        if row[f"{field}_id"] is not None
    }


@transaction.atomic
def remove(case: Case, *, links: Iterable[int], actor: User) -> int:
    """Take links away again; the rows stay on record. Only what the actor sees can be named."""
    _require(case, actor)
    rows = [_removing(row, actor) for row in _seen(case, links, actor)]
    if not rows:
        raise RuleBroken(_("This is not linked any more."))
    for row in rows:
        row.save()
    _record("proof.unlink", case, rows, actor)
    return len(rows)


@transaction.atomic
def bring_in(case: Case, *, links: Iterable[int], witness: Witness, actor: User) -> int:
    """Say who brings evidence in: each link is taken away, and stands again with its witness."""
    _require(case, actor)
    _check_witnesses(case, [witness], actor)
    seen = _seen(case, links, actor)
    made: list[ProofLink] = []
    for link in seen:
        again = _copy(link, actor)
        again.witness, again.note = witness, link.note
        made += [_removing(link, actor), again]
    if not made:
        raise RuleBroken(_("This is not linked any more."))
    for row in made:
        row.save()
    _record("proof.witness", case, made, actor)
    return len(seen)


def _seen(case: Case, links: Iterable[int], actor: User) -> list[ProofLink]:
    """The links that stand, of those named, as far as the actor sees every part of them."""
    read = of_case(case, actor)
    rows = read(ProofLink.objects).filter(removed_by__isnull=True, removes__isnull=True)
    return list(rows.filter(pieces.visible(read), pk__in=list(links)))


def _removing(link: ProofLink, actor: User) -> ProofLink:
    row = _copy(link, actor)
    row.removes = link
    return row


def _copy(link: ProofLink, actor: User) -> ProofLink:
    named = {f"{field}_id": getattr(link, f"{field}_id") for field in (*pieces.FIELDS, "witness")}
    return ProofLink(
        charge_id=link.charge_id, element_id=link.element_id, recorded_by=actor,
        recorded_at=clock.now(), **named,
    )  # fmt: skip


@transaction.atomic
def judge(
    case: Case, *, points: Sequence[Point], state: str, actor: User, note: str = ""
) -> list[ProofJudgement]:
    """Say of one or several points what the evidence is worth; what was said before stays."""
    checked = _checked(case, points, actor)
    note = note.strip()
    if state in (ProofJudgement.State.CONTESTED, ProofJudgement.State.NOT_NEEDED) and not note:
        raise RuleBroken(_("Say why, in a sentence."), field="note")
    standing = {
        (row.charge_id, row.element_id): row
        for row in ProofJudgement.objects.standing().filter(
            charge__in=[charge.pk for charge, _e in checked]
        )
    }
    rows = []
    for charge, element in checked:
        before = standing.get((charge.pk, element.pk))
        if before is not None and (before.state, before.note) == (state, note):
            continue
        row = ProofJudgement(
            charge=charge, element=element, state=state, note=note, supersedes=before,
            recorded_by=actor, recorded_at=clock.now(),
        )  # fmt: skip
        row.full_clean(exclude=["recorded_by"])
        row.save()
        rows.append(row)
    if rows:
        _record("proof.judge", case, rows, actor, state=state)
    return rows


def _require(case: Case, actor: User) -> None:
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)


def _checked(case: Case, points: Sequence[Point], actor: User) -> list[Point]:
    """The points, each shared one for every charge of its count."""
    _require(case, actor)
    if not points:
        raise RuleBroken(_("Choose at least one point."))
    for charge, element in points:
        of = charge.count.charge_sheet.proceeding.case_id
        if of != case.pk or not matrix.in_force(element, charge.count):
            raise RuleBroken(_("Choose a point of a count of this case."))
    wanted: dict[tuple[int, int], Point] = {}
    shared = {charge.count_id for charge, element in points if not element.is_personal}
    all_of: dict[int, list[Charge]] = {}
    for one in Charge.objects.filter(count__in=shared).select_related("count"):
        all_of.setdefault(one.count_id, []).append(one)
    for charge, element in points:
        for each in [charge] if element.is_personal else all_of[charge.count_id]:
            wanted[each.pk, element.pk] = (each, element)
    return list(wanted.values())


def _record(action: str, case: Case, rows: Sequence[Any], actor: User, **detail: Any) -> None:
    first = rows[0]
    audit.record(
        action, actor=actor, case=case, subject=first.charge.count, points=len(rows),
        elements=sorted({row.element.code for row in rows}), rows=row_digests.of(rows), **detail,
    )  # fmt: skip
