"""Filling in the pages of exhibits and custody as a person in a browser does."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from casework.models import Case, Code, User
from evidence import exhibits
from evidence.exhibits import Thing
from evidence.models import Exhibit

KIND = "exhibit_kind"


def tusks(case: Case, actor: User, **fields: Any) -> Exhibit:
    """Twenty-four tusk pieces, sealed and weighed, held by the actor."""
    values = {
        "kind": Code.objects.get(kind=KIND, code="specimen"),
        "description": "Twenty-four tusk pieces",
        "seal_number": "WS-M 006120",
        "count": 24,
        "weight_mg": 206_850_000,
        "scale": "ES-04",
        **fields,
    }
    return exhibits.register(case, Thing(**values), actor=actor)


def address(name: str, exhibit: Exhibit) -> str:
    return reverse(f"evidence:{name}", args=[exhibit.case.reference, exhibit.label])


def send(
    browser: Client, name: str, exhibit: Exhibit, typed: Mapping[str, Any], after: int = 0
) -> HttpResponse:
    """Send the form of an act; `after` is the event last seen: by default the newest."""
    data = {"after": after or exhibit.custody.count(), **typed}
    answer: HttpResponse = browser.post(address(name, exhibit), data)  # type: ignore[assignment]
    return answer


def text(answer: Any) -> str:
    return str(answer.content.decode())


def plain(answer: Any) -> str:
    """The page without its forms' tokens, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(answer))
