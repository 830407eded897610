"""Twenty verdicts on one charge at once, and twenty court files under one number. A program."""

import json
import sys

from tests.race import HANDS, race, start


def main() -> None:
    start()
    play()


def play() -> None:
    from casework import people
    from casework.models import Case, Proceeding
    from tests.casework import court_stories as stories

    agency = people.create_agency(
        code="VR", name="Verdict Race Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="VRU", name="Race unit", actor=None)
    hands = [
        people.create_person(
            username=f"racing-{position}",
            password="tusk-river-lantern-42",
            name=position.title(),
            position=position,
            agency=agency,
            unit=unit,
            actor=None,
        )
        for position in ("investigator", "prosecutor")
    ]
    pair = stories.Pair(*hands)
    (charge,) = stories.charged(pair)
    verdicts = race(lambda: stories.decide({charge: "acquitted"}, pair))
    waiting = [stories.accepted(stories.seized(pair), pair) for _n in range(HANDS)]

    def open_next() -> Proceeding:
        case: Case = waiting.pop()
        return stories.opened(case, pair, number="CR 1/RACE")

    openings = race(open_next)
    score = {
        "verdicts": verdicts,
        "outcomes": charge.outcomes.count(),
        "openings": openings,
        "numbered": Proceeding.objects.filter(number="CR 1/RACE").count(),
    }
    sys.stdout.write(json.dumps(score))


if __name__ == "__main__":
    main()
