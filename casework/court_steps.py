"""What comes next in court: the acts that the record asks for, in the order that court demands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import roles
from casework.court_record import Cell, Sheet
from casework.models import Case, Outcome, Proceeding, Submission
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
    if proceeding.kind == Proceeding.Kind.TRIAL:
        if any(not sheet.is_filed for sheet in sheets):
            return [step(_draft_text(sheets), _("Open the charge sheet"), "charge-sheet")]
        if any(cell.plea is None and cell.outcome is None for cell in cells):
            return [step(_("A plea is not on record."), _("Enter pleas"), "plea-new")]
    found = []
    is_decided = any(
        outcome.proceeding_id == proceeding.pk for cell in cells for outcome in cell.outcomes
    )
    is_appeal_done = proceeding.kind == Proceeding.Kind.APPEAL and is_decided
    if not is_appeal_done and any(is_open(cell, proceeding) for cell in cells):
        found.append(step(_("Charges wait for a decision."), _("Enter decisions"), "outcome-new"))
    unsentenced = [cell for cell in cells if cell.is_convicted and cell.sentence is None]
    found += [_sentence_step(case, cell, may) for cell in unsentenced]
    return found


def _draft_text(sheets: Sequence[Sheet]) -> str:
    if any(sheet.rows for sheet in sheets):
        return _("The charge sheet is not filed.")
    return _("The charge sheet is empty.")


def _sentence_step(case: Case, cell: Cell, may: bool) -> Step:
    text = _("No sentence for A%(accused)s on count %(count)s.") % {
        "accused": cell.charge.accused.number,
        "count": cell.charge.count.number,
    }
    return _step(text, _("Enter the sentence"), "sentence-new", may, case, cell.charge.pk)


def is_open(cell: Cell, proceeding: Proceeding) -> bool:
    """Whether this proceeding has still to decide on this charge."""
    outcome = cell.outcome
    is_sent_back = outcome is not None and outcome.decision == Outcome.Decision.RETRIAL
    if proceeding.kind == Proceeding.Kind.RETRIAL:
        return is_sent_back
    if proceeding.kind == Proceeding.Kind.APPEAL:
        return outcome is not None and not is_sent_back and outcome.proceeding_id != proceeding.pk
    return outcome is None


def acts(proceeding: Proceeding, sheets: Sequence[Sheet]) -> dict[str, bool]:
    """Which entries this proceeding has room for: pleas, decisions, an appeal against it."""
    cells = [cell for sheet in sheets if sheet.is_filed for cell in sheet.cells]
    is_trial = proceeding.kind == Proceeding.Kind.TRIAL
    return {
        "may_plead": is_trial and any(is_open_to_plea(cell) for cell in cells),
        "may_decide": any(is_open(cell, proceeding) for cell in cells),
        "may_appeal": any(
            cell.outcome is not None and cell.outcome.proceeding_id == proceeding.pk
            for cell in cells
        ),
    }


def is_open_to_plea(cell: Cell) -> bool:
    """Until the charge is decided, and again when a retrial is ordered."""
    return cell.outcome is None or cell.outcome.decision == Outcome.Decision.RETRIAL
