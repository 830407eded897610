"""The parts of the dossier: those that the plan wants, each with its words and its pages."""

import io
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from evidence.dossier import pages
from evidence.dossier.binding import Annexed
from evidence.dossier.pages import Built
from evidence.dossier.plan import PARTS, Document, PartWish, Plan, Replacement, Withheld
from evidence.dossier.snapshot import Snapshot
from evidence.dossier.snapshot_papers import Comparison
from tests.evidence import dossier_parts, dossier_snapshot
from tests.evidence.dossier_snapshot import Pictures

pytestmark = pytest.mark.usefixtures("faces")
HOUSE_TITLES = {
    "charges": "Charges", "summary": "Summary of facts", "chronology": "Chronology",
    "proof": "Points to prove, with the evidence", "exhibits": "Exhibit list",
    "custody": "Exhibits and custody reports", "electronic": "Electronic records and their copies",
    "parties": "Parties behind the consignment", "consignments": "Consignment",
    "witnesses": "Witness list", "statements": "Statements", "hearings": "Hearing history",
}  # fmt: skip


class Read:
    """A dossier that was built, by page and by anchor."""

    def __init__(self, taken: Snapshot, load: Pictures) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.built: Built = pages.build(taken, load, Path(folder))
            data = self.built.volumes[0].path.read_bytes()
        self.reader = PdfReader(io.BytesIO(data))
        self.texts = [" ".join(page.extract_text().split()) for page in self.reader.pages]
        self.first = taken.plan.first_page

    @property
    def all(self) -> str:
        return " ".join(self.texts)

    def at(self, key: str) -> str:
        """The page on which an anchor stands."""
        return self.texts[self.built.page_of[key] - self.first]

    def part(self, key: str, after: str) -> str:
        begin, end = self.built.page_of[key] - self.first, self.built.page_of[after] - self.first
        return " ".join(self.texts[begin : max(end, begin + 1)])


def built(**values: Any) -> Read:
    pictures = Pictures()
    return Read(dossier_snapshot.snapshot(pictures, 1, **values), pictures)


@pytest.fixture(scope="module")
def whole(faces: None) -> Read:
    return built()


def test_every_part_has_a_maker_and_its_own_title(whole: Read) -> None:
    for key, title in HOUSE_TITLES.items():
        assert whole.at(key).find(title) >= 0, key
    order = [whole.built.page_of[key] for key in PARTS if key in HOUSE_TITLES]
    assert order == sorted(order)


def test_a_plan_chooses_parts_their_order_and_their_titles() -> None:
    parts = (PartWish(key="witnesses", title="List of Crown witnesses"), PartWish(key="charges"))
    found = built(plan=Plan(parts=parts))
    assert found.built.page_of["witnesses"] < found.built.page_of["charges"]
    assert "List of Crown witnesses" in found.at("witnesses")
    assert "List of Crown witnesses" in found.texts[0]
    assert "Exhibit list" not in found.all
    assert not {"exhibits", "custody", "proof"} & set(found.built.page_of)


@pytest.mark.parametrize("key", PARTS)
def test_any_part_can_stand_alone(key: str) -> None:
    """References to what is not in the dossier are words without a link."""
    found = built(plan=Plan(parts=(PartWish(key=key),)))
    assert "certificate" in found.built.page_of
    test_every_link_leads_somewhere(found)


@pytest.mark.parametrize("key", PARTS)
def test_any_part_can_be_left_out(key: str) -> None:
    found = built(plan=Plan(parts=tuple(PartWish(key=one) for one in PARTS if one != key)))
    assert key not in found.built.page_of


