"""Twenty payments of one fine at once, twenty corrections of one row, twenty decisions on one
file. A program."""

import json
import sys

from tests.race import race, start


def main() -> None:
    start()
    play()


def play() -> None:
    from casework import outcomes, people, submissions
    from casework.sentencing import custody, events
    from tests.casework import court_stories as stories

    agency = people.create_agency(
        code="SR", name="Sentence Race Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="SRU", name="Race unit", actor=None)
    hands = [
        people.create_person(
            username=f"paying-{position}", password="tusk-river-lantern-42", name=position.title(),
            position=position, agency=agency, unit=unit, actor=None,
        )
        for position in ("investigator", "prosecutor")
    ]  # fmt: skip
    pair = stories.Pair(*hands)
    actor = pair.prosecutor
    (charge,) = stories.charged(pair)
    stories.plead([charge], pair, plea="guilty")
    (outcome,) = stories.decide({charge: "convicted_plea"}, pair)
    sentence = outcomes.sentence(outcome, fine=100, default_days=30, actor=actor)
    day = stories.DECIDED
    row = custody.record(charge.accused, kind="arrested", happened_on=day, actor=actor)
    sent = submissions.submit(stories.seized(pair), to=actor, actor=pair.investigator)
    score = {
        "payments": race(
            lambda: events.record(sentence, kind="paid", happened_on=day, amount=100, actor=actor)
        ),
        "corrections": race(
            lambda: custody.correct(row, why="Misread", place="Gate 9", actor=actor)
        ),
        "decisions": race(
            lambda: submissions.decide(sent, decision="returned", queries=["Why?"], actor=actor)
        ),
        "paid": len(events.of_charge(charge)),
        "standing": charge.accused.events.standing().count(),
        "queries": sent.queries.count(),
    }
    sys.stdout.write(json.dumps(score))


if __name__ == "__main__":
    main()
