"""The states and steps of a charge in words, each state with its mark. Pure but for translation."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.procedure.states import State, Step

S, T = State, Step


@dataclass(frozen=True)
class Said:
    mark: str  # full stands, half is under way, later has not begun
    text: StrOrPromise


STATES: Mapping[State, Said] = {
    S.DRAFTED: Said("later", _("Not filed yet")),
    S.FILED: Said("later", _("Filed, no plea yet")),
    S.PLEADED: Said("half", _("Pleaded not guilty")),
    S.PLEADED_GUILTY: Said("half", _("Pleaded guilty, to be decided")),
    S.ON_TRIAL: Said("half", _("Evidence is heard")),
    S.PROSECUTION_CLOSED: Said("half", _("Prosecution closed")),
    S.CASE_TO_ANSWER: Said("half", _("Case to answer")),
    S.CONVICTED: Said("half", _("Convicted, awaiting sentence")),
    S.SENTENCED: Said("full", _("Convicted and sentenced")),
    S.ACQUITTED: Said("full", _("Acquitted")),
    S.NO_CASE: Said("full", _("No case to answer")),
    S.WITHDRAWN: Said("full", _("Withdrawn, may be charged again")),
    S.WITHDRAWN_BARRED: Said("full", _("Withdrawn, acquitted")),
    S.DISMISSED: Said("full", _("Dismissed")),
    S.NO_FINDING: Said("full", _("No finding: convicted on the other count")),
    S.CONVICTION_APPEALED: Said("half", _("Convicted, on appeal")),
    S.ACQUITTAL_APPEALED: Said("half", _("Ended without conviction, on appeal")),
    S.RETRIAL_ORDERED: Said("half", _("Retrial ordered")),
    S.ABATED: Said("full", _("Abated on death")),
    S.SUBSTITUTED: Said("full", _("Replaced by an amended count")),
    S.FINAL: Said("full", _("Final")),
}
STEPS: Mapping[Step, StrOrPromise] = {
    T.FILE: _("file"),
    T.PLEAD_NOT_GUILTY: _("plead not guilty"),
    T.PLEAD_GUILTY: _("plead guilty"),
    T.PLEAD_NONE: _("no plea entered"),
    T.SUBSTITUTE: _("replace by an amended count"),
    T.SEVER: _("sever"),
    T.JOIN: _("join"),
    T.WITHDRAW: _("withdraw"),
    T.WITHDRAW_BARRED: _("withdraw, acquitting"),
    T.DISMISS: _("dismiss"),
    T.DISCLOSE: _("disclose"),
    T.CONFER: _("hold the pre-trial conference"),
    T.OPEN: _("begin the evidence"),
    T.CLOSE_PROSECUTION: _("close the prosecution case"),
    T.REOPEN: _("reopen the prosecution case"),
    T.NO_CASE: _("find no case to answer"),
    T.CASE_TO_ANSWER: _("find a case to answer"),
    T.CLOSE_DEFENCE: _("close the defence case"),
    T.SUBMIT: _("make submissions"),
    T.CONVICT_ON_PLEA: _("convict on the plea"),
    T.CONVICT: _("convict"),
    T.ACQUIT: _("acquit"),
    T.NO_FINDING: _("make no finding"),
    T.SENTENCE: _("sentence"),
    T.APPEAL: _("appeal"),
    T.CROSS_APPEAL: _("cross-appeal"),
    T.UPHOLD: _("let it stand on appeal"),
    T.QUASH: _("quash the conviction"),
    T.CONVICT_ON_APPEAL: _("convict on appeal"),
    T.VARY_SENTENCE: _("vary the sentence"),
    T.ORDER_RETRIAL: _("order a retrial"),
    T.ABATE: _("abate on death"),
}


def said(state: State) -> Said:
    return STATES[state]
