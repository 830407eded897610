"""What each reader makes of a list, and the line and reason for which it refuses a broken one."""

import contextlib
import gzip
import io
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyc.watch.list_formats import columns, days, detect, opensanctions, source, words
from kyc.watch.list_formats.countries import Countries
from kyc.watch.list_formats.entry import Entry, ListError, Reading, canonical
from tests.kyc import list_files as given_lists

SHARED = Path(os.environ.get("CASEWORK_TEST_DATA", "../shared/data")) / "kyc"
NAMES = {"KE": "Kenya", "TZ": "Tanzania", "OM": "Oman", "PA": "Panama", "US": "United States"}
Told = bytes | str


def read(data: Told, name: str = "", reading: Reading | None = None, **beside: Told) -> list[Entry]:
    def stream(told: Told) -> io.BytesIO:
        return io.BytesIO(told.encode() if isinstance(told, str) else told)

    file = stream(data)
    reading = reading or Reading(Countries(NAMES))
    parts = {part: stream(told) for part, told in beside.items()}
    found = list(detect.read(file, name or detect.told(file), reading, parts))
    for entry in found:
        entry.kept()
    return found


def refused(data: Told, name: str = "", **beside: Told) -> tuple[str, int | None]:
    with pytest.raises(ListError) as broken:
        read(data, name, None, **beside)
    return broken.value.code, broken.value.line


def pairs(entry: Entry) -> set[tuple[str, str, str]]:
    return {(i["kind"], i["value"], i["country"]) for i in entry.identifiers}


def test_the_sdn_list_with_its_further_tables() -> None:
    tano, coral, ship = read(
        given_lists.SDN, aliases=given_lists.ALT, addresses=given_lists.ADD,
        comments=given_lists.COMMENTS,
    )  # fmt: skip
    assert (tano.uid, tano.kind, tano.name) == ("101", "person", "MBOGO, Tano Kweli")
    assert tano.aliases == ["KWELI, Tano"]
    assert tano.weak_aliases == ["BABA TANO"]
    assert tano.birth_dates == ["1960-03-12", "1961"]
    assert tano.kept()["countries"] == ["KE", "TZ", "OM"]
    assert tano.topics == ["WILD", "SDX"]
    assert pairs(tano) == {
        ("passport", "A0123456", "KE"), ("id_number", "7788", "KE"), ("tax_pin", "P051", "KE"),
        ("email", "tano@firm.example", ""),
    }  # fmt: skip
    assert "POB Mombasa, Kenya" in tano.kept()["remarks"]
    assert "Linked To: CORAL GATE TRADERS" in tano.kept()["remarks"]
    assert (coral.kind, coral.addresses) == ("firm", ["Plot 9, Moi Avenue, Mombasa, Kenya"])
    assert "Formerly: CORAL GATE LTD" in coral.remarks
    assert (ship.kind, ship.countries) == ("vessel", ["PA"])
    assert ("imo", "9817559", "") in pairs(ship)
    assert ship.kept()["remarks"].endswith("MMSI 256843000.; Linked To: CORAL GATE TRADERS.")


def test_lines_of_further_tables_without_an_entry_are_counted() -> None:
    reading = Reading(Countries(NAMES))
    read(given_lists.SDN.rstrip("\x1a"), reading=reading, aliases='999,1,"aka","X",-0- \n')
    assert reading.notes == [("no-end-mark", {}), ("orphans", {"part": "aliases", "count": 1})]


def test_the_list_of_the_united_nations() -> None:
    reading = Reading(Countries(NAMES))
    tano, coral = read(given_lists.UN, reading=reading)
    assert reading.dated is not None
    assert reading.dated.isoformat() == "2026-02-27"
    assert (tano.uid, tano.name) == ("REi.001", "Tano Kweli Mbogo")
    assert tano.aliases == ["تانو كويلي", "Kweli Tano"]
    assert tano.weak_aliases == ["Baba"]
    assert tano.birth_dates == ["1960-03-12", "1958", "1962", "1963", "1964"]
    assert tano.countries == ["TZ", "KE"]
    assert tano.addresses == ["Tanga, Kenya"]
    assert pairs(tano) == {("passport", "A01", "KE")}
    said = tano.kept()["remarks"]
    for kept in ("Nationality: Atlantis", "approximately 1958", "boatman", "in 2019"):
        assert kept in said
    assert (coral.kind, coral.name, coral.aliases) == (
        "firm", "CORAL GATE (CG)", ["REEF GATE", "Coral Ltd"],
    )  # fmt: skip


