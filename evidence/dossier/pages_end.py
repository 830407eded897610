"""The last pages: the files of the case, and the certificate with the number of pages. Pure."""

from reportlab.platypus import Flowable, KeepTogether, Table

from evidence.dossier import snapshot as frozen
from evidence.dossier import words
from evidence.dossier.pages_exhibits import file_table
from evidence.dossier.paper import (
    INK,
    TOTAL,
    PageOf,
    bold,
    gap,
    link,
    marked,
    mono,
    para,
    prose,
    section,
)
from evidence.dossier.part import Making, Part
from evidence.dossier.plan import Document, Plan
from evidence.dossier.snapshot import Snapshot
from evidence.dossier.tables import OWN_FACE, Cell, facts, stamp, table
from evidence.dossier.text import paragraphs


def files(making: Making) -> Part:
    found, merged = making.snapshot.files, making.snapshot.plan.documents
    what = words.plural(len(found), "file")
    if merged:
        what = f"{words.plural(len(merged), 'document')} merged, {what} in the bundle"
    part = making.part(
        "files", "Documents of the case", what, "No document of the case is on the record."
    )
    if not found and not merged:
        return part
    annex = "Merged documents stand in the annex volumes, page by page. " if merged else ""
    part.open(
        f"{annex}The files themselves are in the bundle, byte for byte; those of an exhibit are "
        "named in its chapter."
    )
    part.story += _merged(making, merged)
    part.story += file_table(making, "Files in the bundle", found)
    return part


def unlisted(making: Making) -> list[Flowable]:
    """The documents of the annex, for the front: where the part that lists them was left out."""
    plan = making.snapshot.plan
    if not plan.documents or any(wish.key == "files" for wish in plan.parts):
        return []
    return [gap(10), *_merged(making, plan.documents)]


def _merged(making: Making, merged: tuple[Document, ...]) -> list[Flowable]:
    if not merged:
        return []
    rows: list[list[Cell]] = [
        [
            [marked(link(one.key, bold(one.title))), *_file_of(one)],
            marked(making.link(making.key_of(one.exhibit), mono(one.exhibit)))
            if one.exhibit
            else words.NOTHING,
            marked(mono(words.short(one.digest)), "digest"),
            PageOf(one.key, is_bold=True),
        ]
        for one in merged
    ]
    head = ["Document", "Exhibit", "Digest", "Page"]
    grid = table(head, rows, [0.6, 0.12, 0.19, 0.09], numbers={3})
    return [*section("Documents in the annex"), grid, gap()]


def _file_of(one: Document) -> list[Flowable]:
    made: list[Flowable] = [para(one.name, "by")] if one.name != one.title else []
    return [*made, *([para("Sensitive", "by")] if one.is_sensitive else [])]


def certificate(making: Making) -> Part:
    """The only page that states the total: pages are never renumbered."""
    snapshot = making.snapshot
    plan, ledger = snapshot.plan, snapshot.ledger
    part = making.part("certificate", "Certificate", "number of pages, digests, signatures")
    part.open()
    said = (
        f"This is {_called(snapshot)} in case {snapshot.reference}. It was made from the record by "
        f"the person named below, and contains {_scope(plan)}. Its pages run from "
        f"{plan.first_page} to the number stated here and are never renumbered."
    )
    rows: list[tuple[str, Cell]] = [
        ("Last page", _left_aligned()),
        ("Built by", words.person(snapshot.built_by, number=True)),
        ("Built", f"{making.when(snapshot.issued_at)}, {snapshot.zone}"),
        ("Digest of the record", marked(mono(frozen.digest(snapshot)), "digest")),
        ("Head of the ledger", marked(mono(ledger.root), "digest")),
        ("Records in the ledger", words.number(ledger.size)),
    ]
    if plan.template:
        rows.append(("Made by the template", plan.template))
    if ledger.previous_size is not None:
        before = f"{words.number(ledger.previous_size)} records. The bundle proves that the ledger "
        rows.append(("Dossier before", f"{before}then is the beginning of the ledger now."))
    part.story += [para(said, "record"), *prose(paragraphs(plan.closing_text)), gap(6)]
    part.story += [facts(rows), gap(12), _key(making), gap(26), *_signatures(plan)]
    return part


def _called(snapshot: Snapshot) -> str:
    """With a small letter, since it stands within a sentence."""
    return snapshot.called[0].lower() + snapshot.called[1:]


def _scope(plan: Plan) -> str:
    if plan.is_disclosure:
        return "what is served on the defence; what is withheld or redacted is in the schedule"
    return "what that person may see of the case"


def _left_aligned() -> Flowable:
    plain = [OWN_FACE, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0),
             ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]  # fmt: skip
    return Table([[PageOf(TOTAL, is_bold=True)]], colWidths=[24], style=plain, hAlign="LEFT")


def _key(making: Making) -> Flowable:
    ledger = making.snapshot.ledger
    return stamp(
        [
            marked(bold("Fingerprint of the ledger's key")),
            marked(mono(ledger.fingerprint[:39]), "mark"),
            marked(mono(ledger.fingerprint[40:]), "mark"),
            para("The bundle's manifest is signed with this key. Any byte that is changed in any "
                 "file of the bundle, this PDF among them, makes casework-verify refuse it.", "by"),
        ]
    )  # fmt: skip


def _signatures(plan: Plan) -> list[Flowable]:
    """A line for each who signs in turn, or for both sides where nobody was named."""
    places = plan.signers or (("For the investigation", ""), ("For the prosecution", ""))
    made: list[Flowable] = []
    for at in range(0, len(places), 2):
        pair = places[at : at + 2]
        row: list[Cell] = []
        for name, capacity in pair:
            below = f"{capacity}. Signature, date" if capacity else "Name, rank, signature, date"
            row += [[para(name, "head"), para(below, "by")], ""]
        row = (row if len(pair) == 1 else row[:-1]) + [""] * (2 - len(pair))
        lines = [("LINEABOVE", (2 * n, 0), (2 * n, 0), 0.8, INK) for n in range(len(pair))]
        style = [OWN_FACE, *lines, ("LEFTPADDING", (0, 0), (-1, -1), 0)]
        made += [Table([row], colWidths=[210, 40, 210], style=style, hAlign="LEFT"), gap(26)]
    return [KeepTogether(made)]
