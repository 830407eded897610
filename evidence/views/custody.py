"""The pages of the acts of custody: one form each, read on the thing itself, sent once.

Every form carries the number of the last event its reader saw; what came between is told first.
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, roles
from casework.errors import Conflict
from casework.forms.attempt import attempt
from casework.models import User
from evidence import custody, exhibits
from evidence.acts import enclosures, exhibit_acts
from evidence.chain import ChainEvent
from evidence.filestore import images
from evidence.forms import custody as forms
from evidence.forms.custody import ActForm
from evidence.in_court import lock
from evidence.links import hold_all
from evidence.models import Attachment, Exhibit
from evidence.views import acts
from evidence.views.acts import ACTS, Act, Run


def once(form: ActForm, exhibit: Exhibit, user: User, run: Run, *, ends: str = "") -> object:
    """Do the act unless the chain has grown since the form was shown. Raises Conflict."""
    with transaction.atomic():
        if ends:
            lock.hold(exhibit)  # before the exhibit's own lock: courts lock in this order, too
        hold_all(form.sources())
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
        done = run(exhibit, form, user)
        if uploads := form.uploads():
            event = exhibit.custody.latest("sequence")
            enclosures.keep(event, uploads, actor=user)
        return done or True


@require_http_methods(["GET", "POST"])
def custody_act(request: HttpRequest, reference: str, label: str, act: str) -> HttpResponse:
    """The form of an act, or its record."""
    user = access.person(request)
    exhibit = exhibits.find(user, reference, label, roles.CUSTODY)
    chain = custody.chain(exhibit)
    proposal = exhibit_acts.proposal(chain)
    chosen = acts.of(act, proposal)
    options: dict[str, Any] = {"exhibit": exhibit, "chain": chain, "user": user}
    is_sent = request.method == "POST"
    if not is_sent:
        options["initial"] = _from_query(request, chosen) | _suggested(chosen, exhibit)
    form = chosen.form(*((request.POST, request.FILES) if is_sent else ()), **options)
    is_sent = is_sent and form.is_valid()
    if is_sent:
        done = attempt(form, lambda: once(form, exhibit, user, chosen.run, ends=chosen.ends))
        if done is not None:
            shown = done if act == "combine" and isinstance(done, Exhibit) else exhibit
            messages.success(request, said(shown))
            return redirect("evidence:exhibit", reference, shown.label)
    context = {
        "case": exhibit.case,
        "exhibit": exhibit,
        "act": chosen,
        "title": str(chosen.title) % {"label": label},
        "form": form,
        "next_number": len(chain.events) + 1,
        "standing": chain.standing,
        "kept": _kept(exhibit, chosen, user),
        **_answers(exhibit, act, proposal, user),
    }
    return render(request, chosen.template, context)


def _answers(exhibit: Exhibit, act: str, proposal: ChainEvent | None, user: User) -> dict[str, Any]:
    """What the second person reads before they answer: the holder's account, its pictures."""
    if proposal is None or act not in ("confirm", "refuse"):
        return {}
    files = Attachment.objects.visible_to(user).filter(exhibit=exhibit)
    named = files.filter(file__digest__in=proposal.plain.files).select_related("file")
    shown = named.filter(file__media_type__in=images.SHOWN_TYPES).order_by("pk")
    pictures = {row.file_id: row for row in shown}  # a file may hang on an older event, too
    return {
        "proposal": proposal,
        "pictures": list(pictures.values()),
        "is_confirming": act == "confirm",
    }


def said(exhibit: Exhibit) -> str:
    return _("Recorded as event %(n)s.") % {"n": exhibit.custody.count()}


def _kept(exhibit: Exhibit, act: Act, user: User) -> list[lock.Reason]:
    """What will refuse the act, told before anything is typed; the order is named in the form."""
    if not act.ends or act.run is ACTS["hand-out"].run:
        return []
    found = lock.reasons(exhibit, user, act=act.ends)
    return [reason for reason in found if reason.code not in lock.ASKED]


def _from_query(request: HttpRequest, act: Act) -> dict[str, Any]:
    """What a page before this one has asked already, such as a reading before a refusal."""
    given = request.GET.items()
    return {name: text for name, text in given if name in act.form.base_fields and name != "after"}


def _suggested(act: Act, exhibit: Exhibit) -> dict[str, Any]:
    return {"label": exhibits.next_part(exhibit)} if act.form is forms.SampleForm else {}