def test_the_denied_persons() -> None:
    tano, coral = read(given_lists.DENIED)
    assert (tano.name, tano.aliases, tano.countries) == ("TANO MBOGO", ["BABA TANO"], ["KE"])
    assert tano.addresses == ["PLOT 9, MOMBASA, 80100, KE"]
    assert "In force until: 2027-10-13" in tano.remarks
    assert "Country: XQ" in coral.remarks
    assert tano.uid == read(given_lists.DENIED)[0].uid


def test_a_collection_of_opensanctions() -> None:
    (tano,) = read(given_lists.opensanctions_csv(given_lists.TANO))
    assert (tano.uid, tano.kind, tano.birth_dates) == ("Q-1", "person", ["1960-03-12", "1961"])
    assert tano.aliases == ["Tano Kweli", "Baba Tano"]
    assert tano.countries == ["KE", "TZ"]
    assert "Country: suhh" in tano.remarks
    assert pairs(tano) >= {("imo", "9817559", ""), ("other", "A0123456", "")}


def test_the_day_of_an_export_changes_no_entry() -> None:
    later = given_lists.TANO | {"last_seen": "2026-09-01T00:00:00"}
    first, second = (
        canonical(read(given_lists.opensanctions_csv(row))[0].kept())[1]
        for row in (given_lists.TANO, later)
    )
    assert first == second


def test_a_plain_table_below_a_title() -> None:
    coral, tano = read(given_lists.BLACKLIST)
    assert (coral.kind, coral.aliases) == ("firm", ["Reef Gate", "CGT"])
    assert coral.countries == ["KE"]
    assert pairs(coral) == {
        ("tax_pin", "P051234567X", ""), ("phone", "+254 712 345678", ""),
    }  # fmt: skip
    assert coral.remarks == ["Why: Cloned seal"]
    assert tano.remarks == ["Country: Atlantis"]


def test_the_same_table_as_a_workbook() -> None:
    rows = [("Name", "Type", "Date of birth", "Phone"), ("Tano Mbogo", "person", "1960", 2547123)]
    (tano,) = read(given_lists.workbook(*rows))
    assert (tano.kind, tano.birth_dates, tano.line) == ("person", ["1960"], 2)
    assert pairs(tano) == {("phone", "2547123", "")}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_told_from_the_head(separator: str) -> None:
    text = f"Name{separator}Country\nCoral Gate{separator}Kenya\n"
    assert read(text)[0].countries == ["KE"]


def test_a_register_of_legal_entities_is_a_plain_table() -> None:
    head = "LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.EntityCategory"
    (coral,) = read(f"{head}\n5493001KJTIIGC8Y1R12,Coral Gate,KE,GENERAL\n")
    assert (coral.uid, coral.name) == ("5493001KJTIIGC8Y1R12", "Coral Gate")
    assert coral.remarks == ["Entity.EntityCategory: GENERAL"]


