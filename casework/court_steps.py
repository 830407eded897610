"""What comes next in court: the acts that the record asks for, in the order that court demands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from casework import roles
from casework.court_record import Cell, Sheet
from casework.models import Case, Proceeding, Submission
from casework.procedure.states import HEARD, State
from casework.procedure.states import Step as Act
from casework.submissions import SENDABLE


@dataclass(frozen=True)
class Step:
    """A thing to do: what is missing, and the verb that mends it; no address: somebody else's."""

    text: str
    verb: str = ""
    url: str = ""


def of_case(case: Case, opened: Sequence[Proceeding], waiting: Submission | None) -> list[Step]:
    """What the case needs before and between its proceedings."""
    may = case.granted_actions
    if waiting is not None:
        return [_waiting(case, waiting, roles.PROSECUTE in may)]
    if case.status == Case.Status.RETURNED and not opened:
        text = _("The prosecutor returned the file with queries.")
        return [_step(text, _("Answer them"), "submission", roles.SUBMIT in may, case)]
    if case.status in SENDABLE and not opened:
        text = _("The file is not with a prosecutor.")
        return [_step(text, _("Send the file"), "submission-new", roles.SUBMIT in may, case)]
    if not opened and case.status == Case.Status.SUBMITTED:
        text = _("The file is accepted. No court file is open.")
        verb = _("Open a proceeding")
        return [_step(text, verb, "proceeding-new", roles.PROSECUTE in may, case)]
    return []


def _waiting(case: Case, waiting: Submission, may: bool) -> Step:
    text = _("The file waits for %(name)s.") % {"name": waiting.prosecutor}
    return _step(text, _("Decide on the file"), "submission-decide", may, case)


def _step(text: str, verb: str, name: str, may: bool, case: Case, *args: int) -> Step:
    if not may:
        return Step(text)
    return Step(text, verb, reverse(f"casework:{name}", args=[case.reference, *args]))


def of_proceeding(case: Case, proceeding: Proceeding, sheets: Sequence[Sheet]) -> list[Step]:
    """What this proceeding needs next; empty where everything asked for is on record."""
    may = roles.PROSECUTE in case.granted_actions
    pk = proceeding.pk

    def step(text: str, verb: str, name: str) -> Step:
        return _step(text, verb, name, may, case, pk)

    cells = [cell for sheet in sheets if sheet.is_filed for cell in sheet.cells]
    here = [cell for cell in cells if cell.is_before(proceeding)]
    if proceeding.kind == Proceeding.Kind.TRIAL and any(not one.is_filed for one in sheets):
        return [step(_draft_text(sheets), _("Open the charge sheet"), "charge-sheet")]
    if any(cell.state == State.FILED for cell in here):
        return [step(_("A plea is not on record."), _("Enter pleas"), "plea-new")]
    found = []
    if proceeding.kind == Proceeding.Kind.APPEAL and here:
        found.append(step(_("The appeal waits for its decision."), _("Enter it"), "outcome-new"))
    elif here:
        found += _of_trial(here, step)
    unsentenced = [cell for cell in cells if cell.state == State.CONVICTED]
    found += [_sentence_step(case, cell, may) for cell in unsentenced]
    if any(not cell.line.courts for cell in cells if cell.line):
        text, verb = _("A retrial was ordered. No court file is open for it."), _("Open it")
        found.append(_step(text, verb, "proceeding-new", may, case))
    return found


NEXT_IN_TRIAL = (
    (State.PLEADED, _lazy("No evidence is heard yet."), _lazy("Record a step"), "trial-step-new"),
    (
        State.ON_TRIAL,
        _lazy("The prosecution has not closed its case."),
        _lazy("Close it"),
        "prosecution-close",
    ),
    (
        State.PROSECUTION_CLOSED,
        _lazy("The court has to say whether there is a case to answer."),
        _lazy("Record the step"),
        "trial-step-new",
    ),
)


def _of_trial(here: Sequence[Cell], step: Callable[[str, str, str], Step]) -> list[Step]:
    """The trial's next step, and the verdict that it waits for."""
    states = {cell.state for cell in here}
    found = [
        step(str(text), str(verb), name) for at, text, verb, name in NEXT_IN_TRIAL if at in states
    ]
    return [*found, step(_("Charges wait for a decision."), _("Enter decisions"), "outcome-new")]


def _draft_text(sheets: Sequence[Sheet]) -> str:
    if any(sheet.is_filed for sheet in sheets):
        return _("An amendment is drafted, and not filed.")
    if any(sheet.rows for sheet in sheets):
        return _("The charge sheet is not filed.")
    return _("The charge sheet is empty.")


def _sentence_step(case: Case, cell: Cell, may: bool) -> Step:
    text = _("No sentence for A%(accused)s on count %(count)s.") % {
        "accused": cell.charge.accused.number,
        "count": cell.charge.count.number,
    }
    return _step(text, _("Enter the sentence"), "sentence-new", may, case, cell.charge.pk)


def acts(proceeding: Proceeding, sheets: Sequence[Sheet]) -> dict[str, bool]:
    """Which entries this court file has room for."""
    filed = [sheet for sheet in sheets if sheet.is_filed]
    cells = [cell for sheet in filed for cell in sheet.cells]
    here = [cell for cell in cells if cell.is_before(proceeding)]
    is_trial = proceeding.kind == Proceeding.Kind.TRIAL
    tried = proceeding.kind != Proceeding.Kind.APPEAL
    return {
        "may_plead": tried and bool(here),
        "may_decide": bool(here),
        "may_step": tried and bool(here),
        "may_withdraw": tried and bool(here),
        "may_sever": is_trial and len(cells) > 1 and _any(here, Act.SEVER),
        "may_join": is_trial and all(cell.state not in HEARD for cell in cells),
        "may_amend": is_trial and _any(here, Act.SUBSTITUTE) and len(filed) == len(sheets),
        "may_appeal": any(_is_open_to_appeal(cell, proceeding) for cell in cells),
    }


def _any(cells: Sequence[Cell], step: Act) -> bool:
    return any(cell.allows(step) for cell in cells)


def _is_open_to_appeal(cell: Cell, proceeding: Proceeding) -> bool:
    by = cell.outcome is not None and cell.outcome.proceeding_id == proceeding.pk
    return by and (cell.allows(Act.APPEAL) or cell.allows(Act.CROSS_APPEAL))
