"""Partial disclosure end to end: an informant's name withheld, everything else proved."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casework import access
from casework.ledger import format, signing
from casework.ledger.format import Mismatch
from casework.models import Case, User
from evidence import custody
from evidence.dossier import bundle
from evidence.dossier.bundle import LedgerExtract
from evidence.verifier.check import LEDGER, verify
from tests.evidence.ledgers import register, sequence, signed

__all__ = ["signed"]
INFORMANT = "Juma Barasa"  # the colleague of the fixtures
Write = Callable[[LedgerExtract, str], Path]


@pytest.fixture
def extract(
    signed: signing.Signer, case: Case, investigator: User, colleague: User
) -> LedgerExtract:
    """A chain in which the informant held the exhibit, recorded, and is named in a note."""
    access.grant(
        case, role="investigator", to=colleague, actor=investigator, reason="Works on the case"
    )
    exhibit = register(case, investigator)
    offer = custody.offer(
        exhibit, to=colleague, actor=investigator, place="Berth 11", purpose="Weighing"
    )
    custody.acknowledge(offer, actor=colleague, place="Weighbridge", count=4)
    custody.examine(exhibit, actor=colleague, note="Seen by JUMA BARASA alone", place="Shed 2")
    sequence()
    return custody.extract([exhibit])


@pytest.fixture
def write(signed: signing.Signer, tmp_path: Path, case: Case) -> Write:
    def writer(extract: LedgerExtract, name: str) -> Path:
        given = bundle.BundleInput(
            name=name,
            case_reference=case.reference,
            organisation="Wildlife Service",
            issued_at=case.created_at,
            files=[],
            ledger=extract,
            signer=signed,
        )
        bundle.write(given, tmp_path / f"{name}.zip")
        return tmp_path / f"{name}.zip"

    return writer


def ledger_of(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(LEDGER)]
        found: dict[str, Any] = json.loads(archive.read(name))
    return found


def digests(path: Path) -> list[bytes]:
    chains = ledger_of(path)["chains"]
    return [format.event_digest(item["event"]) for chain in chains for item in chain["events"]]


def test_the_disclosure_verifies_and_says_what_was_withheld(
    extract: LedgerExtract, write: Write, signed: signing.Signer
) -> None:
    told = verify(write(extract.withholding([INFORMANT]), "disclosed"), signed.key)
    (line,) = [each for each in told if "withheld" in each]
    assert "4 custody events, unbroken" in line
    withheld = line.partition("withheld: ")[2].split(", ")
    assert withheld == [
        "event 2 to.name",
        "event 3 recorder.name",
        "event 3 to.name",
        "event 4 from.name",
        "event 4 note",
        "event 4 recorder.name",
    ]


def test_the_name_is_nowhere_in_the_bytes(extract: LedgerExtract, write: Write) -> None:
    full, part = write(extract, "full"), write(extract.withholding([INFORMANT]), "disclosed")
    for word in (INFORMANT, "JUMA", "barasa"):
        assert word.casefold().encode() not in part.read_bytes().lower()
        assert word.casefold().encode() in full.read_bytes().lower()
    for shown in (b"Berth 11", b"Weighing", b"Shed 2"):
        assert shown in part.read_bytes()


def test_a_dossier_and_a_disclosure_have_the_same_events(
    extract: LedgerExtract, write: Write
) -> None:
    full, part = write(extract, "full"), write(extract.withholding([INFORMANT]), "disclosed")
    assert digests(full) == digests(part)
    proofs = [
        [item["proof"] for item in ledger_of(path)["chains"][0]["events"]] for path in (full, part)
    ]
    assert proofs[0] == proofs[1]


def forged(extract: LedgerExtract, change: Callable[[format.Openings], object]) -> LedgerExtract:
    """As a dishonest signer would write it: the openings of the second event changed."""
    (chain,) = extract.chains
    events = list(chain.events)
    openings = {field: dict(opening) for field, opening in events[1].openings.items()}
    change(openings)
    events[1] = replace(events[1], openings=openings)
    return replace(extract, chains=[replace(chain, events=events)])


def swap_salts(openings: format.Openings) -> None:
    first, second = openings["place"], openings["purpose"]
    first["salt"], second["salt"] = second["salt"], first["salt"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda openings: openings["to.name"].update(text="Somebody Else"), "to.name"),
        (swap_salts, "place"),
        (lambda openings: openings.update(place=openings["purpose"]), "place"),
        (lambda openings: openings.update(note=openings["place"]), "note"),
        (lambda openings: openings["place"].update(salt="00" * 32), "place"),
        (lambda openings: openings["place"].update(text="Berth 12"), "place"),
    ],
)
def test_a_forged_opening_is_rejected(
    extract: LedgerExtract, write: Write, change: Callable[[format.Openings], object], field: str
) -> None:
    with pytest.raises(Mismatch, match=f"event 2, disclosed {field}"):
        verify(write(forged(extract, change), "forged"))


def test_a_withheld_name_cannot_be_guessed_without_its_salt(extract: LedgerExtract) -> None:
    event = extract.withholding([INFORMANT]).chains[0].events[1]
    stands = format.commitments(event.event)["to.name"]
    other_salts = [bytes.fromhex(opening["salt"]) for opening in event.openings.values()]
    for salt in [bytes(32), *other_salts]:
        assert format.commitment("to.name", salt, INFORMANT) != stands
