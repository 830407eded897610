"""Every page that a person can reach by links: readable by all, on a phone, light and dark."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOT_PAGES = ("/reference/", "/static/", "/sign-out/")
AT_MOST = 90
# A page that two people have opened, on two widths, is only asked for its links by the others.
OPENED = Counter[str]()
ENOUGH = 2
HREF = re.compile(r'<a\b(?![^>]*\sdownload)[^>]*?\shref="([^"#?]+)')
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def shape(path: str) -> str:
    """Pages of one kind share a shape: one case stands for all cases."""
    path = re.sub(r"/cases/[A-Z][A-Z0-9-]+/", "/cases/REF/", path)
    path = re.sub(r"/E\d+(/|$)", r"/LABEL\1", path)
    path = re.sub(r"/[WX]\d+/", "/WITNESS/", path)
    path = re.sub(r"/\d{4}-\d\d-\d\d/", "/DAY/", path)
    return re.sub(r"/[0-9a-f-]{30,}/", "/ID/", re.sub(r"/\d+/", "/N/", path))


def links(html: str) -> list[str]:
    """The pages of our own that it leads to."""
    own = [path for path in HREF.findall(html) if path.startswith("/")]
    return [path for path in own if not path.startswith(NOT_PAGES)]


def crawl(page: Page) -> Iterator[str]:
    """One page of each shape, breadth first; the tea story's case comes first."""
    queue, seen = ["/"], set[str]()
    while queue and len(seen) < AT_MOST:
        path = queue.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        # A connection that was idle may be closed at the moment at which it is used again.
        head = page.request.get(path, max_retries=1)
        assert head.status == 200, f"{path}: {head.status}"
        if "text/html" not in head.headers.get("content-type", ""):
            continue
        if OPENED[shape(path)] < ENOUGH:
            OPENED[shape(path)] += 1
            page.goto(path)
            yield path
        queue += sorted(links(head.text()), key=lambda link: "2024-0001" not in link)


def faults(page: Page) -> list[str]:
    """What axe finds, and sideways overflow."""
    found = [
        f"{violation['id']}: {violation['nodes'][0]['target']} {violation['help']}"
        for violation in Axe().run(page, options=RULES).response["violations"]
    ]
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [*found, "sideways overflow"] if width[0] > width[1] else found


@pytest.mark.parametrize(
    ("username", "width", "dark"),
    [
        ("investigator", 1360, False),
        ("investigator", 320, True),
        ("prosecutor", 390, False),
        ("manager", 1360, True),
        ("auditor", 820, False),
        ("outsider", 390, False),
    ],
)
def test_no_page_has_a_barrier(sign_in_as: SignIn, username: str, width: int, dark: bool) -> None:
    page = sign_in_as(username, width=width, dark=dark)
    found = {path: wrong for path in crawl(page) if (wrong := faults(page))}
    assert found == {}


def test_the_sign_in_page_has_no_barrier(sign_in_as: SignIn) -> None:
    page = sign_in_as("outsider")
    page.context.clear_cookies()
    page.goto("/sign-in/")
    assert faults(page) == []
