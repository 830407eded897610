"""The network at 10,000 parties and 50,000 facts, as somebody who sees a fifth of the cases.

Beside it, in the same run: the same reading with one call for each node, and a recursive query that
walks from a party to all within the same steps, without asking who may see what.
"""

import statistics
import time
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import generate
from bench.generate import cases
from bench.generate.batch import Batch
from casework.models import Case, Code
from kyc.diligence import fact_values
from kyc.models import Fact, Involvement, Party
from kyc.ties import graph, network, recurring
from kyc.ties.graph import Node, Ring
from kyc.ties.network_links import Reader

Row = dict[str, object]
SIZE, QUICK_SIZE = 10_000, 300
ROUNDS, QUICK_ROUNDS = 10, 2
PER_CASE = 4
HUB = 20  # every so many-th party gives the forwarder's post office box
STEPS = 2

WALK = """
WITH RECURSIVE walk(party, depth) AS (
  SELECT %s, 0
  UNION
  SELECT other.party_id, walk.depth + 1 FROM walk
    JOIN kyc_fact mine ON mine.party_id = walk.party AND mine.value_key <> ''
    JOIN kyc_fact other ON other.value_key = mine.value_key AND other.kind_id = mine.kind_id
    WHERE walk.depth < %s
  UNION
  SELECT other.party_id, walk.depth + 1 FROM walk
    JOIN kyc_involvement mine ON mine.party_id = walk.party
    JOIN kyc_involvement other ON other.case_id = mine.case_id
    WHERE walk.depth < %s
) SELECT COUNT(DISTINCT party) FROM walk
"""


def run(quick: bool) -> list[Row]:
    setting = generate.people_and_places()
    size, rounds = (QUICK_SIZE, QUICK_ROUNDS) if quick else (SIZE, ROUNDS)
    with transaction.atomic():
        _fill(setting, size)
    user = setting.reader
    mine = Involvement.objects.visible_to(user).order_by("pk").values_list("party", flat=True)
    near, far = Node("party", str(mine[0])), Node("party", str(mine[len(mine) - 1]))
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    acts: dict[str, Callable[[], Any]] = {
        f"network, {STEPS} steps": lambda: network.around(near, user, steps=STEPS),
        "the same, one call for each node": lambda: graph.explore(
            near, _one_by_one(Reader(user, ends=[near])), steps=STEPS, most=network.MOST_READ
        ),
        "page of the network": lambda: _page(client, near),
        "way between two parties": lambda: network.between(near, far, user),
        "together in several cases": lambda: recurring.of_all(user),
    }
    if connection.vendor == "sqlite":  # PostgreSQL lets a recursion name itself once only
        ways = network.between(near, far, user).ways
        steps = len(ways[0]) if ways else STEPS
        acts[f"recursive query, {steps} steps (as the way)"] = lambda: _walk(near, steps)
    return [row for name, act in acts.items() for row in _measured(name, act, rounds)]


def _measured(name: str, act: Callable[[], Any], rounds: int) -> list[Row]:
    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    found: list[Row] = [
        {"name": f"{name}, p50", "value": statistics.median(taken), "unit": "ms", "n": rounds},
        {"name": f"{name}, max", "value": max(taken), "unit": "ms", "n": rounds},
    ]
    if len(queries):  # a request resets the log: the tests count what pages ask
        found.append({"name": f"{name}, queries", "value": len(queries), "unit": "queries", "n": 1})
    return found


def _one_by_one(reader: Reader) -> graph.Expand:
    def expand(nodes: Collection[Node]) -> Ring:
        rings = [reader.expand([node]) for node in nodes]
        links = [link for ring in rings for link in ring.links]
        return Ring(links, frozenset().union(*(ring.crowded for ring in rings)))

    return expand


def _page(client: Client, start: Node) -> None:
    answer = client.get(f"/parties/{start.key}/network/?steps={STEPS}")
    if answer.status_code != 200:
        raise RuntimeError(f"the page answered {answer.status_code}")


def _walk(start: Node, steps: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(WALK, [int(start.key), steps, steps])
        found: int = cursor.fetchone()[0]
    return found


def _fill(setting: generate.Setting, size: int) -> None:
    """Five facts for each party: two in ten share a telephone, three in ten a director's name."""
    batch = Batch(setting, range(size // PER_CASE))
    cases.write(batch)
    actor = setting.reader
    parties = batch.save(
        Party(kind="firm", name=f"Firm {batch.text(2)} {n}", country="KE", created_by=actor)
        for n in range(size)
    )
    kinds = {code.code: code for code in Code.objects.kind("fact_kind")}
    batch.save(_fact(kinds[k], party, value, actor) for party, k, value in _said(batch, parties))
    roles = list(Code.objects.kind("party_role"))
    batch.save(_parts(batch, parties, roles))
    batch.close()


def _said(batch: Batch, parties: list[Party]) -> Any:
    for number, party in enumerate(parties):
        choose = batch.random.random
        shared = batch.random.randrange(len(parties) // 4)
        phone = shared if choose() < 0.2 else number + 1_000_000
        boss = batch.text(2) + str(shared % 997 if choose() < 0.3 else number)
        yield party, "name", party.name
        yield party, "phone", f"+254 7{phone:08}"
        yield party, "director", boss
        yield party, "email", f"office{number}@firm.example"
        yield party, "postal_address", "P.O. Box 1" if not number % HUB else f"P.O. Box {number}"


def _fact(kind: Code, party: Party, value: str, actor: Any) -> Fact:
    return Fact(
        party=party, kind=kind, value=value, value_key=fact_values.key(kind.code, value),
        source_type="self_declared", source="Customs entry", as_of=date(2026, 3, 12),
        recorded_by=actor,
    )  # fmt: skip


def _parts(batch: Batch, parties: list[Party], roles: list[Code]) -> list[Involvement]:
    made: list[Involvement] = []
    for case in Case.objects.order_by("pk"):
        for party in batch.random.sample(parties, PER_CASE):
            role = roles[len(made) % len(roles)]
            made.append(
                Involvement(case=case, party=party, role=role, recorded_by=batch.setting.reader)
            )
    return made
