"""The command: fourteen seizures, ten prosecuted, one convicted, overturned on appeal."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casework import display
from casework.models import User
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair


@pytest.fixture
def fourteen(investigator: User, prosecutor: User) -> Pair:
    """Ten prosecuted with one accused each: one convicted and later cleared, nine acquitted."""
    pair = Pair(investigator, prosecutor)
    for _n in range(4):
        stories.seized(pair)
    found = [stories.charged(pair)[0] for _n in range(10)]
    for number, charge in enumerate(found):
        stories.decide({charge: "acquitted" if number else "convicted_trial"}, pair)
    brought = stories.appeal(found[0].count.charge_sheet.proceeding, pair)
    stories.decide_appeal(brought, {found[0]: "quashed"}, pair)
    return pair


def ask(*args: str) -> dict[str, Any]:
    out = StringIO()
    call_command("conviction_rates", *args, "--json", stdout=out)
    data: dict[str, Any] = json.loads(out.getvalue())
    return data


def fraction(*args: str) -> tuple[int, int]:
    data = ask(*args)
    return data["numerator"], data["denominator"]


def test_every_unit_before_and_after_the_appeal(fourteen: Pair) -> None:
    before, after = ("--as-at", "2021-12-31"), ("--as-at", "2022-12-31")
    seized = ("--unit", "seizures", "--cohort", "seized")
    assert fraction(*seized, *before) == (1, 14)
    assert fraction(*seized, *after) == (0, 14)
    for unit in ("seizures", "cases", "accused", "counts"):
        for cohort in ("filed", "concluded"):
            assert fraction("--unit", unit, "--cohort", cohort, *before) == (1, 10)
            assert fraction("--unit", unit, "--cohort", cohort, *after) == (0, 10)
    assert ask()["first_instance"]["numerator"] == 1


def test_what_was_known_then_is_answered_now(fourteen: Pair) -> None:
    """The appeal was decided on 1 Feb 2022 and recorded that day."""
    assert fraction("--known-at", "2022-01-31") == (1, 10)
    assert fraction("--known-at", "2022-02-01T08:59:59+00:00") == (1, 10)
    assert fraction("--known-at", "2022-02-01") == (0, 10)
    assert ask("--known-at", "2021-05-31")["denominator"] == 0


def test_who_may_not_see_a_case_does_not_count_it(
    fourteen: Pair, outsider: User, manager: User
) -> None:
    assert ask("--as", "outsider")["denominator"] == 0
    assert ask("--as", "manager")["denominator"] == 10
    assert ask("--as", "PROSECUTOR")["denominator"] == 10


def test_a_small_group_has_no_numerator(fourteen: Pair) -> None:
    for _n in range(3):
        (charge,) = stories.charged(fourteen, tier="poaching")
        stories.decide({charge: "convicted_trial"}, fourteen)
    small = ask("--tier", "poaching")
    assert (small["numerator"], small["denominator"], small["rate"]) == (None, 3, None)
    assert small["is_suppressed"]
    assert ask()["numerator"] == 3
    assert ask("--tier", "port")["numerator"] is None  # all less port would be the three
    assert ask()["by_tier"]["poaching"]["numerator"] is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("--as-at", "31.12.2025"), ("--as-at", "2999-01-01"), ("--as-at", "2025-13-45"),
     ("--known-at", "soon"), ("--known-at", "2999-01-01T00:00:00"), ("--as", "nobody")],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(db: None, name: str, value: str) -> None:
    with pytest.raises(CommandError):
        ask(name, value)


def test_the_text_says_the_question_and_the_fractions(fourteen: Pair) -> None:
    out = StringIO()
    call_command("conviction_rates", "--as-at", "2021-12-31", stdout=out)
    assert "after appeals:        10 %, 1 of 10" in out.getvalue()
    assert f"as at {display.day(date(2021, 12, 31))}" in out.getvalue()


def test_the_tier_is_the_one_known_then(fourteen: Pair) -> None:
    """A case moved to another tier counts in the old one for whoever asks about the past."""
    from casework import audit, clock
    from casework.models import Case

    for case in Case.objects.filter(status=Case.Status.CONCLUDED):
        with clock.telling(stories.noon(date(2023, 1, 1))):
            case.tier = "trafficking"
            audit.sign(case, fourteen.investigator)
            case.save()
    assert ask("--tier", "port")["denominator"] == 0
    assert ask("--tier", "port", "--known-at", "2022-12-31")["denominator"] == 10


def test_a_choice_of_agency_court_species_or_port_narrows_it(fourteen: Pair) -> None:
    court = stories.court().name
    data = ask("--court", court, "--agency", "WS")
    assert (data["denominator"], data["court"], data["species"]) == (10, court, None)
    assert ask("--port", "KEMBA")["denominator"] == 0
    assert ask("--species", "Loxodonta africana")["denominator"] == 0
    out = StringIO()
    call_command("conviction_rates", "--agency", "ws", stdout=out)
    assert "Wildlife Service" in out.getvalue()


def test_a_place_that_is_not_in_the_list_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="--port: 'Atlantis' is not in the list"):
        ask("--port", "Atlantis")
