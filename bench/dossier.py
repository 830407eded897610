"""A dossier at 10 and 100 exhibits, with all that belongs to it; and its pages beside others'.

Each exhibit has a photograph, two handovers and their answers. `python -m bench.paper` measures
how memory and time grow to 10,000 pages.
"""

import io
import resource
import secrets
import time
from functools import cache

from PIL import Image, ImageDraw

from bench.paper import side_by_side
from casework import access, cases, people, signals
from casework.models import Case, Code, User
from evidence import custody, exhibits, faces, files
from evidence.filestore import uploads
from evidence.issuing import dossiers
from evidence.verifier import check

Row = dict[str, object]


def run(quick: bool) -> list[Row]:
    signals.changed.receivers = []  # the search index has its own bench
    signals.changed.sender_receivers_cache.clear()
    start = time.perf_counter()
    faces.register()
    rows: list[Row] = [row("cut the faces, once per installation", time.perf_counter() - start, 7)]
    officer, store = hire()
    for number in (3,) if quick else (10, 100):
        rows += build(told(officer, store, number), officer, number)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append({"name": "peak memory of it all", "value": peak, "unit": "MiB", "n": 1})
    return [*rows, *side_by_side.rows(20 if quick else 1000)]


def hire() -> tuple[User, User]:
    agency = people.create_agency(
        code="WS", name="Wildlife", kind="wildlife", country="KE", actor=None
    )
    unit = people.create_unit(agency, code="MSA", name="Port Unit", actor=None)
    made = [
        people.create_person(
            username=name, password=secrets.token_urlsafe(16), name=name.capitalize(),
            position="investigator", agency=agency, unit=unit, actor=None,
        )
        for name in ("officer", "store")
    ]  # fmt: skip
    return made[0], made[1]


def told(officer: User, store: User, number: int) -> Case:
    case = cases.open_case(title=f"A case of {number} exhibits", tier="port", actor=officer)
    access.grant(case, role="custodian", to=store, actor=officer, reason="Keeps them")
    kind = Code.objects.kind("exhibit_kind").earliest("position")
    for at in range(number):
        thing = exhibits.Thing(
            kind=kind, description=f"Tusk {at}", seal_number=f"WS-M {at:06d}", count=1,
            weight_mg=4_200_000, scale="KP-118",
        )  # fmt: skip
        made = exhibits.register(case, thing, actor=officer)
        upload = uploads.receive(io.BytesIO(photograph(at)), "photo.jpg", "image/jpeg")
        files.attach(case, upload=upload, kind="photograph", actor=officer, exhibit=made)
        for giver, taker in ((officer, store), (store, officer)):
            offer = custody.offer(made, to=taker, actor=giver)
            custody.acknowledge(
                offer, actor=taker, seal_number=thing.seal_number, seal_intact=True, count=1,
                weight_mg=4_200_000,
            )  # fmt: skip
    return case


def photograph(number: int) -> bytes:
    """One picture with another last byte each time: other bytes, another digest."""
    return drawn() + f"\n{number}".encode()


@cache
def drawn() -> bytes:
    """Twelve megapixels, as a telephone takes them."""
    image = Image.radial_gradient("L").resize((4000, 3000)).convert("RGB")
    ImageDraw.Draw(image).text((200, 200), "Drawn for a benchmark", font_size=200)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def build(case: Case, actor: User, number: int) -> list[Row]:
    dossier = dossiers.request(case, actor=actor)
    start = time.perf_counter()
    dossiers.build(dossier)
    built = time.perf_counter() - start
    dossier.refresh_from_db()
    assert dossier.failure == "", dossier.failure  # noqa: S101
    bundle = dossiers.bundle_path(dossier)
    start = time.perf_counter()
    check.verify(bundle)
    size = bundle.stat().st_size / 1e6
    return [
        row(f"build and issue, {dossier.pages} pages", built, number),
        row("verify the bundle", time.perf_counter() - start, number),
        {"name": "size of the bundle", "value": size, "unit": "MB", "n": number},
    ]


def row(name: str, seconds: float, number: int) -> Row:
    return {"name": name, "value": seconds, "unit": "s", "n": number}
