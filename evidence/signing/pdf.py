"""One signature on one PDF, added behind its bytes: PAdES B-B, or B-T with a time stamp.

File in, file out: the signed file begins with every byte of the one before, and neither is held in
memory. No Django, no database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper

from evidence.signing.credentials import Credentials

RESERVED = 1 << 15  # bytes of hexadecimal for the signature, its chain and its time stamp


@dataclass(frozen=True)
class Place:
    """Where the signature goes, and what it says of itself."""

    field: str
    fields: Sequence[str]  # every place, made before the first signature closes the document
    name: str
    reason: str
    is_first: bool  # the first one certifies: from then on nothing but signatures is added


def sign(
    source: Path,
    target: Path,
    credentials: Credentials,
    place: Place,
    stamper: TimeStamper | None = None,
) -> None:
    """Write `target`: `source` and one signature over it. PdfError, SigningError, OSError."""
    wanted = signers.PdfSignatureMetadata(
        field_name=place.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=place.name,
        reason=place.reason,
        certify=place.is_first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    maker = signers.PdfSigner(wanted, credentials.signer, timestamper=stamper)
    with source.open("rb") as read, target.open("w+b") as written:
        writer = IncrementalPdfFileWriter(read, strict=False)
        _make_places(writer, place)
        maker.sign_pdf(writer, True, RESERVED, output=written)


def _make_places(writer: IncrementalPdfFileWriter, place: Place) -> None:
    """Fields that do not show: PDF/A allows them without an appearance (ISO 19005-2, 6.3.3)."""
    there = {name for name, _value, _reference in fields.enumerate_sig_fields(writer)}
    for name in place.fields:
        if name not in there:
            fields.append_signature_field(writer, SigFieldSpec(name))
