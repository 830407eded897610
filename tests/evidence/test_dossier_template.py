"""Templates of courts: kept without code by whoever keeps the reference tables."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from evidence.issuing import dossiers, templates, wishes
from evidence.models import DossierTemplate

SignIn = Callable[[User], Client]
ADD = "evidence:dossier-template-add"


@pytest.fixture
def template(keeper: User) -> DossierTemplate:
    rows = [{"key": "summary", "title": "The facts"}, {"key": "charges"}]
    return templates.add(
        actor=keeper, name="Lagoon court", parts=rows, cover_heading="In the lagoon court"
    )


def test_a_dossier_takes_its_order_titles_and_wording(
    template: DossierTemplate, case: Case, investigator: User
) -> None:
    dossier = dossiers.request(case, actor=investigator, template=template)
    plan = wishes.plan(dossier, case)
    assert [(part.key, part.title) for part in plan.parts] == [
        ("summary", "The facts"), ("charges", ""),
    ]  # fmt: skip
    assert plan.cover_heading == "In the lagoon court"
    assert plan.template.startswith("Lagoon court, ")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "at least one"),
        ([{"key": "weather"}], "no part named"),
        ([{"key": "charges"}, {"key": "charges"}], "once"),
        ([{"key": "charges", "title": "x" * 121}], "at most"),
    ],
)
def test_odd_parts_are_refused(keeper: User, rows: list[dict[str, str]], said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        templates.add(actor=keeper, name="Odd", parts=rows)


@pytest.mark.parametrize("language", ["", "english", "EN", "<b>"])
def test_a_language_is_a_code(keeper: User, language: str) -> None:
    with pytest.raises(ValidationError):
        templates.add(actor=keeper, name="X", parts=[{"key": "charges"}], language=language)


def test_only_its_keeper_changes_it(
    template: DossierTemplate, prosecutor: User, legal: User
) -> None:
    for person in (prosecutor, legal):
        with pytest.raises(NotAllowed):
            templates.change(template, actor=person, name="Mine")
        with pytest.raises(NotAllowed):
            templates.offer(template, is_active=False, actor=person)


def test_its_history_tells_who_changed_what_and_why(
    template: DossierTemplate, keeper: User
) -> None:
    templates.change(template, actor=keeper, reason="Practice note 4", cover_heading="Other")
    newest, first = templates.history(template)
    assert [str(name) for name in newest.fields] == ["heading of the cover"]
    assert (newest.who, newest.reason, first.fields) == (keeper, "Practice note 4", ())
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"template.add", "template.change"} <= acts


def test_out_of_use_it_is_offered_no_more_but_stays_with_its_dossiers(
    template: DossierTemplate, keeper: User, case: Case, investigator: User
) -> None:
    dossier = dossiers.request(case, actor=investigator, template=template)
    templates.offer(template, is_active=False, actor=keeper)
    assert list(templates.offered(case)) == []
    assert wishes.plan(dossier, case).cover_heading == "In the lagoon court"
    templates.offer(template, is_active=True, actor=keeper)
    assert list(templates.offered(case)) == [template]


def test_one_is_added_reordered_changed_and_retired_on_its_pages(
    keeper: User, sign_in: SignIn
) -> None:
    browser = sign_in(keeper)
    typed = {
        "name": "Lagoon <court>", "language": "sw", "parts": ["charges", "summary"],
        "shown": ["charges", "summary"], "place_charges": "2", "place_summary": "1",
        "title_summary": "Muhtasari",
    }  # fmt: skip
    answer = browser.post(reverse(ADD), {**typed, "arrange": "1"})
    assert not DossierTemplate.objects.exists()
    assert answer.text.index('value="Muhtasari"') < answer.text.index('name="title_charges"')
    browser.post(reverse(ADD), typed)
    made = DossierTemplate.objects.get()
    assert [row["key"] for row in made.parts] == ["summary", "charges"]
    page = reverse("evidence:dossier-template-change", args=[made.pk])
    browser.post(page, {**typed, "parts": ["summary"], "reason": "Shorter"})
    assert "Shorter" in browser.get(page).text
    assert "Lagoon &lt;court&gt;" in browser.get(page).text
    browser.post(reverse("evidence:dossier-template-offer", args=[made.pk]), {"retire": "1"})
    assert "out of use" in browser.get(reverse("evidence:dossier-template-list")).text


def test_what_was_typed_stays_where_something_is_missing(keeper: User, sign_in: SignIn) -> None:
    typed = {"name": "", "language": "en", "title_charges": "Kept", "shown": ["charges"]}
    answer = sign_in(keeper).post(reverse(ADD), typed)
    assert 'value="Kept"' in answer.text
    typed |= {"name": "Named"}
    answer = sign_in(keeper).post(reverse(ADD), typed)
    assert "Choose at least one part" in answer.text


def test_two_templates_of_an_agency_have_two_names(
    template: DossierTemplate, keeper: User, case: Case
) -> None:
    rows = [{"key": "charges"}]
    templates.add(actor=keeper, name="Same", parts=rows, agency=case.agency)
    with pytest.raises(RuleBroken, match="another name"):
        templates.add(actor=keeper, name="Same", parts=rows, agency=case.agency)


def test_one_for_every_agency_has_its_name_alone(template: DossierTemplate, keeper: User) -> None:
    """The database tells two empty agencies apart; whoever chooses one by name does not."""
    rows = [{"key": "charges"}]
    with pytest.raises(RuleBroken, match="another name"):
        templates.add(actor=keeper, name="lagoon Court", parts=rows)
    templates.change(template, actor=keeper, cover_text="The same one may keep its name.")


def test_the_heading_of_a_cover_may_have_several_lines(keeper: User, sign_in: SignIn) -> None:
    client = sign_in(keeper)
    sent = {"name": "Two lines", "language": "en", "parts": ["charges"],
            "cover_heading": "In the lagoon court\r\nat the third jetty"}  # fmt: skip
    assert client.post(reverse(ADD), sent).status_code == 302
    made = DossierTemplate.objects.get(name="Two lines")
    assert made.cover_heading.splitlines() == ["In the lagoon court", "at the third jetty"]
    page = reverse("evidence:dossier-template-change", args=[made.pk])
    assert '<textarea name="cover_heading"' in client.get(page).text
