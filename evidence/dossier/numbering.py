"""The numbers of pages: they run through all volumes, and once issued they never change. Pure."""

from collections.abc import Iterator, Sequence

MOST_PAGES = 300  # of one volume


def labels(first: int, count: int) -> list[str]:
    """`413`, `414`, ..."""
    return [str(number) for number in range(first, first + count)]


def replacement_labels(page: int, count: int, used: int = 0) -> list[str]:
    """`57A`, `57B`, ... for pages that stand for page 57; `used` letters are taken already."""
    return [f"{page}{_letters(at)}" for at in range(used, used + count)]


def _letters(at: int) -> str:
    """A to Z, then AA, AB, ..."""
    said = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def cut(pieces: list[int], most: int = MOST_PAGES) -> Iterator[tuple[int, int]]:
    """Runs of pieces (their page counts) that fit into one volume: index of first and after last.

    A piece longer than a volume stands alone; its writer breaks it.
    """
    begin, held = 0, 0
    for at, count in enumerate(pieces):
        if held and held + count > most:
            yield begin, at
            begin, held = at, 0
        held += count
    if begin < len(pieces):
        yield begin, len(pieces)


def ranges(labels: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """Runs of labels: the page each begins at, its label, and its first number.

    The number is 0 where the label is not one, such as 57A: each of these is a run.
    """
    before = 0
    for at, label in enumerate(labels):
        here = int(label) if label.isdecimal() else 0
        if not here or here != before + 1 or not at:
            yield at, label, here
        before = here
