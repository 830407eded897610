"""Why a step is refused, in sentences that say what to do instead. Pure but for translation."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.procedure.states import APPEALED, HEARD, OPEN, State, Step

S, T = State, Step
Reasons = Mapping[State | Step, StrOrPromise]

NO_PLEA_YET = _("No plea is on record. Enter the plea first.")
NO_PLEA = _("No verdict before a plea. Enter the plea first.")
NOT_CLOSED = _("The prosecution has not closed its case. Record that step first.")

DECIDED = _("It is decided already. An appeal or a correction changes that.")
PENDING = _("An appeal is pending. Its decision comes first.")
NOT_DECIDED = _("Nothing was decided below. An appeal needs a decision.")
SENT_BACK = _("It was sent back for a retrial. It is tried there as it stands.")
NO_APPEAL = _("No appeal is pending on it. Record the appeal first.")


# What ends a line says the same to every step.
ENDED: Reasons = {
    S.DRAFTED: _("The charge sheet is a draft. File it first."),
    S.SUBSTITUTED: _("An amended count stands in its place. Act on that one."),
    S.ABATED: _("The charge abated on death. Nothing follows."),
    S.FINAL: _("The highest court has decided. Only a mistake in the record can be corrected."),
}
ON_APPEAL = (T.UPHOLD, T.QUASH, T.CONVICT_ON_APPEAL, T.VARY_SENTENCE, T.ORDER_RETRIAL)
PLEAS = (T.PLEAD_NOT_GUILTY, T.PLEAD_GUILTY, T.PLEAD_NONE)

EXACT: Mapping[tuple[State, Step], StrOrPromise] = {
    (S.CASE_TO_ANSWER, T.NO_CASE): _("The court found a case to answer. Choose “Acquitted”."),
    (S.CASE_TO_ANSWER, T.CASE_TO_ANSWER): _("The court found a case to answer already."),
    (S.CASE_TO_ANSWER, T.WITHDRAW): _(
        "The accused is called on for the defence. A withdrawal now acquits: choose that one."
    ),
    (S.FILED, T.WITHDRAW_BARRED): _("No plea is on record. Withdraw it without acquitting."),
    (S.PLEADED_GUILTY, T.CONVICT): _(
        "The plea is guilty. Convict on the plea, or enter the changed plea first."
    ),
    (S.PROSECUTION_CLOSED, T.CLOSE_DEFENCE): _(
        "The court has not found a case to answer. Record that step first."
    ),
    (S.RETRIAL_ORDERED, T.SUBSTITUTE): _(
        "It was sent back as it stands. Withdraw it, and charge it anew."
    ),
    (S.FILED, T.OPEN): NO_PLEA_YET,
    (S.FILED, T.CLOSE_PROSECUTION): NO_PLEA_YET,
    (S.RETRIAL_ORDERED, T.APPEAL): _("A retrial was ordered. The retrial decides first."),
    (S.RETRIAL_ORDERED, T.SEVER): _("It was sent back. Open the retrial for it."),
    (S.RETRIAL_ORDERED, T.JOIN): _("It was sent back. Open the retrial for it."),
    (S.RETRIAL_ORDERED, T.CONVICT_ON_PLEA): _("Enter the plea of guilty at the retrial first."),
    (S.SENTENCED, T.SENTENCE): _(
        "The sentence on this conviction is on record. An appeal or a correction changes it."
    ),
    (S.WITHDRAWN, T.APPEAL): _(
        "It was withdrawn without a verdict and may be charged again. Nothing is to be appealed."
    ),
    (S.CONVICTION_APPEALED, T.CONVICT_ON_APPEAL): _(
        "This is a conviction already. Choose “Stands”."
    ),
    (S.ACQUITTAL_APPEALED, T.QUASH): _(
        "There is no conviction here to quash. Choose another result."
    ),
    (S.ACQUITTAL_APPEALED, T.VARY_SENTENCE): _(
        "There is no sentence here to vary. Choose another result."
    ),
}
BEFORE_DECISION: Mapping[Step, StrOrPromise] = {
    T.PLEAD_NONE: _("A plea is on record already."),
    T.SUBSTITUTE: _("The prosecution has closed its case. A charge is amended before that."),
    T.JOIN: _("Evidence has been heard on it. A charge is joined before the first witness."),
    T.DISCLOSE: _("The prosecution has closed its case. Disclosure comes before that."),
    T.CONFER: _("Evidence has been heard. The conference comes before the first witness."),
    T.REOPEN: NOT_CLOSED,
    T.NO_CASE: NOT_CLOSED,
    T.CASE_TO_ANSWER: NOT_CLOSED,
    T.CLOSE_DEFENCE: NOT_CLOSED,
    T.SUBMIT: NOT_CLOSED,
    T.CONVICT_ON_PLEA: _("The plea is not guilty. Enter the changed plea first."),
    T.SENTENCE: _("No sentence without a conviction. Record the verdict first."),
    T.APPEAL: NOT_DECIDED,
    T.CROSS_APPEAL: _("No appeal of the other side is pending."),
}


def why_not(state: State, step: Step) -> StrOrPromise:
    """The reason for a step that the table does not have."""
    if state in ENDED:
        return ENDED[state]
    if step == T.FILE:
        return _("The charge is filed, and fixed.")
    if (state, step) in EXACT:
        return EXACT[state, step]
    if state in OPEN:
        return _before(state, step)
    return _after(state, step)


def _before(state: State, step: Step) -> StrOrPromise:
    if step in ON_APPEAL:
        return NOT_DECIDED
    if step in BEFORE_DECISION and not (step == T.CONVICT_ON_PLEA and state == S.FILED):
        return BEFORE_DECISION[step]
    if state == S.PLEADED_GUILTY:
        return _("The plea is guilty. Convict on it, or enter the changed plea first.")
    if step == T.OPEN and state in HEARD:
        return _("The hearing of evidence has begun already.")
    if step == T.CLOSE_PROSECUTION and state in HEARD:
        return _("The prosecution has closed its case already.")
    return NO_PLEA


def _after(state: State, step: Step) -> StrOrPromise:
    if step == T.SENTENCE:
        return BEFORE_DECISION[T.SENTENCE]
    if step == T.CROSS_APPEAL:
        return BEFORE_DECISION[T.CROSS_APPEAL]
    if step == T.APPEAL:
        return _("An appeal is pending on it. Record a cross-appeal, or its decision first.")
    if step in ON_APPEAL:
        return NO_APPEAL
    if step == T.ABATE:
        return _("It is decided, and no appeal is pending. The death changes nothing here.")
    if step in PLEAS:
        return _("It is decided. A plea comes before the verdict.")
    return PENDING if state in APPEALED else DECIDED
