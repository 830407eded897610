"""Every signed head is the beginning of our tree: those of the database, of our heads file outside
it, and of the copy that a witness kept.

So a database that was cut off, rewritten or put back from an old copy is found by any head that was
kept elsewhere, whoever holds the signing key now.
"""

from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from casework.ledger import checkpoint, signing
from casework.ledger.checkpoint import Head
from casework.ledger.format import Mismatch
from casework.ledger.tree import Proofs
from evidence.ledger_check.scan import TOLERANCE
from evidence.models import SignedHead
from evidence.tree import trusted_keys

CUT = "{size:,} records: some were removed, or an old copy was restored"
REWRITTEN = "{root}: records were changed and chained anew"


class Checker:
    """Holds heads against one tree; a note that was verified once is not verified again."""

    def __init__(self, roots: Proofs, keys: trusted_keys.Own) -> None:
        self._roots, self._keys = roots, keys
        self._verified: set[bytes] = set()

    def head(self, note: str, source: str = "") -> Head:
        """The history first: a head that another key signed shows a rewritten one as well."""
        head = checkpoint.parse_head(note.partition("\n\n")[0] + "\n", f"{source}head")
        part, size = f"{source}head of {head.size}", len(self._roots)
        if head.size > size:
            raise Mismatch(f"{part}, records", f"{head.size:,} at least", CUT.format(size=size))
        if (root := self._roots.root(head.size)) != head.root:
            raise Mismatch(f"{part}, root", head.root.hex(), REWRITTEN.format(root=root.hex()))
        if (known := sha256(note.encode()).digest()) not in self._verified:
            self._keys.open(note, part)
            self._verified.add(known)
        return head

    def rows(self, newest: int) -> int:
        """The heads of the database up to the newest, which is of the whole tree; their number."""
        count, size = 0, 0
        rows = SignedHead.objects.filter(tree_size__lte=newest).order_by("tree_size")
        for row in rows.iterator():
            head = self.head(row.note)
            if (head.size, head.root.hex()) != (row.tree_size, row.root_hash):
                raise Mismatch(f"head of {row.tree_size}, row", head.root.hex(), row.root_hash)
            count, size = count + 1, head.size
        if size != len(self._roots):
            raise Mismatch("newest head", f"one of {len(self._roots)} records", f"one of {size}")
        return count

    def last_row(self) -> int:
        """Only the newest head of the database, for a quick look at one exhibit."""
        row = SignedHead.objects.filter(tree_size=len(self._roots)).first()
        if row is not None and self.head(row.note).root.hex() != row.root_hash:
            raise Mismatch(f"head of {row.tree_size}, row", "its note's root", row.root_hash)
        return int(row is not None)

    def file(self, path: Path, notes: list[str], *, is_ours: bool) -> int:
        """Every head of a file; the size of the last."""
        sizes = [self.head(note, f"{path.name}, ").size for note in notes]
        for earlier, later in pairwise(sizes):
            if earlier > later or (earlier == later and is_ours):
                raise Mismatch(f"{path.name}, order", f"more than {earlier} records", later)
        return max(sizes, default=0)


def notes_of(path: Path) -> list[str]:
    """Mismatch where there is no such file, or it is no text."""
    try:
        return list(signing.split_notes(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise Mismatch("heads file", path.name, "no file") from error
    except UnicodeDecodeError as error:
        raise Mismatch("heads file", f"{path.name} as text", "other bytes") from error


def ours() -> list[str] | None:
    """Our own heads file, read before the database, so that it cannot know more."""
    path = Path(settings.HEADS_FILE)
    return notes_of(path) if path.exists() else None


def clock_warnings() -> list[str]:
    """Heads that say they were signed before the one they continue."""
    told, before = [], None
    for size, at in SignedHead.objects.order_by("tree_size").values_list("tree_size", "signed_at"):
        if before is not None and before - at > TOLERANCE:
            told.append(f"The head of {size} was signed at {at}, before the one that it continues.")
        before = at
    return told
