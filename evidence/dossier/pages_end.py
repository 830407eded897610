"""The last pages: the files of the case, and the certificate with the number of pages. Pure."""

from reportlab.platypus import Flowable, Table

from evidence.dossier import snapshot as frozen
from evidence.dossier import words
from evidence.dossier.pages_exhibits import file_table
from evidence.dossier.paper import INK, TOTAL, PageOf, bold, gap, marked, mono, para
from evidence.dossier.part import Making, Part
from evidence.dossier.tables import OWN_FACE, Cell, facts, stamp


def files(making: Making) -> Part:
    found = making.snapshot.files
    part = making.part(
        "files", "Documents of the case", words.plural(len(found), "file"),
        "No document of the case is on the record.",
    )  # fmt: skip
    if found:
        part.open("Documents that belong to the case and not to one exhibit; see the bundle.")
        part.story += file_table("Documents", found)
    return part


def certificate(making: Making) -> Part:
    """The only page that states the total: pages are never renumbered."""
    snapshot = making.snapshot
    part = making.part("certificate", "Certificate", "number of pages, digests, signatures")
    part.open()
    said = (
        f"This is dossier {snapshot.number} in case {snapshot.reference}. It was made from the "
        "record by the person named below, and contains what that person may see of the case. "
        "Its pages run from 1 to the number stated here and are never renumbered."
    )
    ledger = snapshot.ledger
    rows: list[tuple[str, Cell]] = [
        ("Last page", _left_aligned()),
        ("Built by", words.person(snapshot.built_by, number=True)),
        ("Built", f"{making.when(snapshot.issued_at)}, {snapshot.zone}"),
        ("Digest of the record", marked(mono(frozen.digest(snapshot)), "digest")),
        ("Head of the ledger", marked(mono(ledger.root), "digest")),
        ("Records in the ledger", words.number(ledger.size)),
    ]
    if ledger.previous_size is not None:
        before = f"{words.number(ledger.previous_size)} records. The bundle proves that the ledger "
        rows.append(("Dossier before", f"{before}then is the beginning of the ledger now."))
    part.story += [para(said, "record"), gap(6), facts(rows), gap(12), _key(making), gap(26)]
    part.story += _signatures()
    return part


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


def _signatures() -> list[Flowable]:
    below = para("Name, rank, signature, date", "by")
    sides = [[para(f"For the {side}", "head"), below] for side in ("investigation", "prosecution")]
    style = [
        OWN_FACE,
        ("LINEABOVE", (0, 0), (0, 0), 0.8, INK),
        ("LINEABOVE", (2, 0), (2, 0), 0.8, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    row = [sides[0], "", sides[1]]
    return [Table([row], colWidths=[210, 40, 210], style=style, hAlign="LEFT")]
