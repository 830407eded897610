"""Where a file comes from: appended, corrected by new rows, and in the order it happened."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casework.errors import Conflict, NotAllowed, RuleBroken
from casework.models import AuditEntry, Case, User
from evidence import files
from evidence.filestore import acquisitions, copies, derivations
from evidence.filestore.acquisitions import Statement
from evidence.filestore.copies import Copy
from evidence.models import Acquisition, Attachment, CopyHop
from tests.evidence.pictures import jpeg, upload

TAKEN = datetime(2026, 3, 14, 5, 40, tzinfo=UTC)


@pytest.fixture
def photo(case: Case, investigator: User) -> Attachment:
    return files.attach(case, upload=upload(jpeg()), kind="photograph", actor=investigator)


def copy(**fields: Any) -> Copy:
    values = {
        "from_medium": "Telephone",
        "to_medium": "Laptop of the unit",
        "person": "Sgt Amina Wekesa",
        "happened_at": TAKEN + timedelta(hours=1),
        **fields,
    }
    return Copy(**values)


def statement(**fields: Any) -> Statement:
    values = {
        "method": "camera",
        "device_make": "Example",
        "device_model": "M 5",
        "device_serial": "350000000000001",
        "person": "Sgt Amina Wekesa",
        "acquired_at": TAKEN,
        "time_zone": "Africa/Nairobi",
        **fields,
    }
    return Statement(**values)


def test_every_hop_has_its_device_and_its_person(photo: Attachment, investigator: User) -> None:
    copies.record(
        photo,
        copy(from_medium="Laptop", happened_at=TAKEN + timedelta(days=1)),
        actor=investigator,
    )
    copies.record(photo, copy(device="Cable reader"), actor=investigator)
    acquisitions.acquire(photo, statement(), actor=investigator)
    hops = acquisitions.hops(photo)
    assert [hop.step for hop in hops] == ["acquired", "copied", "copied", "taken in"]
    assert [hop.device for hop in hops] == ["Example M 5", "Cable reader", "", "Casework"]
    assert all(hop.person for hop in hops)
    assert hops[-1].digest_after == photo.file.digest


def test_a_new_statement_stands_and_the_old_one_is_kept(
    photo: Attachment, investigator: User
) -> None:
    first = acquisitions.acquire(photo, statement(device_serial="1"), actor=investigator)
    second = acquisitions.acquire(photo, statement(device_serial="2"), actor=investigator)
    assert acquisitions.of(photo) == second
    assert second.supersedes == first
    assert Acquisition.objects.count() == 2


def test_a_wrong_copy_is_followed_by_a_right_one_and_both_stay(
    photo: Attachment, investigator: User
) -> None:
    wrong = copies.record(photo, copy(person="Nobody"), actor=investigator)
    right = copies.correct(wrong, copy(), actor=investigator)
    assert [hop.person for hop in acquisitions.hops(photo) if hop.is_copy] == ["Sgt Amina Wekesa"]
    assert right.position == wrong.position
    with pytest.raises(Conflict):
        copies.correct(wrong, copy(), actor=investigator)
    assert CopyHop.objects.count() == 2


def test_a_copy_that_was_never_made_is_taken_back_with_a_reason(
    photo: Attachment, investigator: User
) -> None:
    made = copies.record(photo, copy(), actor=investigator)
    with pytest.raises(RuleBroken, match="why"):
        copies.withdraw(made, reason=" ", actor=investigator)
    copies.withdraw(made, reason="Recorded for another file", actor=investigator)
    assert [hop.step for hop in acquisitions.hops(photo)] == ["taken in"]


def test_the_database_refuses_to_change_a_copy(photo: Attachment, investigator: User) -> None:
    copies.record(photo, copy(), actor=investigator)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_copyhop SET person = 'Another'")


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
def test_the_tools_digest_is_compared_with_the_bytes(
    name: str, photo: Attachment, investigator: User
) -> None:
    ours = hashlib.new(name, files.path_of(photo.file.digest).read_bytes()).hexdigest()
    same = acquisitions.acquire(photo, statement(source_digest=ours.upper()), actor=investigator)
    assert (same.source_digest, same.digest_agrees) == (ours, True)
    other = statement(source_digest="0" * len(ours))
    assert acquisitions.acquire(photo, other, actor=investigator).digest_agrees is False


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source_digest": "12 34"}, "no digest"),
        ({"source_digest": "z" * 32}, "no digest"),
        ({"time_zone": "Atlantis/Port"}, "No such time zone"),
        ({"acquired_at": timezone.now() + timedelta(days=2)}, "future"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(
    fields: dict[str, Any], said: str, photo: Attachment, investigator: User
) -> None:
    with pytest.raises(RuleBroken, match=said):
        acquisitions.acquire(photo, statement(**fields), actor=investigator)
    assert not Acquisition.objects.exists()


def test_a_derived_file_names_its_original_and_not_the_other_way_round(
    case: Case, photo: Attachment, investigator: User
) -> None:
    redacted = files.attach(case, upload=upload(jpeg(8, 8)), kind="photograph", actor=investigator)
    derivations.derive(
        redacted, original=photo, kind="redacted", person="Grace Odera", actor=investigator
    )
    made = derivations.origin(redacted)
    assert made is not None
    assert made.original == photo
    assert derivations.origin(photo) is None
    with pytest.raises(RuleBroken, match="made of this one"):
        derivations.derive(photo, original=redacted, kind="extract", person="X", actor=investigator)
    with pytest.raises(RuleBroken, match="itself"):
        derivations.derive(photo, original=photo, kind="extract", person="X", actor=investigator)


def test_who_may_not_attach_states_nothing(photo: Attachment, prosecutor: User) -> None:
    with pytest.raises(NotAllowed):
        acquisitions.acquire(photo, statement(), actor=prosecutor)
    with pytest.raises(NotAllowed):
        copies.record(photo, copy(), actor=prosecutor)
    assert not AuditEntry.objects.filter(action__in=["file.acquire", "file.copy"]).exists()
