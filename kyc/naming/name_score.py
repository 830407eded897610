"""From an alignment of words to one number: what agrees against what differs and what is left over.

The rules are one formula, agreed / (agreed + cost of edits + conflict + left over), and small
deductions, so that no score but that of equal names reaches the top.
"""

from math import exp

from kyc.naming.name_alignment import Alignment, align
from kyc.naming.names import Name, Part

# What a leftover weighs beside what agrees.
EDITS = {"person": 1.2, "firm": 1.2, "vessel": 1.7}
IN_TWO_SCRIPTS = 2.0  # several words that are each somewhat alike: chance rather than one name
CONFLICT = {"person": 1.3, "firm": 1.2, "vessel": 1.0}
FIRST_CONFLICT = 1.25  # of firms whose first words differ: most often the name itself
SPARE = {"firm": 0.85, "vessel": 0.9}
SPARE_OF_ONE = 0.8  # only one word of a person agrees
SPARE_OF_INITIAL = 0.5  # one word and an initial
SPARE_BY_RARE = (0.5, 0.35, 0.25)  # of the words that agree, so many are not borne by very many
SPARE_FIRST = 2.0
ALL_COMMON = 1.5  # what differs counts more where many people bear what agrees
ACRONYM = 0.78
SHORTEST_ACRONYM = 4
MOST_AGREED = 2.4  # long names do not drown the one word that differs
OTHER_NUMBER = 0.5  # Fund II is not Fund III, nor Fund
# Deductions for what differs without making another name.
NOT_SAME_TEXT, OTHER_ORDER, OTHER_PARTICLES = 0.005, 0.01, 0.01
ONE_FORM, OTHER_FORM, OTHER_SCRIPT, OTHER_SPACING = 0.015, 0.04, 0.01, 0.02
# Few letters prove little: by how much, and how fast it fades with the letters that agree.
SHORTNESS, FADING = 0.2, 4.0


def score(left: Name, right: Name) -> float:
    """0..1, symmetric; 0 where a name has no word."""
    if not left.core or not right.core:
        return 0.0
    if left.plain == right.plain:
        return _proof(sum(len(t.text) * t.weight for t in left.core))
    kind = left.kind if left.kind == right.kind else "firm"
    found = align(left, right)
    value = max(_value(found, kind), _run_together(left, right, found))
    if kind == "firm" and value < ACRONYM and _is_acronym(left, right):
        value = ACRONYM
    if not value:
        return 0.0
    letters = sum(min(len(a.text), len(b.text)) * weight for weight, _, a, b in found.pairs)
    return max(0.0, (value - _deductions(left, right, found)) * _proof(letters or 8))


def _proof(letters: float) -> float:
    return 1 - SHORTNESS * exp(-letters / FADING)


def _value(found: Alignment, kind: str) -> float:
    agreed = edits = 0.0
    several = len(found.pairs) > 1
    for weight, like, one, other in found.pairs:
        agreed += weight * like
        doubt = IN_TWO_SCRIPTS if several and one.script is not other.script else 1
        edits += weight * (1 - like) * doubt
    ours = sum(token.weight for token in found.left)
    theirs = sum(token.weight for token in found.right)
    conflict, spare = min(ours, theirs), abs(ours - theirs)
    if kind == "firm" and found.are_firsts_spare:
        conflict *= FIRST_CONFLICT
    cost = edits * EDITS[kind] + conflict * CONFLICT[kind] + spare * _spare(found, kind)
    if kind == "firm" and _other_numbers(found):
        cost += OTHER_NUMBER
    elif kind == "person" and all(a.is_known or b.is_known for _, _, a, b in found.pairs):
        cost *= ALL_COMMON
    agreed = min(agreed, MOST_AGREED)
    return agreed / (agreed + cost) if agreed else 0.0


def _other_numbers(found: Alignment) -> bool:
    return any(t.part is Part.NUMBER for t in found.left + found.right)


def _spare(found: Alignment, kind: str) -> float:
    """A person may leave out middle names where two others agree, the less the more people bear
    what agrees; a first name is seldom left out. A firm leaves out nothing."""
    if kind != "person":
        return SPARE[kind]
    names = [a for _, _, a, b in found.pairs if a.part is b.part is Part.NAME]
    if len(names) < 2:
        has_initial = any(Part.INITIAL in (a.part, b.part) for _, _, a, b in found.pairs)
        return SPARE_OF_INITIAL if names and has_initial else SPARE_OF_ONE
    rare = sum(1 for token in names if not token.is_known)
    factor = SPARE_BY_RARE[min(rare, 2)]
    return factor * (SPARE_FIRST if found.is_first_spare else 1)


def _run_together(left: Name, right: Name, found: Alignment) -> float:
    """The same letters with other spaces: SiemensAG, Good Will."""
    return 1 - OTHER_SPACING if left.squashed & right.squashed else 0.0


def _is_acronym(left: Name, right: Name) -> bool:
    short, long = sorted((left, right), key=lambda name: len(name.core))
    if len(short.core) != 1 or len(long.core) < SHORTEST_ACRONYM:
        return False
    return short.core[0].text == "".join(token.text[0] for token in long.core)


def _deductions(left: Name, right: Name, found: Alignment) -> float:
    taken = NOT_SAME_TEXT
    if not found.is_in_order:
        taken += OTHER_ORDER
    if len(left.tokens) - len(left.core) != len(right.tokens) - len(right.core):
        taken += OTHER_PARTICLES
    if left.forms != right.forms:
        both = left.forms and right.forms and not left.forms & right.forms
        taken += OTHER_FORM if both else ONE_FORM
    if any(a.script is not b.script for _, _, a, b in found.pairs):
        taken += OTHER_SCRIPT
    return taken
