"""This installation as a witness for other agencies: C2SP tlog-witness, with Ed25519 cosignatures.

What has been cosigned is never taken back: of two requests at once, the second sees the first.
"""

import hashlib
import re
from dataclasses import dataclass

from django.db import connection, transaction

from casework import clock
from casework.ledger import signing, witness
from casework.ledger.checkpoint import Head, Key
from casework.ledger.format import Mismatch
from casework.ledger.witness import Request
from evidence.models import WatchedHead
from evidence.tree import trusted_keys

LOCK = 0x0CA5E1  # of PostgreSQL's advisory locks; SQLite has one writer anyway
LARGEST_REQUEST = 64 << 10
BAD_REQUEST, FORBIDDEN, NOT_FOUND, CONFLICT, UNPROCESSABLE = 400, 403, 404, 409, 422


@dataclass
class Refused(Exception):
    """The answer that the protocol prescribes; `size` is the last one cosigned, for a 409."""

    status: int
    told: str
    size: int = 0


def add_checkpoint(text: str) -> str:
    """Our signature line on the checkpoint of the request; Refused with the status otherwise."""
    signer = trusted_keys.witness_signer()
    try:
        request = witness.parse(text)
        head = witness.head_of(request.note)
    except Mismatch as fault:
        raise Refused(BAD_REQUEST, str(fault)) from fault
    keys = [key for key in trusted_keys.logs() if key.name == head.origin]
    if signer is None or not keys:
        raise Refused(NOT_FOUND, "unknown ledger")
    try:
        lines = witness.lines_of(request.note, keys)
    except Mismatch as fault:
        raise Refused(FORBIDDEN, str(fault)) from fault
    if request.old_size > head.size:
        raise Refused(BAD_REQUEST, "the old size is above the size of the checkpoint")
    return _cosign(request, head, lines, signer)


@transaction.atomic
def _cosign(request: Request, head: Head, lines: str, signer: signing.Signer) -> str:
    """Compare with what was cosigned last, and keep the new head before anybody is told.

    The row is its own record: an audit entry would be a record in our ledger, whose new head our
    witnesses cosign, and two agencies that watch each other would never come to rest.
    """
    _lock()
    last = newest(head.origin)
    known = last.tree_size if last else 0
    if request.old_size != known:
        raise Refused(CONFLICT, "another size was cosigned last", known)
    try:
        old_root = bytes.fromhex(last.root_hash) if last else None
        witness.verify_growth(old_root, request, head)
    except Mismatch as fault:
        raise Refused(UNPROCESSABLE, str(fault)) from fault
    text = f"{head_text(request.note)}\n{lines}"
    line = signer.cosign(text, int(clock.now().timestamp()))
    if last is None or head.size > known:
        _keep(head, text + line)
    return line


def head_text(note: str) -> str:
    return note.rpartition("\n\n")[0] + "\n"


def newest(origin: str) -> WatchedHead | None:
    return WatchedHead.objects.filter(origin=origin).order_by("tree_size").last()


def newest_by_hash(origin_hash: str) -> WatchedHead | None:
    """By the SHA-256 of the origin, as monitors ask."""
    if re.fullmatch("[0-9a-f]{64}", origin_hash) is None:
        return None
    rows = WatchedHead.objects.filter(origin_hash=origin_hash)
    return rows.order_by("tree_size").last()


def _keep(head: Head, note: str) -> None:
    WatchedHead(
        origin=head.origin,
        origin_hash=hashlib.sha256(head.origin.encode()).hexdigest(),
        tree_size=head.size,
        root_hash=head.root.hex(),
        note=note,
        seen_at=clock.now(),
    ).save()


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def check() -> int:
    """Each head that we keep of others is signed by a log we know and by us; their number."""
    signer = trusted_keys.witness_signer()
    logs = trusted_keys.logs()
    count = 0
    for row in WatchedHead.objects.order_by("origin", "tree_size").iterator():
        part = f"kept head of {row.origin} of {row.tree_size}"
        head = witness.head_of(row.note)
        if (head.origin, head.size, head.root.hex()) != (row.origin, row.tree_size, row.root_hash):
            raise Mismatch(
                part, f"{row.tree_size} {row.root_hash}", f"{head.size} {head.root.hex()}"
            )
        keys = [key for key in logs if key.name == row.origin]
        ours: list[Key] = [signer.witness_key] if signer else []
        for known in (keys, ours):
            if known:
                witness.lines_of(row.note, known)
        count += 1
    return count
