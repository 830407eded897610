"""How well names are matched, beside plain string measures, and what a pair costs.

`python -m bench.matching PAIRS.csv` judges labelled pairs (name1, name2, is_match, and schema where
known); a TSV with lang, latin, native asks which spellings in two scripts are recognised, against
shuffled pairs. Without a file: invented names, altered and mixed up.
"""

import argparse
import csv
import random
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, utils

from kyc.naming import matching

Row = dict[str, object]
Scored = list[tuple[float, bool]]
Matcher = Callable[[str, str, str], float]
DEFAULT = matching.ALARM / matching.FULL
RECALL = 0.835  # where the best open matcher stands with a precision of 0.773
KINDS = {
    "person": "person", "company": "firm", "organization": "firm", "vessel": "vessel",
    "firm": "firm",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    left: str
    right: str
    is_match: bool
    kind: str = ""
    group: str = ""


def _sort(left: str, right: str, kind: str) -> float:
    return fuzz.token_sort_ratio(left, right, processor=utils.default_process) / 100


def _wide(left: str, right: str, kind: str) -> float:
    return fuzz.WRatio(left, right, processor=utils.default_process) / 100


MATCHERS: dict[str, Matcher] = {
    "this matcher": matching.names,
    "rapidfuzz token_sort_ratio": _sort,
    "rapidfuzz WRatio": _wide,
}


def read(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix == ".tsv":
            return _shuffled(list(csv.DictReader(file, delimiter="\t")))
        return [
            Pair(
                row["name1"],
                row["name2"],
                row["is_match"].strip().lower() in ("true", "1", "yes"),
                KINDS.get((row.get("schema") or "").lower(), ""),
            )
            for row in csv.DictReader(file)
        ]


def _shuffled(rows: list[dict[str, str]]) -> list[Pair]:
    """Each spelling with its own, and with another one's of the same language."""
    pairs = []
    for lang in sorted({row["lang"] for row in rows}):
        of_lang = [row for row in rows if row["lang"] == lang]
        for place, row in enumerate(of_lang):
            other = of_lang[(place + len(of_lang) // 2) % len(of_lang)]
            pairs.append(Pair(row["latin"], row["native"], True, "person", lang))
            pairs.append(Pair(row["latin"], other["native"], False, "person", lang))
    return pairs


def measure(pairs: list[Pair], name: str, matcher: Matcher) -> list[Row]:
    began = time.process_time()
    scored = [(matcher(p.left, p.right, p.kind), p.is_match) for p in pairs]
    micros = (time.process_time() - began) / len(pairs) * 1e6
    threshold, _ = max(
        ((at, _f1(scored, at)) for at in sorted({score for score, _ in scored})),
        key=lambda found: found[1],
    )
    rows = [
        *_at(scored, DEFAULT, f"{name}, default threshold {DEFAULT}"),
        *_at(scored, threshold, f"{name}, best threshold {threshold:.3f}"),
        {"name": f"{name}, precision at recall {RECALL}", "value": _precision_at(scored, RECALL)},
        {"name": f"{name}, a pair, names read for the first time", "value": micros, "unit": "µs"},
    ]
    return [{"unit": "", "n": len(pairs), **row} for row in rows]


def _counts(scored: Scored, at: float) -> tuple[int, int, int]:
    """True and false alarms from a threshold on, and matches in all."""
    true = sum(1 for score, is_match in scored if score >= at and is_match)
    false = sum(1 for score, is_match in scored if score >= at and not is_match)
    return true, false, sum(is_match for _, is_match in scored)


def _f1(scored: Scored, at: float) -> float:
    true, false, matches = _counts(scored, at)
    return 2 * true / ((true + false + matches) or 1)


def _at(scored: Scored, at: float, name: str) -> list[Row]:
    true, false, matches = _counts(scored, at)
    return [
        {"name": f"{name}: precision", "value": true / ((true + false) or 1)},
        {"name": f"{name}: recall", "value": true / (matches or 1)},
        {"name": f"{name}: F1", "value": _f1(scored, at)},
    ]


def _precision_at(scored: Scored, recall: float) -> float:
    """At the highest threshold with at least that recall."""
    ranked = sorted((score for score, is_match in scored if is_match), reverse=True)
    at = ranked[min(len(ranked) - 1, max(0, -int(-recall * len(ranked) // 1) - 1))]
    true, false, _ = _counts(scored, at)
    return true / (true + false)


def by_language(pairs: list[Pair]) -> list[Row]:
    """Share recognised at the default threshold, and shuffled pairs that were, a language a row."""
    rows: list[Row] = []
    for lang in sorted({pair.group for pair in pairs}):
        for is_match, what in ((True, "recognised"), (False, "shuffled pairs taken for one")):
            mine = [p for p in pairs if p.group == lang and p.is_match is is_match]
            hits = sum(matching.names(p.left, p.right, p.kind) >= DEFAULT for p in mine)
            rows.append(
                {"name": f"{lang}: {what}", "value": hits / len(mine), "unit": "", "n": len(mine)}
            )
    return rows


def judge(pairs: list[Pair]) -> list[Row]:
    rows = [row for name, matcher in MATCHERS.items() for row in measure(pairs, name, matcher)]
    began = time.process_time()
    for pair in pairs:
        matching.names(pair.left, pair.right, pair.kind)
    micros = (time.process_time() - began) / len(pairs) * 1e6
    name = "this matcher, a pair, names read before"
    rows.append({"name": name, "value": micros, "unit": "µs", "n": len(pairs)})
    return rows + (by_language(pairs) if any(pair.group for pair in pairs) else [])


def run(quick: bool) -> list[Row]:
    return judge(invented(200 if quick else 4_000, random.Random(7)))


SYLLABLES = ("ba", "do", "ke", "lu", "mi", "na", "po", "ra", "si", "tu", "ve", "wa", "yo", "zi")
TRADES = ("Shipping", "Logistics", "Timber", "Trading", "Freight", "Holdings", "Marine")
FORMS = ("Ltd", "Limited", "GmbH", "S.A.", "LLC", "PLC", "Sdn Bhd", "JSC")


def invented(count: int, chance: random.Random) -> list[Pair]:
    """Half of them one name written in two ways, half two names that have a word in common."""
    pairs = []
    for place in range(count):
        make, kind = ((_person, "person"), (_firm, "firm"))[place % 2]
        name = make(chance)
        if place % 4 < 2:
            pairs.append(Pair(name, _altered(name, kind, chance), True, kind))
        else:
            pairs.append(Pair(name, _other(name, make(chance), chance), False, kind))
    return pairs


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).title()


def _person(chance: random.Random) -> str:
    return " ".join(_word(chance) for _ in range(chance.choice((2, 2, 3))))


def _firm(chance: random.Random) -> str:
    return f"{_word(chance)} {_word(chance)} {chance.choice(TRADES)} {chance.choice(FORMS)}"


def _altered(name: str, kind: str, chance: random.Random) -> str:
    words = name.split()
    if kind == "firm":
        last = chance.choice((FORMS[0], FORMS[1], ""))
        return _slip(" ".join([*words[:-1], last]).strip(), chance)
    ways = (
        " ".join([words[-1].upper() + ",", *words[:-1]]),
        " ".join([words[0], _word(chance), words[-1]]),
        _slip(name, chance),
        "".join(words[:2]) + " " + " ".join(words[2:]),
        f"{words[0][0]}. {words[-1]}",
    )
    return chance.choice(ways).strip()


def _slip(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    return chance.choice((name[:at] + name[at + 1 :], name[:at] + "e" + name[at:]))


def _other(name: str, stranger: str, chance: random.Random) -> str:
    """A stranger who shares one word: the family name, or the trade and the form."""
    words, theirs = name.split(), stranger.split()
    return " ".join([*theirs[:-1], words[-1]] if chance.random() < 0.5 else [words[0], *theirs[1:]])


def main(arguments: Iterable[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="*", type=Path, help="labelled pairs, CSV or TSV")
    for path in parser.parse_args(list(arguments)).pairs or [None]:
        rows = judge(read(path)) if path else run(quick=False)
        print(path or "invented names")
        for row in rows:
            print(f"  {row['name']:66} {row['value']:8.3f} {row['unit']:3} n={row['n']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
