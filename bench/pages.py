"""The pages people open most, at three sizes, as somebody who sees a fifth of the cases."""

import statistics
import time

from django.test import Client

from bench import generate
from casework.models import Case
from evidence.models import Exhibit
from kyc.models import Party

Row = dict[str, object]
SIZES, QUICK_SIZES = (100, 1_000, 10_000), (20, 60)
ROUNDS, QUICK_ROUNDS = 20, 3


def run(quick: bool) -> list[Row]:
    setting = generate.people_and_places()
    found: list[Row] = []
    for size in QUICK_SIZES if quick else SIZES:
        generate.fill(setting, size)
        client = Client(headers={"host": "localhost"})
        client.force_login(setting.reader)
        for name, address in _addresses(setting).items():
            rounds = QUICK_ROUNDS if quick else ROUNDS
            found += _times(f"{size:,} cases, {name}", client, address, rounds)
    return found


def _addresses(setting: generate.Setting) -> dict[str, str]:
    own = Case.objects.visible_to(setting.reader)
    case = own.filter(status="concluded").latest("pk")
    exhibit = Exhibit.objects.visible_to(setting.reader).filter(case=case).earliest("pk")
    party = Party.objects.visible_to(setting.reader).latest("pk")
    return {
        "home": "/",
        "list of cases": "/cases/",
        "list of cases, searched": f"/cases/?q={case.reference}",
        "case": f"/cases/{case.reference}/",
        "list of exhibits": "/exhibits/",
        "exhibit": f"/cases/{case.reference}/exhibits/{exhibit.label}/",
        "list of parties": "/parties/",
        "party": f"/parties/{party.pk}/",
        "list of hearings": "/hearings/",
    }


def _times(name: str, client: Client, address: str, rounds: int) -> list[Row]:
    taken = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        answer = client.get(address)
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
    warm = sorted(taken[1:])
    return [
        {"name": f"{name}, p50", "value": statistics.median(warm), "unit": "ms", "n": rounds},
        {"name": f"{name}, p95", "value": warm[int(rounds * 0.95)], "unit": "ms", "n": rounds},
    ]
