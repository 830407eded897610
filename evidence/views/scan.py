"""From the label on a thing to its page: a code read by the camera, or typed."""

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework import access
from evidence.models import Exhibit
from evidence.store import places

IDENTIFIER = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
REFERENCE_AND_LABEL = re.compile(r"(?P<reference>[^\s/]+)[\s/]+(?P<label>[^\s/]+(?:/[^\s/]+)?)")


@require_safe
def scan(request: HttpRequest) -> HttpResponse:
    """Whatever is unknown, mistyped or not for this reader gets the same answer."""
    code = " ".join(request.GET.get("code", "").replace("\x00", "").split())[:300]
    if not code:
        return render(request, "evidence/scan.html")
    user = access.person(request)
    shelf = places.scanned(code, user)
    if shelf is not None:
        return redirect("evidence:place", shelf.code)
    found = _find(user, code)
    if found is not None:
        return redirect("evidence:exhibit", found.case.reference, found.label)
    messages.warning(request, _("No exhibit that you may see has this code. Read the label again."))
    return render(request, "evidence/scan.html", {"code": code})


def _find(user: object, code: str) -> Exhibit | None:
    visible = Exhibit.objects.visible_to(user).select_related("case")
    identifier = IDENTIFIER.search(code)
    named = REFERENCE_AND_LABEL.fullmatch(code)
    found: Exhibit | None = None
    if identifier:
        found = visible.filter(identifier=UUID(identifier[0])).first()
    elif named:
        reference, label = named["reference"], named["label"].upper()
        found = visible.filter(case__reference__iexact=reference, label=label).first()
    return found
