"""How many things wait for the reader: the small number beside Home on every page."""

from typing import Any

from django.core.cache import cache
from django.db.models import Max
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casework.models import AuditEntry, User
from evidence import waiting_number

MOST_SECONDS = 60  # a hearing passes and a grant ends without an act


def waiting(request: HttpRequest) -> dict[str, Any]:
    """Asked only by a page that shows the header."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"waiting_count": SimpleLazyObject(lambda: number(user))}


def number(user: User) -> int:
    """As counted since the last act of anybody: each act has its audit entry, so a page that
    follows one counts anew, and others need not write and ask the longest query there is."""
    last = AuditEntry.objects.aggregate(last=Max("pk"))["last"]
    key = f"waiting-{user.pk}-{last}"
    found: int | None = cache.get(key)
    if found is None:
        found = waiting_number.number(user)
        cache.set(key, found, MOST_SECONDS)
    return found
