"""What the timeline says of witnesses and days in court: statements, admissions, summonses,
another magistrate."""

from django.utils.translation import gettext as _

from casework.days import summons_words
from casework.models import Admission, PresidingChange, Statement, Summons
from evidence.lacks import address
from evidence.timeline.moment import Moment


def statement(row: Statement) -> Moment:
    person = str(row.witness or row.accused)
    word = _("Statement translated.") if row.translation_of_id else _("Statement taken.")
    by = _("Taken by %(name)s") % {"name": row.taken_by} if row.taken_by else ""
    by = _("Translated by %(name)s") % {"name": row.translator} if row.translator else by
    return Moment(
        row.taken_on, word, (person,), row.language, ", ".join(filter(None, (by, row.place))),
        "full" if row.is_signed or row.translation_of_id else "half",
        url=address("evidence:statement", row.case.reference, row.pk),
    )  # fmt: skip


def admission(row: Admission) -> Moment:
    return Moment(
        row.made_on, _("Admitted."), (str(row.accused),), row.what, row.get_kind_display(),
        joint=": ",
    )  # fmt: skip


def summons(row: Summons) -> Moment:
    mark, word = summons_words.read(row)
    by = _("Served by %(name)s") % {"name": row.served_by} if row.served_by else ""
    return Moment(
        row.issued_on, f"{row.get_kind_display()}.", (str(row.witness),), word,
        ". ".join(filter(None, (by, row.note))), mark, joint=": ",
        url=address("evidence:hearing", row.hearing.proceeding.case.reference, row.hearing_id),
    )  # fmt: skip


def presiding(row: PresidingChange) -> Moment:
    anew = _("The trial starts again") if row.is_heard_anew else ""
    by = _("Before it was %(name)s") % {"name": row.before} if row.before else ""
    return Moment(
        row.changed_on, _("Another magistrate."), (row.after,), anew,
        ", ".join(filter(None, (str(row.cause), by))), "half" if row.is_heard_anew else "full",
    )  # fmt: skip
