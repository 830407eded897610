"""Which word of one name is which of the other, words that were run together included."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kyc.naming.name_likeness import likeness
from kyc.naming.names import Name, Part, Token, joined

MERGED = 0.97
LEAST_MERGED, LEAST_ACROSS = 0.8, 0.7
SHORTEST_MERGED = 5
NEARLY = 0.05


@dataclass(slots=True)
class Alignment:
    """`pairs` are (weight, likeness, left, right); the rests are words without a partner."""

    pairs: list[tuple[float, float, Token, Token]]
    left: list[Token]
    right: list[Token]
    is_in_order: bool = True
    is_first_spare: bool = False  # the first word of one name has no partner
    are_firsts_spare: bool = False  # nor has that of the other


def align(left: Name, right: Name) -> Alignment:
    """The best partners first; each word has one partner at most."""
    if whole := _whole(left, right):
        return whole
    pairs, ours, theirs = _partners(left.core, right.core)
    found = Alignment(
        [(_weight(a, b), like, a, b) for like, a, b in pairs],
        [token for place, token in enumerate(left.core) if place in ours],
        [token for place, token in enumerate(right.core) if place in theirs],
    )
    found.is_in_order = _is_in_order(left, right, found)
    if found.left and (found.right or len(right.core) < len(right.tokens)):
        _merge(found.left, found.right, right, found)
    if found.right and (found.left or len(left.core) < len(left.tokens)):
        _merge(found.right, found.left, left, found)
    if found.right:
        _extend(found, right, found.right, 3)
    if found.left:
        _extend(found, left, found.left, 2)
    firsts = left.core[0] in found.left, right.core[0] in found.right
    found.is_first_spare, found.are_firsts_spare = any(firsts), all(firsts)
    return found


def _whole(left: Name, right: Name) -> Alignment | None:
    """One word that is all the words of the other name, in any order: 李小泽, Xiaoze Li."""
    short, long = (left, right) if len(left.core) < len(right.core) else (right, left)
    run = long.core
    if len(short.core) != 1 or not 2 <= len(run) <= 3:
        return None
    token = short.core[0]
    like = max(_like_run(token, run[at:] + run[:at]) for at in range(len(run)))
    if like < _least(token, run[0]):
        return None
    weight = max(token.weight, sum(t.weight for t in run))
    return Alignment([(weight, like * MERGED, token, run[0])], [], [])


def _least(one: Token, other: Token) -> float:
    return LEAST_MERGED if one.script is other.script else LEAST_ACROSS


def _weight(one: Token, other: Token) -> float:
    """A word of trade with a slip is still a word of trade."""
    if one.part is Part.BUSINESS or other.part is Part.BUSINESS:
        return min(one.weight, other.weight)
    return (one.weight + other.weight) / 2


def _partners(
    left: Sequence[Token], right: Sequence[Token]
) -> tuple[list[tuple[float, Token, Token]], set[int], set[int]]:
    ours, theirs = set(range(len(left))), set(range(len(right)))
    every = []
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            like = 1.0 if one is other else likeness(one, other)
            if like:
                every.append((-like, abs(i - j), i, j))
    every.sort()
    pairs = []
    for minus, _, i, j in every:
        if i in ours and j in theirs:
            ours.remove(i)
            theirs.remove(j)
            pairs.append((-minus, left[i], right[j]))
    return pairs, ours, theirs


def _is_in_order(left: Name, right: Name, found: Alignment) -> bool:
    if len(found.pairs) < 2:
        return True
    places = {id(token): place for place, token in enumerate(right.core)}
    order = {id(a): places[id(b)] for _, _, a, b in found.pairs}
    follow = [order[id(token)] for token in left.core if id(token) in order]
    return all(a <= b for a, b in pairwise(follow))


def _merge(long: list[Token], short: list[Token], of_short: Name, found: Alignment) -> None:
    """A word of one side that is two or three neighbours of the other: vanderbilt, van der bilt."""
    for token in [t for t in long if len(t.text) >= SHORTEST_MERGED]:
        for run in _runs(of_short, short):
            like = _like_run(token, run)
            if like >= _least(token, run[0]):
                weight = max(token.weight, sum(t.weight for t in run))
                found.pairs.append((weight, like * MERGED, token, run[0]))
                long.remove(token)
                for part in run:
                    if part in short:
                        short.remove(part)
                break


def _extend(found: Alignment, name: Name, free: list[Token], half_at: int) -> None:
    """A word that is half a partner takes its free neighbour along: Nasrallah, Nasr Allah.
    `half_at` is where the words of `name` stand in a pair: 2 left, 3 right."""
    for at, pair in enumerate(found.pairs):
        half, whole = (pair[2], pair[3]) if half_at == 2 else (pair[3], pair[2])
        if pair[1] == 1 or half not in name.core:
            continue
        for run in _neighbours(name, half):
            spare = run[1] if run[0] is half else run[0]
            like = _like_run(whole, run) if spare in free else 0.0
            if like >= max(_least(whole, half), pair[1] - NEARLY):
                weight = max(whole.weight, run[0].weight + run[1].weight)
                found.pairs[at] = (weight, like * MERGED, pair[2], pair[3])
                free.remove(spare)
                break


def _neighbours(name: Name, token: Token) -> list[tuple[Token, ...]]:
    at = name.tokens.index(token)
    runs = name.tokens[at : at + 2], name.tokens[max(at - 1, 0) : at + 1]
    return [run for run in runs if len(run) == 2]


def _like_run(token: Token, run: tuple[Token, ...]) -> float:
    if token.script is run[0].script:
        far = abs(len(token.text) - sum(len(t.text) for t in run)) > 2
        if far or token.text[0] != run[0].text[0]:
            return 0.0
    return likeness(token, joined(run))


def _runs(name: Name, free: list[Token]) -> list[tuple[Token, ...]]:
    """Two or three neighbours, of which one at least is free and the others free or particles."""
    tokens = name.tokens
    open_ = [t in free or t.part >= Part.PARTICLE for t in tokens]
    found = []
    for size in (2, 3):
        for i in range(len(tokens) - size + 1):
            run = tokens[i : i + size]
            if all(open_[i : i + size]) and any(t in free for t in run):
                found.append(run)
    return found
