"""Making signed notes, and the private key that makes them.

The key is a PKCS 8 file in PEM that only its owner can read; it never enters the database.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from casework.ledger import checkpoint


@dataclass(frozen=True)
class Signer:
    name: str
    private: Ed25519PrivateKey

    @property
    def key(self) -> checkpoint.Key:
        return checkpoint.Key(self.name, self.private.public_key().public_bytes_raw())

    @property
    def witness_key(self) -> checkpoint.Key:
        """The same key as that of a witness; never of one that also signs a ledger."""
        return replace(self.key, kind=checkpoint.WITNESS)

    def sign(self, text: str) -> str:
        """The note: the text, a blank line, one signature line."""
        signature = checkpoint.encode(self.key.id + self.private.sign(text.encode()))
        note = f"{text}\n— {self.name} {signature}\n"
        if not checkpoint.NOTE.fullmatch(note):
            raise ValueError("the text of a note ends with a newline and has no control characters")
        return note

    def cosign(self, note: str, at: int) -> str:
        """The signature line of a witness under a note, stating the time (seconds since 1970)."""
        text = note.rpartition("\n\n")[0] + "\n"
        message = f"cosignature/v1\ntime {at}\n{text}"
        signature = at.to_bytes(8, "big") + self.private.sign(message.encode())
        return f"— {self.name} {checkpoint.encode(self.witness_key.id + signature)}\n"


def create_key(path: Path, name: str) -> Signer:
    """A new private key; FileExistsError rather than a lost one."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return Signer(name, private)


def load_key(path: Path, name: str) -> Signer:
    """OSError where it cannot be read, ValueError where it is no Ed25519 key."""
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise ValueError("the signing key is not an Ed25519 key")
    return Signer(name, private)


def split_notes(text: str) -> Iterator[str]:
    """The checkpoints of a heads file, where one follows the other."""
    note = ""
    signed = False
    for line in text.splitlines(keepends=True):
        if signed and not line.startswith("— "):
            yield note
            note, signed = "", False
        signed = line.startswith("— ")
        note += line
    if note:
        yield note
