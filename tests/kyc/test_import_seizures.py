"""A register comes in whole or not at all, once, and nothing of it is lost."""

import csv
import gzip
import os
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework.models import AuditEntry, Case, ImportedRow, SeizedItem, Seizure, User
from kyc.register import register_mapping, registers

SHARED = Path(os.environ.get("CASEWORK_TEST_DATA", "../shared/data"))
LEMIS = SHARED / "seizures/lemis_amphibian_shipments.csv.gz"
LEMIS_MAPPING = Path(__file__).parent / "data/lemis.toml"

MAPPING = """
missing = ["", "NA"]
time_zone = "Africa/Nairobi"
keep = ["note"]
[select]
seized = ["yes"]
[case]
group_by = "case"
tier = { constant = "poaching" }
[seizure]
seized_at = { column = "date", formats = ["%d/%m/%Y"] }
place = "where"
[route]
origin = "origin"
[item]
taxon = "species"
specimen = { column = "part", values = { tusk = "TUS", meat = "MEA" } }
quantity = "amount"
unit = { column = "unit", values = { kg = "KIL", no = "NUM", mg = "MGM" } }
"""
HEAD = "case,seized,date,where,origin,species,part,amount,unit,note"
GOOD = (
    "A1,yes,14/03/2024,Mombasa,KE,Loxodonta africana,tusk,12.5,kg,behind the tea",
    "A1,yes,15/03/2024,Voi road,XF,Loxodonta africana,tusk,3,no,",
    ",no,16/03/2024,Voi,KE,,meat,1,kg,released",
    "NA,yes,17/03/2024,KEMBA,NA,Some odd frog,meat,0.916,mg,=HYPERLINK()",
)
BAD = (
    "B,yes,31/02/2024,Voi,KE,,tusk,1,kg,",
    "B,yes,14/03/2024,Voi,Atlantis,,tail,-1,stone,",
    "B,yes,14/03/2999,Voi,KE,,tusk,1,kg,",
    "B,yes,14/03/2024",
)


class Register:
    """A register and its mapping on disk, and the command run on them."""

    def __init__(self, folder: Path) -> None:
        self.file, self.mapping = folder / "register.csv", folder / "mapping.toml"
        self.mapping.write_text(MAPPING)

    def write(self, *rows: str) -> None:
        self.file.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")

    def run(self, person: User, **options: object) -> str:
        out = StringIO()
        call_command(
            "import_seizures",
            self.file,
            mapping=self.mapping,
            username=person.username,
            stdout=out,
            stderr=StringIO(),
            **options,
        )
        return out.getvalue()


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path)


def test_selected_rows_come_in_and_the_others_are_counted(
    manager: User, register: Register
) -> None:
    register.write(*GOOD)
    said = register.run(manager)
    assert "3 seizures imported." in said
    assert "1 excluded by the selection" in said
    assert Seizure.objects.count() == 3


def test_rows_of_one_group_join_one_case(manager: User, register: Register) -> None:
    register.write(*GOOD)
    register.run(manager)
    assert sorted(case.seizures.count() for case in Case.objects.all()) == [1, 2]


def test_a_row_keeps_what_the_register_said(manager: User, register: Register) -> None:
    register.write(*GOOD)
    register.run(manager)
    first, second, third = SeizedItem.objects.order_by("pk")
    assert (str(first.taxon), first.weight_mg) == ("Loxodonta africana", 12_500_000)
    assert (second.count, second.weight_mg) == (3, None)
    assert (third.taxon, third.taxon_as_given) == (None, "Some odd frog")
    assert third.quantity == Decimal("0.916")
    assert first.seizure.narrative == "note: behind the tea"
    assert str(first.seizure.port) == "Mombasa KEMBA"
    assert second.seizure.place == "Voi road"


def test_a_bare_date_is_that_day_where_it_was_written(manager: User, register: Register) -> None:
    register.write(GOOD[0])
    register.run(manager)
    seizure = Seizure.objects.get()
    assert seizure.seized_at.isoformat() == "2024-03-13T21:00:00+00:00"
    assert not seizure.is_time_known


def test_a_second_import_adds_nothing(manager: User, register: Register) -> None:
    register.write(*GOOD)
    register.run(manager)
    said = register.run(manager)
    assert "0 seizures imported." in said
    assert "3 imported before" in said
    assert Seizure.objects.count() == ImportedRow.objects.count() == 3


def test_the_same_register_compressed_is_the_same_register(
    manager: User, register: Register
) -> None:
    register.write(*GOOD)
    register.run(manager)
    content = register.file.read_bytes()
    register.file = register.file.with_suffix(".csv.gz")
    register.file.write_bytes(gzip.compress(content))
    assert "0 seizures imported." in register.run(manager)


def test_equal_rows_are_two_seizures(manager: User, register: Register) -> None:
    register.write(GOOD[3], GOOD[3])
    register.run(manager)
    assert Seizure.objects.count() == 2


