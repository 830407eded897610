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
