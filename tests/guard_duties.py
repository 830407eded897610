"""What the addresses of deadlines, warrants, assistance and of exhibits in court name."""

from datetime import date, timedelta
from typing import Any

from casework.duties import assistance, authorities, deadlines
from casework.duties.deadlines import Key
from casework.models import Accused, Case, Code, User


def of_the_duties(case: Case, accused: Accused, actor: User) -> dict[str, Any]:
    """A deadline, a warrant, a request, and a period of the law that an arrest began."""
    today = date.today()  # noqa: DTZ011
    accused.arrested_on = today
    accused.save()
    kind = Code.objects.filter(kind="authority_kind").earliest("position")
    form = Code.objects.filter(kind="evidence_form").earliest("position")
    soon = today + timedelta(days=3)
    warrant = authorities.add(case, kind=kind, issued_on=today, valid_until=soon, actor=actor)
    asked = assistance.draft(
        case, country="TH", partner="Attorney General", what="Scans", form=form, due_on=soon,
        actor=actor,
    )  # fmt: skip
    return {
        "deadline": deadlines.add(case, title="Call the expert", due_on=soon, actor=actor).pk,
        "authority": warrant.pk,
        "assistance": asked.pk,
        "period": str(Key("arraignment", today, accused.pk)),
    }


def of_the_exhibits(case: Case, actor: User) -> dict[str, Any]:
    """The exhibit of the scene as the court marked it, and a hold on it."""
    from evidence.in_court import holds, marks
    from evidence.models import CustodyEvent

    offered = CustodyEvent.objects.filter(exhibit__case=case, kind="offered").earliest("pk")
    trial = case.proceedings.earliest("pk")
    today = date.today()  # noqa: DTZ011
    mark = marks.record(
        offered.exhibit, proceeding=trial, kind="marked", happened_on=today, court_number="MFI 1",
        actor=actor,
    )  # fmt: skip
    kept = holds.place(offered.exhibit, case=case, reason="The seal is compared", actor=actor)
    return {"court_mark": mark.pk, "hold": kept.pk}
