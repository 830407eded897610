"""An invented vocabulary whose words are as unevenly common as those of real text."""

import random
from itertools import accumulate

COMMON = (
    "the container was opened at gate and seal found cut bags of tea held ivory tusks under "
    "cashew nuts officer weighed photographed lorry driver clearing agent said shipper consignee "
    "unknown port vessel export entry customs scanner image warehouse godown witness statement "
    "magistrate adjourned absent exhibit store handed over signed pangolin scales rhino horn "
    "rosewood shark fins dried fish maws telephone number bank transfer company director"
)
SYLLABLES = "ba ka la ma na ra sa ta wa ya be ke le mi ni ri si ti wi zu ku lu mu nu ndo ngo mba"
SIZE = 20_000
VERY_COMMON, MIDDLING = "container", "rosewood"  # in most texts; in some


class Words:
    """Rank r is about r times rarer than the first (Zipf); the same seed gives the same text."""

    def __init__(self) -> None:
        maker, syllables = random.Random(1), SYLLABLES.split()
        made: dict[str, None] = dict.fromkeys(COMMON.split())
        while len(made) < SIZE:
            made["".join(maker.choices(syllables, k=maker.randint(2, 4)))] = None
        self.words = list(made)
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(SIZE)))

    def some(self, source: random.Random, count: int) -> str:
        text = " ".join(source.choices(self.words, cum_weights=self.weights, k=count))
        return text[:1].upper() + text[1:]

    def rare(self, place: int) -> str:
        """A word of the tail: in a few texts of a large collection."""
        return self.words[-1 - place % (SIZE // 4)]
