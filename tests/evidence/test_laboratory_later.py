"""A report of a laboratory that takes the place of the one before it."""

from collections.abc import Callable

from django.test import Client

from casework import clock
from casework.models import Case, User
from evidence.papers import laboratory
from evidence.papers.laboratory import Found
from tests.evidence.acts import tusks
from tests.evidence.test_laboratory import send

SignIn = Callable[[User], Client]


def test_a_later_report_begins_with_what_the_first_one_says(
    sign_in: SignIn, case: Case, investigator: User
) -> None:
    """To add the signed paper nobody types the findings again, and none is left out by haste."""
    request = send(case, investigator, tusks(case, investigator))
    item = request.items.get()
    found = Found(item, "Hippopotamus amphibius", method="DNA", count=3, text="Teeth")
    laboratory.report(
        request, expert="Dr Rono", qualification="PhD", reported_on=clock.today(),
        reference="NL/26/1", findings=[found], actor=investigator,
    )  # fmt: skip
    page = f"/cases/{case.reference}/laboratory/1/report/"
    form = sign_in(investigator).get(page).context["form"]
    (part,) = sign_in(investigator).get(page).context["parts"]
    assert (form["expert"].value(), form["qualification"].value()) == ("Dr Rono", "PhD")
    assert (form["reference"].value(), form["reported_on"].value()) == ("NL/26/1", clock.today())
    told = {name: part[name].value() for name in ("certainty", "method", "count", "text")}
    assert told == {"certainty": "certain", "method": "DNA", "count": 3, "text": "Teeth"}
    shown = sign_in(investigator).get(page).content.decode()
    assert 'value="Hippopotamus amphibius"' in shown
