"""Two people write the same thing at once on PostgreSQL: who comes second is told of the first."""

import pytest

from casework import access, clock
from casework.models import Case, CaseUserGrant, User
from evidence.models import LaboratoryReceipt, LaboratoryReport, LaboratoryRequest
from evidence.papers import laboratory
from evidence.papers.laboratory import Found, Packed
from tests.evidence import scenes
from tests.race import meanwhile, needs_postgresql

pytestmark = [pytest.mark.postgres, needs_postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def memo(case: Case, investigator: User) -> LaboratoryRequest:
    to = laboratory.laboratory(name="Invented Laboratory", actor=investigator)
    tusk = scenes.exhibit(case, investigator)
    return laboratory.send(
        case, to=to, question="Which species?", items=[Packed(tusk)], sent_by="Sgt Wekesa",
        carried_by="Cpl Barasa", sent_on=clock.today(), actor=investigator,
    )  # fmt: skip


def test_two_reports_on_one_memo_do_not_both_stand(
    memo: LaboratoryRequest, investigator: User
) -> None:
    def report(species: str) -> None:
        laboratory.report(
            memo, expert="Dr Rono", reported_on=clock.today(), actor=investigator,
            findings=[Found(memo.items.get(), species)],
        )  # fmt: skip

    second = meanwhile(
        lambda: report("Loxodonta africana"), lambda: report("Hippopotamus amphibius")
    )
    assert second == "rule-broken", "it was not asked why it takes the place of the first"
    assert LaboratoryReport.objects.standing().count() == 1


def test_two_receipts_of_one_memo_do_not_both_stand(
    memo: LaboratoryRequest, investigator: User
) -> None:
    def receive(by: str) -> None:
        laboratory.receive(
            memo, received_by=by, received_on=clock.today(), is_intact=True, actor=investigator
        )

    second = meanwhile(lambda: receive("Dr Rono"), lambda: receive("Mr Kilonzi"))
    assert second == "rule-broken"
    assert LaboratoryReceipt.objects.standing().count() == 1


def test_two_leads_do_not_take_each_other_off_a_case(
    case: Case, investigator: User, colleague: User
) -> None:
    access.grant(case, role="lead", to=colleague, actor=investigator, reason="Leads it, too")
    leads = CaseUserGrant.objects.filter(content_object=case, permission__codename="lead")
    first, last = leads.get(user=investigator), leads.get(user=colleague)
    second = meanwhile(
        lambda: access.revoke(first, actor=colleague, reason="Moved"),
        lambda: access.revoke(last, actor=investigator, reason="Moved"),
    )
    assert second == "rule-broken"
    assert leads.get() == last
