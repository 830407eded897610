"""Every page asks the database no more often for thirty rows of everything than for three."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import access, cases, clock, hearings, people
from casework.models import Agency, Case, Charge, Code, Element, Proceeding, User
from casework.witnesses import statements, witnesses
from evidence import custody, files
from evidence.models import Exhibit
from evidence.proof import links
from evidence.store import places, stocktakes
from kyc import parties
from kyc.cargo import consignments
from kyc.models import Party
from kyc.parties import NewParty, Origin
from kyc.watch import screening
from search import sync
from tests.casework import court_stories as court
from tests.conftest import PASSWORD
from tests.evidence import duty_growth, scenes
from tests.evidence.pictures import png, upload
from tests.kyc import lists

EVERYWHERE = (
    "/", "/cases/", "/parties/", "/parties/?review=overdue", "/parties/duplicates/", "/exhibits/",
    "/exhibits/hand-over/", "/exhibits/receive/", "/hearings/", "/figures/", "/figures/cases/",
    "/figures/panels/funnel/", "/figures/panels/adjournments/", "/figures/panels/by_court/",
    "/figures/panels/sentences/", "/figures/figures.xlsx", "/figures/report.pdf",
    "/exhibits/to-explain/?show=all", "/store/", "/store/stock/", "/store/labels/",
    "/search/?q=tea&sort=newest", "/suggest/parties/?q=firm", "/suggest/ends/?q=firm",
    "/network/recurring/", "/screening/", "/indicators/", "/duties/", "/suggest/people/?q=extra",
)  # fmt: skip
ON_THE_CASE = (
    "", "parties/", "exhibits/", "exhibits/labels/", "files/", "team/", "history/", "audit/",
    "network/", "network/?steps=3", "dealings/", "flags/", "flags/tick/",
    "consignments/", "charges/", "proof/", "proof/witnesses/", "hearings/", "dossiers/",
    "certificates/", "laboratory/", "disclosure/", "disclosure/served/",
)  # fmt: skip


class Growth:
    """One case with its court, and everything added to it by the real operations."""

    def __init__(self, case: Case, pair: court.Pair, agency: Agency) -> None:
        self.case, self.pair, self.agency = case, pair, agency
        self.origin = Origin("register", "Companies register", date(2024, 2, 12))
        today = clock.today()
        self.trial: Proceeding = court.opened(
            court.accepted(case, pair, day=today), pair, day=today
        )
        self.exhibit: Exhibit = scenes.exhibit(case, pair.investigator)
        self.keeper = User.objects.get(username="custodian")
        self.store = places.add(kind="store", name="Exhibit store", actor=self.keeper)
        self.check = stocktakes.start(self.store, actor=self.keeper)
        self.firm: Party = self._stand_behind("Firm of all")

    def to(self, first: int, last: int) -> None:
        for number in range(first, last):
            self._things(number)
            self._people(number)
            self._court(number)
        self._screen(last)
        sync.rebuild()

    def _screen(self, last: int) -> None:
        """A list with all firms, and one more each time."""
        names = (f"Firm {number}" for number in range(last))
        actor = self.pair.investigator
        listed = lists.version(actor, "Firm of all", *names, of=f"List {last}")
        screening.screen_version(listed)

    def _things(self, number: int) -> None:
        actor = self.pair.investigator
        seizure = scenes.seizure(self.case, actor)
        consignments.add(seizure, actor=actor, goods_description="Black tea")
        self._keep(scenes.exhibit(self.case, actor, description=f"Tusk {number}"), number)
        scenes.notes(self.case, actor, 1)
        for exhibit in (None, self.exhibit):
            picture = upload(png(10 + number, 10), f"{number}.png", "image/png")
            files.attach(self.case, upload=picture, kind="photograph", exhibit=exhibit, actor=actor)
        cases.open_case(title=f"Tea {number}", tier="port", actor=actor)

    def _keep(self, exhibit: Exhibit, number: int) -> None:
        """On a shelf of its own, in a store that is being checked; every other one is found."""
        shelf = places.add(
            kind="shelf", name=f"Shelf {number}", parent=self.store, actor=self.keeper
        )
        custody.move(exhibit, to=shelf, actor=self.pair.investigator)
        if number % 2:
            stocktakes.scan(self.check, str(exhibit.identifier), actor=self.keeper)
        stocktakes.scan(self.check, f"Nothing {number}", actor=self.keeper)

    def _people(self, number: int) -> None:
        self._stand_behind(f"Firm {number}")
        kind = Code.objects.get(kind="fact_kind", code="address")
        parties.add_fact(
            self.firm, kind=kind, value=f"Plot {number}", origin=self.origin,
            actor=self.pair.investigator,
        )  # fmt: skip
        person = people.create_person(
            username=f"extra{number}", password=PASSWORD, name=f"Extra {number}",
            position="observer", agency=self.agency, actor=None,
        )  # fmt: skip
        access.grant(
            self.case, role="viewer", to=person, actor=self.pair.investigator, reason="Joint"
        )

    def _stand_behind(self, name: str) -> Party:
        part = parties.introduce(
            self.case,
            NewParty("firm", name),
            role=Code.objects.get(kind="party_role", code="other"),
            origin=self.origin,
            facts=[],
            actor=self.pair.investigator,
        )
        return part.party

    def _court(self, number: int) -> None:
        accused = court.accuse(self.case, self.pair, f"Accused {number}")
        (charge,) = court.count_in(self.trial, accused, self.pair, day=clock.today())
        self._prove(charge, number)
        thing = self.case.exhibits.filter(parent=None).latest("pk")
        duty_growth.add(self.trial, thing, accused[0], self.pair.prosecutor, number)
        hearings.schedule(
            self.trial,
            kind=Code.objects.get(kind="hearing_type", code="mention"),
            starts_at=timezone.now() + timedelta(hours=number + 1),
            actor=self.pair.prosecutor,
        )

    def _prove(self, charge: Charge, number: int) -> None:
        """Evidence for every element of a charge, by a witness of its own."""
        actor = self.pair.prosecutor
        witness = witnesses.add(self.case, name=f"Witness {number}", actor=actor)
        said = statements.record(
            self.case, witness=witness, text="I saw it.", taken_on=clock.today(), actor=actor
        )
        thing = self.case.exhibits.latest("pk")
        elements = Element.objects.filter(template=charge.count.provision.proof_template)
        points = [(charge, element) for element in elements]
        links.link(self.case, things=[said], points=points, actor=actor)
        links.link(self.case, things=[thing], points=points, witness=witness, actor=actor)
        links.judge(self.case, points=points[:2], state="proved", actor=actor)


@pytest.fixture
def growth(
    case: Case, investigator: User, prosecutor: User, customs: Agency, settings: Any
) -> Growth:
    return Growth(case, court.Pair(investigator, prosecutor), customs)


def counted(client: Client, urls: list[str]) -> dict[str, int]:
    found = {}
    for url in urls:
        client.get(url)  # what is kept per process is read once, and not counted
        while True:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(url)
            assert answer.status_code == 200, f"{url}: {answer.status_code}"
            found[url] = len(queries)
            # Once a minute a request marks its person as present: whichever that is.
            if not any('UPDATE "django_session"' in query["sql"] for query in queries):
                break
    return found


def test_thirty_rows_cost_no_more_queries_than_three(growth: Growth, client: Client) -> None:
    here = f"/cases/{growth.case.reference}/"
    urls = [
        *EVERYWHERE,
        *(here + end for end in ON_THE_CASE),
        f"{here}exhibits/{growth.exhibit.label}/",
        f"{here}proceedings/{growth.trial.pk}/",
        f"{here}proceedings/{growth.trial.pk}/charge-sheet/",
        f"{here}proceedings/{growth.trial.pk}/exhibits/",
        f"/parties/{growth.firm.pk}/",
        f"/parties/{growth.firm.pk}/flags/",
        f"/parties/{growth.firm.pk}/screening/",
        f"/parties/{growth.firm.pk}/network/?steps=3",
        f"/network/paths/?from={growth.firm.pk}&to={growth.case.reference}",
        f"/store/places/{growth.store.code}/",
        f"/store/checks/{growth.check.pk}/",
    ]
    client.force_login(growth.pair.investigator)
    growth.to(0, 3)
    few = counted(client, urls)
    growth.to(3, 30)
    many = counted(client, urls)
    # Fewer is fine: the newest twenty of many hits and events can be of fewer kinds.
    assert {url: (few[url], many[url]) for url in urls if many[url] > few[url]} == {}
