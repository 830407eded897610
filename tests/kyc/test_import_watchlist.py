"""A list comes in whole or not at all; versions add, change and remove; the command says so."""

import gzip
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casework.errors import NotAllowed, RuleBroken
from casework.models import AuditEntry, User
from kyc.models import Screening, Watchlist, WatchlistEntry, WatchlistVersion
from kyc.watch import list_files, watchlists
from kyc.watch.list_spool import ListRefused
from tests.kyc import list_files as given_lists

SHARED = Path(os.environ.get("CASEWORK_TEST_DATA", "../shared/data")) / "kyc"
pytestmark = pytest.mark.django_db
HEAD = "id,name,country\n"


def rows(*names: str) -> bytes:
    return (HEAD + "".join(f"{n[0]},{n},KE\n" for n in names)).encode()


@pytest.fixture
def bring(tmp_path: Path, manager: User) -> Callable[..., WatchlistVersion]:
    """Import some bytes as the next version of a list."""

    def _bring(data: bytes, name: str = "Line's blacklist", **options: Any) -> WatchlistVersion:
        path = tmp_path / options.pop("file", "list.csv")
        path.write_bytes(data)
        options.setdefault("actor", manager)
        return watchlists.import_file(path, name, **options)

    return _bring


def standing() -> set[tuple[str, int, int | None]]:
    told = WatchlistEntry.objects.values_list("name", "since", "until")
    return {(name, since, until) for name, since, until in told}


Bring = Callable[..., WatchlistVersion]


def test_a_first_version_stands_whole(bring: Bring, manager: User) -> None:
    version = bring(rows("Acacia", "Baobab"))
    counts = (version.number, version.entries, version.added, version.changed, version.removed)
    assert counts == (1, 2, 2, 0, 0)
    assert version.imported_by == manager
    assert WatchlistEntry.objects.get(uid="A").countries == ["KE"]
    entry = AuditEntry.objects.get(action="watchlist.import")
    assert (entry.actor, entry.detail["entries"]) == (manager, 2)
    assert Screening.objects.filter(version=version).exists()


def test_a_version_adds_changes_and_removes(bring: Bring) -> None:
    bring(rows("Acacia", "Baobab", "Cedar"))
    version = bring(rows("Acacia", "Bamboo", "Dune"))
    assert (version.added, version.changed, version.removed) == (1, 1, 1)
    assert standing() == {
        ("Acacia", 1, None), ("Baobab", 1, 2), ("Bamboo", 2, None), ("Cedar", 1, 2),
        ("Dune", 2, None),
    }  # fmt: skip
    first = WatchlistEntry.objects.of_version(version.watchlist, 1)
    assert set(first.values_list("name", flat=True)) == {"Acacia", "Baobab", "Cedar"}


def test_the_same_file_again_makes_no_version(bring: Bring) -> None:
    told: list[str] = []
    first = bring(rows("Acacia"))
    assert bring(gzip.compress(rows("Acacia")), file="again.csv.gz", tell=told.append) == first
    assert told == ["This very list is version 1 already. Nothing was changed."]
    assert WatchlistVersion.objects.count() == 1


def test_a_name_is_one_list_however_its_letters_are_written(bring: Bring) -> None:
    bring(rows("Acacia"), name="Reef list")
    assert bring(rows("Acacia", "Baobab"), name=" REEF  list").number == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (rows("Acacia") + b"B,Baobab\n", "Line 3: Cells in this line: 2. Wanted: 3."),
        (rows("Acacia", "Aloe"), "Line 3: Number A stands twice on the list, first in line 2."),
        (rows("Acacia") + b"B,Ba\xf3bab,KE\n", "Line 3: Byte F3 at place 5 is not UTF-8."),
        (rows("Acacia") + b'B,"=1+1",KE\n', "Line 3: Cell 2 is a formula: =1+1."),
        (b"", "The file holds no entry."),
        (HEAD.encode(), "The file holds no entry."),
        (gzip.compress(rows("Acacia"), mtime=0)[:-9], "The compressed file ends too early."),
        (b"colour\nred\n", "Line 1: No column is called"),
        (rows("Acacia").decode().encode("utf-16"), "Line 1: The file is in UTF-16."),
    ],
)
def test_a_broken_list_leaves_the_version_in_force(bring: Bring, data: bytes, said: str) -> None:
    bring(rows("Acacia", "Baobab"))
    before = standing()
    with pytest.raises(ListRefused) as refused:
        bring(data)
    assert str(refused.value.message).startswith(said)
    assert standing() == before
    assert WatchlistVersion.objects.count() == 1


def test_a_list_that_lost_more_than_half_must_be_meant(bring: Bring) -> None:
    bring(rows("Acacia", "Baobab", "Cedar"))
    with pytest.raises(ListRefused, match="more than half"):
        bring(rows("Acacia"))
    assert bring(rows("Acacia"), accept_shrinking=True).removed == 2


