"""A record of many exhibits, each with a photograph and a custody table. Invented.

The same number gives the same record; every second exhibit is handed over.
"""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from evidence.dossier.snapshot import (
    Accused,
    Event,
    Exhibit,
    File,
    Ledger,
    Person,
    Proof,
    Snapshot,
)

START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
OFFICER = Person("Inspector Tamaa Bandari", "WS-1001", "Wildlife Service")
STORE = Person("Keeper Ghala Imara", "WS-2002", "Wildlife Service")


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


PICTURES = 1000


def paint(folder: Path) -> None:
    """Telephone pictures as the walled process shows them, each another one."""
    base = Image.radial_gradient("L").resize((1600, 1200)).convert("RGB")
    for at in range(PICTURES):
        image = base.copy()
        ImageDraw.Draw(image).text((200, 200), f"Drawn for a benchmark, {at}", font_size=90)
        image.save(folder / f"{at}.jpg", "JPEG", quality=85)


def load(folder: Path, digest: str) -> bytes:
    return (folder / f"{int(digest[:8], 16)}.jpg").read_bytes()


def snapshot(number: int) -> Snapshot:
    return Snapshot(
        reference="KE-MSA-2026-9001", number=1, title=f"A case of {number} exhibits",
        summary="Two containers were opened, and each piece was labelled where it lay. " * 4,
        tier="port", status="charged", agency="Wildlife Service", unit="Port Unit",
        lead_officer=OFFICER, files_elsewhere=(), court_file="CR 9001/2026",
        addressed_to="The court", built_by=OFFICER, issued_at=START + timedelta(days=40),
        zone="Africa/Nairobi", opened_at=START,
        ledger=Ledger(origin="bench", fingerprint=":".join(["ab"] * 32), size=number * 3,
                      root=digest_of("root")),
        accused=(Accused(number=1, name="Mtu Asiyejulikana", arrested_on=date(2026, 3, 3)),),
        exhibits=tuple(exhibit(at) for at in range(number)),
    )  # fmt: skip


def changed(taken: Snapshot) -> Snapshot:
    """One exhibit was described anew."""
    at = len(taken.exhibits) // 2
    found = list(taken.exhibits)
    found[at] = replace(found[at], description="Tusk with a saw mark, described anew")
    return replace(taken, exhibits=tuple(found))


def exhibit(at: int) -> Exhibit:
    label = f"E{at + 1}"
    digest = f"{at % PICTURES:08x}{digest_of(label)[8:]}"
    file = File(
        name="IMG_0412.jpg", kind="Photograph", is_picture=True, caption=f"{label} as found",
        taken_at=START, size=2_400_000, media_type="image/jpeg", digest=digest,
        bundle_path=f"exhibits/{label}/{digest[:12]}-IMG_0412.jpg",
    )  # fmt: skip
    return Exhibit(
        label=label, identifier=f"00000000-0000-4000-8000-{at:012d}", kind="Specimen",
        description=f"Tusk {at + 1}, 84 cm", species="Loxodonta africana",
        found_at="Container, third row, sack 5", seizure=1, holder=STORE,
        storage_place="Shelf C-2", registered_by=OFFICER, registered_at=START, files=(file,),
        events=tuple(events(label, 4 if at % 2 else 1)), proof=Proof(state="verified", sequenced=4),
    )  # fmt: skip


def events(label: str, count: int) -> list[Event]:
    kinds = ("seized", "sealed", "offered", "acknowledged")
    return [
        Event(
            sequence=at + 1, kind=kind, title=kind.capitalize(), recorder=OFFICER,
            happened_at=START + timedelta(hours=at), recorded_at=START + timedelta(hours=at),
            giver=OFFICER if at > 1 else None, receiver=STORE if at > 1 else None,
            place="Gate 9 yard" if at == 0 else "", seal_number="WS-M 004512" if at else "",
            seal_intact=True if at == 3 else None, count=1 if at == 3 else None,
            weight_mg=4_200_000 if at == 3 else None, answers=3 if at == 3 else None,
            digest=digest_of(f"{label}.{at}"),
        )
        for at, kind in enumerate(kinds[:count])
    ]  # fmt: skip
