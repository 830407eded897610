"""Warrants and orders: validity, execution, the warning before they end, and what stays hidden."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from casework import access, clock
from casework.duties import authorities, due
from casework.errors import NotAllowed, RuleBroken
from casework.models import Authority, Case, User
from casework.sentencing import custody
from tests.casework.court_stories import Pair, charged, code


def warrant(case: Case, actor: User, **fields: Any) -> Authority:
    given: dict[str, Any] = {
        "kind": code("authority_kind", "search_warrant"), "number": "MISC 12/2026",
        "issued_on": clock.today() - timedelta(days=10),
        "valid_until": clock.today() + timedelta(days=3),
        "scope": "The yard behind the depot",
    }  # fmt: skip
    return authorities.add(case, actor=actor, **(given | fields))


def test_it_warns_before_it_ends_and_is_quiet_once_carried_out(
    case: Case, investigator: User
) -> None:
    row = warrant(case, investigator)
    assert authorities.state(row, clock.today())[1] == "Ends soon"
    (found,) = due.of_case(case, investigator)
    assert (found.kind, found.state, found.due_on) == ("authority", "soon", row.valid_until)
    authorities.execute(row, executed_on=clock.today(), result="Two scales", actor=investigator)
    assert not due.of_case(case, investigator)[0].is_open


def test_what_is_done_after_its_end_needs_another(case: Case, investigator: User) -> None:
    row = warrant(case, investigator, valid_until=clock.today() - timedelta(days=2))
    with pytest.raises(RuleBroken, match="another authority"):
        authorities.execute(row, executed_on=clock.today(), result="Found", actor=investigator)
    early = clock.today() - timedelta(days=11)
    with pytest.raises(RuleBroken, match="first day"):
        authorities.execute(row, executed_on=early, result="Found", actor=investigator)
    authorities.execute(
        row, executed_on=clock.today() - timedelta(days=2), result="Found", actor=investigator
    )
    assert row.executed_on is not None


def test_it_does_not_end_before_it_begins(case: Case, investigator: User) -> None:
    with pytest.raises(RuleBroken) as caught:
        warrant(case, investigator, valid_until=date(2020, 1, 1))
    assert caught.value.field == "valid_until"


def test_custodians_and_readers_record_none(case: Case, custodian: User) -> None:
    with pytest.raises(NotAllowed):
        warrant(case, custodian)


def test_nobody_hides_what_they_could_not_read_again(
    case: Case, investigator: User, colleague: User
) -> None:
    access.grant(case, role="investigator", to=colleague, actor=investigator, reason="Helps")
    case.refresh_from_db()
    with pytest.raises(RuleBroken, match="could not read"):
        warrant(case, colleague, is_sensitive=True)


def test_a_sensitive_one_leaves_no_trace_for_others(
    case: Case, investigator: User, custodian: User, sign_in: Any
) -> None:
    browser: Client = sign_in(custodian)
    url = f"/cases/{case.reference}/duties/"
    before = [browser.get(page).content.decode() for page in (url, "/duties/")]
    row = warrant(case, investigator, is_sensitive=True)
    after = [browser.get(page).content.decode() for page in (url, "/duties/")]
    assert [len(text) for text in before] == [len(text) for text in after]
    assert browser.get(f"/cases/{case.reference}/authorities/{row.pk}/").status_code == 404
    assert "MISC 12/2026" in sign_in(investigator).get(url).content.decode()


def test_a_sensitive_one_is_carried_out_and_ended(case: Case, prosecutor: User) -> None:
    row = warrant(case, prosecutor, is_sensitive=True)
    authorities.execute(row, executed_on=clock.today(), result="Two scales", actor=prosecutor)
    authorities.end(row, ended_on=clock.today(), result="Returned", actor=prosecutor)
    assert Authority.objects.get().ended_on == clock.today()


def test_the_pages_record_change_carry_out_and_end(
    case: Case, investigator: User, sign_in: Any
) -> None:
    browser: Client = sign_in(investigator)
    typed = {
        "kind": code("authority_kind", "search_warrant").pk, "number": "MISC 3",
        "issued_on": str(clock.today() - timedelta(days=4)), "scope": "A yard",
    }  # fmt: skip
    made = browser.post(f"/cases/{case.reference}/authorities/new/", typed)
    assert made.status_code == 302
    page = browser.get(made["Location"]).content.decode()
    assert "Not carried out yet" in page
    row = Authority.objects.get()
    url = f"/cases/{case.reference}/authorities/{row.pk}/"
    browser.post(f"{url}edit/", typed | {"number": "MISC 4"})
    early = {"executed_on": "2019-01-01", "result": "Two scales"}
    assert "first day" in browser.post(f"{url}carried-out/", early).content.decode()
    browser.post(f"{url}carried-out/", early | {"executed_on": str(clock.today())})
    browser.post(f"{url}end/", {"ended_on": str(clock.today()), "result": "Returned to the court"})
    row.refresh_from_db()
    assert (row.number, row.executed_on, row.ended_on) == ("MISC 4", clock.today(), clock.today())
    assert "Two scales Returned to the court" in row.result


def test_the_warrant_after_an_absconding_begins_with_the_accused(
    investigator: User, prosecutor: User, sign_in: Any
) -> None:
    pair = Pair(investigator, prosecutor)
    charge = charged(pair)[0]
    custody.record(charge.accused, kind="absconded", happened_on=clock.today(), actor=prosecutor)
    url = f"/cases/{charge.accused.case.reference}/authorities/new/?accused={charge.accused.number}"
    first = sign_in(prosecutor).get(url).context["form"].initial
    assert first == {"accused": charge.accused, "kind": code("authority_kind", "bench_warrant")}
    nobody = sign_in(prosecutor).get(url + "77").context["form"].initial
    assert nobody == {"accused": None, "kind": None}
