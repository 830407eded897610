"""Acknowledging a handover: the receiver reads first, then sees what was offered, then answers."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework import access, display, roles
from casework.errors import NotAllowed, RuleBroken
from casework.forms.attempt import attempt
from casework.models import User
from evidence import custody, exhibits
from evidence.acts import differences
from evidence.filestore import images
from evidence.forms.acknowledge import AcknowledgeForm
from evidence.models import Attachment, CustodyEvent, Exhibit
from evidence.views.custody import once, said

READINGS = ("seal_number", "seal_intact", "count", "weight_mg", "scale", "scale_calibrated_on")


@dataclass(frozen=True)
class Pair:
    """One thing offered beside one thing read: its pieces, those that differ marked."""

    offered: Sequence[tuple[str, bool]]
    is_same: bool
    told: str


@require_http_methods(["GET", "POST"])
def custody_acknowledge(request: HttpRequest, reference: str, label: str) -> HttpResponse:
    user = access.person(request)
    exhibit = exhibits.find(user, reference, label, roles.CUSTODY)
    offer = _open_offer(exhibit, user)
    if offer is None:
        messages.warning(request, _("Nothing waits for your answer here. Read the chain."))
        return redirect("evidence:exhibit", reference, label)
    posted = request.POST if request.method == "POST" else None
    form = AcknowledgeForm(
        posted,
        request.FILES if posted else None,
        exhibit=exhibit,
        chain=custody.chain(exhibit),
        user=user,
    )
    if posted and "refuse" in posted:
        return redirect(_refusal_url(exhibit, posted))
    pairs: dict[str, Pair] = {}
    if posted and form.is_valid():
        form.spell_as(offer.seal_number)
        if form.was_compared():
            act = attempt(form, lambda: once(form, exhibit, user, _acknowledge))
            if act is not None:
                messages.success(request, said(exhibit))
                return redirect("evidence:exhibit", reference, label)
        pairs = _compared(form, offer)
        form.mark_compared()
    return render(request, "evidence/custody_acknowledge.html", _context(form, offer, pairs, user))


def _open_offer(exhibit: Exhibit, user: User) -> CustodyEvent | None:
    offer: CustodyEvent | None = exhibit.custody.awaiting_acknowledgement().first()
    if offer is not None and offer.to_user != user:
        raise NotAllowed(_("The exhibit is offered to somebody else. Only they can take it."))
    return offer


def _acknowledge(exhibit: Exhibit, form: AcknowledgeForm, user: User) -> object:
    offer = exhibit.custody.awaiting_acknowledgement().get()
    explained = form.cleaned_data["discrepancy"]
    return custody.acknowledge(offer, actor=user, discrepancy=explained, **form.details())


def _refusal_url(exhibit: Exhibit, posted: Any) -> str:
    """The question page, with what was read already."""
    read = {name: posted.get(name) for name in READINGS if posted.get(name)}
    read["reason"] = posted.get("discrepancy", "")
    address = reverse("evidence:custody-refuse", args=[exhibit.case.reference, exhibit.label])
    return f"{address}?{urlencode(read)}"


def _context(
    form: AcknowledgeForm, offer: CustodyEvent, pairs: dict[str, Pair], user: User
) -> dict[str, Any]:
    exhibit = form.exhibit
    differing = sum(not pair.is_same for pair in pairs.values())
    form.fields["discrepancy"].required = bool(differing)  # the label says so
    shown = Attachment.objects.visible_to(user).filter(
        exhibit=exhibit, file__media_type__in=images.SHOWN_TYPES
    )
    pictures = shown.exclude(kind=Attachment.Kind.DOCUMENT)
    return {
        "case": exhibit.case,
        "exhibit": exhibit,
        "offer": offer,
        "form": form,
        "pairs": pairs,
        "differing": differing,
        "picture": pictures.order_by("uploaded_at").first(),
        "next_number": len(form.chain.events) + 1,
    }


def _compared(form: AcknowledgeForm, offer: CustodyEvent) -> dict[str, Pair]:
    """What was offered beside what was read, for the page."""
    typed = form.cleaned_data
    try:
        found = differences.between(offer, form.details())
    except RuleBroken as broken:
        form.add_error(broken.field, str(broken.message))
        return {}
    told = {difference.field: str(difference) for difference in found}
    pairs = {
        "seal_number": _pair(offer.seal_number, typed["seal_number"], told.get("seal_number", "")),
        "count": _pair(_number(offer.count), _number(typed["count"]), told.get("count", "")),
        "weight_mg": _weights(offer, typed["weight_mg"], told.get("weight_mg", "")),
    }
    if "seal_intact" in told:
        pairs["seal_intact"] = Pair((), False, told["seal_intact"])
    return pairs


def _pair(offered: str, read: str, told: str) -> Pair:
    if not offered:
        return Pair(((_("not stated"), False),), True, "")
    if told:
        return Pair(pieces(offered, read), False, told)
    return Pair(((offered, False),), True, _("Same") if read else _("Not read"))


def _weights(offer: CustodyEvent, read: int | None, told: str) -> Pair:
    shown = display.weight(offer.weight_mg) if offer.weight_mg is not None else ""
    pair = _pair(shown, display.weight(read) if read is not None else "", told)
    if offer.weight_mg is None or read is None or not pair.is_same or read == offer.weight_mg:
        return pair
    apart = read - offer.weight_mg
    word = _("%(mg)s more, taken as equal") if apart > 0 else _("%(mg)s less, taken as equal")
    return Pair(pair.offered, True, word % {"mg": display.weight(abs(apart))})


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def pieces(offered: str, read: str) -> list[tuple[str, bool]]:
    """The offered text in pieces, each with whether the reader saw something else there."""
    if len(offered) == len(read):
        return [
            ("".join(character for character, _read in run), differs)
            for differs, run in groupby(
                zip(offered, read, strict=True), key=lambda pair: pair[0] != pair[1]
            )
        ]
    matcher = difflib.SequenceMatcher(None, offered, read, autojunk=False)
    return [
        (offered[start:end], tag != "equal")
        for tag, start, end, _i, _j in matcher.get_opcodes()
        if end > start
    ]
