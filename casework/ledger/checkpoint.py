"""Signed heads: C2SP signed notes and tlog-checkpoints with Ed25519, their keys and fingerprints.

Pure. The name of a key is the origin of the ledger; only Ed25519 (type 0x01) is read or written.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from casework.ledger.format import Mismatch
from casework.ledger.merkle import HASH_BYTES

ED25519 = b"\x01"
SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
MOST_SIGNATURES = 16
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True)
class Key:
    """A verifier key: who signs, and the 32 bytes of the public key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        data = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(data).digest()[:4]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key in groups of four, to be read aloud and compared."""
        digest = hashlib.sha256(self.public).hexdigest()
        return " ".join(digest[start : start + 4] for start in range(0, 64, 4))

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(ED25519 + self.public)}"


@dataclass(frozen=True)
class Head:
    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def decode(text: str, part: str) -> bytes:
    """Base64 that is the only spelling of its bytes, so that no two texts mean the same."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Mismatch(part, "base64", text) from error
    if encode(data) != text:
        raise Mismatch(part, encode(data), text)
    return data


def parse_key(text: str) -> Key:
    name, _, rest = text.strip().partition("+")
    identifier, _, material = rest.partition("+")
    data = decode(material, "verifier key")
    key = Key(name, data[1:])
    if not name or re.search(r"\s", name) or data[:1] != ED25519 or len(data) != 33:
        raise Mismatch("verifier key", "an Ed25519 key with a name", text.strip())
    if identifier != key.id.hex():
        raise Mismatch("verifier key, identifier", key.id.hex(), identifier)
    return key


def open_note(note: str, key: Key, part: str = "signed note") -> str:
    """The text of a note signed by the key; signatures of others are passed over."""
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or CONTROL.search(note):
        raise Mismatch(part, "a text, a blank line and signatures", "something else")
    found = [match for line in lines[:-1].split("\n") if (match := SIGNATURE.fullmatch(line))]
    if not 0 < len(found) == lines.count("\n") <= MOST_SIGNATURES:
        raise Mismatch(part, "signature lines", "something else")
    ours = [decode(match[2], part) for match in found if match[1] == key.name]
    signatures = [value[4:] for value in ours if value[:4] == key.id]
    if not signatures:
        raise Mismatch(f"{part}, signer", key, "no signature of this key")
    for signature in signatures:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, f"{text}\n".encode())
        except InvalidSignature as error:
            raise Mismatch(f"{part}, signature", f"one made by {key}", "another") from error
    return f"{text}\n"


def parse_head(text: str, part: str = "checkpoint") -> Head:
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0] or not SIZE.fullmatch(lines[1]):
        raise Mismatch(part, "origin, size and root on three lines", "something else")
    root = decode(lines[2], part)
    if len(root) != HASH_BYTES:
        raise Mismatch(part, "a root of 32 bytes", f"{len(root)} bytes")
    return Head(lines[0], int(lines[1]), root)


def open_checkpoint(note: str, key: Key, part: str = "checkpoint") -> Head:
    head = parse_head(open_note(note, key, part), part)
    if head.origin != key.name:
        raise Mismatch(f"{part}, origin", key.name, head.origin)
    return head
