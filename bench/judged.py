"""Collections of documents, questions and what answers them, and the measures of an order.

Pure. A document that is listed for a question counts as an answer, whatever its grade.
"""

import gzip
import html
import json
import math
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

MOST_TYPED = 1_000  # characters of a question, as the box reads them


@dataclass(frozen=True)
class Document:
    number: str
    title: str
    body: str


@dataclass(frozen=True)
class Collection:
    """`questions` by the name of the set and their number; `relevant` by that number."""

    documents: Sequence[Document]
    questions: Mapping[str, Mapping[str, str]]
    relevant: Mapping[str, frozenset[str]]


def cranfield(docs: Path, queries: Path, qrels: Path) -> Collection:
    documents = [
        Document(str(one["id"]), one.get("title", ""), one.get("body", "")) for one in _read(docs)
    ]
    asked = {str(one["query number"]): one["query"] for one in _read(queries)}
    found: dict[str, set[str]] = {}
    for one in _read(qrels):
        if int(one["position"]) > 0:
            found.setdefault(str(one["query_num"]), set()).add(str(one["id"]))
    relevant = {number: frozenset(some) for number, some in found.items()}
    return Collection(documents, {"questions": asked}, relevant)


def judgments(path: Path) -> Collection:
    """Each judgment is the one answer to its own catchphrases."""
    documents: list[Document] = []
    every: dict[str, str] = {}
    longest: dict[str, str] = {}
    for number, written in enumerate(_xml(path)):
        phrases = _texts("catchphrase", written)
        if not phrases:
            continue
        name = next(iter(_texts("name", written)), "")
        documents.append(Document(str(number), name, " ".join(_texts("sentence", written))))
        every[str(number)] = " ".join(phrases)[:MOST_TYPED]
        longest[str(number)] = max(phrases, key=len)[:MOST_TYPED]
    relevant = {document.number: frozenset({document.number}) for document in documents}
    return Collection(
        documents, {"all catchphrases": every, "the longest catchphrase": longest}, relevant
    )


def report(relevant: Mapping[str, frozenset[str]], ranked: Mapping[str, Sequence[str]]) -> str:
    asked = [(relevant[number], order) for number, order in ranked.items() if relevant.get(number)]
    measures = {
        "nDCG@10": fmean(ndcg(wanted, order) for wanted, order in asked),
        "MAP": fmean(average_precision(wanted, order) for wanted, order in asked),
        "recall@100": fmean(
            len(wanted & set(order[:100])) / len(wanted) for wanted, order in asked
        ),
        "MRR": fmean(reciprocal_rank(wanted, order) for wanted, order in asked),
    }
    shown = ", ".join(f"{name} {value:.4f}" for name, value in measures.items())
    return f"{shown} ({len(asked)} questions)"


def ndcg(wanted: frozenset[str], order: Sequence[str], depth: int = 10) -> float:
    gained = sum(_discount(i) for i, one in enumerate(order[:depth]) if one in wanted)
    return gained / sum(map(_discount, range(min(depth, len(wanted)))))


def average_precision(wanted: frozenset[str], order: Sequence[str]) -> float:
    places = [i for i, one in enumerate(order) if one in wanted]
    return sum(n / (place + 1) for n, place in enumerate(places, 1)) / len(wanted)


def recall(wanted: frozenset[str], order: Sequence[str], depth: int = 100) -> float:
    return len(wanted & set(order[:depth])) / len(wanted)


def reciprocal_rank(wanted: frozenset[str], order: Sequence[str]) -> float:
    return next((1 / (i + 1) for i, one in enumerate(order) if one in wanted), 0.0)


def _discount(place: int) -> float:
    return 1 / math.log2(place + 2)


def _read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    rows: list[dict[str, Any]] = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    return rows


def _xml(path: Path) -> Iterator[str]:
    """The judgments in a fixed order; their XML is not well formed, so it is read as text."""
    yield from (data.decode(errors="replace") for _, data in sorted(_files(path)))


def _files(path: Path) -> Iterable[tuple[str, bytes]]:
    if path.is_dir():
        yield from ((str(file), file.read_bytes()) for file in path.rglob("*.xml"))
        return
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name.endswith(".xml") and (file := archive.extractfile(member)):
                yield member.name, file.read()


def _texts(tag: str, written: str) -> list[str]:
    found = re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", written, re.DOTALL)
    plain = (html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found)
    return [text for text in plain if text]
