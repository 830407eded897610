"""An exhibit is amended as it stands, not as the page had it."""

import pytest

from casework import access, roles
from casework.errors import RuleBroken
from casework.models import Case, User
from evidence import custody, exhibits
from evidence.models import Exhibit
from tests.evidence import scenes


@pytest.fixture
def read_before(case: Case, investigator: User, custodian: User) -> Exhibit:
    """The row as a page of the giver had it, before the receiver took the exhibit over."""
    offer = scenes.offer(case, investigator, custodian)
    found = Exhibit.objects.get(pk=offer.exhibit_id)
    custody.acknowledge(
        offer, actor=custodian, place="Shed 2", seal_number=offer.seal_number, count=offer.count
    )
    return found


def test_an_amendment_keeps_who_took_it_over_meanwhile(
    read_before: Exhibit, investigator: User, custodian: User
) -> None:
    exhibits.amend(read_before, description="A tusk, cut", actor=investigator)
    row = Exhibit.objects.get(pk=read_before.pk)
    assert (row.holder, row.storage_place) == (custodian, "Shed 2")
    assert row.description == "A tusk, cut"


def test_it_is_not_hidden_from_whoever_took_it_over_meanwhile(
    case: Case, read_before: Exhibit, investigator: User, custodian: User
) -> None:
    assert not access.can(custodian, case, roles.SENSITIVE)
    with pytest.raises(RuleBroken):
        exhibits.amend(read_before, is_restricted=True, actor=investigator)
