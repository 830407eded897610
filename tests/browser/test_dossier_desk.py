"""Asking for a dossier in a browser: parts, order, a document; built, and its volumes opened."""

import re
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "/cases/KE-MSA-2024-0001/dossiers/"
PUT = "(place, made) => place.insertAdjacentHTML('beforeend', made)"


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(words)).first.click()


def open_all(page: Page) -> None:
    for section in page.locator("#ask details").all():
        if section.get_attribute("open") is None:
            section.locator("summary").click()


def nobody_signs(page: Page) -> None:
    for chosen in page.locator("select[name^=signer_]").all():
        chosen.select_option("")


def downloaded(page: Page, folder: Path) -> list[str]:
    """What the volumes say, one text for each."""
    texts = []
    for link in page.get_by_role("link", name=re.compile(r"Volume \d")).all():
        with page.expect_download() as download:
            link.click()
        target = folder / download.value.suggested_filename
        download.value.save_as(target)
        pages = pypdf.PdfReader(target).pages
        texts.append("\n".join(one.extract_text() for one in pages))
    return texts


@pytest.mark.parametrize("width", [1360, 390])
def test_parts_order_and_a_document_come_into_the_volumes(
    sign_in_as: SignIn, tmp_path: Path, width: int
) -> None:
    page = sign_in_as("prosecutor", width=width)
    page.goto(CASE)
    for box in page.locator("input[name=parts]").all():
        box.set_checked(box.get_attribute("value") in ("charges", "exhibits", "files"))
    open_all(page)
    page.get_by_label("Place of E4", exact=True).fill("1")
    page.locator("input[name=papers]").first.check()
    nobody_signs(page)
    press(page, "Put them in this order")
    first = page.locator("input[name^=exhibit_]").first
    expect(first).to_have_attribute("aria-label", "Place of E4")
    press(page, "Preview")
    expect(page.get_by_role("link", name=re.compile("Volume 1"))).to_be_visible()
    assert "DRAFT" in downloaded(page, tmp_path)[0]
    page.goto(CASE)  # what was looked at is what is offered
    press(page, "Build the dossier")
    expect(page.get_by_role("link", name=re.compile("undle")).first).to_be_visible()
    own, *annexes = downloaded(page, tmp_path)
    assert annexes
    assert "DRAFT" not in own
    listed = own[own.rindex("Exhibit list") :]
    assert listed.index("E4") < listed.index("E1")
    assert "Hearing history" not in own


def test_the_word_of_a_button_stands_in_its_middle_on_a_phone(sign_in_as: SignIn) -> None:
    page = sign_in_as("prosecutor", width=390)
    page.goto(CASE)
    made = "<section class='part'><p><a class='btn stop' href='/'>Stop building</a></p></section>"
    page.locator(".record").evaluate(PUT, made)
    expect(page.get_by_role("link", name="Stop building")).to_have_css("display", "inline-flex")


def test_a_long_word_in_a_banner_makes_no_page_wider(sign_in_as: SignIn) -> None:
    page = sign_in_as("prosecutor", width=390)
    page.goto(CASE)
    made = f"<div class='banner wax'><p><b>Stopped.</b> <bdi>{'x' * 190}</bdi></p></div>"
    page.locator(".record").evaluate(PUT, made)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
