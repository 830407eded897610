"""Who may read a case, and that `can` and `visible_to` never disagree."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from casework import access, people, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, CaseUserGrant, User


def test_a_new_case_is_seen_by_recorder_unit_and_auditors_only(
    case: Case, investigator: User, colleague: User, auditor: User, outsider: User, manager: User
) -> None:
    for person in (investigator, colleague, auditor, manager):
        assert access.get_case(person, case.reference) == case
    with pytest.raises(Http404):
        access.get_case(outsider, case.reference)


def test_a_reader_without_the_action_is_told_so(case: Case, auditor: User) -> None:
    with pytest.raises(NotAllowed):
        access.get_case(auditor, case.reference, roles.EDIT)


def test_an_expired_grant_shows_nothing(case: Case, outsider: User, investigator: User) -> None:
    row = access.grant(
        case,
        role="viewer",
        to=outsider,
        actor=investigator,
        reason="Joint team",
        expires_at=timezone.now() + timedelta(days=1),
    )
    assert access.can(outsider, case, roles.VIEW)
    CaseUserGrant.objects.filter(pk=row.pk).update(expires_at=timezone.now())
    assert not access.can(outsider, case, roles.VIEW)
    assert case not in Case.objects.visible_to(outsider)


def test_a_deactivated_person_sees_nothing(case: Case, colleague: User, investigator: User) -> None:
    people.deactivate(colleague, actor=investigator, reason="Left the service")
    assert not Case.objects.visible_to(colleague).exists()
    assert access.actions(colleague, case) == frozenset()


def test_a_superuser_sees_nothing_silently(case: Case, outsider: User) -> None:
    outsider.is_superuser = outsider.is_staff = True
    outsider.save()
    assert not Case.objects.visible_to(outsider).exists()
    assert not access.holds(outsider, roles.VIEW_REGISTER)


def test_revoking_is_audited_and_a_case_keeps_a_lead(
    case: Case, investigator: User, prosecutor: User
) -> None:
    lead = case.user_grants.get(user=investigator)
    with pytest.raises(RuleBroken, match="needs a lead"):
        access.revoke(lead, actor=investigator, reason="Mistake")
    access.revoke(case.user_grants.get(user=prosecutor), actor=investigator, reason="Left")
    assert not access.can(prosecutor, case, roles.VIEW)
    assert AuditEntry.objects.filter(action="access.revoke", case=case).count() == 1
