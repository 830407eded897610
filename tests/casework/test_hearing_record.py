"""The form that records a hearing: who is expected, who appeared, what a correction shows."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from casework import clock, hearings, proceedings
from casework.days import needs
from casework.days.appearances import Seen
from casework.models import Accused, Appearance, Hearing, Proceeding, User, Witness
from casework.sentencing import custody
from casework.witnesses import witnesses
from tests.casework import court_stories as stories
from tests.casework.court_stories import Pair

SignIn = Callable[[User], Client]
NAIROBI = ZoneInfo("Africa/Nairobi")


@pytest.fixture
def pair(investigator: User, prosecutor: User) -> Pair:
    return Pair(investigator, prosecutor)


@pytest.fixture
def trial(pair: Pair) -> Proceeding:
    return stories.charged(pair)[0].count.charge_sheet.proceeding


@pytest.fixture
def witness(trial: Proceeding, pair: Pair) -> Witness:
    return witnesses.add(trial.case, name="Salim Mwero", actor=pair.investigator)


def on(trial: Proceeding, pair: Pair, day: date) -> Hearing:
    return hearings.schedule(
        trial, kind=stories.code("hearing_type", "hearing"), actor=pair.prosecutor,
        starts_at=datetime(day.year, day.month, day.day, 9, tzinfo=NAIROBI),
    )  # fmt: skip


def page(hearing: Hearing) -> str:
    return f"/cases/{hearing.proceeding.case.reference}/hearings/{hearing.pk}/"


def rows(*said: dict[str, str]) -> dict[str, str]:
    posted = {"came-TOTAL_FORMS": str(len(said)), "came-INITIAL_FORMS": "0", "state": "held"}
    for number, one in enumerate(said):
        posted |= {f"came-{number}-{name}": value for name, value in one.items()}
    return posted


def expected(client: Client, hearing: Hearing) -> list[str]:
    return [form.initial["who"] for form in client.get(page(hearing)).context["rows"]
            if form.initial]  # fmt: skip


def test_the_form_begins_with_who_is_needed_and_who_came_last_time(
    trial: Proceeding, pair: Pair, witness: Witness, sign_in: SignIn
) -> None:
    accused = Accused.objects.get(case=trial.case)
    proceedings.change_accused(accused, counsel="R. Achieng", actor=pair.prosecutor)
    first, second = (on(trial, pair, date(2020, 4, day)) for day in (1, 20))
    with clock.telling(stories.noon(date(2020, 3, 20))):
        needs.add(second, kind="witness", witness=witness, actor=pair.prosecutor)
    client = sign_in(pair.prosecutor)
    assert expected(client, first) == ["prosecutor", f"accused:{accused.pk}", "defence"]
    interpreter = Seen("interpreter", name="R. Mwende")
    hearings.record(first, state="held", actor=pair.prosecutor, appeared=[interpreter])
    assert expected(client, second) == [
        "prosecutor", f"accused:{accused.pk}", "interpreter", "defence", f"witness:{witness.pk}",
    ]  # fmt: skip


def test_nobody_is_taken_to_have_come_who_has_absconded(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    accused = Accused.objects.get(case=trial.case)
    hearing = on(trial, pair, date(2020, 4, 1))
    custody.record(
        accused, kind="absconded", happened_on=date(2020, 3, 20), actor=pair.prosecutor
    )  # fmt: skip
    shown = sign_in(pair.prosecutor).get(page(hearing)).context["rows"]
    came = {form.initial["who"]: form.initial["came"] for form in shown if form.initial}
    assert came == {"prosecutor": "came", f"accused:{accused.pk}": "absent"}
    why = str(stories.code("absence", "absconded").pk)
    assert [form.initial["why_absent"] for form in shown if form.initial] == ["", why]


def test_who_appeared_is_kept_and_shown_again(
    trial: Proceeding, pair: Pair, witness: Witness, sign_in: SignIn
) -> None:
    hearing = on(trial, pair, date(2020, 4, 1))
    client = sign_in(pair.prosecutor)
    why = stories.code("absence", "unwell")
    result = stories.code("hearing_result", "part_heard")
    client.post(page(hearing), rows(
        {"who": f"witness:{witness.pk}", "came": "testified"},
        {"who": "defence", "name": "R. Achieng", "came": "absent", "why_absent": str(why.pk)},
        {"who": "other", "name": "Nobody", "came": ""},
    ) | {"result": str(result.pk)})  # fmt: skip
    assert Appearance.objects.filter(hearing=hearing).count() == 2
    shown = client.get(page(hearing) + "needs/").content.decode()
    for word in ("Gave evidence", "R. Achieng", "Unwell", "Evidence taken in part"):
        assert word in shown
    assert "defence" in expected(client, hearing)
    said = client.get(f"/cases/{trial.case.reference}/witnesses/").content.decode()
    assert "Gave evidence 1" in said


@pytest.mark.parametrize(
    ("row", "field"),
    [({"came": "came"}, "who"), ({"who": "defence", "came": "absent"}, "why_absent"),
     ({"who": "witness:999", "came": "came"}, "who")],
)  # fmt: skip
def test_half_a_row_records_nothing_and_says_what_is_missing(
    trial: Proceeding, pair: Pair, sign_in: SignIn, row: dict[str, str], field: str
) -> None:
    hearing = on(trial, pair, date(2020, 4, 1))
    answer = sign_in(pair.prosecutor).post(page(hearing), rows(row))
    assert answer.context["rows"].forms[0].errors[field]
    hearing.refresh_from_db()
    assert hearing.state == Hearing.State.LISTED


def test_a_form_without_rows_leaves_who_appeared(
    trial: Proceeding, pair: Pair, witness: Witness, sign_in: SignIn
) -> None:
    hearing = on(trial, pair, date(2020, 4, 1))
    seen = Seen("witness", witness=witness)
    hearings.record(hearing, state="held", actor=pair.prosecutor, appeared=[seen])
    sign_in(pair.prosecutor).post(page(hearing), {"state": "held", "note": "Corrected"})
    assert Appearance.objects.get().witness == witness


def test_who_appeared_is_not_put_back_by_a_page_that_was_opened_before(
    trial: Proceeding, pair: Pair, witness: Witness, sign_in: SignIn
) -> None:
    hearing = on(trial, pair, date(2020, 4, 1))
    client = sign_in(pair.prosecutor)
    began = {"came-began": client.get(page(hearing)).context["rows"].began}
    mine = rows({"who": "defence", "name": "R. Achieng", "came": "came"})
    seen = [Seen("witness", witness=witness, has_testified=True), Seen("other", name="P. Ouma")]
    hearings.record(hearing, state="held", actor=pair.prosecutor, appeared=seen)
    answer = client.post(page(hearing), mine | began)
    told = answer.context["rows"].non_form_errors()
    assert len(told) == 1
    for words in (f"{witness}: Came and gave evidence", "Somebody else P. Ouma: Came"):
        assert words in told[0]
    assert Appearance.objects.filter(hearing=hearing).count() == 2
    began = {"came-began": answer.context["rows"].began}
    assert began["came-began"] in answer.content.decode()
    assert client.post(page(hearing), mine | began).status_code == 302
    assert Appearance.objects.get(hearing=hearing).name == "R. Achieng"


def test_two_who_say_the_same_of_who_appeared_are_not_told(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    hearing = on(trial, pair, date(2020, 4, 1))
    client = sign_in(pair.prosecutor)
    began = {"came-began": client.get(page(hearing)).context["rows"].began}
    seen = [Seen("defence", name="R. Achieng")]
    hearings.record(hearing, state="held", actor=pair.prosecutor, appeared=seen)
    mine = rows({"who": "defence", "name": " R.  Achieng", "came": "came"})
    assert client.post(page(hearing), mine | began).status_code == 302


def test_the_change_of_magistrate_is_recorded_and_counted(
    trial: Proceeding, pair: Pair, sign_in: SignIn
) -> None:
    client = sign_in(pair.prosecutor)
    case = f"/cases/{trial.case.reference}/"
    cause = stories.code("presiding_change", "transferred")
    client.post(f"{case}proceedings/{trial.pk}/presiding/", {
        "after": "Hon. B. Tuva", "changed_on": "2020-05-01", "cause": str(cause.pk),
        "is_heard_anew": "on",
    })  # fmt: skip
    for shown in (f"{case}proceedings/{trial.pk}/", f"{case}hearings/"):
        body = client.get(shown).content.decode()
        assert "Hon. B. Tuva" in body
        assert "changed once" in body
    assert "The trial starts again" in client.get(case).content.decode()