def test_the_matrix_leads_to_the_page_of_each_piece_of_evidence(whole: Read) -> None:
    text = whole.part("proof", "exhibits")
    for words in (
        "E1 Twenty-four tusk pieces in a tea sack", "Statement W1, 14 Mar 2024",
        "Exporters Ltd: Director", "Admission of A1", "by W1", "No witness brings it in.",
        "Taken back since.", "A1 signed the entry.", "The first row",
    ):  # fmt: skip
        assert words in text
    page = whole.reader.pages[whole.built.page_of["proof"] - 1]
    for key in ("exhibit.0", "statement.1", "party.0", "proof.admissions", "witness.0"):
        assert key in led_to(page)
    for key in ("exhibit.0", "statement.1", "party.0"):
        assert str(whole.built.page_of[key]) in whole.at("proof").split()


def led_to(page: Any) -> set[str]:
    """The anchors to which the links of a page lead."""
    return {str(one.get_object()["/A"]["/D"]) for one in page["/Annots"]}


def test_every_link_leads_somewhere(whole: Read) -> None:
    keys = {key for page in whole.reader.pages if "/Annots" in page for key in led_to(page)}
    assert keys <= set(whole.reader.named_destinations)


def test_the_matrix_counts_and_names_what_is_missing(whole: Read) -> None:
    text = whole.part("proof", "exhibits")
    assert "3 points: 1 proved, 1 not judged, 1 missing" in text
    assert "No points are set down for this provision." in text
    assert "1 of 3 points to prove have no evidence." in whole.part("index", "charges")


def test_many_accused_stand_side_by_side_five_at_a_time() -> None:
    numbers = tuple(range(1, 13))
    count = replace(dossier_parts.proof().counts[0], accused=numbers)
    found = built(proof=(replace(dossier_parts.proof(), counts=(count,)),))
    text = found.part("proof", "exhibits")
    assert text.count("Proved, contested, missing") == 3


def test_a_witness_stands_with_statement_and_summons(whole: Read) -> None:
    text = whole.at("witnesses")
    assert "W1 PW1 Insp. Ali Mwakio" in text
    assert "What the scanner showed" in text
    assert "Gave evidence 24 Mar 2025" in text
    assert "Summons for 26 Nov 2026: issued 3 Nov 2026" in text
    assert "No statement" in text


def test_a_protected_witness_is_a_cipher() -> None:
    found = built(witnesses=(*dossier_parts.witnesses(), dossier_parts.protected()))
    assert "X1 Civilian Protected witness" in found.at("witnesses")
    assert "Not to be served on the defence" in found.texts[0]


def test_a_statement_is_printed_with_its_translation(whole: Read) -> None:
    text = whole.part("statements", "hearings")
    assert dossier_parts.SAID in text
    assert "A1 Hassan Tsofa Mwero, 15 Mar 2024" in text
    assert "Translated by A. Interpreter The lorries came at night." in text
    assert "Not signed" in text
    assert "The day was wrong" in text
    assert "documents/555555555555-statement-w1.pdf" in text


def test_every_copy_names_its_certificate(whole: Read) -> None:
    text = whole.part("electronic", "parties")
    assert "4 certificates" not in text
    assert "2 certificates needed, 1 signed" in text
    assert "Copied: Card of the camera to computer" in text
    assert "Missing. Without it the court may refuse it." in text
    assert "not that of the file in the store" in text
    assert "Enhanced image of IMG_0001.jpg" in text


def test_red_flags_stand_with_what_was_answered(whole: Read) -> None:
    text = whole.part("parties", "consignments")
    assert "1 sign stands, 1 dismissed with reasons." in text
    assert "It was formed 94 days before the load was shipped." in text
    assert "every ship of this line calls there" in text


def test_versions_of_the_entry_stand_under_the_consignment(whole: Read) -> None:
    text = whole.part("consignments", "witnesses")
    assert "Customs entry, version 2" in text
    assert "Lane Red: examination Green: release" in text


def test_what_the_court_did_stands_with_the_exhibit(whole: Read) -> None:
    text = whole.part("exhibit.0", "custody.0")
    assert "24 Mar 2025 Marked for identification MFI 3 W1" in text
    assert "The chain was not shown." in text
    assert "In court: MFI 3" in whole.at("exhibits")


