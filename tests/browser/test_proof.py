"""A prosecutor goes from an empty charge sheet to the matrix with its alarms, each act counted.

Three accused, four counts. The time is reckoned from the acts: what a practised person needs for a
click, a key and a new page, by the keystroke-level model, with time to read every page.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, SignIn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCENE = """
from datetime import timedelta
from casework import clock, proceedings, seizures, submissions
from casework.models import Code, Court, Taxon, User
from casework.witnesses import statements, witnesses
from evidence import exhibits
officer, prosecutor = (User.objects.get(username=n) for n in ("investigator", "prosecutor"))
day = clock.now() - timedelta(days=40)
tusk = seizures.Found(
    specimen=Code.objects.kind("specimen").get(code="TUS"), count=24, weight_mg=206_850_000,
    taxon=Taxon.objects.get(scientific_name="Loxodonta africana"), scale="KP-118",
)
seized = seizures.record(
    actor=officer, title="Ivory under a lorry's floor", tier="trafficking", seized_at=day,
    place="Mariakani weighbridge", items=[tusk],
)
case = seized.case
case.summary = "Twenty-four tusks were found under the floor of a lorry."
case.save()
for code, words in (("specimen", "Twenty-four tusks"), ("device", "Telephone of the driver")):
    kind = Code.objects.get(kind="exhibit_kind", code=code)
    thing = exhibits.Thing(kind=kind, description=words, seal_number="", count=1)
    exhibits.register(case, thing, actor=officer)
witness = witnesses.add(
    case, name="Salim Mwero", kind="officer", actor=officer,
    proves="That the accused had possession of the tusks",
)
statements.record(
    case, witness=witness, text="I lifted the floor.", taken_on=day.date(), actor=officer
)
sent = submissions.submit(case, to=prosecutor, actor=officer)
submissions.decide(sent, decision="accepted", actor=prosecutor)
case.refresh_from_db()
trial = proceedings.open_proceeding(
    case, court=Court.objects.filter(level="magistrate").earliest("pk"), number="CR 901/2026",
    opened_on=clock.today(), actor=prosecutor,
)
print("TRIAL", case.reference, trial.pk)
"""
ACCUSED = ("Benson Tsofa", "Neema Kai", "Rashid Mwinyi")
SECTIONS = ("92(4)", "92(2)", "99", "393")
CLICK, KEY, READ = 1.5, 0.28, 6.0  # seconds


@dataclass
class Walk:
    """A browser that counts what its person does."""

    page: Page
    clicks: int = 0
    keys: int = 0
    pages: int = field(default=1)

    @property
    def seconds(self) -> float:
        return self.clicks * CLICK + self.keys * KEY + self.pages * READ

    def follow(self, words: str, role: str = "link") -> None:
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=re.compile(words)).first.click()  # type: ignore[arg-type]
        self.clicks += 1
        self.pages += 1

    def press(self, words: str) -> None:
        self.follow(words, "button")

    def type(self, name: str, text: str) -> None:
        """Click into a field and write after what stands there."""
        where = self.page.locator(f"[name={name}]")
        where.click()
        where.press("Control+End")
        where.press_sequentially(text)
        self.clicks += 1
        self.keys += len(text) + 1

    def choose(self, name: str, words: str) -> None:
        """Open a list and click the line: two clicks."""
        select = self.page.locator(f"select[name={name}]")
        option = select.locator("option", has_text=words).first
        select.select_option(option.get_attribute("value"))
        self.clicks += 2


@pytest.fixture
def trial(installation: dict[str, str]) -> tuple[str, str]:
    """The case and the key of a trial whose charge sheet is empty."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", SCENE],
        cwd=ROOT, env=installation, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = re.search(r"TRIAL (\S+) (\d+)", done.stdout)
    assert found, done.stdout + done.stderr
    return found[1], found[2]


def test_from_an_empty_charge_sheet_to_the_matrix_in_under_five_minutes(
    trial: tuple[str, str], sign_in_as: SignIn, record_property: Callable[[str, object], None]
) -> None:
    reference, pk = trial
    page = sign_in_as("prosecutor")
    page.goto(f"/cases/{reference}/proceedings/{pk}/charge-sheet/")
    walk = Walk(page)
    draft(walk)
    walk.follow("^Points to prove$")
    expect(page.get_by_role("heading", name="What is missing")).to_be_visible()
    expect(page.get_by_text("No expert report on what is charged").first).to_be_visible()
    assert page.locator("table.proof").count() == len(SECTIONS)
    assert page.locator("table.proof").first.locator("thead th").count() == 1 + len(ACCUSED)
    reached = walk.seconds
    take_over(walk)
    counted = {
        "clicks": walk.clicks, "keys": walk.keys, "pages": walk.pages,
        "seconds_to_the_matrix": round(reached), "seconds_in_all": round(walk.seconds),
    }  # fmt: skip
    for name, number in counted.items():
        record_property(name, number)
    assert walk.seconds < 300, counted


def draft(walk: Walk) -> None:
    """The accused on one page, then four counts in a row."""
    walk.follow("Add a count")
    walk.follow("Add the accused")
    walk.type("names", "\n".join(ACCUSED))
    walk.press("Add the accused")
    for number, section in enumerate(SECTIONS):
        walk.choose("provision", f"s. {section}:")
        if number == 0:
            walk.type("particulars", " They had them in the lorry KDA 001X.")
        walk.press("Add, and another" if number < len(SECTIONS) - 1 else "Add the count")


def take_over(walk: Walk) -> None:
    """What the record offers, one click for each count that it offers anything for."""
    for _count in SECTIONS:
        buttons = walk.page.get_by_role("button", name=re.compile("^Take all over"))
        if not buttons.count():
            break
        walk.press("^Take all over")
    expect(walk.page.get_by_text("Not judged").first).to_be_visible()
    expect(walk.page.get_by_text("E1", exact=False).first).to_be_visible()
