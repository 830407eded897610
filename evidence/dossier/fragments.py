"""Markup of our own making as the fragments of a paragraph, without reportlab's slow parser.

Pure. Only what stands in PLAIN is known here; everything else goes to the parser. Each kind of
fragment is copied from one that the parser made, so both ways give the same page.
"""

import copy
import re
from functools import lru_cache
from html import unescape
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaParser

TOKEN = re.compile(r"(<[^<>]*>)")
PLAIN = re.compile(r"</?(?:b|i|font)>|<font name=\"[A-Za-z-]+\">|<br/>")
BREAK = "<br/>"


class Words(Paragraph):  # type: ignore[misc]  # reportlab is untyped
    """A paragraph that is broken into lines once for a width: tables ask three times."""

    broken: tuple[float, tuple[float, float]] = (-1, (0, 0))

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.broken[0] != width or "blPara" not in self.__dict__:
            self.broken = (width, super().wrap(width, height))
        self.width, self.height = self.broken[1]
        return self.broken[1]


def paragraph(ready: str, style: ParagraphStyle) -> Paragraph:
    """A paragraph of markup that the caller has made safe."""
    found = _fragments(ready, style)
    return Words(ready, style) if found is None else Words("", style, frags=found)


def _fragments(ready: str, style: ParagraphStyle) -> list[Any] | None:
    """None where only the parser knows what is meant."""
    if not ready or "\n" in ready or ready != ready.strip():
        return None
    if "<" not in ready:
        return [_said(_kind(style, ()), ready)]
    made, within = [], list[str]()
    for token in filter(None, TOKEN.split(ready)):
        if not token.startswith("<"):
            made.append(_said(_kind(style, tuple(within)), token))
        elif not PLAIN.fullmatch(token):
            return None
        elif token == BREAK:
            made.append(copy.copy(_break(style, tuple(within))))
        elif token.startswith("</"):
            within.pop()
        else:
            within.append(token)
    return made


def _said(kind: Any, text: str) -> Any:
    made = copy.copy(kind)
    made.text = unescape(text) if "&" in text else text
    return made


@lru_cache(maxsize=1024)
def _kind(style: ParagraphStyle, within: tuple[str, ...]) -> Any:
    """A fragment inside these tags."""
    return _parsed(style, within, "x")[0]


@lru_cache(maxsize=1024)
def _break(style: ParagraphStyle, within: tuple[str, ...]) -> Any:
    return next(one for one in _parsed(style, within, f"x{BREAK}x") if hasattr(one, "lineBreak"))


def _parsed(style: ParagraphStyle, within: tuple[str, ...], text: str) -> Any:
    ends = (f"</{tag[1:].split()[0].rstrip('>')}>" for tag in reversed(within))
    return ParaParser().parse("".join([*within, text, *ends]), style)[1]
