"""A page of a form that was opened before somebody else changed the same thing undoes nothing."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework import cases, clock, hearings, seized_items
from casework.forms.fields import WeightField
from casework.forms.meanwhile import ChangedMeanwhile
from casework.models import Case, Code, Seizure, User
from evidence import exhibits, files
from evidence.models import Exhibit
from kyc import parties
from kyc.cargo import consignments
from tests.casework import court_stories as court
from tests.evidence import scenes
from tests.evidence.acts import tusks
from tests.evidence.pictures import png, upload

SignIn = Callable[[User], Client]
THEIRS = "this stands now"


class Sheet(ChangedMeanwhile, forms.Form):
    said = forms.CharField(required=False)
    is_hidden = forms.BooleanField(required=False)
    weight_mg = WeightField(required=False)
    on = forms.DateField(required=False)
    why = forms.CharField()


STOOD = {"said": "Tusks", "is_hidden": False, "weight_mg": 1_500_000, "on": date(2024, 2, 12)}


def shown(form: forms.BaseForm) -> dict[str, str]:
    """What a browser sends of a page that nobody touched."""
    found = {}
    for field in form:
        value = field.value()
        if value is not None and value is not False:
            found[field.html_name] = "on" if value is True else str(value)
    return found


def sheet(sent: dict[str, str], **stands: Any) -> Sheet:
    data = QueryDict(mutable=True)
    data.update(sent)
    data._mutable = False  # as the server hands it to a form
    return Sheet(data, initial=STOOD | stands)


def page(**typed: str) -> dict[str, str]:
    return shown(Sheet(initial=STOOD)) | {"why": "Read again"} | typed


def test_a_page_that_nobody_overtook_is_taken_as_it_is_sent() -> None:
    form = sheet(page(said="Teeth", weight_mg="2"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data == STOOD | {
        "said": "Teeth", "weight_mg": 2_000_000, "why": "Read again",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("said", "Teeth"), ("is_hidden", True), ("weight_mg", 1_400_000), ("on", date(2024, 3, 1))],
)
def test_what_somebody_else_wrote_is_shown_before_it_is_taken(name: str, value: Any) -> None:
    form = sheet(page(), **{name: value})
    assert [*form.errors] == [name]
    again = sheet(shown(form), **{name: value})
    assert again.is_valid(), again.errors
    assert again.cleaned_data == STOOD | {name: value, "why": "Read again"}


def test_of_two_who_wrote_the_same_field_the_second_is_told_and_decides() -> None:
    form = sheet(page(said="Mine"), said="Theirs")
    assert "It says now: “Theirs”" in str(form.errors["said"])
    again = sheet(shown(form), said="Theirs")
    assert again.is_valid()
    assert again.cleaned_data["said"] == "Mine"


def test_both_wrote_the_same() -> None:
    assert sheet(page(said="Teeth"), said="Teeth").is_valid()


def test_a_third_change_is_told_as_well() -> None:
    form = sheet(page(said="Mine"), said="Theirs")
    assert "Third" in str(sheet(shown(form), said="Third").errors["said"])


def test_a_mistake_beside_it_does_not_hide_the_change() -> None:
    """The field that is wrong itself was not compared: it is when it is sent right."""
    form = sheet(page(weight_mg="heavy", why=""), said="Theirs", weight_mg=7)
    assert {*form.errors} == {"said", "weight_mg", "why"}
    again = sheet(shown(form) | {"weight_mg": "1.5", "why": "So"}, said="Theirs", weight_mg=7)
    assert [*again.errors] == ["weight_mg"]


def test_a_page_that_does_not_say_what_it_began_with_is_taken_too() -> None:
    for began in ("", "{", "[]", "[" * 4000, '{"unknown": "0"}', '{"said": 3}'):
        form = sheet(page(said="Mine", began=began), said="Stands")
        assert form.is_valid() == (began != '{"said": 3}')


@pytest.fixture
def exhibit(case: Case, investigator: User) -> Exhibit:
    return tusks(case, investigator)


def send(browser: Client, url: str, opened: Any, **typed: Any) -> HttpResponse:
    data = shown(opened.context["form"]) | typed
    return browser.post(url, {name: value for name, value in data.items() if value is not None})  # type: ignore[return-value]


def test_an_old_page_does_not_show_a_restricted_exhibit_again(
    exhibit: Exhibit, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    url = reverse("evidence:exhibit-amend", args=[exhibit.case.reference, exhibit.label])
    opened = browser.get(url)
    exhibits.amend(Exhibit.objects.get(pk=exhibit.pk), is_restricted=True, actor=investigator)
    answer = send(browser, url, opened, description="Twenty-five pieces", reason="Counted")
    assert THEIRS in answer.content.decode()
    again = send(browser, url, answer, reason="Counted")
    assert again.status_code == 302
    exhibit.refresh_from_db()
    assert (exhibit.description, exhibit.is_restricted) == ("Twenty-five pieces", True)


def test_an_old_page_does_not_show_a_sensitive_file_again(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    photo = files.attach(
        case, upload=upload(png(9, 9), "a.png", "image/png"), kind="photograph", actor=investigator
    )
    browser = sign_in(investigator)
    url = reverse("evidence:file-amend", args=[case.reference, photo.pk])
    opened = browser.get(url)
    stands = {"caption": photo.caption, "kind": photo.kind, "is_sensitive": True}
    files.amend(photo, actor=investigator, **stands)
    assert THEIRS in send(browser, url, opened, caption="Scale").content.decode()
    photo.refresh_from_db()
    assert (photo.caption, photo.is_sensitive) == ("", True)


def test_the_summary_of_a_case_is_not_put_back(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    url = reverse("casework:case-edit", args=[case.reference])
    opened = browser.get(url)
    cases.change(case, actor=investigator, summary="What a court must know")
    answer = send(browser, url, opened, title="Tusks in tea")
    assert THEIRS in answer.content.decode()
    assert send(browser, url, answer).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.summary) == ("Tusks in tea", "What a court must know")


def test_what_is_told_names_nothing_of_the_machine(
    case: Case, investigator: User, sign_in: SignIn
) -> None:
    """A choice is told by its words, as it stands on the page."""
    firm = parties.create(kind="firm", name="Tamarind Reef", country="KE", actor=investigator)
    browser = sign_in(investigator)
    url = reverse("kyc:party-change", args=[firm.pk])
    opened = browser.get(url)
    parties.change(firm, actor=investigator, kind="person")
    answer = send(browser, url, opened, kind="unknown")
    assert re.search("It says now: “Person”", answer.content.decode())


def test_two_clerks_record_one_hearing(
    case: Case, investigator: User, prosecutor: User, sign_in: SignIn
) -> None:
    """The second had it open while the first recorded that it was adjourned."""
    pair = court.Pair(investigator, prosecutor)
    trial = court.opened(court.accepted(case, pair), pair)
    mention = Code.objects.get(kind="hearing_type", code="mention")
    hearing = hearings.schedule(trial, kind=mention, starts_at=clock.now(), actor=prosecutor)
    browser = sign_in(prosecutor)
    url = reverse("casework:hearing-record", args=[case.reference, hearing.pk])
    opened = browser.get(url)
    reason = Code.objects.filter(kind="adjournment_reason").first()
    hearings.record(hearing, state="adjourned", reason=reason, actor=prosecutor)
    answer = send(browser, url, opened, state="held")
    assert "It says now: “Adjourned”" in answer.content.decode()
    hearing.refresh_from_db()
    assert hearing.state == "adjourned"


def sent_as_it_stood(opened: Any, seizure: Seizure) -> dict[str, str]:
    """All that a browser sends of a seizure's page that nobody touched."""
    page, moment = opened.context, timezone.localtime(seizure.seized_at)
    every = [page["form"], page["items"].management_form, *page["items"].forms]
    sent = {name: value for form in every for name, value in shown(form).items()}
    return sent | {"seized_at_0": f"{moment:%Y-%m-%d}", "seized_at_1": f"{moment:%H:%M}"}


