"""Keys that are trusted by this installation, read from files and never from the database.

One key a line; what follows it depends on the file: the witness's address, the size up to which a
former key of ours has signed, or nothing. Empty lines and lines that begin with # are passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from casework.errors import DomainError
from casework.ledger import checkpoint, signing
from casework.ledger.checkpoint import SIGNER, WITNESS, Head, Key
from casework.ledger.format import Mismatch


class BadKeyFile(DomainError):
    """A key file, or a line of it, cannot be read; the message names file and line."""

    code = "bad-key-file"
    status = 500


FORMER = "former"  # in the place of an address: a key that the witness has changed


@dataclass(frozen=True)
class Witness:
    key: Key
    url: str  # empty for one that is reached by hand

    @property
    def name(self) -> str:
        return self.key.name


@dataclass(frozen=True)
class FormerKey:
    key: Key
    size: int  # the last head that it signed


def witnesses() -> list[Witness]:
    """Who cosigns our heads: CASEWORK_WITNESSES, without keys that were changed since."""
    lines = _lines(settings.WITNESSES, WITNESS)
    return [Witness(key, rest) for key, rest in lines if rest != FORMER]


def of_witnesses() -> dict[str, set[str]]:
    """Every key that a witness is known by, the former ones too, by its name."""
    known: dict[str, set[str]] = {}
    for key, _rest in _lines(settings.WITNESSES, WITNESS):
        known.setdefault(key.name, set()).add(str(key))
    return known


def logs() -> list[Key]:
    """Whose heads we cosign: CASEWORK_WATCHED_LOGS; several keys of one origin are all trusted."""
    return [key for key, _rest in _lines(settings.WATCHED_LOGS, SIGNER)]


def former() -> list[FormerKey]:
    """Our own keys of before, by the size up to which each has signed: CASEWORK_FORMER_KEYS."""
    if settings.FORMER_KEYS and not Path(settings.FORMER_KEYS).exists():
        return []  # the first change of key makes the file
    found = []
    for key, rest in _lines(settings.FORMER_KEYS, SIGNER):
        if not rest.isdecimal():
            name = Path(settings.FORMER_KEYS).name
            raise BadKeyFile(f"{name}: {key.name} lacks the size it signed up to.")
        found.append(FormerKey(key, int(rest)))
    return sorted(found, key=lambda one: one.size)


@dataclass(frozen=True)
class Own:
    """The keys of our ledger: each signed the heads up to its size, the present one the rest."""

    present: Key | None
    former: tuple[FormerKey, ...]

    def at(self, size: int) -> Key | None:
        return next((one.key for one in self.former if size <= one.size), self.present)

    def open(self, note: str, part: str = "checkpoint") -> Head:
        """A head, checked by the key of its time; only read where there is no key to check with."""
        head = checkpoint.parse_head(note.partition("\n\n")[0] + "\n", part)
        key = self.at(head.size)
        return head if key is None else checkpoint.open_checkpoint(note, key, part)


def own(present: Key | None) -> Own:
    return Own(present, tuple(former()))


def countersigned(note: str, ours: signing.Signer) -> str:
    """A head that a former key signed, with the present key's signature added.

    So a reader needs one key for a dossier, whose heads lie before and after a change of key.
    """
    keys = own(ours.key)
    head = keys.open(note)  # nothing is signed anew that the former key did not sign
    if keys.at(head.size) == ours.key:
        return note
    return note + ours.sign(str(head)).rpartition("\n\n")[2]


def witness_signer() -> signing.Signer | None:
    """The key we cosign with, apart from the one that signs our own ledger."""
    path = Path(settings.WITNESS_KEY_FILE)
    if not settings.WITNESS_KEY_FILE or not path.exists():
        return None
    return signing.load_key(path, settings.WITNESS_NAME)


def _lines(name: str, kind: bytes) -> Iterator[tuple[Key, str]]:
    if not name:
        return
    path = Path(name)
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadKeyFile(f"{path.name} cannot be read.") from error
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            yield checkpoint.parse_key(words[0], kind), " ".join(words[1:])
        except Mismatch as fault:
            raise BadKeyFile(f"{path.name}, line {number}: {fault}") from fault
