"""Invented names of people and firms, as unevenly common as real ones, and how they get altered.

Every name is made of syllables; none is taken from a list of real ones. A few given names stand in
every hundredth row, most family names in a handful: that skew is what makes an index slow.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

VOWELS = "aeiou"
CYRILLIC = tuple(
    pair.split("=")
    for pair in (  # noqa: SIM905
        "ch=ч sh=ш kh=х zh=ж ya=я yu=ю a=а b=б c=к d=д e=е f=ф g=г h=х i=и j=дж k=к l=л "  # noqa: RUF001
        "m=м n=н o=о p=п q=к r=р s=с t=т u=у v=в w=в x=кс y=й z=з"  # noqa: RUF001
    ).split()
)
TRADE = (
    *("trading", "shipping", "logistics", "exporters", "timber"),
    *("marine", "agencies", "freight", "holdings", "cargo"),
)
FORMS = "Ltd", "Limited", "Co Ltd", "LLC", "SARL", "GmbH", "Lda", "FZE", "PLC", "Pty Ltd"
PARTICLES = "bin", "al", "de", "van", "wa", "ole", "el", "da"


@dataclass(frozen=True)
class Culture:
    """Onsets and rimes of syllables; how many different given and family names people bear."""

    onsets: str
    rimes: str
    given: int
    family: int
    syllables: tuple[int, int]  # of a name: from, to
    words: tuple[int, ...]  # how many names a person has, one drawn
    share: int


CULTURES = (
    Culture("b k l m n r s t w ng nj mb ch j", "a e i o u", 1_500, 30_000, (2, 4), (2, 3, 3), 25),
    Culture("h m s r kh z j d b f n sh q y", "a i u aa ee ou al am id", 700, 20_000, (2, 3),
            (2, 3, 4), 25),
    Culture("x w h zh l q j g t s ch y m", "ang ei ao ia un iu en ong u i", 4_000, 400, (1, 2),
            (2, 2, 3), 15),
    Culture("p t c v g m l r s d n br tr", "a o e i an es ar os in", 1_000, 40_000, (2, 4),
            (2, 3, 4), 20),
    Culture("v d b s k m n p r l st gr z", "a o i e ov ir an ik", 800, 60_000, (2, 4), (2, 3), 15),
)  # fmt: skip


class Names:
    """The same seed gives the same names."""

    def __init__(self, seed: int = 7) -> None:
        self.source = random.Random(seed)
        self.shares = [culture.share for culture in CULTURES]
        self.given = [_Pool(self.source, c, c.given) for c in CULTURES]
        self.family = [_Pool(self.source, c, c.family) for c in CULTURES]

    def some(self, count: int) -> Iterator[str]:
        for _ in range(count):
            yield self._firm() if self.source.random() < 0.25 else self._person()

    def _person(self) -> str:
        at = self.source.choices(range(len(CULTURES)), self.shares)[0]
        count = self.source.choice(CULTURES[at].words)
        words = [self.given[at].one(self.source) for _ in range(count - 1)]
        words.append(self.family[at].one(self.source))
        if self.source.random() < 0.08:
            words.insert(-1, self.source.choice(PARTICLES))
        return " ".join(words).title()

    def _firm(self) -> str:
        at = self.source.choices(range(len(CULTURES)), self.shares)[0]
        own = self.source.choice((self._coined, self._coined, self._family))
        words = [own(at)]
        words += [self._family(at)] if self.source.random() < 0.4 else []
        words += self.source.sample(TRADE, self.source.choice((0, 1, 1, 2)))
        return f"{' '.join(words).title()} {self.source.choice(FORMS)}"

    def _family(self, at: int) -> str:
        return self.family[at].one(self.source)

    def _coined(self, at: int) -> str:
        """What a firm calls itself: seldom does another one bear it."""
        onsets, rimes = CULTURES[at].onsets.split(), CULTURES[at].rimes.split()
        count = self.source.choice((2, 3, 3, 4))
        return "".join(self.source.choice(onsets) + self.source.choice(rimes) for _ in range(count))


class _Pool:
    """Names of one kind; rank r is borne about r times more rarely than the first (Zipf)."""

    def __init__(self, source: random.Random, culture: Culture, count: int) -> None:
        onsets, rimes = culture.onsets.split(), culture.rimes.split()
        made: dict[str, None] = {}
        for attempt in range(count * 20):
            longest = culture.syllables[1] + attempt // (count * 5)
            syllables = source.randint(culture.syllables[0], longest)
            parts = (source.choice(onsets) + source.choice(rimes) for _ in range(syllables))
            made["".join(parts)] = None
            if len(made) == count:
                break
        self.words = list(made)
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def one(self, source: random.Random) -> str:
        return source.choices(self.words, cum_weights=self.weights)[0]


def is_firm(name: str) -> bool:
    return name.endswith(FORMS)


def one_typo(name: str, source: random.Random) -> str:
    """A letter left out, doubled, changed, or changed places with the next one."""
    at = source.choice([n for n, letter in enumerate(name) if letter.isalpha()])
    letter = source.choice("abcdefghijklmnopqrstuvwxyz")
    return source.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        )
    )


def two_typos(name: str, source: random.Random) -> str:
    return one_typo(one_typo(name, source), source)


def another_order(name: str, source: random.Random) -> str:
    words = name.split()
    return " ".join(words[-1:] + words[:-1])


def a_word_left_out(name: str, source: random.Random) -> str:
    """Of a firm the legal form; of a person with several given names one of these."""
    words = name.split()
    if is_firm(name):
        del words[-1]
    elif len(words) > 2:
        del words[source.randrange(len(words) - 1)]
    return " ".join(words)


def a_word_added(name: str, source: random.Random) -> str:
    words = name.split()
    words.insert(source.randrange(len(words)), source.choice(("Orlando", "Junior", "Mzee", "Haji")))
    return " ".join(words)


SPELLINGS = (
    ("kh", "h"), ("ou", "u"), ("ee", "i"), ("q", "k"), ("sh", "ch"), ("aa", "a"), ("zh", "j"),
    ("v", "w"), ("y", "i"), ("j", "dj"), ("ck", "k"), ("ng", "n"), ("x", "ks"), ("f", "ph"),
    ("iu", "yu"), ("ei", "ey"), ("c", "k"), ("s", "ss"),
)  # fmt: skip


def another_spelling(name: str, source: random.Random) -> str:
    """One of the ways in which the same sound is written in Latin letters."""
    lower = name.lower()
    fitting = [(a, b) for pair in SPELLINGS for a, b in (pair, pair[::-1]) if a in lower]
    if not fitting:
        return lower
    before, after = source.choice(fitting)
    return lower.replace(before, after, 1).title()


def an_initial(name: str, source: random.Random) -> str:
    """A person's first given name as a letter, where more than a family name is left."""
    words = name.split()
    if len(words) > 2 and not is_firm(name):
        words[0] = f"{words[0][0]}."
    return " ".join(words)


def another_script(name: str, source: random.Random) -> str:
    name = name.lower()
    for latin, cyrillic in CYRILLIC:
        name = name.replace(latin, cyrillic)
    return name.title()


Alteration = Callable[[str, random.Random], str]
ALTERATIONS: dict[str, Alteration] = {
    "one typo": one_typo,
    "two typos": two_typos,
    "another order": another_order,
    "a word left out": a_word_left_out,
    "a word added": a_word_added,
    "another spelling": another_spelling,
    "an initial": an_initial,
    "Cyrillic letters": another_script,
}
