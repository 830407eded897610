"""Signed heads: C2SP signed notes, checkpoints and cosignatures, with Ed25519 keys.

Pure. A head says how many leaves the tree had, and its root. The agency signs it, by the name that
is the origin of its ledger. A witness cosigns it with the time: it has seen no other history.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from casework.ledger.format import Mismatch

SIGNER, WITNESS = b"\x01", b"\x04"  # the types of key that are read; others are passed over
BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
SIGNATURE = re.compile(r"— ([^\s+\x00-\x1f]+) ([A-Za-z0-9+/]+={0,2})\n")
NOTE = re.compile(rf"((?:[^\x00-\x1f]*\n)+)\n((?:{SIGNATURE.pattern}){{1,64}})")
HEAD = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,17})\n([^\n]+)\n([^\n]+\n)*")


@dataclass(frozen=True)
class Key:
    """A verifier key: who signs, the 32 bytes of the public key, and what its signature means."""

    name: str
    public: bytes
    kind: bytes = SIGNER

    @property
    def id(self) -> bytes:
        return hashlib.sha256(f"{self.name}\n".encode() + self.kind + self.public).digest()[:4]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key in groups of four, to be read aloud and compared."""
        digest = hashlib.sha256(self.public).hexdigest()
        return " ".join(digest[start : start + 4] for start in range(0, 64, 4))

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(self.kind + self.public)}"


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
    """Base64 in the only spelling that its bytes have, so that no two texts mean the same."""
    if not BASE64.fullmatch(text) or encode(data := base64.b64decode(text)) != text:
        raise Mismatch(part, "base64", text)
    return data


def parse_key(text: str, kind: bytes = SIGNER) -> Key:
    """A key as it is published: name, identifier and key, each of which fits the others."""
    name, _, rest = text.strip().partition("+")
    key = Key(name, decode(rest.partition("+")[2], "verifier key")[1:], kind)
    if not name or re.search(r"\s", name) or len(key.public) != 32 or str(key) != text.strip():
        raise Mismatch("verifier key", f"an Ed25519 key of type {kind.hex()}", text.strip())
    return key


def open_note(note: str, key: Key, part: str = "signed note") -> str:
    """Proves that the key signed the text of the note, and returns the text."""
    text, signatures = _signatures(note, key, part)
    if not signatures:
        raise Mismatch(f"{part}, signer", key, "no signature of this key")
    return text


def cosigned_at(note: str, witness: Key, part: str = "checkpoint") -> list[int]:
    """Proves when the witness saw the head (seconds since 1970, UTC); empty where it did not."""
    return [int.from_bytes(found[:8], "big") for found in _signatures(note, witness, part)[1]]


def _signatures(note: str, key: Key, part: str) -> tuple[str, list[bytes]]:
    """The text of a note, and this key's signatures, each checked; others are passed over."""
    if not (match := NOTE.fullmatch(note)):
        raise Mismatch(part, "a text, a blank line and signatures", "something else")
    found = [decode(text, part) for name, text in SIGNATURE.findall(match[2]) if name == key.name]
    ours = [value[4:] for value in found if value[:4] == key.id]
    for signature in ours:
        _verify(key, signature, match[1], part)
    return match[1], ours


def _verify(key: Key, signature: bytes, text: str, part: str) -> None:
    """The signature of a witness begins with the time, which is signed with the text."""
    if key.kind == WITNESS:
        time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        text = f"cosignature/v1\ntime {time}\n{text}"
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature as error:
        raise Mismatch(f"{part}, signature", f"one made by {key}", "another") from error


def parse_head(text: str, part: str = "checkpoint") -> Head:
    """Origin, size and root. Lines after them are signed with the rest, and mean nothing here."""
    match = HEAD.fullmatch(text)
    root = decode(match[3], part) if match else b""
    if not match or len(root) != 32:
        raise Mismatch(part, "origin, size and root on three lines", "something else")
    return Head(match[1], int(match[2]), root)


def open_checkpoint(note: str, key: Key, part: str = "checkpoint") -> Head:
    """Proves that the key signed this head of its own ledger."""
    head = parse_head(open_note(note, key, part), part)
    if head.origin != key.name:
        raise Mismatch(f"{part}, origin", key.name, head.origin)
    return head
