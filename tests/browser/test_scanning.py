"""A hand scanner that is faster than the network."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SignIn

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_codes_typed_while_the_first_is_on_its_way_are_all_counted(sign_in_as: SignIn) -> None:
    page = sign_in_as("custodian")
    page.goto("/store/")
    page.get_by_role("link", name="shelf C-2", exact=True).first.click()
    page.get_by_role("button", name="Check it by scanning").click()
    page.wait_for_url("**/store/checks/*/")
    for number in range(1, 7):
        page.keyboard.type(f"KE-MSA-2024-0001 E{number}")
        page.keyboard.press("Enter")
    expect(page.locator("#found tr[data-row]")).to_have_count(6)
    expect(page.locator("#missing tr[data-row]")).to_have_count(0)
    expect(page.locator("input[name=codes]")).to_be_focused()
