"""What the pages say comes next, stage by stage, and to whom they offer the verb."""

import pytest
from django.test import Client

from casework.models import User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


def verbs(client: Client, person: User, page: str) -> list[tuple[str, bool]]:
    """The text of each step and whether the reader is offered its verb."""
    client.force_login(person)
    return [(step.text, bool(step.url)) for step in client.get(page).context["steps"]]


def test_from_the_file_to_the_court(pair: Pair, client: Client) -> None:
    case = stories.seized(pair)
    page = f"/cases/{case.reference}/charges/"
    (step,) = verbs(client, pair.investigator, page)
    assert step == ("The file is not with a prosecutor.", True)
    stories.accepted(case, pair)
    accepted = "The file is accepted. No court file is open."
    assert verbs(client, pair.investigator, page) == [(accepted, False)]
    assert verbs(client, pair.prosecutor, page) == [(accepted, True)]
    stories.opened(case, pair)
    assert verbs(client, pair.prosecutor, page) == []


def test_from_the_draft_to_the_sentence(pair: Pair, client: Client) -> None:
    case = stories.accepted(stories.seized(pair), pair)
    trial = stories.opened(case, pair)
    page = f"/cases/{case.reference}/proceedings/{trial.pk}/"

    def next_text() -> list[str]:
        return [text for text, _may in verbs(client, pair.prosecutor, page)]

    assert next_text() == ["The charge sheet is empty."]
    found = stories.count_in(trial, stories.accuse(case, pair, "Benson Tsofa"), pair)
    assert next_text() == ["The charge sheet is not filed."]
    stories.file_sheet(trial, pair)
    assert next_text() == ["A plea is not on record."]
    stories.plead(found, pair)
    assert next_text() == ["No evidence is heard yet.", "Charges wait for a decision."]
    stories.step(trial, "opened", pair)
    assert next_text()[0] == "The prosecution has not closed its case."
    stories.step(trial, "prosecution_closed", pair, day=stories.AMENDED)
    assert next_text()[0] == "The court has to say whether there is a case to answer."
    stories.step(trial, "case_to_answer", pair, day=stories.AMENDED)
    assert next_text() == ["Charges wait for a decision."]
    stories.decide({found[0]: "convicted_trial"}, pair)
    assert next_text() == ["No sentence for A1 on count 1."]
    brought = stories.appeal(trial, pair)
    page = f"/cases/{case.reference}/proceedings/{brought.pk}/"
    assert next_text() == ["The appeal waits for its decision."]
    stories.decide_appeal(brought, {found[0]: "quashed"}, pair)
    assert next_text() == []