def test_a_part_with_nothing_in_it_has_no_page_and_says_so() -> None:
    found = built(witnesses=(), statements=(), electronic=(), proof=(), admissions=())
    index = found.at("index")
    for words in (
        "No witness is on the record.", "No statement is on the record.",
        "No electronic record is on file.",
        "No charge is on the record of which the points to prove could be told.",
    ):  # fmt: skip
        assert words in index
    assert not {"witnesses", "statements", "electronic", "proof"} & set(found.built.page_of)


def test_a_supplement_says_what_it_continues_and_replaces() -> None:
    paper = document("replacement.1")
    replaced = Replacement(page=57, reason="A wrong weight", document=paper)
    found = built(plan=Plan(
        first_page=413, supplement=1, continues="KE-MSA-2024-0031-D1", replacements=(replaced,)
    ))  # fmt: skip
    assert "Continues at page 413." in found.texts[0]
    assert "Pages 1 to 412 are in KE-MSA-2024-0031-D1 and do not change." in found.texts[0]
    assert "A wrong weight" in found.part("index", "charges")
    assert "Its pages run from 413" in found.texts[-1]


def document(key: str = "document.1") -> Document:
    return Document(
        key=key, title="Export declaration", name="decl.pdf", media_type="application/pdf",
        size=10, digest="8" * 64, bundle_path="documents/888888888888-decl.pdf", exhibit="E1",
    )  # fmt: skip


def test_the_template_words_the_cover_and_the_end() -> None:
    typed = "IN THE COURT <b>OF</b> MOMBASA\nat Mombasa"
    found = built(plan=Plan(
        cover_heading=typed, cover_text="We ask for <i>committal</i> & costs.",
        closing_text="So help us <u>all</u>.", template="Magistrates, 1 Mar 2026",
        signers=(("Sgt Amina Wekesa", "Investigator"), ("Grace Odera", "Prosecutor")),
    ))  # fmt: skip
    assert "IN THE COURT <b>OF</b> MOMBASA at Mombasa" in found.texts[0]
    assert "We ask for <i>committal</i> & costs." in found.texts[0]
    assert "So help us <u>all</u>." in found.texts[-1]
    assert "Magistrates, 1 Mar 2026" in found.texts[-1]
    assert "Sgt Amina Wekesa Investigator. Signature, date" in found.texts[-1]


def test_the_cover_is_one_page(whole: Read) -> None:
    assert whole.built.page_of["index"] == 2
    assert "casework-verify" in whole.texts[0]


def test_a_disclosure_has_its_schedule_and_not_what_the_prosecution_thinks() -> None:
    withheld = (
        Withheld(title="E9 a notebook", ground="Names an informant", treatment="withheld"),
        Withheld(title="call.pdf", ground="A third person", treatment="redacted"),
    )
    compared = Comparison(
        mark="cross", sentence="The count says ivory", answers=("We amend it",), is_alarm=True
    )
    found = built(plan=Plan(is_disclosure=True, withheld=withheld), comparisons=(compared,))
    assert "The count says ivory" in found.at("laboratory")
    assert "We amend it" not in found.all
    assert "Not answered" not in found.all
    assert "Served on the defence. Withheld: 1. Redacted: 1." in found.texts[0]
    assert "E9 a notebook Withheld Names an informant" in found.part("index", "charges")
    assert "Points to prove" not in found.all
    assert "What stands open" not in found.all
    assert found.texts[-1].count("disclosure 1 in case") == 1


def test_a_long_cell_is_divided_and_a_short_one_is_not() -> None:
    trial = dossier_parts.proof()
    count, point = trial.counts[0], trial.counts[0].points[1]
    many = replace(point.cells[0], pieces=tuple(dossier_parts.pieces().values()) * 40)
    longer = replace(count, points=(replace(point, cells=(many, point.cells[1])),))
    found = built(proof=(replace(trial, counts=(longer,)),))
    assert found.part("proof", "exhibits").count("Taken back since.") == 40


