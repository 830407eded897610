"""The dossier's pages of certificates and of what laboratories found."""

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2

from casework.models import Case, User
from evidence.dossier import pages
from evidence.dossier.snapshot import Snapshot
from evidence.dossier.snapshot_papers import (
    CertificateLine,
    Comparison,
    Examination,
    Examined,
)
from tests.evidence import dossier_snapshot

TOOTH = Examined(
    label="E2", description="Curved <teeth>", seal="WS-M 006120", marks="Red 7", count=4,
    weight_mg=3_000_000, handover="Not handed over.", is_handed_over=False,
    found="Hippopotamus amphibius", certainty="Certain", method="DNA", text="Teeth & no tusks.",
)  # fmt: skip
SENT = Examination(
    number=1, laboratory="Invented Laboratory", question="Which <species>?", sent_by="Sgt W.",
    carried_by="Cpl B.", sent_on=date(2024, 4, 2), mark="open", state="Overdue since 2 May 2024",
    items=(TOOTH,),
)  # fmt: skip
MISSING = CertificateLine(
    kind="Photographic certificate", statute="s. 78", thing="IMG_<1>.jpg", label="E2",
    mark="open", sentence="Missing. A photograph is shown to the court by who took it.",
)  # fmt: skip
ALARM = Comparison(
    mark="cross", sentence="Count 1 says elephant, but Dr R. found hippopotamus in E2.",
    listing="On 14 Mar 2024 the one charged was CITES I.", is_alarm=True,
)  # fmt: skip


def told() -> Snapshot:
    return replace(
        dossier_snapshot.snapshot(dossier_snapshot.Pictures()),
        certificates=(MISSING,),
        examinations=(SENT,),
        comparisons=(ALARM,),
    )


def built(snapshot: Snapshot) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return pages.build(snapshot, lambda digest: None, Path(folder)).volumes[0].path.read_bytes()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = (document[at].get_textpage().get_text_range() for at in range(len(document)))
    return " ".join(" ".join(found).split())


def test_each_certificate_needed_is_a_line(faces: None) -> None:
    text = text_of(built(told()))
    assert "IMG_<1>.jpg" in text
    assert "Missing. A photograph is shown" in text
    assert "1 certificate of 1 not complete." in text


def test_the_finding_and_the_alarm_are_printed(faces: None) -> None:
    text = text_of(built(told()))
    assert "Count 1 says elephant, but Dr R. found hippopotamus in E2." in text
    assert "Not answered by the prosecutor." in text
    assert "Teeth & no tusks." in text
    assert "Overdue since 2 May 2024" in text


def test_the_same_papers_give_the_same_bytes(faces: None) -> None:
    assert built(told()) == built(told())


def test_a_case_without_papers_says_so_in_the_index(faces: None) -> None:
    text = text_of(built(dossier_snapshot.snapshot(dossier_snapshot.Pictures())))
    assert "No report of an expert or a laboratory is on the record." in " ".join(text.split())


def test_a_built_dossier_lists_what_the_record_wants(
    told_case: Case, prosecutor: User, investigator: User
) -> None:
    from evidence.issuing import dossiers
    from evidence.models import Dossier

    dossier = dossiers.request(told_case, actor=prosecutor)
    dossiers.build(dossier)
    dossier.refresh_from_db()
    assert dossier.state == Dossier.State.ISSUED, dossier.failure
    assert "Photographic certificate" in text_of(dossiers.volume_path(dossier, 1)[1].read_bytes())
