"""Others who keep our signed heads and cosign them: sent over the line, or carried on a stick.

Nobody waits for a witness: what could not be sent is sent again later, with the then newest head.
"""

import logging
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from casework import audit, clock
from casework.errors import RuleBroken
from casework.ledger import checkpoint, witness
from casework.ledger.format import Mismatch
from casework.ledger.tree import Proofs
from casework.ledger.witness import Request
from casework.models import User
from evidence.models import Attempt, Cosignature, SignedHead
from evidence.tree import outgoing, trusted_keys
from evidence.tree.outgoing import NoAnswer
from evidence.tree.tree_store import StoredTree
from evidence.tree.trusted_keys import Witness

log = logging.getLogger(__name__)
OK, CONFLICT = 200, 409
REFUSALS = {
    400: _("It cannot read what we sent."),
    403: _("It does not know our key. Ask its keeper to enter it."),
    404: _("It does not know our ledger. Ask its keeper to enter our key."),
    422: _("It refuses the proof: it has seen another history of this ledger."),
}


def newest() -> SignedHead | None:
    return SignedHead.objects.order_by("tree_size").last()


def pending() -> list[Witness]:
    """Witnesses with an address that have not cosigned the newest head."""
    head = newest()
    if head is None:
        return []
    done = set(Cosignature.objects.filter(head=head).values_list("key", flat=True))
    return [one for one in trusted_keys.witnesses() if one.url and str(one.key) not in done]


def send_newest() -> bool:
    """Ask every witness that lacks the newest head; whether all of them have it now."""
    head = newest()
    for one in pending():
        if head is not None:
            _send(head, one)
    return not pending()


def _send(head: SignedHead, to: Witness) -> None:
    try:
        problem = _ask(head, to)
    except NoAnswer as error:
        problem = str(error)
    except RuleBroken as error:
        problem = str(error)
    except Mismatch as fault:
        problem = _("Its answer is not a cosignature of our head (%(part)s).") % {
            "part": fault.part
        }
    if problem:
        log.warning("witness %s: %s", to.name, problem)
    values = {"tried_at": clock.now(), "problem": problem[:300]}
    Attempt.objects.update_or_create(name=to.name, defaults=values)


def _ask(head: SignedHead, to: Witness) -> str:
    """What went wrong, in words; "" where the cosignature is kept."""
    status, answer = _post(head, known_size(to), to)
    if status == CONFLICT:
        told = answer.strip()
        if not told.isdecimal() or len(told) > 18:
            return _("It answered with no size.")
        if int(told) > head.tree_size:
            known = {"theirs": told, "ours": head.tree_size}
            return (
                _("It has seen %(theirs)s records, we have %(ours)d: ours is an old copy.") % known
            )
        status, answer = _post(head, int(told), to)
    if status != OK:
        return str(REFUSALS.get(status, _("It answered %(status)d.") % {"status": status}))
    keep(head, answer, [to])
    return ""


def _post(head: SignedHead, old: int, to: Witness) -> tuple[int, str]:
    text = str(request(head, old))
    url = f"{to.url.rstrip('/')}/add-checkpoint"
    status, answer = outgoing.post(url, text.encode(), "text/plain; charset=utf-8")
    return status, answer.decode(errors="replace")


def known_size(to: Witness) -> int:
    """The size of the last head that this witness has cosigned for us; 0 where none is known."""
    mine = Cosignature.objects.filter(key=str(to.key))
    last = mine.order_by("head__tree_size").values_list("head__tree_size", flat=True).last()
    return last or 0


def request(head: SignedHead, old: int) -> Request:
    """What a witness is asked: to see that this head continues the one of size `old`."""
    if not 0 <= old <= head.tree_size:
        told = _("There is no head of %(old)d records to begin from. The newest has %(size)d.")
        raise RuleBroken(told % {"old": old, "size": head.tree_size})
    try:
        proof = StoredTree(head.tree_size).consistency(old, head.tree_size) if old else []
    except KeyError as error:
        raise RuleBroken(_("The tree is not that of its head. Run verify_custody.")) from error
    return Request(old, proof, head.note)


def keep(head: SignedHead, told: str, known: list[Witness]) -> list[Cosignature]:
    """Keep the cosignatures of known witnesses among the lines; Mismatch where there is none."""
    text = _text(head)
    made = []
    for one in known:
        for time in checkpoint.cosigned_at(f"{text}\n{told}", one.key, "answer")[:1]:
            own = [line for line in told.splitlines() if line.startswith(f"— {one.name} ")]
            line = witness.lines_of(f"{text}\n" + "\n".join(own) + "\n", [one.key])
            at = datetime.fromtimestamp(time, UTC)
            values = {"witness": one.name, "key": str(one.key), "line": line}
            made.append(Cosignature(head=head, cosigned_at=at, **values))
    if not made:
        raise Mismatch("answer", "a cosignature of a witness that we know", "none")
    Cosignature.objects.bulk_create(made, ignore_conflicts=True)
    return made


def _text(head: SignedHead) -> str:
    text: str = head.note.rpartition("\n\n")[0]
    return f"{text}\n"


@transaction.atomic
def import_file(text: str, *, actor: User | None) -> list[Cosignature]:
    """Keep the cosignatures on a checkpoint that came back on a stick."""
    head = witness.head_of(text)
    row = SignedHead.objects.filter(tree_size=head.size, root_hash=head.root.hex()).first()
    if row is None or head.origin != settings.LEDGER_ORIGIN:
        raise Mismatch("checkpoint", "one of our own heads", f"{head.origin} of {head.size}")
    made = keep(row, text.rpartition("\n\n")[2], trusted_keys.witnesses())
    names = [one.witness for one in made]
    audit.record("ledger.cosignatures", actor=actor, subject=row, witnesses=names)
    return made


def lines(head: SignedHead) -> str:
    """The cosignatures that are kept of a head: they go under its note, as into a bundle."""
    kept = Cosignature.objects.filter(head=head).order_by("witness", "cosigned_at")
    return "".join(kept.values_list("line", flat=True))


def check(roots: Proofs) -> int:
    """Every kept cosignature is on a head of this tree, by the key that we trust; their number."""
    trusted = trusted_keys.of_witnesses()
    count = 0
    for row in Cosignature.objects.select_related("head").order_by("head__tree_size").iterator():
        part = f"cosignature of {row.witness} on the head of {row.head.tree_size}"
        keys = trusted.get(row.witness)
        if keys and row.key not in keys:
            raise Mismatch(f"{part}, key", " or ".join(sorted(keys)), row.key)
        key = checkpoint.parse_key(row.key, checkpoint.WITNESS)
        times = checkpoint.cosigned_at(f"{_text(row.head)}\n{row.line}", key, part)
        if key.name != row.witness or int(row.cosigned_at.timestamp()) not in times:
            raise Mismatch(part, f"cosigned at {row.cosigned_at}", f"times {times}")
        seen = witness.head_of(row.head.note)
        if seen.size > len(roots) or roots.root(seen.size) != seen.root:
            raise Mismatch(f"{part}, root", seen.root.hex(), "another tree")
        count += 1
    return count
