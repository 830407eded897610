"""Twenty recordings at once by one unit; the references they got go to stdout. A program."""

import json
import sys

from tests.race import race, start


def main() -> None:
    start()
    play()


def play() -> None:
    from django.utils import timezone

    from casework import people, seizures
    from casework.models import Case, Seizure

    agency = people.create_agency(
        code="SR", name="Seizure Race Service", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="SRU", name="Race unit", actor=None)
    hand = people.create_person(
        username="seizer",
        password="tusk-river-lantern-42",
        name="Seizer",
        position="investigator",
        agency=agency,
        unit=unit,
        actor=None,
    )

    def record() -> Seizure:
        now = timezone.now()
        return seizures.record(actor=hand, title="Race", tier="port", seized_at=now)

    first = race(record)
    case = Case.objects.filter(unit=unit).order_by("pk")[0]
    joined = race(lambda: seizures.add(case, actor=hand, seized_at=timezone.now()))
    references = list(Case.objects.filter(unit=unit).values_list("reference", flat=True))
    numbers = list(case.seizures.values_list("number", flat=True))
    score = {"opened": first, "joined": joined, "references": references, "numbers": numbers}
    sys.stdout.write(json.dumps(score))


if __name__ == "__main__":
    main()
