"""The pages of the acts of custody: one form each, read on the thing itself, sent once.

Every form carries the number of the last event its reader saw; what came between is told first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from casework import access, roles
from casework.errors import Conflict
from casework.forms.attempt import attempt
from casework.models import User
from evidence import custody, exhibits
from evidence.forms import custody as forms
from evidence.forms.custody import ActForm
from evidence.models import CustodyEvent, Exhibit

Run = Callable[[Exhibit, Any, User], object]


@dataclass(frozen=True)
class Act:
    """A page of one act: its form, its words, and the operation behind it."""

    form: type[ActForm]
    title: StrOrPromise
    go: StrOrPromise
    run: Run
    stop: bool = False
    lede: StrOrPromise = ""


def once(form: ActForm, exhibit: Exhibit, user: User, run: Run) -> object:
    """Do the act unless the chain has grown since the form was shown. Raises Conflict."""
    with transaction.atomic():
        Exhibit.objects.select_for_update().get(pk=exhibit.pk)
        number = exhibit.custody.count()
        if form.cleaned_data["after"] != number:
            form.renew(number)
            raise Conflict(
                _(
                    "Event %(n)s was recorded since you opened this page. Read the chain: if it is "
                    "yours, you are done. Send this again only if it is still missing."
                )
                % {"n": number}
            )
        return run(exhibit, form, user) or True


def _offer_of(exhibit: Exhibit) -> CustodyEvent:
    offer: CustodyEvent | None = exhibit.custody.awaiting_acknowledgement().first()
    if offer is None:
        raise Conflict(_("This offer has been answered already. Read the chain again."))
    return offer


def _offer(exhibit: Exhibit, form: forms.OfferForm, user: User) -> object:
    return custody.offer(exhibit, to=form.cleaned_data["to"], actor=user, **form.details())


def _withdraw(exhibit: Exhibit, form: forms.WithdrawForm, user: User) -> object:
    reason = form.cleaned_data["reason"]
    return custody.withdraw(_offer_of(exhibit), reason=reason, actor=user, **form.details())


def _refuse(exhibit: Exhibit, form: forms.RefuseForm, user: User) -> object:
    reason = form.cleaned_data["reason"]
    return custody.refuse(_offer_of(exhibit), reason=reason, actor=user, **form.details())


def _seal(exhibit: Exhibit, form: forms.SealForm, user: User) -> object:
    details = form.details()
    number = details.pop("seal_number", "")
    return custody.seal(exhibit, seal_number=number, actor=user, **details)  # type: ignore[misc]  # popped


def _reweigh(exhibit: Exhibit, form: forms.ReweighForm, user: User) -> object:
    return custody.reweigh(exhibit, actor=user, **form.details())


def _examine(exhibit: Exhibit, form: forms.ExamineForm, user: User) -> object:
    return custody.examine(exhibit, actor=user, **form.details())


def _copy(exhibit: Exhibit, form: forms.CopyForm, user: User) -> object:
    return custody.copy(exhibit, actor=user, **form.details())


def _sample(exhibit: Exhibit, form: forms.SampleForm, user: User) -> object:
    return exhibits.take_sample(exhibit, form.thing(), actor=user, **form.details())


def _produce(exhibit: Exhibit, form: forms.ProduceForm, user: User) -> object:
    return custody.produce(exhibit, actor=user, **form.details())


def _return(exhibit: Exhibit, form: forms.ReturnForm, user: User) -> object:
    to_name = form.cleaned_data["to_name"]
    return custody.return_(exhibit, to_name=to_name, actor=user, **form.details())


def _dispose(exhibit: Exhibit, form: forms.DisposeForm, user: User) -> object:
    second = form.cleaned_data["second"]
    return custody.dispose(exhibit, second=second, actor=user, **form.details())


def _correct(exhibit: Exhibit, form: forms.CorrectForm, user: User) -> object:
    event = exhibit.custody.get(sequence=form.cleaned_data["event"])
    return custody.correct(event, actor=user, **form.details())


ACTS: dict[str, Act] = {
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
    "seal": Act(forms.SealForm, lazy("Put a seal on %(label)s"), lazy("Record the seal"), _seal),
    "reweigh": Act(
        forms.ReweighForm, lazy("Weigh %(label)s again"), lazy("Record the weight"), _reweigh
    ),
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
    "produce": Act(
        forms.ProduceForm,
        lazy("Record production of %(label)s in court"),
        lazy("Record the production"),
        _produce,
    ),
    "return": Act(
        forms.ReturnForm,
        lazy("Return %(label)s to its owner"),
        lazy("Record the return"),
        _return,
        lede=lazy("From then on nobody here answers for it."),
    ),
    "dispose": Act(
        forms.DisposeForm,
        lazy("Dispose of %(label)s"),
        lazy("Record the disposal"),
        _dispose,
        stop=True,
        lede=lazy("Only by order of a court, before a second person."),
    ),
    "correct": Act(
        forms.CorrectForm,
        lazy("Correct an event of %(label)s"),
        lazy("Record the correction"),
        _correct,
        lede=lazy("The old event stays as it was recorded; the correction names it."),
    ),
}


@require_http_methods(["GET", "POST"])
def custody_act(request: HttpRequest, reference: str, label: str, act: str) -> HttpResponse:
    """The form of an act, or its record."""
    chosen, user = ACTS[act], access.person(request)
    exhibit = exhibits.find(user, reference, label, roles.CUSTODY)
    chain = custody.chain(exhibit)
    options: dict[str, Any] = {"exhibit": exhibit, "chain": chain}
    if chosen.form is forms.DisposeForm:
        options["user"] = user
    if request.method != "POST":
        options["initial"] = _from_query(request, chosen) | _suggested(chosen, exhibit)
    form = chosen.form(request.POST if request.method == "POST" else None, **options)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: once(form, exhibit, user, chosen.run)) is not None:
        messages.success(request, said(exhibit))
        return redirect("evidence:exhibit", reference, label)
    context = {
        "case": exhibit.case,
        "exhibit": exhibit,
        "act": chosen,
        "title": str(chosen.title) % {"label": label},
        "form": form,
        "next_number": len(chain.events) + 1,
    }
    return render(request, "evidence/custody_act.html", context)


def said(exhibit: Exhibit) -> str:
    return _("Recorded as event %(n)s.") % {"n": exhibit.custody.count()}


def _from_query(request: HttpRequest, act: Act) -> dict[str, Any]:
    """What a page before this one has asked already, such as a reading before a refusal."""
    given = request.GET.items()
    return {name: text for name, text in given if name in act.form.base_fields and name != "after"}


def _suggested(act: Act, exhibit: Exhibit) -> dict[str, Any]:
    return {"label": exhibits.next_part(exhibit)} if act.form is forms.SampleForm else {}
