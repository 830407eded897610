"""Candidates for a name: which of many names it may be a spelling of, best first.

Pure. A thin first version: every name that shares a word.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from kyc import names


class NameIndex:
    def __init__(
        self, rows: Iterable[tuple[int, str, str]], codes: Iterable[tuple[int, str]] = ()
    ) -> None:
        self._words: dict[str, set[int]] = defaultdict(set)
        self._codes: dict[str, set[int]] = defaultdict(set)
        for key, text, kind in rows:
            for word in names.read(text, kind).words:
                self._words[word].add(key)
        for key, code in codes:
            self._codes[code].add(key)

    def find(self, text: str, kind: str = "", limit: int = 50) -> list[int]:
        found: Counter[int] = Counter()
        for word in names.read(text, kind).words:
            found.update(self._words.get(word, ()))
        return [key for key, _ in found.most_common(limit)]

    def by_code(self, code: str) -> list[int]:
        return sorted(self._codes.get(code, ()))
