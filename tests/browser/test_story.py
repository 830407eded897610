"""The whole story in a browser: seizure, exhibit, handover, court, search, dossier, proof."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, SignIn
from tests.evidence.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Pangolin scales behind frozen fish"


def field(page: Page, name: str) -> Locator:
    """A form's field by the end of its name: rows of a formset have a prefix."""
    return page.locator(f"form[method=post] [name$='{name}']:visible").first


def pick(page: Page, name: str, typed: str, offered: str) -> None:
    """Type into a field and choose from what it suggests."""
    field(page, name).press_sequentially(typed, delay=20)
    page.get_by_role("option", name=re.compile(offered)).first.click()


def choose(select: Locator, words: str) -> None:
    """The option of a list whose text has these words."""
    value = select.locator("option", has_text=words).first.get_attribute("value")
    select.select_option(value)


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(words)).first.click()


def reference_in(page: Page) -> str:
    found = re.search(r"/cases/([A-Z0-9-]+)/", page.url)
    assert found, page.url
    return found[1]


def record_a_seizure(page: Page) -> str:
    """Through the intake form, with one wrong digit at first; returns the case's reference."""
    page.goto("/seizures/new/")
    field(page, "title").fill(TITLE)
    pick(page, "place", "Momb", "Mombasa")
    field(page, "seized_at_0").fill("2026-01-14")
    field(page, "seized_at_1").fill("05:40")
    field(page, "boxes-0-number").fill("MDOU 418207 5")
    pick(page, "items-0-taxon", "ground pang", "Manis temminckii")
    field(page, "items-0-weight_mg").fill("412.5")
    field(page, "items-0-scale").fill("KP-118")
    press(page, "Record the seizure")
    expect(page.get_by_text("The last digit should be 9").first).to_be_visible()
    assert field(page, "title").input_value() == TITLE
    field(page, "boxes-0-number").fill("MDOU 418207 9")
    press(page, "Record the seizure")
    expect(page.get_by_text("MDOU 418207 9").first).to_be_visible()
    return reference_in(page)


def register_an_exhibit(page: Page, reference: str, folder: Path) -> None:
    page.goto(f"/cases/{reference}/exhibits/register/")
    press(page, "Register them")
    picture = folder / "scales.jpg"
    picture.write_bytes(jpeg(640, 480))
    page.goto(f"/cases/{reference}/files/add/")
    page.locator("input[type=file][name=sent]").set_input_files(picture)
    field(page, "exhibit").select_option(index=1)
    press(page, "Take in")
    page.goto(f"/cases/{reference}/exhibits/E1/")
    soon(page, page.get_by_text("Chain verified"))
    expect(page.locator("ul.photos img")).to_have_count(1)


def let_in(page: Page, reference: str, username: str, role: str) -> None:
    page.goto(f"/cases/{reference}/team/add/")
    pick(page, "person", username, username)
    field(page, "role").select_option(role)
    field(page, "reason").fill("Keeps the exhibits")
    press(page, "Let them in")


def offer_the_exhibit(page: Page, reference: str) -> None:
    page.goto(f"/cases/{reference}/exhibits/E1/")
    choose(field(page, "to"), "Kilonzi")
    field(page, "purpose").fill("Safe keeping")
    field(page, "seal_number").fill("WS-M 009001")
    press(page, "Offer it")
    expect(page.get_by_text("not acknowledged yet").first).to_be_visible()


