"""What to look at before a dossier is signed: the alarms of the case, with where each is mended."""

from casework import access
from casework.models import Case, Proceeding
from evidence.lacks import address
from evidence.papers import alarms as papers
from evidence.proof import alarms
from evidence.proof.alarms import Alarm

TRIALS = (Proceeding.Kind.TRIAL, Proceeding.Kind.RETRIAL)
MOST_TRIALS = 3


def of(case: Case, user: access.Reader) -> list[Alarm]:
    """Of the newest trials, the gravest first; and counts that an expert contradicts."""
    trials = case.proceedings.filter(kind__in=TRIALS).select_related("court")
    newest = list(trials.order_by("-opened_on", "-pk")[:MOST_TRIALS])
    for trial in newest:
        trial.case = case
    found = [alarm for trial in newest for alarm in alarms.of_proceeding(trial, user)]
    if newest and "contradicted" not in {alarm.code for alarm in found}:
        found = [*_contradicted(case, user), *found]
    return found


def _contradicted(case: Case, user: access.Reader) -> list[Alarm]:
    _title, why, verb, page = alarms.WORDS["contradicted"]
    return [
        Alarm(
            "contradicted", one.mark, one.sentence, str(why),
            address(page, case.reference), str(verb), "",
        )
        for one in papers.of(case, user)
        if one.is_alarm
    ]  # fmt: skip
