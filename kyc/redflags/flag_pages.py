"""The board of red flags as its pages show it: by group and indicator, with links and verbs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from casework import access
from casework.models import Case, Indicator
from kyc.redflags import flag_board, flag_words
from kyc.redflags.flag_board import Board, Raised, Silent
from kyc.redflags.flag_links import Link, Links
from kyc.redflags.indicators import RULES, Score

GROUPS = dict(Indicator._meta.get_field("group").flatchoices)
BAR = 11  # width of a point in the picture of the sum


@dataclass(frozen=True)
class Line:
    """A sentence of evidence with what it rests on."""

    text: SafeString
    links: Sequence[Link]


@dataclass(frozen=True)
class Item:
    """One flag: about what, why, and how it stands."""

    raised: Raised
    about: Link
    lines: Sequence[Line]
    mark: str
    word: str


@dataclass(frozen=True)
class Row:
    """An indicator with all the flags that it raised, and what they add to the sum."""

    indicator: Indicator
    items: Sequence[Item]
    points: int
    under: str  # the indicator under which its facts weigh already
    is_standing: bool


@dataclass(frozen=True)
class Group:
    title: StrOrPromise
    rows: Sequence[Row]


@dataclass(frozen=True)
class Weight:
    """What weighs on one load or party."""

    about: Link
    key: str
    score: Score
    explained: str


@dataclass(frozen=True)
class Unknown:
    """An indicator that could not be judged, by what it lacked."""

    indicator: Indicator
    lacks: Sequence[tuple[str, Sequence[Link]]]


@dataclass(frozen=True)
class Told:
    """How the flags of a load stand, for its own page."""

    words: str
    score: Score
    key: str


@dataclass(frozen=True)
class Page:
    groups: Sequence[Group]
    score: Score
    explained: str
    bars: Sequence[tuple[str, str, int, int]]  # code, label, points, width
    weights: Sequence[Weight]
    unknown: Sequence[Unknown]
    by_hand: Sequence[Indicator]


def of_load(case: Case, user: access.Reader, pk: int) -> Told:
    """The line on the page of a consignment."""
    score = flag_board.score(flag_board.board(case, user).of_load(pk))
    return Told(flag_words.count(score), score, flag_board.Subject(pk).key)


def page(board: Board, about: str = "") -> Page:
    """The whole case, or what concerns one load (`c12`) or party (`p7`) of it."""
    links = Links(board.data)
    raised = _about(board, about)
    score = flag_board.score(raised)
    silent = [one for one in board.silent if not about or one.subject.key == about]
    return Page(
        groups=_groups(raised, score, links),
        score=score,
        explained=flag_words.explained(score),
        bars=[(line.code, line.label, line.points, line.points * BAR) for line in score.lines],
        weights=[] if about else _weights(board, links),
        unknown=_unknown(silent, links),
        by_hand=_by_hand(board),
    )


def _about(board: Board, key: str) -> Sequence[Raised]:
    if not key:
        return board.raised
    if key[:1] == "c" and key[1:].isdecimal():
        return board.of_load(int(key[1:]))
    return [one for one in board.raised if one.subject.key == key]


def _groups(raised: Sequence[Raised], score: Score, links: Links) -> list[Group]:
    names = flag_words.countries() if raised else {}
    lines = {line.code: line for line in score.lines}
    rows: dict[int, list[Raised]] = {}
    for one in raised:
        rows.setdefault(one.indicator.pk, []).append(one)
    found: dict[str, list[Row]] = {}
    for same in rows.values():
        indicator = same[0].indicator
        line = lines.get(indicator.code)
        row = Row(
            indicator=indicator,
            items=[_item(one, links, names) for one in same],
            points=line.points if line else 0,
            under=line.under if line else "",
            is_standing=line is not None,
        )
        found.setdefault(indicator.group, []).append(row)
    return [Group(GROUPS[group], found[group]) for group in GROUPS if group in found]


def _item(raised: Raised, links: Links, names: dict[str, str]) -> Item:
    mark, word = _standing(raised)
    return Item(
        raised=raised,
        about=links.subject(raised.subject),
        lines=[
            Line(flag_words.sentence(one, names), links.of(one.points)) for one in raised.evidence
        ],
        mark=mark,
        word=word,
    )


def item(raised: Raised, board: Board) -> Item:
    """One flag by itself, as the page that dismisses it shows it."""
    return _item(raised, Links(board.data), flag_words.countries())


def _standing(raised: Raised) -> tuple[str, str]:
    if raised.dismissal:
        return "later", gettext("Dismissed")
    if raised.tick:
        return "half", gettext("Ticked by a person")
    if raised.lapsed:
        return "open", gettext("Stands again: its evidence has changed")
    return "full", gettext("Computed")


def _weights(board: Board, links: Links) -> list[Weight]:
    """What weighs on each load and each party that has flags; the heaviest first."""
    own = [(load.pk, board.of_load(load.pk), "c") for load in board.data.loads]
    own += [(party.pk, board.of_party(party.pk), "p") for party in board.data.parties]
    found = []
    for pk, raised, kind in own:
        if raised:
            subject = flag_board.Subject(pk) if kind == "c" else flag_board.Subject(party=pk)
            score = flag_board.score(raised)
            words = flag_words.explained(score)
            found.append(Weight(links.subject(subject), subject.key, score, words))
    return sorted(found, key=lambda one: -one.score.total)


def _unknown(silent: Iterable[Silent], links: Links) -> list[Unknown]:
    found: dict[int, tuple[Indicator, dict[str, list[Link]]]] = {}
    for one in silent:
        _indicator, lacks = found.setdefault(one.indicator.pk, (one.indicator, {}))
        lacks.setdefault(flag_words.lacks(one.unjudged), []).append(links.subject(one.subject))
    rows = [Unknown(indicator, list(lacks.items())) for indicator, lacks in found.values()]
    return sorted(rows, key=lambda row: row.indicator.position)


def _by_hand(board: Board) -> list[Indicator]:
    """Those that only a person can see, and nobody has ticked."""
    ticked = {one.indicator.pk for one in board.raised if one.tick}
    return [row for row in board.in_force if row.rule not in RULES and row.pk not in ticked]
