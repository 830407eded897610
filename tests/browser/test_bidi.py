"""Random lines of both directions: in the order in which Chromium sets them."""

import random

import pytest
from playwright.sync_api import Browser

from evidence.dossier.faces import bidi

pytestmark = pytest.mark.browser
# Latin, Hebrew and Thaana letters stand side by side, so the place of each can be measured.
SIGNS = "ab\u05d0\u05d1\u0780\u078112\u0661+-,./$%()[]!# "
MEASURE = """lines => {
  const block = document.body.appendChild(document.createElement("div"));
  block.style.cssText = "position: absolute; left: 0; width: 2000px; white-space: pre";
  return lines.map(([text, base]) => {
    block.dir = base ? "rtl" : "ltr";
    block.textContent = text;
    return [...text].map((_, at) => {
      const range = document.createRange();
      range.setStart(block.firstChild, at);
      range.setEnd(block.firstChild, at + 1);
      const box = range.getBoundingClientRect();
      return box.left + box.width / 2;
    });
  });
}"""


def test_lines_are_ordered_as_a_browser_orders_them(browser: Browser) -> None:
    chance = random.Random(7)
    texts = ("".join(chance.choices(SIGNS, k=chance.randint(1, 14))) for _ in range(1500))
    lines = [(" ".join(text.split()), number % 2) for number, text in enumerate(texts)]
    lines = [(text, base) for text, base in lines if text]
    page = browser.new_page()
    for (text, base), places in zip(lines, page.evaluate(MEASURE, lines), strict=True):
        seen = "".join(char for _, char in sorted(zip(places, text, strict=True)))
        parts = bidi.stretches(text, base)
        ours = "".join(part.text[::-1] if part.is_leftward else part.text for part in parts)
        assert ours == seen, (text, base)
    page.close()
