"""What a break in the ledger means, in a sentence for whoever has to say it in court. Pure."""

import re

# The first that fits the part that a check named.
_MEANINGS = (
    (
        r", event \d+, (digest|leaf|format)$",
        "What this event says now is not what was recorded: it was changed afterwards.",
    ),
    (
        r", event \d+, account of ",
        "The name in this event leads to the account of somebody else now.",
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
    (r", events$", "This exhibit has no chain of custody that can be read, and once had one."),
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
        "What stands here now is not what the act wrote: it was changed, removed or put in"
        " afterwards.",
    ),
    (
        r"\b(cosignature of|kept head of|time stamp on) ",
        "What somebody outside signed or stamped does not belong to this ledger any more.",
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
        "The records are not those that were signed: they were written anew.",
    ),
    (
        r"^(heads file|.*, order)$",
        "The file of signed heads is not as it was written: put back the copy of a witness.",
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
