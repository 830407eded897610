"""A case told with one record of each findable kind, and an index that follows it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework import access, cases, hearings, proceedings, reference, submissions
from casework.models import Case, Code, Court, Port, Taxon, User
from casework.seized_items import Found
from evidence import custody, exhibits, files
from evidence.exhibits import Thing
from evidence.models import Exhibit
from kyc import parties
from kyc.cargo import consignments
from kyc.cargo.consignments import Box
from kyc.models import Involvement, Party
from kyc.parties import NewParty, Origin
from search import index, run, sync
from search.engines import Engine, SearchOrder
from tests.evidence.pictures import jpeg, upload
from tests.search import whole_story
from tests.search.elastic_fixtures import address, elastic, elasticsearch, on_elasticsearch
from tests.search.whole_story import Whole

__all__ = ["address", "elastic", "elasticsearch", "on_elasticsearch"]

Find = Callable[..., set[str]]
Committed = Callable[[], AbstractContextManager[None]]
SEIZED_AT = datetime(2024, 3, 14, 5, 40, tzinfo=UTC)


@pytest.fixture
def engine(case: Case) -> Engine:
    """The default engine over an index that holds the case and its team."""
    sync.rebuild()
    return index.engine()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Committed:
    """`with committed():` runs what waits for the commit, as a request's end would."""

    @contextmanager
    def _committed() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return _committed


@pytest.fixture
def find() -> Find:
    """Kinds and titles of what a person finds, as `kind: title`."""

    def _find(person: User, typed: str = "", **fields: Any) -> set[str]:
        person = User.objects.get(pk=person.pk)
        answer = run.search(person, run.Params(typed=typed, order=SearchOrder.NEWEST, **fields))
        assert not answer.is_lookup
        assert answer.total == len(answer.results)
        return {f"{hit.key.kind}: {hit.title.plain}" for hit in answer.results}

    return _find


@dataclass
class Story:
    case: Case
    exhibit: Exhibit
    restricted: Exhibit
    party: Party
    involvement: Involvement


def code(kind: str, name: str) -> Code:
    found: Code = Code.objects.get(kind=kind, code=name)
    return found


@pytest.fixture
def story(investigator: User, auditor: User, custodian: User, prosecutor: User) -> Story:
    """From the quay to the first hearing; every record has a word of its own."""
    reference.load_starter()
    seizure = consignments.record_seizure(
        actor=investigator,
        title="Ivory under the tea chests",
        tier="port",
        seized_at=SEIZED_AT,
        port=Port.objects.get(locode="KEMBA"),
        narrative="The sniffer dog sat down at the quayside.",
        items=[_tusks()],
        consignment={
            "goods_description": "640 bags of black tea",
            "vessel_name": "Invented Star",
            "port_of_loading": Port.objects.get(locode="KEMBA"),
            "port_of_discharge": Port.objects.get(locode="VNHPH"),
        },
        boxes=[Box("FCIU5235796", seal_number="CU 558120", seal_source=code("seal_source", "CUS"))],
        bill={"number": "MDO-MBA-2402817", "shipper": "Tamarind Reef Exporters Ltd"},
    )
    case = seizure.case
    for person, role in ((custodian, "custodian"), (prosecutor, "prosecutor")):
        access.grant(case, role=role, to=person, actor=investigator, reason="Works on the case")
    exhibit = _exhibit(case, investigator, "Forty tusks, sawn")
    restricted = _exhibit(case, investigator, "Telephone of the informant", is_restricted=True)
    custody.offer(exhibit, to=custodian, note="Wrapped in sisal", actor=investigator)
    for text, is_sensitive in (("Weighed at noon", False), ("The mongoose told us", True)):
        cases.note(
            case,
            text=text,
            is_sensitive=is_sensitive,
            happened_at=timezone.now() - timedelta(hours=1),
            actor=investigator,
        )
    files.attach(
        case, upload=upload(jpeg()), kind="photograph", caption="Open hatch", actor=investigator
    )
    involvement = _party(case, investigator)
    _court(case, investigator, prosecutor)
    return Story(case, exhibit, restricted, involvement.party, involvement)


@pytest.fixture
def whole(story: Story, investigator: User, prosecutor: User) -> Whole:
    """The story with everything else that a case can hold, open and hidden."""
    return whole_story.tell(story.case, story.exhibit, story.party, investigator, prosecutor)


def _tusks() -> Found:
    ivory = Taxon.objects.get(scientific_name="Loxodonta africana")
    return Found(taxon=ivory, specimen=code("specimen", "TUS"), count=511)


def _exhibit(case: Case, actor: User, description: str, **fields: Any) -> Exhibit:
    kind = code("exhibit_kind", "specimen")
    thing = Thing(kind=kind, description=description, **fields)
    return exhibits.register(case, thing, happened_at=SEIZED_AT, actor=actor)


def _party(case: Case, actor: User) -> Involvement:
    origin = Origin("register", "Register of firms", date(2024, 1, 26))
    part = parties.introduce(
        case,
        NewParty(kind="firm", name="Tamarind Reef Exporters Ltd"),
        role=code("party_role", "shipper"),
        origin=origin,
        facts=[(code("fact_kind", "registration"), "CPR/2024/0031")],
        actor=actor,
    )
    parties.add_fact(
        part.party,
        kind=code("fact_kind", "address"),
        value="Godown 7, Shimanzi",
        origin=Origin("case_document", "Gate pass", date(2024, 3, 6), case),
        actor=actor,
    )
    return part


def _court(case: Case, investigator: User, prosecutor: User) -> None:
    sent = submissions.submit(case, to=prosecutor, actor=investigator)
    submissions.decide(sent, decision="accepted", actor=prosecutor)
    case.refresh_from_db()
    trial = proceedings.open_proceeding(
        case,
        court=Court.objects.get(name="Mombasa Law Courts"),
        number="CF 418/2024",
        opened_on=date(2024, 3, 20),
        presiding="Hon. Rehema Achola",
        actor=prosecutor,
    )
    proceedings.add_accused(case, name="Juma Invented Otieno", actor=prosecutor)
    hearing = hearings.schedule(
        trial,
        kind=code("hearing_type", "mention"),
        starts_at=datetime(2024, 4, 2, 6, tzinfo=UTC),
        actor=prosecutor,
    )
    hearings.record(hearing, state="held", note="The interpreter was sworn.", actor=prosecutor)
