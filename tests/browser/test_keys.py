"""Without a mouse, and without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Held, SignIn, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.tagName"))


def test_rows_are_walked_and_opened_by_keys(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/cases/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".here")).to_have_count(1)
    title = page.locator(".here a").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/KE-*/")
    expect(page.locator("h1")).to_have_text(title)


def test_letters_go_find_and_explain(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("jg?")
    expect(page.locator("[data-finder]")).to_have_value("jg?")
    page.locator("main").focus()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/cases/")


def test_keys_can_be_switched_off(sign_in_as: SignIn) -> None:
    page = sign_in_as("auditor")
    page.goto("/settings/")
    page.uncheck("[name=has_single_keys]")
    with page.expect_navigation():
        page.click("main button.go")
    page.goto("/cases/")
    page.keyboard.press("j")
    expect(page.locator(".here")).to_have_count(0)
    page.keyboard.press("/")
    assert focused(page) != "q"


def test_a_suggestion_is_taken_by_arrow_and_enter(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/seizures/new/")
    field = page.locator("[data-suggest] input[role=combobox]").first
    with page.expect_response("**q=momb"):
        field.press_sequentially("momb")
    listed = page.locator(".suggest [role=option]:visible")
    expect(listed).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Mombasa KEMBA")
    expect(listed).to_have_count(0)


@pytest.mark.parametrize("how", ["Escape", "Enter"])
def test_a_suggestion_that_comes_late_opens_nothing(sign_in_as: SignIn, how: str) -> None:
    """The person has taken one, or wants none."""
    page = sign_in_as("investigator")
    page.goto("/seizures/new/")
    field = page.locator("[data-suggest] input[role=combobox]").first
    field.press_sequentially("momb")
    listed = page.locator(".suggest [role=option]:visible")
    expect(listed).to_have_count(1)
    late = Held(page, "**q=momba")
    field.press_sequentially("a")
    late.wait()
    if how == "Enter":
        field.press("ArrowDown")
    field.press(how)
    late.let_go()
    expect(listed).to_have_count(0)
    expect(field).to_have_value("momba" if how == "Escape" else "Mombasa KEMBA")


def test_the_timeline_is_narrowed_in_place(sign_in_as: SignIn) -> None:
    page = sign_in_as("investigator")
    page.goto("/cases/")
    page.get_by_role("link", name="Elephant ivory declared as black tea").click()
    page.locator(".filters").get_by_role("link", name="Court").click()
    page.wait_for_url("**?show=court")
    expect(page.locator("#timeline .filters [aria-current]")).to_contain_text("Court")
    expect(page.locator("#timeline")).not_to_contain_text("Offered.")


def test_all_of_it_works_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "investigator")
    page.goto("/cases/")
    page.get_by_role("link", name="Elephant ivory declared as black tea").click()
    page.get_by_role("link", name="Write a note").click()
    page.get_by_label("Date").fill("2025-01-02")
    page.get_by_label("Time").fill("10:30")
    page.get_by_label("What happened").fill("Written without script.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".banner")).to_contain_text("The note stands in the timeline")
    page.locator("details.person summary").click()
    page.locator("details.person").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{address}/sign-in/")
    context.close()
