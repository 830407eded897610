"""One dossier signed by eight requests of one person at once, and by processes that are killed.

A program of its own. The score goes to stdout.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from tests.race import race, start

HANDS = 8
# Where it dies: the new files half done, whole but not recorded, recorded beside the old ones.
KILLED_IN = ("beginning", "take_over", "remove")


def main() -> None:
    start()
    from django.core.management import call_command
    from django.db import connection

    from evidence.models import Dossier
    from search.demo import certificates
    from tests.evidence import signing_scenes as scenes

    call_command("create_signing_key", stdout=sys.stderr)
    dossier, people = _built()
    root = certificates.root()
    mine = scenes.credentials(people[0].name, root)
    told = {place: _killed(dossier, mine, people[0], place) for place in KILLED_IN[:2]}
    outcomes = race(lambda: _sign(dossier, mine, people[0]), HANDS)
    told["race"] = _state(dossier)
    theirs = scenes.credentials(people[1].name, root)
    told["remove"] = _killed(dossier, theirs, people[1], "remove")
    connection.close()
    _finish(dossier)
    found = Dossier.objects.get(pk=dossier.pk)
    score = {"outcomes": outcomes, "told": told, "state": found.state, "end": _state(dossier)}
    sys.stdout.write(json.dumps(score | {"verified": _verified(found)}))


def _built() -> tuple[Any, list[Any]]:
    from casework import access, cases, people
    from casework.models import Code
    from evidence import exhibits
    from tests.evidence import signing_scenes as scenes

    agency = people.create_agency(
        code="RC", name="Race Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="RCU", name="Race unit", actor=None)
    found = [
        people.create_person(
            username=name.replace(" ", "-"), password="tusk-river-lantern-42", name=name,
            position="investigator", agency=agency, unit=unit, actor=None,
        )
        for name in ("Amina Wekesa", "Juma Barasa")
    ]  # fmt: skip
    case = cases.open_case(title="Race", tier="port", actor=found[0])
    access.grant(case, role="supervisor", to=found[1], actor=found[0], reason="Race")
    kind = Code.objects.filter(kind="exhibit_kind")[0]
    exhibits.register(
        case, exhibits.Thing(kind=kind, description="Tusks", seal_number="S1"), actor=found[0]
    )
    signers = (found[0], scenes.INVESTIGATES), (found[1], scenes.PROSECUTES)
    return scenes.build(case, *signers), found


def _sign(dossier: Any, credentials: Any, actor: Any) -> None:
    from evidence.models import Dossier
    from evidence.signing import turns

    turns.sign(Dossier.objects.get(pk=dossier.pk), credentials, actor=actor)


def _killed(dossier: Any, credentials: Any, actor: Any, place: str) -> dict[str, Any]:
    """Sign in a process that is killed as soon as it comes to this place; what then stands."""
    from django.db import connection

    from evidence.signing import volumes

    connection.close()
    child = os.fork()
    if child == 0:
        setattr(volumes, place, _dies)
        _sign(dossier, credentials, actor)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return _state(dossier) | {"was_killed": os.WIFSIGNALED(status)}


def _dies(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _state(dossier: Any) -> dict[str, Any]:
    """How many have signed; whether each volume is the file that its row names; files too many."""
    from evidence import files
    from evidence.issuing import storing
    from evidence.models import Dossier

    found = Dossier.objects.get(pk=dossier.pk)
    rows = list(found.volumes.all())
    paths = {storing.absolute(row.path) for row in rows}
    whole = all(files.digest_of(storing.absolute(row.path)) == row.digest for row in rows)
    more = {*storing.folder_of(found.name).glob("*.pdf")} - paths
    signed = found.signatures.filter(signed_at__isnull=False).count()
    return {"signed": signed, "whole": whole, "more": len(more)}


def _finish(dossier: Any) -> None:
    """What the worker does, and the button of the page where the worker was killed as well."""
    from evidence.issuing import dossiers
    from evidence.models import Dossier

    packs: Callable[[], None] = lambda: dossiers.issue_signed(  # noqa: E731
        Dossier.objects.get(pk=dossier.pk)
    )
    race(packs, 3)


def _verified(dossier: Any) -> bool:
    from evidence.issuing import dossiers
    from evidence.verifier.check import verify

    return bool(verify(dossiers.bundle_path(dossier)))


if __name__ == "__main__":
    main()
