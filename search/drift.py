"""How index and database differ: every document compared by its digest."""

from search import index, loading, outbox
from search.engines import KINDS, Key, key_from_sort
from search.loading import Failures

Drift = dict[str, list[str]]
PK_BITS = 30


def find() -> Drift:
    """Documents that are missing from the index, differ from the database, or should be gone; and
    those that are parked, which are known to differ."""
    indexed = {_number(key): digest for key, digest in index.engine().digests()}
    missing, different, failures = list[str](), list[str](), Failures()
    kept_back = {outbox.key(entry) for entry in outbox.parked()}
    for document in loading.everything(failures):
        found = indexed.pop(_number(document.key), None)
        if document.key in kept_back or found == document.digest:
            continue
        (missing if found is None else different).append(str(document.key))
    unread = set(failures) | kept_back
    surplus = {_key(number) for number in indexed} - unread
    return {
        "missing": missing,
        "different": different,
        "surplus": sorted(map(str, surplus)),
        "parked": sorted(map(str, unread)),
    }


def _number(key: Key) -> int:
    """A key as one number: a million of them in a hundred megabytes, with their digests."""
    return KINDS[key.kind] << PK_BITS | key.pk


def _key(number: int) -> Key:
    return key_from_sort(number)
