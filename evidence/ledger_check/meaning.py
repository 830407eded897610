"""What a break in the ledger means, in a sentence for whoever has to say it in court. Pure."""

import re

# The first that fits the part that a check named.
_MEANINGS = (
    (
        r", event \d+, (digest|leaf|format)$",
        "What this event says now is not what was recorded, by the digests that were made of it:"
        " it, or they, were changed afterwards.",
    ),
    (
        r", event \d+, account of ",
        "The name in this event leads to the account of somebody else now, or to none.",
    ),
    (
        r", event \d+, (answers|corrects)$",
        "What this event answers or corrects is not in the chain of this exhibit.",
    ),
    (
        r", event \d+, ",
        "The events of this exhibit do not follow each other as they were recorded: one was taken"
        " out, put in or moved.",
    ),
    (
        r", event \d+$",
        "This event is not under any signed head, and does not wait for one: its place was"
        " removed.",
    ),
    (r", events$", "This exhibit has no chain of custody that can be read. Each began with one."),
    (
        r", case and label$",
        "The events were recorded about a case or an exhibit of another name.",
    ),
    (
        r", (holder|place)$",
        "The chain of custody is whole, but lists show another holder or place than it does.",
    ),
    (
        r"\baudit entry \d+$",
        "What stands here now is not what the act wrote, by the digests that were made of it: one"
        " of them was changed, removed or put in afterwards.",
    ),
    (
        r"\b(cosignature of|kept head of|time stamp on) ",
        "What somebody outside signed or stamped does not fit this ledger, or cannot be checked"
        " with the keys and certificates that are trusted here.",
    ),
    (r"^leaf ", "A record of the ledger was removed, or another put in its place."),
    (
        r"^newest head$",
        "The last signature is not over the whole ledger: a signed head, or records, were removed.",
    ),
    (
        r"head of \d+, records$",
        "A signature covers more records than there are: some were removed, or an old copy was"
        " restored.",
    ),
    (
        r"\bhead of \d+, root$",
        "The records are not those of this head: they, or the head, were written anew.",
    ),
    (
        r"^(heads file|.*, order)$",
        "The file of signed heads is missing, or not as it was written. A witness has a copy.",
    ),
    (r"\bhead\b", "A signed head is not as it was written."),
    (
        r"^node ",
        "The records are whole, but digests that are kept for quick proofs were changed.",
    ),
    (
        r"^triggers$",
        "What keeps the database from changing records is off: they could be changed now.",
    ),
)


def meaning(part: str) -> str:
    """For the part that a Mismatch names."""
    for pattern, told in _MEANINGS:
        if re.search(pattern, part):
            return told
    return "What stands here now is not what was recorded: it was changed, removed or put in."
