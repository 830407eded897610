"""Fragments made without reportlab's parser: the same words in the same faces."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.platypus import Paragraph

from evidence.dossier import fragments
from evidence.dossier.paper import STYLES
from evidence.dossier.text import markup

pytestmark = pytest.mark.usefixtures("faces")


def drawn(paragraph: Paragraph) -> list[tuple[str, str, float]]:
    """Runs of one face, words joined."""
    made: list[tuple[str, str, float]] = []
    for one in paragraph.frags:
        text = "\n" if getattr(one, "lineBreak", False) else one.text
        if made and made[-1][1:] == (one.fontName, one.fontSize):
            made[-1] = (made[-1][0] + text, *made[-1][1:])
        else:
            made.append((text, one.fontName, one.fontSize))
    return made


READY = [
    "plain words",
    '<b>x &amp; y &lt;z&gt;</b> and <font name="Mark">K 1</font>',
    '<b>Seal</b> <font name="Mark">a</font><br/>next &nbsp; line',
    "<i>Loxodonta</i>, Nguyễn",
    '<b><font name="Mark">a</font><br/></b>b',
    "<strike>Acquitted</strike>",
    "",
]


@pytest.mark.parametrize("style", ["text", "record", "digest", "head"])
@pytest.mark.parametrize("ready", READY)
def test_markup_means_what_the_parser_says(ready: str, style: str) -> None:
    ours = fragments.paragraph(ready, STYLES[style])
    assert drawn(ours) == drawn(Paragraph(ready, STYLES[style]))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_typed_text_has_the_same_words_in_the_same_faces(text: str) -> None:
    style, ready = STYLES["text"], markup(text)
    assert drawn(fragments.paragraph(ready, style)) == drawn(Paragraph(ready, style))