@pytest.mark.parametrize("number", [7, 9, 12])
def test_the_head_of_a_matrix_stands_once_on_a_page(number: int) -> None:
    trial = dossier_parts.proof()
    point = trial.counts[0].points[0]
    many = replace(point.cells[0], pieces=point.cells[0].pieces[:1] * number)
    rows = tuple(replace(point, cells=(many, *point.cells[1:])) for _ in range(8))
    counts = (replace(trial.counts[0], points=rows),)
    found = built(proof=(replace(trial, counts=counts),))
    heads = [page.count("Element") for page in found.texts]
    assert max(heads) == 1
    assert sum(heads) > 1


def test_the_chronology_tells_of_statements_and_of_the_court(whole: Read) -> None:
    text = whole.part("chronology", "proof")
    assert "Statement of W1 Insp. Ali Mwakio" in text
    assert "E1: marked for identification, MFI 3, by W1" in text


def test_adjournments_are_counted_by_side(whole: Read) -> None:
    assert "Adjourned by side: prosecution 4." in whole.at("hearings")


@pytest.mark.parametrize("number", [1, 6, 7, 30])
def test_evidence_with_long_names_fits_beside_five_accused(number: int) -> None:
    trial = dossier_parts.proof()
    long = replace(dossier_parts.pieces()["fact"], words="Registered name of a firm " * 11)
    cells = tuple(
        replace(trial.counts[0].points[1].cells[0], accused=(one,), pieces=(long,) * number)
        for one in range(1, 6)
    )
    point = replace(trial.counts[0].points[1], cells=cells)
    count = replace(trial.counts[0], accused=(1, 2, 3, 4, 5), points=(point,))
    found = built(proof=(replace(trial, counts=(count,)),))
    assert "proof" in found.built.page_of


@pytest.mark.parametrize("keys", [("hearings",), ("hearings", "files")])
def test_a_merged_document_stands_at_the_front_where_no_part_lists_it(
    keys: tuple[str, ...], tmp_path: Path
) -> None:
    pictures = Pictures()
    plan = Plan(documents=(document(),), parts=tuple(PartWish(key=key) for key in keys))
    taken = dossier_snapshot.snapshot(pictures, 1, plan=plan)
    annexed = [Annexed("document.1", 3, 0, 0)]
    made = pages.build(taken, pictures, tmp_path, annexed=annexed)
    texts = [page.extract_text() for page in PdfReader(made.volumes[0].path).pages]
    at = [number for number, text in enumerate(texts, 1) if "Documents in the annex" in text]
    assert at == [made.page_of["files"] if "files" in keys else 2]
    assert document().title in texts[at[0] - 1]
    assert str(made.page_of["document.1"]) in texts[at[0] - 1]


def test_a_merged_document_is_led_to_wherever_it_is_named(tmp_path: Path) -> None:
    """By its digest: in the list of documents, with its exhibit, as evidence, as a certificate."""
    pictures = Pictures()
    taken = dossier_snapshot.snapshot(pictures, 1)
    memo = taken.exhibits[0].files[2]
    merged = (
        replace(document(), digest=memo.digest),
        replace(document("document.2"), digest=dossier_parts.PAPER, title="Signed report"),
    )
    taken = replace(taken, plan=Plan(documents=merged))
    annexed = [Annexed("document.1", 3, 0, 0), Annexed("document.2", 2, 0, 3)]
    built_ = pages.build(taken, pictures, tmp_path, annexed=annexed)
    reader = PdfReader(tmp_path / "volume-1.pdf")
    texts = [page.extract_text() for page in reader.pages]
    assert built_.page_of["document.2"] == built_.page_of["document.1"] + 3
    for anchor in ("files", "exhibit.0"):
        page = texts[built_.page_of[anchor] - 1]
        assert str(built_.page_of["document.1"]) in page.split(), anchor
    for anchor in ("proof", "electronic"):
        page = texts[built_.page_of[anchor] - 1]
        assert str(built_.page_of["document.2"]) in page.split(), anchor
