"""The people every test asks "who may do this?" of, and a case set by the real operations.

All of them, their agencies and their numbers are invented.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import Settings

from casework import access, cases, people, triggers
from casework.models import Agency, Case, Unit, User

PASSWORD = "tusk-river-lantern-42"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out what says nothing new on a second database: tests of single pages, for the"
        " guards open every page, and tests that open no database",
    )


# The longest files begin, longest first, so that two workers end together. (They take whole files
# as these stand here: --no-loadscope-reorder, or they would take those of most tests first.)
LONGEST = (
    "test_pages.py",
    "test_guards.py",
    "test_long_chain.py",
    "test_register_secrecy.py",
    "test_fresh_tables.py",
    "test_search.py",
    "test_search_killed.py",
    "test_kill_points.py",
    "test_database_disk.py",
    "test_kill.py",
    "test_procedure_walks.py",
    "test_query_counts.py",
    "test_permission.py",
    "test_statistics_oracle.py",
    "test_disk.py",
    "test_signing_race.py",
    "test_story.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    turn = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turn.get(item.path.name, len(turn)))
    if not config.getoption("--second-database"):
        return
    left_out = {item for item in items if _says_nothing_new(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


ON_EVERY_DATABASE = ("test_guards.py", "test_query_counts.py")  # and folder adversity
OPENS_PAGES = {"sign_in", "client"}
OPENS_A_DATABASE = {"db", "transactional_db", "live_server"}


def _says_nothing_new(item: pytest.Item) -> bool:
    is_wanted = item.path.name in ON_EVERY_DATABASE or item.path.parent.name == "adversity"
    if is_wanted or item.get_closest_marker("postgres"):
        return False
    used = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") is not None
    return bool(OPENS_PAGES & used) or not (marked or OPENS_A_DATABASE & used)


REMEMBER = ("test_guards.py", "test_context.py")  # a thousand pages; and the memory itself


@pytest.fixture(autouse=True)
def _nothing_remembered(request: pytest.FixtureRequest, settings: Settings) -> None:
    """What a page counted for a person of another test is not this test's; and each page of a test
    asks the same, however often it is opened."""
    if request.path.name in REMEMBER:
        cache.clear()
    else:
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path) -> None:
    """Files, dossiers, heads and index of a test live in its own folder."""
    settings.DATA_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    settings.DOSSIERS_DIR = tmp_path / "dossiers"
    settings.SEARCH_DIR = tmp_path / "search"
    settings.HEADS_FILE = str(tmp_path / "heads.txt")


@pytest.fixture(autouse=True)
def _written_once_rows_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test empties its tables; `flush` makes the triggers again afterwards."""
    marker = request.node.get_closest_marker("django_db")
    flushed = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not flushed and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    triggers.remove(connection)


@pytest.fixture
def wildlife(db: None) -> Agency:
    return people.create_agency(
        code="WS", name="Wildlife Service", kind="wildlife", country="KE", actor=None
    )


@pytest.fixture
def port_unit(wildlife: Agency) -> Unit:
    return people.create_unit(wildlife, code="MSA", name="Port Unit", actor=None)


@pytest.fixture
def store_unit(wildlife: Agency) -> Unit:
    return people.create_unit(wildlife, code="STO", name="Exhibit store", actor=None)


@pytest.fixture
def prosecutions(db: None) -> Agency:
    return people.create_agency(
        code="PP", name="Public Prosecutions", kind="prosecution", country="KE", actor=None
    )


@pytest.fixture
def customs(db: None) -> Agency:
    return people.create_agency(
        code="CUS", name="Customs", kind="customs", country="KE", actor=None
    )


def _person(username: str, name: str, position: str, rank: str = "", **fields: object) -> User:
    return people.create_person(
        username=username,
        password=PASSWORD,
        name=name,
        position=position,
        rank=rank,
        service_number=f"SN-{username}",
        actor=None,
        **fields,
    )


@pytest.fixture
def investigator(wildlife: Agency, port_unit: Unit) -> User:
    return _person(
        "investigator", "Amina Wekesa", "investigator", "Sgt", agency=wildlife, unit=port_unit
    )


@pytest.fixture
def colleague(wildlife: Agency, port_unit: Unit) -> User:
    """Another investigator of the same unit: sees the unit's cases through its grant."""
    return _person(
        "colleague", "Juma Barasa", "investigator", "Cpl", agency=wildlife, unit=port_unit
    )


@pytest.fixture
def custodian(wildlife: Agency, store_unit: Unit) -> User:
    return _person("custodian", "Joseph Kilonzi", "custodian", agency=wildlife, unit=store_unit)


@pytest.fixture
def prosecutor(prosecutions: Agency) -> User:
    return _person("prosecutor", "Grace Nafula Odera", "prosecutor", agency=prosecutions)


@pytest.fixture
def manager(wildlife: Agency, port_unit: Unit) -> User:
    return _person("manager", "Daniel Tarus", "manager", "Supt", agency=wildlife, unit=port_unit)


@pytest.fixture
def auditor(wildlife: Agency) -> User:
    return _person("auditor", "Esther Rono", "auditor", agency=wildlife)


@pytest.fixture
def legal(prosecutions: Agency) -> User:
    """The legal officer: keeps the law and opens no case."""
    return _person("legal", "Lilian Chebet", "legal", agency=prosecutions)


@pytest.fixture
def outsider(customs: Agency) -> User:
    """An active person of another agency without any grant or register right."""
    return _person("outsider", "Peter Mwangangi", "observer", agency=customs)


@pytest.fixture
def case(investigator: User, auditor: User, custodian: User, prosecutor: User) -> Case:
    """A case of the investigator's, with its custodian and prosecutor on the team."""
    opened = cases.open_case(
        title="Elephant ivory declared as black tea", tier="port", actor=investigator
    )
    for person, role in ((custodian, "custodian"), (prosecutor, "prosecutor")):
        access.grant(opened, role=role, to=person, actor=investigator, reason="Works on the case")
    return opened


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """A browser signed in as a person."""

    def _sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return _sign_in
