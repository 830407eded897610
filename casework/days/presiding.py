"""Another magistrate takes a file over: the change, its cause, whether the trial starts again."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, audit, clock, roles, signals, stages
from casework.errors import RuleBroken
from casework.models import Code, Hearing, PresidingChange, Proceeding, User


@transaction.atomic
def change(
    proceeding: Proceeding,
    *,
    after: str,
    changed_on: date,
    cause: Code,
    actor: User,
    is_heard_anew: bool = False,
    note: str = "",
) -> PresidingChange:
    """Who hears it now; hearings to come are before the new one, too."""
    case = proceeding.case
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    proceeding.refresh_from_db(fields=["presiding"])
    before, after = proceeding.presiding, " ".join(after.split())
    if after and after.casefold() == before.casefold():
        raise RuleBroken(_("The file is before them already."), field="after")
    stages.check_day(
        changed_on, field="changed_on", after=proceeding.opened_on,
        after_what=_("the opening of the court file"),
    )  # fmt: skip
    row = PresidingChange(
        proceeding=proceeding, before=before, after=after, changed_on=changed_on, cause=cause,
        is_heard_anew=is_heard_anew, note=note, recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    row.full_clean(exclude=["recorded_by"])
    row.save()
    _follow(proceeding, before, after, changed_on, actor)
    audit.record(
        "presiding.change", actor=actor, case=case, subject=row, before=before, after=after,
        is_heard_anew=is_heard_anew,
    )  # fmt: skip
    return row


def _follow(proceeding: Proceeding, before: str, after: str, day: date, actor: User) -> None:
    proceeding.presiding = after
    audit.sign(proceeding, actor)
    proceeding.save()
    signals.changed.send(sender=Proceeding, instance=proceeding)
    ahead = proceeding.hearings.filter(
        state=Hearing.State.LISTED, starts_at__date__gte=day, presiding=before
    )
    for hearing in ahead:
        hearing.presiding = after
        audit.sign(hearing, actor)
        hearing.save()
        signals.changed.send(sender=Hearing, instance=hearing)
