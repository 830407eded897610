"""Twenty hands at one exhibit, each a thread with its own connection; the score goes to stdout.

A program of its own: an in-memory SQLite has no second connection, so it needs a database on disk.
"""

import json
import os
import sys
from collections.abc import Callable
from threading import Barrier, Thread

import django

HANDS = 20


def race(act: Callable[[], object]) -> list[str]:
    """What became of each of twenty simultaneous attempts."""
    from django.db import connection

    from casework.errors import DomainError

    start, outcomes = Barrier(HANDS), []

    def attempt() -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except DomainError as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    hands = [Thread(target=attempt) for _ in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return sorted(outcomes)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casework.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
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
    thing = exhibits.Thing(kind=kind, description="Tusks", seal_number="S1")
    exhibit = exhibits.register(case, thing, actor=giver)
    offers = race(lambda: custody.offer(exhibit, to=taker, actor=giver))
    offer = exhibit.custody.get(kind="offered")
    taken = race(lambda: custody.acknowledge(offer, seal_number="S1", actor=taker))
    chain = custody.chain(exhibit)
    score = {"offers": offers, "taken": taken, "events": len(chain.events)}
    sys.stdout.write(json.dumps(score | {"verified": chain.is_verified}))


if __name__ == "__main__":
    main()