def test_one_bad_row_stops_all_and_every_bad_row_is_named(
    manager: User, register: Register
) -> None:
    register.write(*GOOD, *BAD)
    out = StringIO()
    with pytest.raises(CommandError, match="4 rows fail, so nothing was imported"):
        call_command(
            "import_seizures", register.file, mapping=register.mapping, username="manager",
            stdout=out, stderr=StringIO(),
        )  # fmt: skip
    said = out.getvalue()
    assert "line 6: seizure.seized_at: “31/02/2024” is not a date as %d/%m/%Y" in said
    assert "line 7: country: there is no code “Atlantis”" in said
    assert "item.unit: “stone” is not translated; add it to the mapping" in said
    assert "line 8: This lies in the future." in said
    assert "line 9: the number of cells differs from the head" in said
    assert not Case.objects.exists()


def test_a_dry_run_lists_the_same_and_writes_nothing(manager: User, register: Register) -> None:
    register.write(*GOOD, *BAD)
    said = register.run(manager, dry_run=True)
    assert said.count("\nline ") == 4
    assert "nothing was written" in said
    assert not Case.objects.exists()


def test_a_reject_file_takes_the_bad_rows_with_their_reasons(
    manager: User, register: Register, tmp_path: Path
) -> None:
    register.write(*GOOD, *BAD)
    rejects = tmp_path / "rejects.csv"
    register.run(manager, reject_file=rejects)
    with rejects.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["line"] for row in rows] == ["6", "7", "8", "9"]
    assert rows[0]["date"] == "31/02/2024"
    assert "is not a date" in rows[0]["reason"]
    assert Seizure.objects.count() == 3


def test_a_reject_file_that_cannot_be_written_stops_the_import(
    manager: User, register: Register, tmp_path: Path
) -> None:
    register.write(*GOOD, *BAD)
    with pytest.raises(CommandError, match="Nothing was imported"):
        register.run(manager, reject_file=tmp_path / "nowhere/rejects.csv")
    assert not Case.objects.exists()


def test_only_those_who_may_import_do(
    manager: User, investigator: User, auditor: User, outsider: User, register: Register
) -> None:
    register.write(*GOOD)
    for person in (investigator, auditor, outsider):
        with pytest.raises(CommandError) as refused:
            register.run(person)
        assert refused.value.returncode == 2
    User.objects.filter(pk=manager.pk).update(is_active=False)
    with pytest.raises(CommandError) as refused:
        register.run(manager)
    assert refused.value.returncode == 2
    assert not Case.objects.exists()


def test_the_import_is_in_the_audit(manager: User, register: Register) -> None:
    register.write(*GOOD)
    register.run(manager)
    entry = AuditEntry.objects.get(action="register.import")
    assert (entry.actor, entry.detail["imported"], entry.detail["excluded"]) == (manager, 3, 1)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("[seizure", "mapping.toml"),
        ("[seizure]\nplace = 'where'", "seized_at is missing"),
        ("[seizure]\nseized_at = 'day'", "The file has no column day."),
        ("[seizure]\nseized_at = 'date'\nweather = 'x'", "not known here: weather"),
        ("[seizure]\nseized_at = {}", "needs a column, columns or a constant"),
        ("time_zone = 'Mars'\n[seizure]\nseized_at = 'date'", "“Mars” is not a time zone."),
        ("encoding = 'klingon'\n[seizure]\nseized_at = 'date'", "The file is not in klingon."),
    ],
)
def test_a_broken_mapping_is_refused_with_its_reason(
    manager: User, register: Register, mapping: str, sentence: str
) -> None:
    register.write(*GOOD)
    register.mapping.write_text(mapping)
    with pytest.raises(CommandError, match=sentence.replace("(", r"\(")):
        register.run(manager)


def test_a_file_that_is_no_register_is_refused(manager: User, register: Register) -> None:
    register.file.write_bytes(b"\x1f\x8b\x00broken")
    with pytest.raises(CommandError):
        register.run(manager)
    register.file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="The file is not in utf-8-sig"):
        register.run(manager)


def test_a_real_register(manager: User) -> None:
    if not LEMIS.exists():
        pytest.skip(f"{LEMIS.name} is test material that is not shipped")
    mapping = register_mapping.load(LEMIS_MAPPING)
    seen: list[tuple[str, int, int]] = []
    plan = registers.plan(LEMIS, mapping, actor=manager, progress=lambda *step: seen.append(step))
    assert (plan.read, len(plan.planned), plan.excluded) == (24_189, 319, 23_870)
    assert not plan.failed
    assert registers.write(plan, actor=manager, progress=lambda *step: seen.append(step)) == 319
    assert seen
    expected = {"GRM": "98329", "KIL": "219.710964", "MGM": "858.916", "NUM": "33753"}
    assert plan.totals() == {unit: Decimal(total) for unit, total in expected.items()}
    assert registers.totals_on_record(plan.digest) == plan.totals()
    again = registers.plan(LEMIS, mapping, actor=manager, progress=lambda *step: None)
    assert (again.known, len(again.planned)) == (319, 0)