@pytest.fixture
def seizure(case: Case, investigator: User) -> Seizure:
    return scenes.seizure(case, investigator)


def test_the_items_of_a_seizure_are_not_put_back(
    seizure: Seizure, investigator: User, sign_in: SignIn
) -> None:
    browser = sign_in(investigator)
    url = reverse("kyc:seizure-edit", args=[seizure.case.reference, seizure.number])
    opened = sent_as_it_stood(browser.get(url), seizure)
    weighed_again: list[tuple[int | None, dict[str, Any]]] = [(1, {"weight_mg": 4_150_000})]
    seized_items.amend_all(seizure, weighed_again, actor=investigator)
    answer = browser.post(url, opened | {"items-0-description": "Polished"})
    assert THEIRS in answer.content.decode()
    again = sent_as_it_stood(answer, seizure)
    assert again["items-0-weight_mg"].startswith("4.15")
    assert browser.post(url, again).status_code == 302
    item = seizure.items.get()
    assert (item.description, item.weight_mg) == ("Polished", 4_150_000)


def test_an_item_that_came_while_the_page_was_open_stays_and_hinders_nobody(
    seizure: Seizure, investigator: User, sign_in: SignIn
) -> None:
    """The empty row at the end of the page stands where the new item stands now."""
    browser = sign_in(investigator)
    url = reverse("kyc:seizure-edit", args=[seizure.case.reference, seizure.number])
    opened = sent_as_it_stood(browser.get(url), seizure)
    scale = {"description": "A bag of scales", "count": 1}
    seized_items.amend_all(seizure, [(None, scale)], actor=investigator)
    assert browser.post(url, opened | {"items-0-count": "2"}).status_code == 302
    stands = seizure.items.order_by("number").values_list("number", "count", "description")
    assert [*stands] == [(1, 2, ""), (2, 1, "A bag of scales")]


def test_pages_that_set_their_fields_out_say_what_they_began_with(
    case: Case, seizure: Seizure, investigator: User, sign_in: SignIn
) -> None:
    load = consignments.add(seizure, actor=investigator, goods_description="Black tea")
    here = [case.reference, seizure.number]
    browser = sign_in(investigator)
    for url in (
        reverse("kyc:seizure-edit", args=here),
        reverse("kyc:consignment-edit", args=[*here, load.number]),
    ):
        opened = browser.get(url)
        assert opened.context["form"]["began"].value() in html.unescape(opened.content.decode())
