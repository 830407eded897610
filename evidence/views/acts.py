"""The acts of custody as pages: for each its form, its words, and the operation behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_stubs_ext import StrOrPromise

from casework.errors import Conflict, RuleBroken
from casework.models import User
from evidence import custody, exhibits
from evidence.acts import destruction, division, handouts, incidents
from evidence.chain import ChainEvent
from evidence.forms import court, store
from evidence.forms import custody as forms
from evidence.forms import division as dividing
from evidence.forms import handouts as outside
from evidence.forms import incidents as reports
from evidence.forms.custody import ActForm
from evidence.in_court import lock
from evidence.links import ASKS
from evidence.models import CustodyEvent, Exhibit
from evidence.store import moves

Run = Callable[[Exhibit, Any, User], object]
Kind = CustodyEvent.Kind


@dataclass(frozen=True)
class Act:
    """A page of one act: its form, its words, and the operation behind it."""

    form: type[ActForm]
    title: StrOrPromise
    go: StrOrPromise
    run: Run
    stop: bool = False
    lede: StrOrPromise = ""
    ends: str = ""  # the disposal that the lock has to allow: return or destroy
    template: str = "evidence/custody_act.html"


def _asked(exhibit: Exhibit) -> CustodyEvent:
    """The offer or proposal that waits for an answer."""
    asked: CustodyEvent | None = exhibit.custody.filter(kind__in=ASKS, answer=None).first()
    if asked is None:
        raise Conflict(_("This offer has been answered already. Read the chain again."))
    return asked


def _proposal(exhibit: Exhibit) -> CustodyEvent:
    proposal = _asked(exhibit)
    if proposal.kind != Kind.PROPOSED:
        raise RuleBroken(_("No destruction is proposed. It is offered for a handover."))
    return proposal


def _hand_out_of(exhibit: Exhibit) -> CustodyEvent:
    out: CustodyEvent | None = exhibit.custody.filter(kind=Kind.HANDED_OUT, answer=None).first()
    if out is None:
        raise Conflict(_("It is not handed out, or back already. Read the chain again."))
    return out


def _offer(exhibit: Exhibit, form: forms.OfferForm, user: User) -> object:
    to, told = form.cleaned_data["to"], form.cleaned_data["discrepancy"]
    return custody.offer(exhibit, to=to, actor=user, discrepancy=told, **form.details())


def _withdraw(exhibit: Exhibit, form: Any, user: User) -> object:
    reason = form.cleaned_data["reason"]
    return custody.withdraw(_asked(exhibit), reason=reason, actor=user, **form.details())


def _refuse(exhibit: Exhibit, form: Any, user: User) -> object:
    reason = form.cleaned_data["reason"]
    return custody.refuse(_asked(exhibit), reason=reason, actor=user, **form.details())


def _hand_out(exhibit: Exhibit, form: outside.HandOutForm, user: User) -> object:
    return handouts.hand_out(
        exhibit,
        to=form.outside(),
        actor=user,
        expected_back_on=form.cleaned_data["expected_back_on"],
        signature=form.drawing(),
        is_signed_on_paper=form.cleaned_data["signed"] == outside.ON_PAPER,
        discrepancy=form.cleaned_data["discrepancy"],
        is_owner=form.cleaned_data["is_owner"],
        **form.details(),
    )


def _take_back(exhibit: Exhibit, form: outside.TakeBackForm, user: User) -> object:
    out, told = _hand_out_of(exhibit), form.cleaned_data["discrepancy"]
    return handouts.take_back(out, actor=user, discrepancy=told, **form.details())


def _move(exhibit: Exhibit, form: store.MoveForm, user: User) -> object:
    return moves.move(exhibit, to=form.cleaned_data["to"], actor=user, **form.details())


def _seal(exhibit: Exhibit, form: forms.SealForm, user: User) -> object:
    return custody.seal(exhibit, actor=user, **form.details())


def _reweigh(exhibit: Exhibit, form: forms.ReweighForm, user: User) -> object:
    told = form.cleaned_data["discrepancy"]
    return custody.reweigh(exhibit, actor=user, discrepancy=told, **form.details())


def _declare(exhibit: Exhibit, form: reports.DeclareForm, user: User) -> object:
    return custody.declare(
        exhibit,
        tolerance_mg=form.tolerance_mg(),
        reason=form.cleaned_data["reason"],
        actor=user,
        **form.details(),
    )


def _examine(exhibit: Exhibit, form: forms.ExamineForm, user: User) -> object:
    return custody.examine(exhibit, actor=user, **form.details())


def _copy(exhibit: Exhibit, form: forms.CopyForm, user: User) -> object:
    return custody.copy(exhibit, actor=user, **form.details())


def _sample(exhibit: Exhibit, form: forms.SampleForm, user: User) -> object:
    told = form.cleaned_data["discrepancy"]
    details = form.details()
    return exhibits.take_sample(exhibit, form.thing(), actor=user, discrepancy=told, **details)


def _combine(exhibit: Exhibit, form: dividing.CombineForm, user: User) -> object:
    told = form.cleaned_data["discrepancy"]
    details = form.details()
    return division.combine(form.sources(), form.thing(), actor=user, discrepancy=told, **details)


def _produce(exhibit: Exhibit, form: court.ProduceForm, user: User) -> object:
    return custody.produce(exhibit, actor=user, **form.details())


def _return(exhibit: Exhibit, form: court.ReturnForm, user: User) -> object:
    to_name = form.cleaned_data["to_name"]
    order = form.order()
    return custody.return_(exhibit, to_name=to_name, order=order, actor=user, **form.details())


def _destroy(exhibit: Exhibit, form: court.DestroyForm, user: User) -> object:
    second, order = form.cleaned_data["second"], form.order()
    return destruction.propose(exhibit, second=second, order=order, actor=user, **form.details())


def _confirm(exhibit: Exhibit, form: court.ConfirmForm, user: User) -> object:
    account, details = form.cleaned_data["account"], form.details()
    return destruction.confirm(_proposal(exhibit), account=account, actor=user, **details)


def _lose(exhibit: Exhibit, form: reports.LossForm, user: User) -> object:
    return incidents.report_loss(exhibit, actor=user, **form.details())


def _find(exhibit: Exhibit, form: reports.FoundForm, user: User) -> object:
    return incidents.report_found(exhibit, actor=user, **form.details())


def _damage(exhibit: Exhibit, form: reports.DamageForm, user: User) -> object:
    return incidents.report_damage(exhibit, actor=user, **form.details())


def _enclose(exhibit: Exhibit, form: reports.EncloseForm, user: User) -> object:
    event = exhibit.custody.get(sequence=form.cleaned_data["event"])
    return custody.enclose(event, actor=user, **form.details())


def _correct(exhibit: Exhibit, form: forms.CorrectForm, user: User) -> object:
    event = exhibit.custody.get(sequence=form.cleaned_data["event"])
    return custody.correct(event, actor=user, **form.details())


HANDING_OVER: dict[str, Act] = {
    "offer": Act(
        forms.OfferForm,
        lazy("Hand over %(label)s"),
        lazy("Offer it"),
        _offer,
        lede=lazy("You answer for it until the other side acknowledges what arrived."),
    ),
    "withdraw": Act(
        forms.WithdrawForm,
        lazy("Take the offer of %(label)s back?"),
        lazy("Take it back"),
        _withdraw,
        stop=True,
    ),
    "refuse": Act(
        forms.RefuseForm,
        lazy("Refuse %(label)s?"),
        lazy("Refuse"),
        _refuse,
        stop=True,
        lede=lazy("The giver holds it still and is told why."),
    ),
    "hand-out": Act(
        outside.HandOutForm,
        lazy("Hand %(label)s to somebody without an account"),
        lazy("Hand it out"),
        _hand_out,
        lede=lazy("A court clerk, a courier: from then on they answer for it, until it is back."),
        template="evidence/custody_hand_out.html",
        ends=lock.RETURN,
    ),
    "take-back": Act(
        outside.TakeBackForm,
        lazy("Take %(label)s back"),
        lazy("Take it back"),
        _take_back,
        lede=lazy("Look at the thing, not at this page. Type what you read."),
    ),
}
READING: dict[str, Act] = {
    "move": Act(
        store.MoveForm,
        lazy("Move %(label)s within the store"),
        lazy("Record the move"),
        _move,
        lede=lazy("You hold it still. Choose the place, or scan the label on its shelf."),
    ),
    "reweigh": Act(
        forms.ReweighForm, lazy("Weigh %(label)s again"), lazy("Record the weight"), _reweigh
    ),
    "seal": Act(forms.SealForm, lazy("Put a seal on %(label)s"), lazy("Record the seal"), _seal),
    "examine": Act(
        forms.ExamineForm,
        lazy("Record an examination of %(label)s"),
        lazy("Record the examination"),
        _examine,
    ),
    "copy": Act(forms.CopyForm, lazy("Record a copy of %(label)s"), lazy("Record the copy"), _copy),
    "sample": Act(
        forms.SampleForm,
        lazy("Take a sample of %(label)s"),
        lazy("Record the sample"),
        _sample,
        lede=lazy("The sample becomes an exhibit of its own, held by you."),
    ),
    "combine": Act(
        dividing.CombineForm,
        lazy("Combine %(label)s with others"),
        lazy("Combine them"),
        _combine,
        lede=lazy("They become one new exhibit. Their own chains end and name it."),
    ),
    "declare": Act(
        reports.DeclareForm,
        lazy("Declare a tolerance for %(label)s"),
        lazy("Declare it"),
        _declare,
        lede=lazy(
            "Say in advance how far its weight will change. It counts for what is weighed from "
            "now on, not for what was weighed before."
        ),
    ),
}
COURT: dict[str, Act] = {
    "produce": Act(
        court.ProduceForm,
        lazy("Record production of %(label)s in court"),
        lazy("Record the production"),
        _produce,
    ),
}
END: dict[str, Act] = {
    "return": Act(
        court.ReturnForm,
        lazy("Return %(label)s to its owner"),
        lazy("Record the return"),
        _return,
        lede=lazy("From then on nobody here answers for it."),
        ends=lock.RETURN,
    ),
    "destroy": Act(
        court.DestroyForm,
        lazy("Destroy %(label)s, or hand it to the state"),
        lazy("Ask the second person to confirm"),
        _destroy,
        stop=True,
        lede=lazy(
            "Only by order of a court, after the time for an appeal, with photographs and before a "
            "second person who confirms with an account of their own."
        ),
        ends=lock.DESTROY,
    ),
    "confirm": Act(
        court.ConfirmForm,
        lazy("Confirm the destruction of %(label)s"),
        lazy("Confirm it"),
        _confirm,
        stop=True,
        lede=lazy("You were named as the second person. Confirm only what you saw yourself."),
        ends=lock.DESTROY,
    ),
}
REPORTS: dict[str, Act] = {
    "damage": Act(
        reports.DamageForm,
        lazy("Report damage to %(label)s"),
        lazy("Report the damage"),
        _damage,
    ),
    "loss": Act(
        reports.LossForm,
        lazy("Report %(label)s missing"),
        lazy("Report it missing"),
        _lose,
        stop=True,
        lede=lazy("Until it is found it cannot be handed over. The lead of the case sees this."),
    ),
    "found": Act(
        reports.FoundForm,
        lazy("Record that %(label)s was found"),
        lazy("Record it"),
        _find,
    ),
    "enclose": Act(
        reports.EncloseForm,
        lazy("Add a paper to an event of %(label)s"),
        lazy("Add it"),
        _enclose,
        lede=lazy("The signed form of a handover, a receipt. Its digest enters the chain."),
    ),
    "correct": Act(
        forms.CorrectForm,
        lazy("Correct an event of %(label)s"),
        lazy("Record the correction"),
        _correct,
        lede=lazy("The old event stays as it was recorded; the correction names it."),
    ),
}
ACTS = HANDING_OVER | READING | COURT | END | REPORTS
# The same acts in other words, where what waits is no offer but a proposed destruction.
OF_PROPOSALS: dict[str, Act] = {
    "withdraw": Act(
        court.WithdrawProposalForm,
        lazy("Take the proposal to destroy %(label)s back?"),
        lazy("Take it back"),
        _withdraw,
        stop=True,
        lede=lazy("You answer for it as before. What was proposed stays in the chain."),
    ),
    "refuse": Act(
        court.RefuseProposalForm,
        lazy("Refuse to confirm the destruction of %(label)s?"),
        lazy("Refuse"),
        _refuse,
        stop=True,
        lede=lazy("The holder answers for it still and is told why."),
    ),
}


def of(name: str, proposal: ChainEvent | None) -> Act:
    """The act of this name, as what waits for an answer calls for it."""
    return OF_PROPOSALS.get(name, ACTS[name]) if proposal else ACTS[name]
