"""Why two names scored as they did, in plain words: for the person who has to judge."""

from kyc.naming.name_alignment import Alignment, align
from kyc.naming.name_likeness import SAME_SOUND, SPELLING
from kyc.naming.names import Name, Part, Token

Words = tuple[str, str]  # a code, and the sentence


def explain(left: Name, right: Name) -> list[Words]:
    """What differs between two names; nothing where they are written alike."""
    if left.plain == right.plain or not left.core or not right.core:
        return []
    if left.squashed & right.squashed and len(left.tokens) != len(right.tokens):
        return [("spacing", "The same letters, with other spaces.")]
    found = align(left, right)
    said = [_pair(a, b, like) for _, like, a, b in found.pairs if like < 1 or a.raw != b.raw]
    said += _left_over(found)
    if not found.is_in_order:
        said.append(("order", "The words stand in another order."))
    return said + _forms(left, right)


def _pair(left: Token, right: Token, like: float) -> Words:
    ours, theirs = left.raw, right.raw
    if Part.INITIAL in (left.part, right.part):
        short, long = sorted((ours, theirs), key=len)
        return "initial", f"“{short}” may stand for “{long}”."
    if left.script is not right.script:
        return "script", f"“{ours}” and “{theirs}” sound alike in two scripts."
    if left.classes & right.classes and like <= SPELLING:
        return "variant", f"“{ours}” and “{theirs}” are forms of one name."
    if like == 1:
        return "spelling", f"“{ours}” and “{theirs}” are one name with and without its marks."
    if left.sound == right.sound and like >= SAME_SOUND - 0.05:
        return "sound", f"“{ours}” and “{theirs}” are said alike."
    return "spelling", f"“{ours}” and “{theirs}” are spelt a little differently."


def _left_over(found: Alignment) -> list[Words]:
    ours, theirs = (" ".join(t.raw for t in rest) for rest in (found.left, found.right))
    if ours and theirs:
        return [("conflict", f"“{ours}” on one side, “{theirs}” on the other.")]
    if ours or theirs:
        return [("left_over", f"Only one of the names has “{ours or theirs}”.")]
    return []


def _forms(left: Name, right: Name) -> list[Words]:
    if left.forms == right.forms:
        return []
    if left.forms and right.forms and not left.forms & right.forms:
        return [("legal_form", "The legal forms are different.")]
    return [("legal_form", "Only one of the names says all of the legal form.")]
