"""The pages of the red flags: what each person reads and may do there."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework import access
from casework.models import Case, Indicator, User
from kyc.cargo import bills, consignments
from kyc.models import Consignment, Dismissal, Match, Party, Tick
from kyc.redflags import flag_board, flags
from tests.kyc import scene
from tests.kyc.test_flags import code, dismiss, earlier_case, introduce, stranger

SignIn = Callable[[User], Client]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce-\w+')
__all__ = ["stranger"]


@pytest.fixture
def load(case: Case, investigator: User) -> Consignment:
    scene.seize(case, investigator)
    return Consignment.objects.get(seizure__case=case)


@pytest.fixture
def firm(case: Case, load: Consignment, investigator: User) -> Party:
    return introduce(
        case, "Tamarind <b>Reef</b> Ltd", "shipper", investigator,
        incorporation_date="2026-02-20", phone="+254 712 345678",
    )  # fmt: skip


def test_the_catalogue_is_offered_to_those_who_may_open_it(
    case: Case, load: Consignment, investigator: User, outsider: User, sign_in: SignIn
) -> None:
    access.grant(case, role="viewer", to=outsider, actor=investigator, reason="Reads along")
    catalogue = reverse("kyc:indicator-list")
    for person, status in ((investigator, 200), (outsider, 403)):
        client = sign_in(person)
        assert client.get(catalogue).status_code == status
        assert (catalogue in page(client, "flag-list", case.reference)) == (status == 200)


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"kyc:{name}", args=args) + query)
    assert answer.status_code == 200
    return TOKEN.sub("", answer.content.decode())


def flag_url(name: str, *args: object) -> str:
    return reverse(f"kyc:flag-{name}", args=args)


def test_flags_read_with_evidence_source_and_sum(
    case: Case, firm: Party, investigator: User, sign_in: SignIn
) -> None:
    text = page(sign_in(investigator), "flag-list", case.reference)
    assert "New firm, or its first export" in text
    assert "It was formed on" in text
    assert f"/parties/{firm.pk}/#fact-" in text
    assert "(not verified)" in text
    assert "Red flags weigh" in text
    assert "Could not be judged" in text
    assert "Tamarind &lt;b&gt;Reef" in text


def test_the_page_is_the_same_with_and_without_a_hidden_case(
    case: Case, firm: Party, colleague: User, stranger: User, sign_in: SignIn
) -> None:
    client = sign_in(colleague)
    pages = (("flag-list", case.reference), ("party-flags", firm.pk), ("flag-line", case.reference))
    before = [page(client, *one) for one in pages]
    hidden = earlier_case(stranger, firm)
    dog = Indicator.objects.get(code="C12")
    flags.tick(hidden, dog, note="Dog", party=firm, actor=stranger)
    dismiss(hidden, "P1", stranger) if "P1" in raised(hidden, stranger) else None
    assert Match.objects.filter(case=case).exists()
    assert [page(client, *one) for one in pages] == before


def raised(case: Case, user: User) -> set[str]:
    return {one.indicator.code for one in flag_board.board(case, user).raised}


def test_dismissed_flags_stay_readable_with_reason_and_who(
    case: Case, load: Consignment, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    form = client.get(flag_url("dismiss", case.reference, "R9", f"c{load.pk}"))
    seen = re.search(r'name="seen" value="(\w+)"', form.content.decode())
    assert seen
    answer = client.post(form.request["PATH_INFO"], {"seen": seen[1], "reason": "Usual trade"})
    assert answer.status_code == 302
    text = page(client, "flag-list", case.reference)
    assert "<del>It goes from" in text
    assert "Usual trade" in text
    assert "Dismissed by Sgt Amina Wekesa" in text
    row = Dismissal.objects.get()
    assert client.post(flag_url("restore", case.reference, row.pk)).status_code == 302
    assert "<del>It goes from" not in page(client, "flag-list", case.reference)


def test_a_dismissal_without_a_reason_says_what_to_do(
    case: Case, load: Consignment, investigator: User, sign_in: SignIn
) -> None:
    url = flag_url("dismiss", case.reference, "R9", f"c{load.pk}")
    answer = sign_in(investigator).post(url, {"seen": "0" * 64, "reason": ""})
    assert answer.status_code == 200
    assert not Dismissal.objects.exists()


def test_evidence_that_changed_meanwhile_is_read_again(
    case: Case, load: Consignment, investigator: User, sign_in: SignIn
) -> None:
    url = flag_url("dismiss", case.reference, "R9", f"c{load.pk}")
    answer = sign_in(investigator).post(url, {"seen": "0" * 64, "reason": "Usual"})
    assert "Read it again, then decide" in answer.content.decode()


def test_a_lapsed_dismissal_says_so(
    case: Case, load: Consignment, investigator: User, sign_in: SignIn
) -> None:
    consignments.amend(load, actor=investigator, goods_description="General cargo")
    dismiss(case, "D5", investigator, "The clerk was new")
    bills.add_version(load, number="B1", description_of_goods="Said to contain", actor=investigator)
    text = page(sign_in(investigator), "flag-list", case.reference)
    assert "Stands again: its evidence has changed" in text
    assert "The clerk was new" in text


def test_ticking_and_taking_back(
    case: Case, load: Consignment, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)
    about = {"indicator": "C12", "about": f"c{load.pk}", "note": "Dog Rafiki sat down"}
    assert client.post(flag_url("tick", case.reference), about).status_code == 302
    text = page(client, "flag-list", case.reference)
    assert "Dog Rafiki sat down" in text
    assert "Ticked by a person" in text
    again = client.post(flag_url("tick", case.reference), about)
    assert "Somebody has ticked this already" in again.content.decode()
    url = flag_url("untick", case.reference, Tick.objects.get().pk)
    assert client.post(url, {"reason": "Another container"}).status_code == 302
    assert "Dog Rafiki sat down" not in page(client, "flag-list", case.reference)


@pytest.mark.parametrize("about", ["c999999", "p999999", "cx", "x", "c"])
def test_what_is_not_of_this_case_cannot_be_ticked_or_shown(
    case: Case, load: Consignment, investigator: User, sign_in: SignIn, about: str
) -> None:
    client = sign_in(investigator)
    data = {"indicator": "C12", "about": about, "note": "x"}
    assert client.post(flag_url("tick", case.reference), data).status_code == 200
    assert not Tick.objects.exists()
    assert client.get(flag_url("list", case.reference), {"about": about}).status_code == 404


def test_readers_read_and_do_not_act(
    case: Case, load: Consignment, prosecutor: User, sign_in: SignIn
) -> None:
    client = sign_in(prosecutor)
    text = page(client, "flag-list", case.reference)
    assert "Tick a flag" not in text
    assert "/flags/R9/" not in text
    assert client.get(flag_url("tick", case.reference)).status_code == 403


def test_strangers_find_nothing(
    case: Case, load: Consignment, outsider: User, sign_in: SignIn
) -> None:
    client = sign_in(outsider)
    assert client.get(flag_url("list", case.reference)).status_code == 404
    assert client.get(reverse("kyc:indicator-list")).status_code == 403


def test_one_load_or_party_by_itself(
    case: Case, firm: Party, investigator: User, sign_in: SignIn
) -> None:
    text = page(sign_in(investigator), "flag-list", case.reference, query=f"?about=p{firm.pk}")
    assert "New firm" in text
    assert "Goods that have covered wildlife before" not in text


def test_the_catalogue_reads_with_source_and_weight(
    auditor: User, case: Case, sign_in: SignIn
) -> None:
    Indicator.objects.filter(code="C1").update(valid_to=date(2030, 1, 1))
    text = page(sign_in(auditor), "indicator-list")
    assert "Seal cloned, or its number used again" in text
    assert "Kenya seaports report 2020" in text
    assert "In force until 1 Jan 2030" in text.replace("\xa0", " ")
    assert "/reference/" not in text


def test_more_parties_papers_and_cases_ask_no_more(
    case: Case, firm: Party, load: Consignment, investigator: User, sign_in: SignIn
) -> None:
    client = sign_in(investigator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, "flag-list", case.reference)
        return len(asked)

    def more(first: int, last: int) -> None:
        for n in range(first, last):
            made = introduce(
                case, f"Firm {n}", "notify", investigator, phone="0712 345678",
                email=f"f{n}@post.example", address=f"P.O. Box {n}",
            )  # fmt: skip
            earlier_case(investigator, made)
            bills.add_version(load, number="B1", actor=investigator, consignee=f"C {n}")
            source = code("seal_source", "CUS")
            consignments.add_seal(load, number=f"CU {n:06}", source=source, actor=investigator)
            dog = Indicator.objects.get(code="C12")
            flags.tick(case, dog, note="x", party=made, actor=investigator)

    more(0, 2)
    queries()  # the first page of a process asks what later ones keep
    few = queries()
    more(2, 8)
    assert queries() == few
