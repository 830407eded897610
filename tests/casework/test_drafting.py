"""A draft begins with what the record says, and each further count with the one before it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from casework import law
from casework.models import Count, Proceeding, User
from casework.procedure import drafting
from tests.casework import court_stories as court
from tests.casework.court_stories import Pair
from tests.evidence import scenes

SignIn = Callable[[User], Client]


@pytest.fixture
def trial(investigator: User, prosecutor: User) -> Proceeding:
    pair = Pair(investigator, prosecutor)
    case = court.accepted(court.seized(pair), pair)
    court.join(case, prosecutor, "prosecutor", pair)
    return court.opened(case, pair)


def test_all_accused_are_added_on_one_page_and_the_first_count_follows(
    trial: Proceeding, sign_in: SignIn, prosecutor: User
) -> None:
    at = f"/cases/{trial.case.reference}/"
    sent = {"names": "Benson Tsofa\nNeema Kai\n\nBenson Tsofa\n"}
    answer = sign_in(prosecutor).post(f"{at}accused/several/", sent, follow=True)
    assert [str(one) for one in trial.case.accused.all()] == ["A1 Benson Tsofa", "A2 Neema Kai"]
    first = answer.context["form"].initial
    assert [person.number for person in first["accused"]] == [1, 2]


def test_nobody_named_is_said(trial: Proceeding, sign_in: SignIn, prosecutor: User) -> None:
    url = f"/cases/{trial.case.reference}/accused/several/"
    answer = sign_in(prosecutor).post(url, {"names": " "})
    assert answer.context["form"].errors["names"] == ["Fill this in."]


def test_the_particulars_begin_with_day_place_and_things(trial: Proceeding) -> None:
    scenes.seizure(trial.case, trial.case.lead_officer or trial.created_by)
    words = drafting.particulars(trial.case)
    assert "Gate 9" in words
    assert "4.2" in words


def test_the_next_count_begins_with_the_days_and_accused_of_the_last(
    trial: Proceeding, sign_in: SignIn, prosecutor: User
) -> None:
    one, _two = drafting.add_several(
        trial.case, parties=(), names=["Benson Tsofa", "Neema Kai"], actor=prosecutor
    )
    url = f"/cases/{trial.case.reference}/proceedings/{trial.pk}/charge-sheet/counts/new/"
    sent = {"offence_on": "2020-03-01", "provision": court.provision().pk, "particulars": "Tusks.",
            "accused": [one.pk], "another": "1"}  # fmt: skip
    answer = sign_in(prosecutor).post(url, sent, follow=True)
    assert answer.redirect_chain[0][0] == url
    first = answer.context["form"].initial
    assert (str(first["offence_on"]), first["accused"]) == ("2020-03-01", [one.pk])
    assert Count.objects.count() == 1


def test_a_count_under_another_provision_takes_the_words_of_that_one(
    trial: Proceeding, sign_in: SignIn, prosecutor: User
) -> None:
    drafting.add_several(trial.case, parties=(), names=["Benson Tsofa"], actor=prosecutor)
    url = f"/cases/{trial.case.reference}/proceedings/{trial.pk}/charge-sheet/counts/"
    sent = {"offence_on": "2020-03-01", "provision": court.provision().pk, "particulars": "Tusks.",
            "accused": [one.pk for one in trial.case.accused.all()]}  # fmt: skip
    client = sign_in(prosecutor)
    client.post(f"{url}new/", sent)
    first = client.get(f"{url}1/").context["form"].initial
    assert first["offence"] == ""
    other = law.offered(date(2020, 3, 1)).exclude(pk=court.provision().pk).exclude(offence="")[0]
    client.post(f"{url}1/", sent | {"provision": other.pk, "offence": first["offence"]})
    assert Count.objects.get().offence == other.offence
    client.post(f"{url}1/", sent | {"provision": other.pk, "offence": "In other words"})
    assert client.get(f"{url}1/").context["form"].initial["offence"] == "In other words"
