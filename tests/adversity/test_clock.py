"""The clock of the server runs ahead or falls back: the order of a chain is its sequence."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from casework import clock
from casework.models import Case, User
from evidence import custody, sequencer
from evidence.models import Exhibit
from tests.evidence.acts import tusks

JUMPS = [timedelta(days=2), timedelta(0), timedelta(days=-3), timedelta(hours=5), timedelta(0)]


@pytest.fixture
def exhibit(case: Case, investigator: User, settings: Settings, tmp_path: Path) -> Exhibit:
    settings.SIGNING_KEY_FILE = str(tmp_path / "ledger.pem")
    call_command("create_signing_key", stdout=StringIO())
    return tusks(case, investigator)


def act_through_jumps(exhibit: Exhibit, actor: User, settings: Settings) -> None:
    start = timezone.now()
    for number, jump in enumerate(JUMPS):
        with clock.telling(start + jump + timedelta(seconds=number)):
            custody.examine(exhibit, actor=actor, note=f"Look {number}")
            sequencer.run()
            sequencer.publish(Path(settings.HEADS_FILE))


def test_a_chain_through_clock_jumps_is_whole(
    exhibit: Exhibit, investigator: User, settings: Settings
) -> None:
    act_through_jumps(exhibit, investigator, settings)
    chain = custody.chain(exhibit)
    notes = [event.plain.note for event in chain.events[1:]]
    assert notes == [f"Look {number}" for number in range(len(JUMPS))]
    assert chain.is_verified


def test_the_jumps_are_flagged_and_break_nothing(
    exhibit: Exhibit, investigator: User, settings: Settings
) -> None:
    act_through_jumps(exhibit, investigator, settings)
    said = StringIO()
    call_command("verify_custody", stdout=said)
    assert "the clock went back" in said.getvalue()


def test_a_stated_time_before_the_last_event_is_still_refused(
    exhibit: Exhibit, investigator: User
) -> None:
    from casework.errors import RuleBroken

    custody.examine(exhibit, actor=investigator, note="Look")
    long_ago = timezone.now() - timedelta(hours=3)
    with pytest.raises(RuleBroken):
        custody.examine(exhibit, actor=investigator, happened_at=long_ago, note="Earlier")
