"""Reference tables: loaded whole or not at all, edits kept, each row with its source."""

import csv
import gzip
import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework import identifiers, reference, reference_files
from casework.models import Code, Court, Goods, Listing, Port, Provision, Taxon
from casework.reference import STARTER
from casework.reference_files import COLUMNS, ReferenceFileError

SHARED = Path(os.environ.get("CASEWORK_TEST_DATA", "../shared/data"))
pytestmark = pytest.mark.django_db


def shared(name: str) -> Path:
    path = SHARED / "reference" / name
    if not path.exists():
        pytest.skip(f"{name} is test material that is not shipped")
    return path


def ports(folder: Path, *rows: str) -> Path:
    path = folder / "ports.csv"
    head = ",".join(COLUMNS["ports"])
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def test_the_starter_tables_are_there_after_migrate() -> None:
    counts = [t.objects.count() for t in (Port, Taxon, Code, Goods, Provision, Court)]
    assert counts[0] >= 60
    assert counts[1] >= 120
    assert all(counts)


@pytest.mark.parametrize("kind", list(COLUMNS))
def test_every_shipped_row_names_its_source(kind: str) -> None:
    rows = reference_files.read(kind, STARTER / f"{kind}.csv")
    assert all(row["source"] for _, row in rows)


def test_shipped_codes_have_the_shape_of_their_standard() -> None:
    for port in Port.objects.all():
        assert identifiers.parse_locode(port.locode) == port.locode
        assert port.locode.startswith(port.country)
    for goods in Goods.objects.all():
        assert identifiers.parse_hs_code(goods.hs_code) == goods.hs_code
    for code in Code.objects.kind("country"):
        assert identifiers.parse_country(code.code) == code.code


def test_every_adjournment_reason_has_a_side_at_fault() -> None:
    sides = set(Code.objects.kind("adjournment_reason").values_list("side", flat=True))
    assert sides == {"court", "prosecution", "defence", "witness", "exhibit", "external"}


def test_loading_again_changes_nothing() -> None:
    again = reference.load_starter()
    assert all((one.added, one.updated, one.kept) == (0, 0, 0) for one in again.values())


def test_a_changed_row_is_brought_up_to_date(tmp_path: Path) -> None:
    reference.load("ports", ports(tmp_path, "ZZAAA,Old name,ZZ,sea,1,2,a list,no"))
    loaded = reference.load("ports", ports(tmp_path, "ZZAAA,New name,ZZ,sea,1,2,a list,no"))
    assert (loaded.added, loaded.updated) == (0, 1)
    assert Port.objects.get(locode="ZZAAA").name == "New name"


def test_a_row_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    reference.load("ports", ports(tmp_path, "ZZAAA,Old name,ZZ,sea,1,2,a list,no"))
    port = Port.objects.get(locode="ZZAAA")
    port.name = "Corrected by hand"
    port.save()
    loaded = reference.load("ports", ports(tmp_path, "ZZAAA,New name,ZZ,sea,1,2,a list,no"))
    assert loaded.kept == 1
    assert Port.objects.get(locode="ZZAAA").name == "Corrected by hand"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("ZZBBB,Name,ZZ,sea,north,2,a list,no", "line 3: latitude"),
        ("ZZBBB,Name,ZZ,sea,1,2,a list,perhaps", "should be yes or no"),
        ("ZZBBB,Name,ZZ", "the number of cells differs from the head"),
        ("ZZAAA,Name,ZZ,sea,1,2,a list,no", "the same as line 2"),
        ("ZZBBB,,ZZ,sea,1,2,a list,no", "line 3: name"),
        (f"ZZBBB,{'x' * 200},ZZ,sea,1,2,a list,no", "line 3: name"),
    ],
)
def test_a_broken_file_is_refused_whole(tmp_path: Path, row: str, reason: str) -> None:
    path = ports(tmp_path, "ZZAAA,Good,ZZ,sea,1,2,a list,no", row)
    with pytest.raises(CommandError, match=reason):
        call_command("import_reference", "ports", path)
    assert not Port.objects.filter(locode="ZZAAA").exists()


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    for content in (b"", b"a,b\n1,2\n", b"\xff\xfe", b"{broken"):
        path.write_bytes(content)
        with pytest.raises(ReferenceFileError):
            reference.load("ports", path)
    with pytest.raises(ReferenceFileError):
        reference.load("ports", tmp_path / "absent.csv")


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    out = StringIO()
    path = ports(tmp_path, "ZZAAA,Name,ZZ,sea,1,2,a list,no")
    call_command("import_reference", "ports", path, stdout=out)
    assert "ports: 1 added, 0 updated" in out.getvalue()
    call_command("load_starter_reference", stdout=out)
    assert "taxa: 0 added" in out.getvalue()


def test_the_public_list_of_sea_ports_loads() -> None:
    loaded = reference.load("ports", shared("sea_ports_1634_unlocode.json"))
    assert loaded.added > 1500
    assert Port.objects.get(locode="LKCMB").country == "LK"


def test_the_public_species_index_loads_with_its_listings() -> None:
    path = shared("cites_species_index_2017-04-21.csv.gz")
    loaded = reference.load("taxa", path)
    assert loaded.added + loaded.updated + loaded.unchanged == 38_079
    assert Listing.objects.filter(taxon__scientific_name="Manis crassicaudata").count() == 1
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        names = {row["FullName"] for row in csv.DictReader(lines)}
    assert names <= set(Taxon.objects.values_list("scientific_name", flat=True))


def test_the_public_list_of_goods_loads() -> None:
    assert reference.load("goods", shared("hs_codes.csv.gz")).added > 5000


@pytest.mark.parametrize(
    ("typed", "found"),
    [("momb", "KEMBA"), ("KEMBA", "KEMBA"), ("hai ph", "VNHPH"), ("chem", None), ("x\x00y", None)],
)
def test_ports_are_suggested_by_code_and_name(typed: str, found: str | None) -> None:
    ports = [port.locode for port in reference.suggest_ports(typed)]
    assert ports[:1] == ([found] if found else [])


@pytest.mark.parametrize("typed", ["loxodonta a", "African el", "tembo"])
def test_taxa_are_suggested_by_any_name(typed: str) -> None:
    first = reference.suggest_taxa(typed, date(2024, 1, 1))[0]
    assert first.scientific_name == "Loxodonta africana"


def test_a_suggestion_shows_the_listing_of_the_day() -> None:
    def listed(day: date) -> list[str]:
        taxon = reference.suggest_taxa("Psittacus eri", day)[0]
        return [row.appendix for row in taxon.listed]  # type: ignore[attr-defined]

    assert listed(date(2024, 1, 1)) == ["I"]
    assert listed(date(2010, 1, 1)) == ["II"]
    assert listed(date(1980, 1, 1)) == []


@pytest.mark.parametrize(
    ("typed", "code"), [("Mombasa", "KEMBA"), ("kemba", "KEMBA"), ("Mombasa KEMBA", "KEMBA")]
)
def test_a_port_is_found_however_it_is_written(typed: str, code: str) -> None:
    port = reference.find_port(typed)
    assert port is not None
    assert port.locode == code


def test_goods_and_countries_are_found_by_code_or_label() -> None:
    assert str(reference.find_goods("0902.40 Black tea")).startswith("090240")
    assert reference.find_goods("tea") is None
    assert reference.find_country("kenya") == reference.find_country("ke") == "KE"
    assert reference.find_country("Atlantis") == ""