WHOLE: dict[str, str] = {
    "ofac": given_lists.SDN,
    "un": given_lists.UN,
    "denied_persons": given_lists.DENIED,
    "opensanctions": given_lists.opensanctions_csv(
        given_lists.TANO, given_lists.TANO | {"id": "2"}
    ),
    "csv": given_lists.BLACKLIST,
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_list_cut_in_an_entry_is_refused_with_a_line(name: str) -> None:
    text = WHOLE[name].rstrip("\x1a\r\n")
    code, line = refused(text[: len(text) * 3 // 4], name)
    assert code in ("cut", "cells", "day")
    assert line


@pytest.mark.parametrize("name", WHOLE)
def test_a_cut_gzip_is_refused(name: str) -> None:
    assert refused(gzip.compress(WHOLE[name].encode())[:-20], name)[0] == "gzip-cut"


def test_a_damaged_gzip_is_refused() -> None:
    packed = bytearray(gzip.compress(given_lists.UN.encode()))
    packed[len(packed) // 2] ^= 0xFF
    assert refused(bytes(packed), "un")[0] in ("gzip-broken", "xml", "encoding", "control")


@pytest.mark.parametrize("name", WHOLE)
def test_utf_16_is_refused(name: str) -> None:
    assert refused(WHOLE[name].encode("utf-16"), name) == ("utf-16", 1)
    assert refused(WHOLE[name].encode("utf-16-le"), name) == ("utf-16", 1)


def test_a_byte_of_latin_1_is_refused_with_its_line() -> None:
    text = given_lists.BLACKLIST.replace("Tano", "Tanó").encode("latin-1")
    assert refused(text) == ("encoding", 4)
    text = (
        given_lists.UN.replace("boatman", "pêcheur").encode("utf-8").replace(b"\xc3\xaa", b"\xea")
    )
    assert refused(text) == ("encoding", 9)


@pytest.mark.parametrize("gone", ["name", "schema", "countries", "last_change"])
def test_a_collection_without_a_column_is_refused(gone: str) -> None:
    kept = [name for name in opensanctions.COLUMNS if name != gone]
    row = {name: value for name, value in given_lists.TANO.items() if name != gone}
    text = given_lists.opensanctions_csv(row, columns=kept)
    assert refused(text) == ("columns", 1)


def test_a_table_without_names_says_what_it_has() -> None:
    with pytest.raises(ListError) as broken:
        read("colour,weight\nred,3\n")
    assert (broken.value.code, broken.value.found) == (
        "no-name-column", {"found": "colour, weight"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name,country\nCoral\n", ("cells", 2)),
        ("name,country\nCoral,KE,more\n", ("cells", 2)),
        ("name,country\n,KE\n", ("no-name", 2)),
        ('name,country\n"Coral"x,KE\n', ("quotes", 2)),
        ('name,country\nReef,KE\n"Coral,KE\n', ("cut", 3)),
        ("name,country\nCo\x07ral,KE\n", ("control", 2)),
        ("name,country\nCo\x00ral,KE\n", ("control", 2)),
        ("name,name\nA,B\n", ("columns-twice", 1)),
        ("id,name\n1,A\n", None),
        ("", ("empty", None)),
        ("\n\n", ("empty", None)),
        ("<html><body>Not found</body></html>", ("xml-root", 1)),
        ('1,"A"\n', ("cells", 1)),
        ("%PDF-1.7", ("no-list", None)),
    ],
)
def test_what_is_no_list_is_refused(text: str, expected: tuple[str, int | None] | None) -> None:
    assert (refused(text) if expected else read(text) and None) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "=HYPERLINK(A1)",
        " =cmd",
        "@SUM(A1)",
        "+1+1",
        "-2+3",
        "+cmd|' /C calc'!A0",
        "-SUM(A1)",
    ],
)
def test_a_formula_in_a_table_is_refused(cell: str) -> None:
    assert refused(f'name,country,note\nCoral,KE,"{cell}"\n') == ("formula", 2)


@pytest.mark.parametrize("cell", ["+254 712 345678", "+1 (202) 555-0100", "-0-", "- none", "@reef"])
def test_telephones_and_dashes_are_no_formulas(cell: str) -> None:
    assert not words.is_formula(cell)


def test_a_formula_in_a_workbook_is_refused_with_its_cell() -> None:
    with pytest.raises(ListError) as broken:
        read(given_lists.workbook(("name", "note"), ("Coral", "=1+1")))
    assert (broken.value.code, broken.value.line) == ("formula", 2)
    assert broken.value.found["cell"] == "B2"


def test_a_workbook_with_two_sheets_of_data_is_refused() -> None:
    assert refused(given_lists.workbook(("name",), ("Coral",), sheets=2))[0] == "sheets"


def test_a_damaged_workbook_is_refused() -> None:
    whole = given_lists.workbook(("name",), ("Coral",))
    assert refused(whole[: len(whole) // 2], "xlsx")[0] == "workbook"
    assert refused(b"PK\x03\x04rest")[0] == "workbook"


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
OUTSIDE = """<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>"""


@pytest.mark.parametrize("bomb", [BOMB, OUTSIDE, "<!DOCTYPE CONSOLIDATED_LIST>"])
def test_entities_in_xml_are_refused(bomb: str) -> None:
    head, rest = given_lists.UN.split("\n", 1)
    assert refused(f"{head}\n{bomb}\n{rest.replace('Tano', '&b;', 1)}")[0] == "xml-entities"


def test_entities_in_a_workbook_are_refused() -> None:
    whole = given_lists.workbook(("name",), ("Coral",))
    part = b'<?xml version="1.0"?>' + BOMB.encode() + b"<worksheet/>"
    bad = given_lists.with_part(whole, "xl/worksheets/sheet1.xml", part)
    assert refused(bad)[0] == "xml-entities"


def test_a_workbook_that_unpacks_without_end_is_refused() -> None:
    whole = given_lists.workbook(("name",), ("Coral",))
    part = b"<worksheet>" + b" " * (64 << 20)
    assert refused(given_lists.with_part(whole, "xl/worksheets/sheet1.xml", part))[0] == "too-large"


def test_a_line_without_end_is_refused_without_being_held() -> None:
    packed = gzip.compress(b"name,country\n" + b"a" * (100 << 20))
    tracemalloc.start()
    assert refused(packed, "csv") == ("long-line", 2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20


def test_a_gzip_bomb_of_short_lines_is_refused() -> None:
    packed = io.BytesIO(gzip.compress(b"name\n" + b"\n" * (80 << 20)))
    with pytest.raises(ListError, match="too-large"):
        for _piece in source.chunks(packed):
            pass


def test_xml_nested_without_end_is_refused() -> None:
    deep = "<INDIVIDUAL>" + "<A>" * 5000
    assert refused(f"<CONSOLIDATED_LIST><INDIVIDUALS>{deep}")[0] == "xml-deep"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 Mar 1960", "1960-03-12"), ("Mar 1960", "1960-03"), ("circa 1960", "1960"),
        ("1960-03-12T00:00:00", "1960-03-12"), ("25/12/1960", "1960-12-25"),
        ("02/03/1960", ""), ("31 Feb 1960", ""), ("long ago", ""), ("1960", "1960"),
    ],
)  # fmt: skip
def test_days_are_read_where_they_can_be_told(text: str, day: str) -> None:
    assert days.read(text) == day


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Korea, North", "KP"), ("Democratic People's Republic of Korea", "KP"),
        ("Congo, Democratic Republic of the", "CD"), ("Turkey", "TR"), ("ke", "KE"), ("USA", "US"),
        ("Cote d Ivoire", "CI"), ("Virgin Islands, British", "VG"), ("undetermined", ""),
        ("The Gambia", "GM"), ("PRC", "CN"), ("", ""),
    ],
)  # fmt: skip
def test_names_of_countries(name: str, code: str) -> None:
    assert Countries(NAMES | {"GM": "Gambia", "CI": "Côte d'Ivoire"}).find(name) == code


def test_heads_are_known_however_they_are_written() -> None:
    heads = ["LEGAL_NAME", "Entity.LegalName", "Reg. No.", "E-mail"]
    assert columns.meanings(heads) == ["name", "name", "registration", "email"]


@given(st.binary(max_size=400), st.sampled_from(detect.FORMATS))
def test_no_bytes_break_a_reader(data: bytes, name: str) -> None:
    with contextlib.suppress(ListError):
        read(data, name)


@given(st.data())
def test_no_change_of_a_byte_breaks_a_reader(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    text = bytearray(WHOLE[name].encode())
    text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ListError):
        read(bytes(text), name)


REAL: dict[str, tuple[str, int]] = {
    "ofac_sdn.csv.gz": ("ofac", 7379),
    "un_consolidated_2026-02-27.xml.gz": ("un", 1003),
    "us_denied_persons_dpl.txt": ("denied_persons", 546),
    "gleif_transport_sample.csv.gz": ("csv", 20109),
}


@pytest.fixture
def real() -> Callable[[str], bytes]:
    if not SHARED.is_dir():
        pytest.skip(f"set CASEWORK_TEST_DATA: there is no {SHARED}")
    return lambda name: (SHARED / name).read_bytes()


@pytest.mark.parametrize("name", REAL)
def test_every_real_list_is_read_to_its_end(name: str, real: Callable[[str], bytes]) -> None:
    form, count = REAL[name]
    data = real(name)
    assert detect.told(io.BytesIO(data)) == form
    found = read(data)
    assert len(found) == len({entry.uid for entry in found}) == count


@pytest.mark.parametrize("name", REAL)
def test_every_real_list_cut_is_refused(name: str, real: Callable[[str], bytes]) -> None:
    data = real(name)
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    assert refused(gzip.compress(plain)[:-2000], REAL[name][0])[0] == "gzip-cut"
    cut = plain[: len(plain) // 2]
    assert refused(cut[: cut.rindex(b'"') + 1 if b'"' in cut[-300:] else -2], REAL[name][0])[1]