def acknowledge_on_a_phone(page: Page, reference: str) -> None:
    """The custodian reads another seal at first, sees the difference, and reads again."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("Acknowledge E1")).first.click()
    page.wait_for_url(f"**/cases/{reference}/exhibits/E1/acknowledge/")
    field(page, "seal_number").fill("WS-M 009007")
    page.get_by_label("Intact").first.check()
    field(page, "weight_mg").fill("412.5")
    field(page, "scale").fill("ES-04")
    press(page, "Compare")
    expect(page.get_by_role("button", name=re.compile("difference"))).to_be_visible()
    field(page, "seal_number").fill("WS-M 009001")
    press(page, "Accept|Compare")
    if page.url.endswith("/acknowledge/"):
        press(page, "Accept")
    expect(page.get_by_text("Acknowledged").first).to_be_visible()


def name_the_shipper(page: Page, reference: str) -> None:
    page.goto(f"/cases/{reference}/parties/add/")
    field(page, "party").fill("Blue Lagoon Frozen Foods Ltd")
    choose(field(page, "role"), "Shipper")
    field(page, "kind").select_option("firm")
    field(page, "address").fill("Box 17, Invented Street, Mombasa")
    field(page, "source_type").select_option("self_declared")
    field(page, "as_of").fill("2026-01-10")
    field(page, "source").fill("Export entry")
    press(page, "Add the party")
    expect(page.get_by_text("Blue Lagoon Frozen Foods Ltd").first).to_be_visible()


def send_the_file(page: Page, reference: str) -> None:
    page.goto(f"/cases/{reference}/submission/new/")
    choose(field(page, "to"), "Odera")
    press(page, "Send the file")


def charge(page: Page, reference: str) -> str:
    """Accept the file, open a trial with one accused and one count, file it; its address."""
    page.goto(f"/cases/{reference}/submission/decide/")
    for name in ("has_evidence", "is_in_public_interest"):
        page.check(f"[name={name}][value=yes]")
    page.check("[name=decision][value=accepted]")
    press(page, "Record the decision")
    page.goto(f"/cases/{reference}/proceedings/new/")
    choose(field(page, "court"), "Mombasa Law Courts")
    field(page, "number").fill("CR 77/2026")
    field(page, "opened_on").fill("2026-02-02")
    press(page, "Open the proceeding")
    trial = page.url
    page.goto(f"/cases/{reference}/accused/new/")
    field(page, "name").fill("Zablon <b>Invented</b> O'Tieno")
    press(page, "Add the accused")
    page.goto(f"{trial}charge-sheet/counts/new/")
    field(page, "offence_on").fill("2026-01-14")
    choose(field(page, "provision"), "92(2)")
    field(page, "particulars").fill("Dealt in 412.5 kg of pangolin scales.")
    page.locator("[name=accused]").first.check()
    press(page, "Add the count")
    page.goto(f"{trial}charge-sheet/file/")
    field(page, "filed_on").fill("2026-02-02")
    field(page, "despite").fill("The expert's report is promised for March.")
    press(page, "File")
    return trial


def conclude(page: Page, trial: str) -> None:
    """A plea, a hearing adjourned with its reason, a conviction, a sentence."""
    page.goto(f"{trial}pleas/")
    field(page, "entered_on").fill("2026-02-03")
    page.locator("select[name^=charge]").first.select_option("not_guilty")
    press(page, "Record the pleas")
    page.goto(f"{trial}hearings/new/")
    choose(field(page, "kind"), "Hearing")
    field(page, "starts_at_0").fill("2026-03-09")
    field(page, "starts_at_1").fill("09:00")
    press(page, "List the hearing")
    page.goto(f"{trial}decisions/")
    field(page, "decided_on").fill("2026-06-01")
    page.locator("select[name^=charge]").first.select_option("convicted_trial")
    press(page, "Record the decisions")
    expect(page.get_by_text("Convicted").first).to_be_visible()


def soon(page: Page, what: Locator) -> None:
    """What the server does just behind an act: on a busy machine it takes longer than the page."""
    for _again in range(120):
        if what.is_visible():
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(what).to_be_visible()


def build_a_dossier(page: Page, reference: str, folder: Path) -> Path:
    """Ask for it, wait while the worker builds it, download the bundle."""
    page.goto(f"/cases/{reference}/dossiers/")
    press(page, "Build")
    link = page.get_by_role("link", name=re.compile("undle")).first
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_from_seizure_to_a_verified_dossier(
    sign_in_as: SignIn, installation: dict[str, str], tmp_path: Path
) -> None:
    investigator = sign_in_as("investigator")
    reference = record_a_seizure(investigator)
    register_an_exhibit(investigator, reference, tmp_path)
    let_in(investigator, reference, "Kilonzi", "custodian")
    offer_the_exhibit(investigator, reference)
    acknowledge_on_a_phone(sign_in_as("custodian", width=390, height=844), reference)
    name_the_shipper(investigator, reference)
    send_the_file(investigator, reference)
    prosecutor = sign_in_as("prosecutor")
    conclude(prosecutor, charge(prosecutor, reference))
    found = "ol.results > li"
    investigator.goto("/search/?q=Lagoon")
    soon(investigator, investigator.locator(found).first)
    outsider = sign_in_as("outsider")
    outsider.goto("/search/?q=Lagoon")
    expect(outsider.get_by_text("Nothing that you may see holds this")).to_be_visible()
    expect(outsider.locator(found)).to_have_count(0)
    bundle = build_a_dossier(prosecutor, reference, tmp_path)
    key = Path(installation["CASEWORK_SIGNING_KEY_FILE"]).with_suffix(".vkey")
    start = "import sys; from evidence.verifier.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", start, str(bundle), "--key", str(key)]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.stdout.rstrip().endswith("VERIFIED"), checked.stdout + checked.stderr
