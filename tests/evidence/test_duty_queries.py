"""The pages of what is due, and of exhibits in court, ask as often for many rows as for few."""

from typing import Any

import pytest
from django.test import Client

from casework.models import User
from tests.casework import court_stories as court
from tests.evidence import duty_growth
from tests.evidence.acts import tusks
from tests.test_query_counts import counted


@pytest.mark.parametrize("many", [9])
def test_nine_of_everything_cost_no_more_queries_than_two(
    many: int, investigator: User, prosecutor: User, client: Client
) -> None:
    pair = court.Pair(investigator, prosecutor)
    charges = court.charged(pair, names=[f"Accused {n}" for n in range(many)])
    trial = charges[0].count.charge_sheet.proceeding
    case: Any = trial.case
    first = tusks(case, investigator)
    here = f"/cases/{case.reference}/"
    urls = [
        "/", "/duties/", here, f"{here}duties/", f"{here}proceedings/{trial.pk}/exhibits/",
        f"{here}proceedings/{trial.pk}/exhibits/record/", f"{here}exhibits/{first.label}/",
    ]  # fmt: skip
    client.force_login(prosecutor)
    found = []
    for start, stop in ((0, 2), (2, many)):
        for number in range(start, stop):
            thing = first if not number else tusks(case, investigator)
            accused = charges[number].accused
            duty_growth.add(trial, thing, accused, prosecutor, number)
        found.append(counted(client, urls))
    few, more = found
    assert {url: (few[url], more[url]) for url in urls if more[url] > few[url]} == {}
