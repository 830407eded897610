"""Every address of the project x every kind of person, against the table in guard_table.py."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from casework.models import Agency, Case, User
from tests import guard_table
from tests.casework import court_stories as court
from tests.guard_page import Page
from tests.guard_scene import (
    former,
    hire,
    of_the_court,
    of_the_flags,
    of_the_register,
    of_the_store,
    of_the_things,
)

FEW = ("anonymous", "investigator", "manager", "administrator")
LOGIN = ("/sign-in/?next=", "/reference/login/?next=")


@dataclass(frozen=True)
class Scene:
    """What the addresses name, and the browsers of the people."""

    named: dict[str, Any]
    clients: dict[str, Client]


def addresses() -> Iterator[str]:
    """The name of every pattern; one without a name is found under its address."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"


def test_every_address_has_its_line() -> None:
    missing = [name for name in addresses() if guard_table.page(name) is None]
    assert missing == []


def test_the_table_names_no_address_that_is_gone() -> None:
    known = set(addresses())
    assert [name for name in guard_table.PAGES if name not in known] == []


@pytest.fixture
def scene(
    case: Case,
    investigator: User,
    custodian: User,
    prosecutor: User,
    manager: User,
    auditor: User,
    outsider: User,
    customs: Agency,
    wildlife: Agency,
) -> Scene:
    everyone = {
        "investigator": investigator,
        "custodian": custodian,
        "prosecutor": prosecutor,
        "manager": manager,
        "auditor": auditor,
        "outsider": outsider,
        "administrator": hire("administrator", "administrator", None),
        "legal": hire("legal", "legal", None),
        **former(case, investigator, customs),
    }
    clients = {name: Client(raise_request_exception=False) for name in everyone}
    for name, person in everyone.items():
        clients[name].force_login(person)
    User.objects.filter(username="inactive").update(is_active=False)
    named = {
        "reference": case.reference,
        "person": outsider.pk,
        "agency": wildlife.pk,
        "unit": wildlife.units.get(code="MSA").pk,
        "kind": "person",
        "panel": "funnel",
        "law_table": "provisions",
        "law_row": court.provision().pk,
        "origin_hash": "0" * 64,
        "grant": case.user_grants.get(user=custodian).pk,
        **of_the_register(case, investigator),
        **of_the_things(case, investigator, custodian),
        **of_the_flags(case, investigator),
        **of_the_store(custodian),
        **of_the_court(case, court.Pair(investigator, prosecutor)),
    }
    return Scene(named, {"anonymous": Client(), **clients})


def address(name: str, page: Page, scene: Scene) -> str | None:
    """The address for the scene; those of the reference tables take any object."""
    if name.startswith("admin:"):
        return _of_reference(name)
    return reverse(name, args=named(page, scene))


def _of_reference(name: str) -> str | None:
    for kwargs in ({}, {"object_id": "1"}, {"app_label": "casework"}):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return None  # the catch-all and the old addresses have no name to reverse


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """The answer, with all that the request wrote undone, and the browser as it was."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer  # type: ignore[no-any-return]


def faults(scene: Scene, name: str, page: Page) -> Iterator[str]:
    url = address(name, page, scene)
    if url is None:
        return
    few = name.startswith("admin:")  # one rule for all tables: four people stand for everybody
    for person in FEW if few else scene.clients:
        for method in methods(page, person):
            answer = ask(scene.clients[person], method, url)
            if not is_right(page, person, method, answer):
                fault = getattr(answer, "exc_info", None) or ("", "")
                yield f"{method} {name} as {person}: {answer.status_code} {fault[1]}"


def methods(page: Page, person: str) -> tuple[str, ...]:
    """Everybody looks; an empty form comes from each who may not send it, and from one who may."""
    allowed = page.allowed.split()
    return ("get",) if person in allowed[1:] else ("get", "post")


def is_right(page: Page, person: str, method: str, answer: HttpResponse) -> bool:
    """A form sent empty may be told what is wrong, but whoever may not look may not send."""
    expected = page.expected(person)
    is_allowed = person in page.allowed.split()
    if method == "post":
        expected = (*expected, 405) if not is_allowed else (*expected, 400, 405, 409)
    if not is_allowed and person in ("anonymous", "inactive"):
        if answer.status_code == 405:  # a page that is not posted to says so to everybody
            return method == "post"
        return answer.status_code == 302 and answer.headers["Location"].startswith(LOGIN)
    return answer.status_code in expected


def test_everybody_gets_what_the_table_says(scene: Scene) -> None:
    found = [
        fault
        for name in addresses()
        if (page := guard_table.page(name)) is not None
        for fault in faults(scene, name, page)
    ]
    assert not found, "\n".join(found)


HOSTILE = "\"><script>alert('x')</script><b>\N{RIGHT-TO-LEFT OVERRIDE}&amp;'"
TYPED = (
    "casework.Case.title", "casework.Case.summary", "casework.User.name", "casework.User.rank",
    "casework.Unit.name", "casework.Agency.name", "casework.Accused.name",
    "casework.Seizure.place", "casework.Hearing.courtroom", "casework.CaseUserGrant.reason",
    "kyc.Party.name", "kyc.Fact.value", "kyc.Fact.source", "kyc.Involvement.note",
    "kyc.Dealing.source", "kyc.Merge.reason",
    "kyc.Consignment.goods_description", "kyc.Consignment.vessel_name",
    "evidence.Exhibit.description", "evidence.Attachment.name", "evidence.Attachment.caption",
)  # fmt: skip


def test_nothing_that_was_typed_becomes_markup(scene: Scene) -> None:
    for path in TYPED:
        app, model, field = path.split(".")
        rows = apps.get_model(app, model)._default_manager.filter(~Q(**{field: None}))
        length = getattr(rows.model._meta.get_field(field), "max_length", None)
        for row in rows.values_list("pk", flat=True):  # names are unique in places
            text = f"{row}{HOSTILE}"[:length]
            rows.filter(pk=row).update(**{field: text})
    answers = {
        f"{name} as {person}": ask(scene.clients[person], "get", reverse(name, args=args))
        for name in addresses()
        if (page := guard_table.page(name)) is not None and not name.startswith("admin:")
        for person in ("investigator", "prosecutor", "auditor")
        if person in page.allowed.split() and (args := named(page, scene)) is not None
    }
    assert [name for name, answer in answers.items() if becomes_markup(answer)] == []
    shown = [a for a in answers.values() if not a.streaming and b"&lt;script&gt;" in a.content]
    assert len(shown) > len(answers) / 2  # or nothing of it was there to be escaped


def named(page: Page, scene: Scene) -> list[Any]:
    return [scene.named[key] for key in page.args]


def becomes_markup(answer: HttpResponse) -> bool:
    if answer.status_code >= 500:
        return True
    is_page = "html" in answer.headers.get("Content-Type", "")
    return is_page and not answer.streaming and b"<script>alert" in answer.content
