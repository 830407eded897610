"""Papers from the record: what they say, who gets them, and that nothing typed becomes markup."""

import io
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from docx import Document

from casework import access, clock
from casework.days import summonses
from casework.models import Case, ChargeSheet, Hearing, User
from casework.witnesses import witnesses
from evidence import custody
from evidence.court_papers import docx, papers
from evidence.court_papers.exhibits import custody_report
from evidence.dossier.sheet import Grid, Sheet, Signature

SignIn = Callable[[User], Client]

HOSTILE = ['<b>&"</b> {{ x }} ${y} =cmd|x!A0', "\x00\x1b[31m\u202e\ud800 \ufffe", "a" * 3000, "]]>"]


def words_of(data: bytes) -> str:
    paper = Document(io.BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def text_of(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    found = (pages[at].get_textpage().get_text_range() for at in range(len(pages)))
    return " ".join(" ".join(found).split())


def made(case: Case, kind: str, key: str, actor: User, ending: str = "docx") -> str:
    data, _name = papers.make(case, kind, key, ending, actor=actor)
    return words_of(data) if ending == "docx" else text_of(data)


def test_typed_text_stays_text_in_a_word_file() -> None:
    sheet = Sheet(
        reference="R", number="N", agency=HOSTILE[0], title=HOSTILE[1], under=HOSTILE[2],
        standing=HOSTILE[0], facts=((HOSTILE[0], HOSTILE[1]),), paragraphs=tuple(HOSTILE),
        grids=(Grid(HOSTILE[0], ("A", "B"), ((HOSTILE[0], HOSTILE[3]),)),), closing=HOSTILE[3],
        signatures=(Signature(HOSTILE[0]),), foot=HOSTILE[1],
    )  # fmt: skip
    data = docx.write(sheet)
    said = words_of(data)
    assert HOSTILE[0] in said
    assert "[U+0000]" in said
    assert docx.write(sheet) == data
    inside = zipfile.ZipFile(io.BytesIO(data))
    body = inside.read("word/document.xml").decode()
    assert "fldSimple" not in body
    assert "hyperlink" not in body
    targets = b"".join(inside.read(name) for name in inside.namelist() if name.endswith(".rels"))
    assert b"External" not in targets


def test_a_charge_sheet_names_accused_counts_and_witnesses(
    told_case: Case, prosecutor: User
) -> None:
    witnesses.add(told_case, name="Dr Imara Teti", kind="expert", actor=prosecutor)
    witnesses.add(told_case, name="Hidden Person", is_protected=True, actor=prosecutor)
    sheet = ChargeSheet.objects.earliest("pk")
    count = sheet.counts.earliest("number")
    key = f"{sheet.proceeding_id}-{sheet.version}"
    for ending in ("docx", "pdf"):
        said = made(told_case, "charge-sheet", key, prosecutor, ending)
        assert count.offence in said
        assert told_case.accused.earliest("number").name in said
        assert "Dr Imara Teti" in said
        assert "Hidden Person" not in said


def test_a_summons_says_where_and_when(told_case: Case, prosecutor: User) -> None:
    witness = witnesses.add(told_case, name="Sgt Baraka Ndovu", kind="officer", actor=prosecutor)
    hearing = Hearing.objects.earliest("pk")
    (paper,) = summonses.issue(hearing, [witness], issued_on=clock.today(), actor=prosecutor)
    said = made(told_case, "summons", str(paper.pk), prosecutor, "pdf")
    assert "Sgt Baraka Ndovu" in said
    assert hearing.proceeding.number in said


def test_custody_report_exhibit_list_and_order_name_every_exhibit(
    told_case: Case, prosecutor: User
) -> None:
    row = told_case.exhibits.earliest("pk")
    assert row.description in made(told_case, "exhibits", "all", prosecutor)
    trial = told_case.proceedings.earliest("pk")
    assert row.description in made(told_case, "order", str(trial.pk), prosecutor)
    report = made(told_case, "custody", row.label, prosecutor)
    assert "The chain holds" in report
    assert "Seized" in report


def test_no_heading_of_a_table_is_broken(told_case: Case, prosecutor: User) -> None:
    trial = told_case.proceedings.earliest("pk")
    for kind, key in (("exhibits", "all"), ("order", str(trial.pk))):
        assert "Exhibit What it is" in made(told_case, kind, key, prosecutor, "pdf"), kind


def test_what_a_refuser_read_is_not_how_the_exhibit_stands(
    told_case: Case, custodian: User, prosecutor: User
) -> None:
    row = told_case.exhibits.earliest("pk")
    offer = custody.offer(row, to=prosecutor, actor=custodian)
    custody.refuse(
        offer, reason="Another seal", actor=prosecutor, seal_number="XX-9 000999", count=7,
        weight_mg=9_900_000,
    )  # fmt: skip
    for key in ("XX-9 000999", "9.9 kg"):
        assert key not in made(told_case, "exhibits", "all", prosecutor)
    (seal,) = (v for name, v in custody_report(told_case, row.label, prosecutor).facts
               if name == "Seal")  # fmt: skip
    assert seal == "WS-M 006120"


def test_a_blank_statement_form_and_a_protected_witness(told_case: Case, prosecutor: User) -> None:
    known = witnesses.add(told_case, name="Tembo Asubuhi", actor=prosecutor)
    hidden = witnesses.add(told_case, name="Hidden Person", is_protected=True, actor=prosecutor)
    assert "Tembo Asubuhi" in made(told_case, "statement", known.label, prosecutor)
    said = made(told_case, "statement", hidden.label, prosecutor)
    assert "Hidden Person" not in said
    assert hidden.label in said


def test_a_paper_of_another_case_or_of_nothing_is_nowhere(
    told_case: Case, prosecutor: User, custodian: User
) -> None:
    hidden = witnesses.add(told_case, name="Hidden Person", is_protected=True, actor=prosecutor)
    for kind, key in (("custody", "E99"), ("charge-sheet", "1"), ("charge-sheet", "x-1"),
                      ("summons", "999"), ("exhibits", "some"), ("poem", "1"),
                      ("statement", hidden.label)):  # fmt: skip
        case = access.get_case(custodian, told_case.reference)
        with pytest.raises(Http404):
            papers.make(case, kind, key, "pdf", actor=custodian)


def test_the_page_offers_papers_and_gives_them(
    told_case: Case, custodian: User, outsider: User, sign_in: SignIn
) -> None:
    page = reverse("evidence:case-papers", args=[told_case.reference])
    paper = reverse("evidence:court-paper", args=[told_case.reference, "exhibits", "all", "docx"])
    assert paper in sign_in(custodian).get(page).text
    answer = sign_in(custodian).get(paper)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content[:2] == b"PK"
    assert sign_in(outsider).get(paper).status_code == 404


def test_a_part_of_an_exhibit_has_its_custody_report(
    told_case: Case, prosecutor: User, sign_in: SignIn
) -> None:
    whole = told_case.exhibits.earliest("pk")
    address = reverse(
        "evidence:court-paper", args=[told_case.reference, "custody", f"{whole.label}/1", "pdf"]
    )
    assert sign_in(prosecutor).get(address).status_code == 404  # there is no such part
    assert sign_in(prosecutor).get(address.replace("/1.", ".")).status_code == 200


def test_what_the_defence_has_says_that_nothing_was_served(
    told_case: Case, prosecutor: User, sign_in: SignIn
) -> None:
    page = reverse("evidence:disclosure-served", args=[told_case.reference])
    assert "Nothing was served." in sign_in(prosecutor).get(page).text
