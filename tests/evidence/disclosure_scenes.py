"""A case with things to withhold, disclosures of it, and all that leaves the house as text."""

import zipfile
from io import BytesIO

import pikepdf
from pypdf import PdfReader

from casework.models import Case, User
from casework.witnesses import witnesses
from evidence import custody, files
from evidence.disclosure import disclosures
from evidence.disclosure.disclosures import Asked
from evidence.issuing import dossiers
from evidence.models import Attachment, Dossier, Exhibit, Redaction
from tests.evidence import dossier_case
from tests.evidence.pictures import jpeg, upload

CANARY = "Pangolinquay"  # stands in everything that is withheld, and nowhere else


def hush(case: Case, investigator: User, custodian: User, prosecutor: User) -> None:
    """A restricted exhibit, a sensitive file, and a protected witness named in a note."""
    hidden = dossier_case.handed_over(case, investigator, custodian, 4)
    Exhibit.objects.filter(pk=hidden.pk).update(
        is_restricted=True, description=f"Ledger of {CANARY}"
    )
    files.attach(
        case, upload=upload(jpeg(77, 50), name=f"{CANARY}.jpg"), kind="photograph",
        actor=prosecutor, caption=f"The {CANARY} house", is_sensitive=True, right="dossier",
    )  # fmt: skip
    witnesses.add(
        case, name=f"Zawadi {CANARY}", kind="civilian", is_protected=True, actor=investigator
    )
    first = case.exhibits.get(label="E1")
    custody.examine(first, actor=custodian, note=f"ZAWADI {CANARY.upper()} saw it", place="Shed 2")


def redacted(original: Attachment, actor: User, content: bytes) -> Attachment:
    """A copy as the room of redaction leaves it: a file of the case that names its original."""
    copy = files.attach(
        original.case, upload=upload(content, name="copy.jpg"), kind="photograph", actor=actor,
        exhibit=original.exhibit, right="view",
    )  # fmt: skip
    Redaction.objects.create(
        original=original, begun_by=actor, done_by=actor, done_at=copy.uploaded_at, result=copy,
        looked_by=actor, looked_at=copy.uploaded_at,
    )  # fmt: skip
    return copy


def disclosed(case: Case, actor: User, asked: Asked | None = None) -> Dossier:
    asked = asked or Asked()
    made = dossiers.request(
        case, actor=actor, is_disclosure=True, wishes=disclosures.wishes_of(case, asked, actor),
        addressed_to=disclosures.addressed(case, asked),
    )  # fmt: skip
    dossiers.build(made)
    made.refresh_from_db()
    assert made.failure == ""
    return made


def everything(dossier: Dossier) -> str:
    """Names, JSON, pages, bookmarks, metadata, and what stands in the streams."""
    said: list[str] = []
    with zipfile.ZipFile(dossiers.bundle_path(dossier)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            said += [name, data.decode("latin-1")]
            if name.endswith(".pdf"):
                said += _of_pdf(data)
    return "\n".join(said).casefold()


def _of_pdf(data: bytes) -> list[str]:
    said = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    with pikepdf.open(BytesIO(data)) as pdf:
        said.append(str(dict(pdf.docinfo)))
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        said += [
            each.read_bytes().decode("latin-1")
            for each in streams
            if each.get("/Subtype") != "/Image"
        ]
        with pdf.open_outline() as outline:
            said += [str(item.title) for item in _walk(list(outline.root))]
    return said


def _walk(items: list[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
    return [one for item in items for one in [item, *_walk(list(item.children))]]
