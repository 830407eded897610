"""An appeal lodged, and a hold placed, while a destruction is being confirmed; the score goes to
stdout. A program."""

import json
import sys
from typing import Any

from tests.race import race, start

ROUNDS = 6


def main() -> None:
    start()
    from django.core.management import call_command

    call_command("create_signing_key", stdout=sys.stderr)
    sys.stdout.write(json.dumps({"rounds": [play(number) for number in range(ROUNDS)]}))


def play(number: int) -> dict[str, Any]:
    """Two hands at once: one confirms, the other lodges an appeal or places a hold."""
    from evidence.acts import destruction
    from evidence.in_court import holds
    from tests.casework import court_stories as court

    pair, second = _people(number)
    charge = court.charged(pair)[0]
    trial = charge.count.charge_sheet.proceeding
    court.decide({charge: "acquitted"}, pair)
    exhibit, proposal = _proposed(trial.case, pair, second, court.DECIDED)
    hands: list[Any] = [lambda: destruction.confirm(proposal, account="I saw it", actor=second)]
    if number % 2:
        hands.append(lambda: _appeal(trial, pair, number))
    else:
        hands.append(lambda: holds.place(
            exhibit, case=trial.case, reason="Compared", actor=pair.prosecutor
        ))  # fmt: skip
    outcomes = race(lambda: hands.pop()(), len(hands))
    return {"outcomes": outcomes, **_after(trial, exhibit)}


def _people(number: int) -> Any:
    from casework import people
    from tests.casework import court_stories as court

    agency = people.create_agency(
        code=f"R{number}", name=f"Race Service {number}", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code=f"RU{number}", name="Race unit", actor=None)
    found = [
        people.create_person(
            username=f"{name}{number}", password="tusk-river-lantern-42", name=name,
            position=position, agency=agency, unit=unit, actor=None,
        )
        for name, position in (("seizer", "investigator"), ("lawyer", "prosecutor"),
                               ("second", "investigator"))
    ]  # fmt: skip
    return court.Pair(found[0], found[1]), found[2]


def _proposed(case: Any, pair: Any, second: Any, decided: Any) -> Any:
    from casework.models import Code
    from evidence import exhibits
    from evidence.acts import destruction
    from evidence.in_court.orders import Order

    kind = Code.objects.filter(kind="exhibit_kind")[0]
    exhibit = exhibits.register(
        case, exhibits.Thing(kind=kind, description="Tusks"), actor=pair.investigator
    )
    proposal = destruction.propose(
        exhibit, second=second, order=Order("Court 3", "7", decided), note="Burnt",
        file_digests=["a" * 64], actor=pair.investigator,
    )  # fmt: skip
    return exhibit, proposal


def _appeal(trial: Any, pair: Any, number: int) -> None:
    from casework import clock, proceedings
    from tests.casework import court_stories as court

    proceedings.open_appeal(
        trial, court=court.court("high"), number=f"HCCRA {number}", opened_on=clock.today(),
        appellant_side="prosecution", actor=pair.prosecutor,
    )  # fmt: skip


def _after(trial: Any, exhibit: Any) -> dict[str, Any]:
    """Whether it was destroyed, and whether what should have kept it was there before."""
    from casework.models import Proceeding
    from evidence import custody
    from evidence.models import ExhibitHold

    gone = exhibit.custody.filter(kind="disposed").first()
    kept = [
        *Proceeding.objects.filter(parent=trial).values_list("created_at", flat=True),
        *ExhibitHold.objects.filter(exhibit=exhibit).values_list("placed_at", flat=True),
    ]
    return {
        "gone": gone is not None,
        "kept": len(kept),
        "kept_first": bool(gone and any(moment < gone.recorded_at for moment in kept)),
        "verified": custody.chain(exhibit).is_verified or custody.chain(exhibit).break_ is None,
    }


if __name__ == "__main__":
    main()
