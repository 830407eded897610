"""Charges with their elements, and the evidence for them, by the real operations."""

from dataclasses import dataclass
from typing import Any

from casework import access, charges
from casework.models import Case, Charge, Element, Proceeding, Provision
from casework.witnesses import witnesses
from evidence.proof import links, matrix
from evidence.proof.matrix import Cell, Matrix
from evidence.reading import of_case
from tests.casework import court_stories as court
from tests.casework.court_stories import Pair
from tests.evidence import scenes


@dataclass(frozen=True)
class Scene:
    """A draft charge sheet of one or several accused, and who works on it."""

    case: Case
    trial: Proceeding
    charges: tuple[Charge, ...]
    pair: Pair

    def matrix(self, user: Any = None) -> Matrix:
        reader = user or self.pair.prosecutor
        return matrix.of(self.trial, of_case(access.get_case(reader, self.case.reference), reader))

    def cell(self, code: str, accused: int = 1, count: int = 1, user: Any = None) -> Cell:
        return next(
            cell
            for cell in self.matrix(user).cells
            if cell.element.code == code
            and cell.charge.count.number == count
            and (cell.is_shared or cell.charge.accused.number == accused)
        )

    def point(self, code: str, accused: int = 1, count: int = 1) -> tuple[Charge, Element]:
        cell = self.cell(code, accused, count)
        return cell.charge, cell.element

    def link(self, thing: Any, code: str, accused: int = 1, **more: Any) -> list[Any]:
        points = [self.point(code, accused)]
        actor = self.pair.prosecutor
        return links.link(self.case, things=[thing], points=points, actor=actor, **more)

    def judge(self, state: str, code: str, accused: int = 1, note: str = "") -> list[Any]:
        points = [self.point(code, accused)]
        actor = self.pair.prosecutor
        return links.judge(self.case, points=points, state=state, note=note, actor=actor)

    def exhibit(self, **more: Any) -> Any:
        return scenes.exhibit(self.case, self.pair.investigator, **more)

    def witness(self, name: str = "Salim Mwero", **fields: Any) -> Any:
        return witnesses.add(self.case, name=name, actor=self.pair.investigator, **fields)

    def count(self, section: str = "92(2)") -> list[Charge]:
        """Another count against everybody."""
        people = list(self.case.accused.order_by("number"))
        made = charges.add_count(
            self.trial.charge_sheets.latest("version"),
            provision=Provision.objects.get(section=section),
            offence_on=court.SEIZED, particulars="Dealt in 24 tusks.", accused=people,
            actor=self.pair.prosecutor,
        )  # fmt: skip
        return list(made.charges.order_by("accused__number"))


def drafted(pair: Pair, *names: str) -> Scene:
    """One count of possession against these accused, not filed yet."""
    case = court.accepted(court.seized(pair), pair)
    court.join(case, pair.prosecutor, "prosecutor", pair)
    trial = court.opened(case, pair)
    found = court.count_in(trial, court.accuse(case, pair, *(names or ("Benson Tsofa",))), pair)
    return Scene(case, trial, tuple(found), pair)
