"""Two people give access to one case at once on PostgreSQL: who comes second sees the first."""

import pytest

from casework import access, people
from casework.models import Agency, AuditEntry, Case, CaseUserGrant, User
from tests.race import meanwhile, needs_postgresql

pytestmark = [
    pytest.mark.postgres,
    needs_postgresql,
    pytest.mark.django_db(transaction=True),
]
CALLED_IN = "Called in from the night shift"


def test_an_emergency_does_not_end_what_the_lead_gives_at_that_moment(
    case: Case, customs: Agency, investigator: User
) -> None:
    chief = people.create_person(
        username="chief", password="lantern-river-9", name="Ruth Achieng", position="manager",
        agency=customs, actor=None,
    )  # fmt: skip

    def give() -> None:
        access.grant(case, role="viewer", to=chief, actor=investigator, reason=CALLED_IN)

    def open_in_an_emergency() -> None:
        access.break_glass(case.reference, actor=chief, reason="The lead cannot be reached")

    assert meanwhile(give, open_in_an_emergency) == "done"
    (kept,) = CaseUserGrant.objects.filter(user=chief)
    assert (kept.reason, kept.expires_at, kept.is_break_glass) == (CALLED_IN, None, False)
    assert not AuditEntry.objects.filter(action="access.break_glass").exists()
