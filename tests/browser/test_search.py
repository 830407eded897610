"""The search page without a mouse: suggestions by keyboard, kept searches, and none by script."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Held, SignIn, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def is_about(url: str, words: str) -> bool:
    return parse_qs(urlsplit(url).query).get("q") == [words]


def typing(page: Page, box: str, words: str) -> None:
    with page.expect_response(lambda answer: is_about(answer.url, words)):
        page.locator(box).press_sequentially(words)
    expect(page.locator(f"{box}[aria-expanded=true]")).to_be_visible()


def chosen(page: Page, box: str) -> str:
    """The text of the option that the box points to."""
    option = page.locator(box).get_attribute("aria-activedescendant")
    return page.locator(f"[id='{option}']").inner_text() if option else ""


def test_a_record_is_opened_by_arrow_and_enter(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/search/")
    typing(page, "#find", "elephant ivory")
    page.keyboard.press("ArrowDown")
    assert "Elephant ivory declared as black tea" in chosen(page, "#find")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/KE-*/")
    expect(page.locator("h1")).to_contain_text("Elephant ivory declared as black tea")


def test_escape_closes_and_enter_searches(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/cases/")
    page.keyboard.press("/")
    typing(page, "[data-finder]", "ivory")
    page.keyboard.press("Escape")
    expect(page.locator("#finder-list")).to_be_hidden()
    expect(page.locator("[data-finder]")).to_have_value("ivory")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=ivory")
    expect(page.locator(".results [data-key]").first).to_be_visible()


def test_suggestions_that_come_late_open_nothing(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/search/")
    typing(page, "#find", "ivory")
    late = Held(page, "**/search/suggest/**")
    page.locator("#find").fill("ivory spec")
    late.wait()
    page.keyboard.press("Escape")
    late.let_go()
    expect(page.locator("#find-list")).to_be_hidden()
    expect(page.locator("#find")).to_have_value("ivory spec")


def test_a_field_completes_the_text_and_the_box_keeps_the_focus(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/search/")
    typing(page, "#find", "ivory spec")
    page.locator("#find-list [role=option]", has_text="species:").click()
    expect(page.locator("#find")).to_have_value("ivory species:")
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("#find-list")).to_be_hidden()


def test_too_short_a_text_asks_for_nothing(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/search/")
    typing(page, "#find", "tea")
    asked.clear()
    page.locator("#find").fill("t")
    page.wait_for_timeout(600)
    assert [url for url in asked if "suggest" in url] == []
    expect(page.locator("#find-list")).to_be_hidden()


def test_a_tick_narrows_in_place_and_a_chip_is_taken_away(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/search/?q=ivory&from=2000-01-01")
    page.locator("#narrow").get_by_label("Case", exact=False).first.check()
    page.wait_for_url("**kind=case**")
    kinds = page.locator(".results .kind")
    expect(kinds.first).to_have_text("Case")
    page.locator(".chips a").click()
    page.wait_for_url(lambda url: "kind=case" in url and "from=" not in url)


def test_suggestions_come_after_going_back(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/search/?q=ivory")
    page.locator("#narrow input[name=kind]").first.check()
    page.wait_for_url("**kind=**")
    page.go_back()
    page.wait_for_url(lambda url: "kind=" not in url)
    page.locator("#find").fill("")
    typing(page, "#find", "elephant")
    page.keyboard.press("ArrowDown")
    assert "Elephant" in chosen(page, "#find")


def test_a_search_is_saved_and_found_again(sign_in_as: SignIn) -> None:
    page = sign_in_as("prosecutor")
    page.goto("/search/?q=black+tea")
    page.get_by_role("link", name="Save this search").click()
    page.get_by_label("Name").fill("Tea by sea")
    page.get_by_role("button", name="Save the search").click()
    expect(page.locator(".banner")).to_contain_text("Saved.")
    page.goto("/search/")
    page.locator("#saved").get_by_role("link", name="Tea by sea").click()
    expect(page.locator("#find")).to_have_value("black tea")
    page.goto("/search/")
    page.locator("#saved").get_by_role("button", name="Delete").click()
    expect(page.locator("#saved")).not_to_contain_text("Tea by sea")


def test_without_script_there_is_a_box_and_nothing_else(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "investigator")
    page.goto("/search/")
    page.locator("#find").press_sequentially("ivory")
    assert page.locator("[role=listbox], [role=combobox]").count() == 0
    expect(page.locator("#find-list")).to_be_hidden()
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".results [data-key]").first).to_be_visible()
    page.locator("#narrow input[name=kind]").first.check()
    page.get_by_role("button", name="Narrow").click()
    page.wait_for_url("**kind=**")
    context.close()
