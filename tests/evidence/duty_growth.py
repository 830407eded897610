"""One more of everything that is due, and of what a court did, in a case on trial."""

from datetime import timedelta
from typing import Any

from casework import clock
from casework.duties import assistance, authorities, deadlines
from casework.models import AccusedEvent, Proceeding, User
from casework.witnesses import witnesses
from evidence.in_court import holds, marks
from evidence.models import Exhibit
from tests.casework.court_stories import code


def add(trial: Proceeding, exhibit: Exhibit, accused: Any, actor: User, number: int) -> None:
    case, today = trial.case, clock.today()
    soon = today + timedelta(days=number % 9)
    deadlines.add(case, title=f"Call {number}", due_on=soon, assigned_to=actor, actor=actor)
    done = deadlines.add(case, title=f"Called {number}", due_on=soon, actor=actor)
    deadlines.done(done, done_on=today, actor=actor)
    warrant = code("authority_kind", "search_warrant")
    authorities.add(case, kind=warrant, issued_on=today, valid_until=soon, actor=actor)
    asked = assistance.draft(
        case, country="TH", partner=f"Office {number}", what="Scans", due_on=soon,
        form=code("evidence_form", "affidavit"), actor=actor,
    )  # fmt: skip
    assistance.step(asked, state="sent", happened_on=today, actor=actor)
    for kind in ("arrested", "remanded"):
        AccusedEvent.objects.create(
            accused=accused, kind=kind, happened_on=today - timedelta(days=number),
            recorded_by=actor,
        )  # fmt: skip
    witness = witnesses.add(case, name=f"Porter {number}", actor=actor)
    for kind in ("produced", "admitted"):
        marks.record(
            exhibit, proceeding=trial, kind=kind, happened_on=today, actor=actor,
            court_number=f"P{number}", witness=witness,
        )  # fmt: skip
    holds.place(exhibit, case=case, reason="Compared", actor=actor)
