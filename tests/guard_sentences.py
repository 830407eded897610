"""For the guard of pages: a charge that is decided and sentenced, an order, a query to answer."""

from typing import Any

from casework import clock, outcomes
from casework.models import Accused, Case, Submission, SubmissionQuery
from casework.sentencing import bail, custody, events, orders
from tests.casework import court_stories as court


def of_the_sentences(case: Case, accused: Accused, pair: court.Pair) -> dict[str, Any]:
    """A second court file of the same accused."""
    today, actor = clock.today(), pair.prosecutor
    query = SubmissionQuery.objects.create(
        submission=Submission.objects.filter(case=case).earliest("pk"), number=1, question="Why?"
    )
    trial = court.opened(case, pair, number="CR 2", day=today)
    charge = court.count_in(trial, [accused], pair)[0]
    court.file_sheet(trial, pair, day=today)
    court.plead([charge], pair, plea="guilty", day=today)
    (outcome,) = court.decide({charge: "convicted_plea"}, pair, day=today)
    passed = outcomes.sentence(outcome, actor=actor, fine=2_000_000, default_days=365)
    denied, forfeited = court.code("bail", "denied"), court.code("court_order", "forfeiture")
    return {
        "query": query.pk,
        "sentenced": charge.pk,
        "sentence_event": events.record(
            passed, kind="paid", happened_on=today, amount=5, actor=actor
        ).pk,
        "bail": bail.decide(
            trial, accused=accused, decision=denied, decided_on=today, actor=actor
        ).pk,
        "order": orders.make(
            trial, kind=forfeited, made_on=today, things=["A lorry"], actor=actor
        ).pk,
        "accused_event": custody.record(
            accused, kind="remanded", happened_on=today, actor=actor
        ).pk,
    }
