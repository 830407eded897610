"""How many acts wait for one person, as the header of every page says.

Two queries. The first asks for which kinds there can be any: to write and plan the longer question
for all of them took half of a page's time, and for most people most kinds are missing.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet, Value

from casework import access, clock
from casework.models import (
    Case,
    CaseUserGrant,
    Count,
    Deadline,
    Hearing,
    Submission,
    Summons,
    User,
)
from evidence import answers, waiting, waiting_signatures
from evidence.acts import handouts
from evidence.duties import waiting_duties, waiting_summonses
from evidence.models import CustodyEvent, Dossier, DossierSignature, HandOut
from kyc.models import Match
from kyc.ties import matches

Rows = Callable[[User], QuerySet[Any]]


def _events(**fields: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = CustodyEvent.objects.filter(**fields)
    return rows


def _handouts(user: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = HandOut.objects.filter(event__from_user=user)
    return rows


# A kind of act, and before it rows without which there is none of it, asked of nobody's rights.
KINDS: dict[str, tuple[Rows, Rows]] = {
    "offer": (
        lambda user: _events(kind=CustodyEvent.Kind.OFFERED, to_user=user, answer__isnull=True),
        waiting.offers_to,
    ),
    "proposal": (
        lambda user: _events(kind=CustodyEvent.Kind.PROPOSED, to_user=user, answer__isnull=True),
        answers.proposals_to,
    ),
    "refusal": (
        lambda user: _events(kind=CustodyEvent.Kind.REFUSED, from_user=user),
        answers.refusals_to,
    ),
    "missing": (
        lambda user: _events(kind=CustodyEvent.Kind.LOST).filter(answers.answers_for_missing(user)),
        answers.missing_to,
    ),
    "overdue": (
        lambda user: _handouts(user).filter(expected_back_on__lt=clock.today()),
        handouts.overdue_of,
    ),
    "paper": (lambda user: _handouts(user).filter(is_signed_on_paper=True), handouts.without_paper),
    "submission": (
        lambda user: Submission.objects.filter(
            prosecutor=user, decision=Submission.Decision.WAITING
        ),
        waiting.submissions_to,
    ),
    "hearing": (
        lambda user: Hearing.objects.filter(
            waiting.answers_for(user), state=Hearing.State.LISTED, starts_at__lt=clock.now()
        ),
        waiting.hearings_of,
    ),
    "returned": (
        lambda user: Case.objects.filter(lead_officer=user, status=Case.Status.RETURNED),
        waiting.returned_to,
    ),
    "alarm": (
        lambda user: Count.objects.filter(
            charge_sheet__proceeding__prosecutor=user, taxon__isnull=False
        ),
        waiting.alarms_to,
    ),
    "emergency": (
        lambda user: CaseUserGrant.objects.live().filter(is_break_glass=True),
        access.emergencies,
    ),
    "match": (lambda user: Match.objects.filter(seen_at=None), matches.waiting),
    "deadline": (
        lambda user: Deadline.objects.filter(assigned_to=user, done_on__isnull=True),
        waiting_duties.given_to,
    ),
    "signature": (
        lambda user: DossierSignature.objects.filter(
            signer=user, signed_at__isnull=True, dossier__state=Dossier.State.BUILT
        ),
        waiting_signatures.to_sign,
    ),
    "summons": (
        lambda user: Summons.objects.filter(
            state=Summons.State.ISSUED, hearing__proceeding__case__lead_officer=user
        ),
        waiting_summonses.to_serve,
    ),
}


def number(user: User) -> int:
    """A batch of handovers is one act."""
    some = [_marked(KINDS[kind][1](user), kind) for kind in _possible(user)]
    if not some:
        return 0
    kinds = [kind for (kind,) in some[0].union(*some[1:], all=True)]
    handed = kinds.count("offer")
    return len(kinds) - (handed - 1 if handed >= waiting.A_BATCH else 0)


def _possible(user: User) -> list[str]:
    asked = {f"has_{kind}": Exists(rows(user)) for kind, (rows, _) in KINDS.items()}
    found = User.objects.filter(pk=user.pk).order_by().annotate(**asked).values(*asked).first()
    return [kind for kind in KINDS if found and found[f"has_{kind}"]]


def _marked(rows: QuerySet[Any], kind: str) -> QuerySet[Any, Any]:
    marked: QuerySet[Any, Any] = rows.order_by().annotate(kind_of_act=Value(kind))
    return marked.values_list("kind_of_act")
