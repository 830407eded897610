"""What a charge says a thing is, held against what an expert found: agrees, weaker, or not.

Pure. Names are scientific; a wider name (genus, family, order) includes the narrower one.
"""

from dataclasses import dataclass
from typing import Literal

Relation = Literal["agrees", "weaker", "contradicts", "unclear", "open"]
WIDER = (" spp.", " spp", " sp.", " sp")


@dataclass(frozen=True)
class Species:
    """A taxon as far as names tell; family and order are empty where they are not known."""

    name: str
    rank: str = "species"
    family: str = ""
    order: str = ""
    is_known: bool = True  # a row of the table, and not only words that somebody wrote


def plain(name: str) -> str:
    """`Loxodonta sp.` is the genus Loxodonta."""
    text = " ".join(name.split())
    for end in WIDER:
        text = text.removesuffix(end)
    return text


def includes(wide: Species, narrow: Species) -> bool:
    """Whether everything of the narrower name is of the wider one."""
    name = plain(wide.name).casefold()
    if plain(narrow.name).casefold().startswith(f"{name} "):
        return True
    return bool(name) and name in (narrow.family.casefold(), narrow.order.casefold())


def relation(said: Species, found: Species, *, is_determined: bool = True) -> Relation:
    """How the finding stands to what is charged."""
    if not is_determined or not found.name.strip():
        return "open"
    if plain(said.name).casefold() == plain(found.name).casefold() or includes(said, found):
        return "agrees"
    if includes(found, said):
        return "weaker"
    return "contradicts" if found.is_known else "unclear"