def test_another_format_than_before_must_be_said(bring: Bring) -> None:
    bring(rows("Acacia"))
    with pytest.raises(ListRefused, match="Check that it is the right file"):
        bring(given_lists.UN.encode())
    assert bring(given_lists.UN.encode(), format="un").entries == 2


def test_a_table_may_become_a_workbook(bring: Bring) -> None:
    bring(rows("Acacia"))
    book = given_lists.workbook(("id", "name", "country"), ("A", "Acacia", "KE"))
    assert bring(book, file="list.xlsx").changed == 0


def test_authorised_traders_are_a_list_of_their_own(bring: Bring) -> None:
    version = bring(rows("Acacia"), name="AEO", is_trusted=True, keeper="Customs")
    assert version.watchlist.meaning == Watchlist.Meaning.TRUSTED
    assert version.watchlist.keeper == "Customs"
    bring(rows("Acacia"), name="Reef")
    with pytest.raises(RuleBroken, match="raise an alarm"):
        bring(rows("Acacia", "Baobab"), name="Reef", is_trusted=True)


def test_only_who_keeps_lists_imports_one(bring: Bring, investigator: User) -> None:
    with pytest.raises(NotAllowed):
        bring(rows("Acacia"), actor=investigator)
    assert not Watchlist.objects.exists()


def test_an_older_list_is_remarked(bring: Bring) -> None:
    bring(given_lists.UN.encode(), name="UN")
    told: list[str] = []
    older = given_lists.UN.replace("2026-02-27", "2025-01-01").encode()
    bring(older, name="UN", tell=told.append)
    assert "older than version 1" in told[0]


def test_names_that_raise_no_alarm_are_not_taken_for_a_warning(bring: Bring) -> None:
    """Under the name of a list of traders a list of warnings would be silent."""
    bring(rows("Acacia"), name="AEO", is_trusted=True)
    told: list[str] = []
    bring(rows("Acacia", "Baobab"), name="aeo", tell=told.append)
    assert "raise no alarm" in told[0]


def run(*args: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_watchlist", *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def sdn(tmp_path: Path) -> Path:
    for name, text in (
        ("SDN.CSV", given_lists.SDN), ("ALT.CSV", given_lists.ALT),
        ("ADD.CSV", given_lists.ADD), ("SDN_COMMENTS.CSV", given_lists.COMMENTS),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, newline="")
    return tmp_path / "SDN.CSV"


def test_the_command_finds_the_files_beside_the_main_one(sdn: Path) -> None:
    out, err = run(sdn, name="SDN")
    assert "version 1: 3 entries (3 added, 0 changed, 0 removed)" in out
    assert "Read beside it: ALT.CSV" in err
    assert WatchlistVersion.objects.get().imported_by is None
    assert WatchlistEntry.objects.get(uid="101").aliases == ["KWELI, Tano"]


@pytest.mark.parametrize(
    ("main", "other"),
    [
        ("sdn.csv", "alt.csv"), ("ofac_sdn.csv.gz", "ofac_alt.csv.gz"), ("SDN.CSV", "ALT.CSV"),
        ("sdn.csv", "alt.csv.gz"), ("cons_prim.csv", "cons_alt.csv"),
    ],
)  # fmt: skip
def test_usual_names_of_the_further_files(tmp_path: Path, main: str, other: str) -> None:
    for name in (main, other, "unrelated.csv"):
        (tmp_path / name).touch()
    assert list_files.beside(tmp_path / main) == {"aliases": tmp_path / other}


def test_the_command_names_the_further_file_that_is_broken(sdn: Path) -> None:
    sdn.with_name("ADD.CSV").write_text('102,1,"Plot 9"\n')
    with pytest.raises(CommandError, match="File of addresses: Line 1: Cells") as refused:
        run(sdn, name="SDN")
    assert refused.value.returncode == 1


def test_the_command_says_who_may_not(sdn: Path, investigator: User, manager: User) -> None:
    for name in ("investigator", "nobody"):
        with pytest.raises(CommandError) as refused:
            run(sdn, name="SDN", username=name)
        assert refused.value.returncode == 2
    run(sdn, name="SDN", username="manager")
    assert WatchlistVersion.objects.get().imported_by == manager


def test_the_command_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing.csv", name="SDN")


REAL = {
    "ofac_sdn.csv.gz": 7379,
    "un_consolidated_2026-02-27.xml.gz": 1003,
    "us_denied_persons_dpl.txt": 546,
    "gleif_transport_sample.csv.gz": 20109,
}


@pytest.mark.parametrize("name", REAL)
def test_every_real_list_comes_in_complete(name: str) -> None:
    if not (SHARED / name).is_file():
        pytest.skip(f"set CASEWORK_TEST_DATA: there is no {SHARED / name}")
    out, _ = run(SHARED / name, name=name, trusted="gleif" in name)
    assert f"{REAL[name]:,} entries" in out
    entries = WatchlistEntry.objects.in_force()
    assert entries.count() == WatchlistVersion.objects.get().entries == REAL[name]
    assert "Nothing was changed." in run(SHARED / name, name=name, trusted="gleif" in name)[0]
