"""Fifty handovers of one exhibit at once, then fifty samplings; the score goes to stdout.

A program.
"""

import json
import sys
from itertools import count
from typing import Any

from tests.race import race, start

HANDS = 50


def main() -> None:
    start()
    from django.core.management import call_command

    call_command("create_signing_key", stdout=sys.stderr)
    play()
    call_command("verify_custody", stdout=sys.stderr)


def play() -> None:
    from casework import access, cases, people
    from casework.models import Code
    from evidence import custody, exhibits

    agency = people.create_agency(
        code="RC", name="Race Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="RCU", name="Race unit", actor=None)
    giver, taker = (
        people.create_person(
            username=name,
            password="tusk-river-lantern-42",
            name=name,
            position="investigator",
            agency=agency,
            unit=unit,
            actor=None,
        )
        for name in ("giver", "taker")
    )
    case = cases.open_case(title="Race", tier="port", actor=giver)
    access.grant(case, role="custodian", to=taker, actor=giver, reason="Race")
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    weighed: dict[str, Any] = {"weight_mg": 4_000_000, "scale": "ES-04"}
    thing = exhibits.Thing(kind=kind, description="Tusks", seal_number="S1", **weighed)
    exhibit = exhibits.register(case, thing, actor=giver)
    offers = race(lambda: custody.offer(exhibit, to=taker, actor=giver), HANDS)
    offer = exhibit.custody.get(kind="offered")
    taken = race(lambda: custody.acknowledge(offer, seal_number="S1", actor=taker), HANDS)
    numbers = count(1)

    def sample() -> None:
        """Each has seen the whole, as nobody had taken anything yet."""
        label = f"{exhibit.label}-S{next(numbers)}"
        part = exhibits.Thing(
            kind=kind, description="Shavings", label=label, weight_mg=100_000, scale="ES-04"
        )
        exhibits.take_sample(exhibit, part, weight_mg=3_900_000, actor=taker)

    samples = race(sample, HANDS)
    chain = custody.chain(exhibit)
    score = {"offers": offers, "taken": taken, "samples": samples, "events": len(chain.events)}
    sys.stdout.write(json.dumps(score | {"verified": chain.is_verified}))


if __name__ == "__main__":
    main()
