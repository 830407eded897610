"""What the signatures of a PDF say, by pyHanko: whole, valid, of whom, trusted, stamped when.

Nothing is fetched: trust comes from the certificates that are given, and from nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_pem_x509_certificates
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

# RFC 5280, 4.2.1.3: either of the two signs documents.
USAGE = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


@dataclass(frozen=True)
class Seen:
    """One signature, in the order in which they were put."""

    field: str
    name: str
    reason: str
    is_intact: bool  # the bytes are those that were signed
    is_valid: bool  # the signature is that of the certificate's key
    is_trusted: bool  # the certificate leads to one of the roots
    is_whole: bool  # it covers the whole file as it stood then, and only signatures came after
    stamped_at: datetime | None
    is_stamp_trusted: bool


def examine(path: Path, roots: Iterable[Certificate] = (), stamp_roots: Iterable[Certificate] = ()
            ) -> list[Seen]:  # fmt: skip
    """Every signature of the file. PdfError, ValueError where it is none that can be read."""
    with path.open("rb") as file:
        return [
            _seen(found, context(roots), context(stamp_roots))
            for found in PdfFileReader(file, strict=False).embedded_regular_signatures
        ]


def newest_holds(path: Path) -> bool:
    """Whether the last signature is one over these bytes, by the key of its certificate."""
    with path.open("rb") as file:
        found = PdfFileReader(file, strict=False).embedded_regular_signatures
        return bool(found) and _holds(found[-1])


def held(path: Path) -> dict[str, str]:
    """The fields whose signature holds, each with the fingerprint of its certificate."""
    with path.open("rb") as file:
        return {
            found.field_name: found.signer_cert.sha256.hex()
            for found in PdfFileReader(file, strict=False).embedded_regular_signatures
            if _holds(found)
        }


def _holds(found: EmbeddedPdfSignature) -> bool:
    itself = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(found, itself, key_usage_settings=USAGE, skip_diff=True)
    return bool(status.intact and status.valid)


def context(roots: Iterable[Certificate]) -> ValidationContext:
    trusted = [x509.Certificate.load(root.public_bytes(Encoding.DER)) for root in roots]
    return ValidationContext(trust_roots=trusted, allow_fetching=False)


def read_roots(path: str) -> list[Certificate]:
    """The certificates of a PEM file; none without a path."""
    return load_pem_x509_certificates(Path(path).read_bytes()) if path else []


def _seen(
    found: EmbeddedPdfSignature, roots: ValidationContext, stamp_roots: ValidationContext
) -> Seen:
    status = validate_pdf_signature(found, roots, stamp_roots, key_usage_settings=USAGE)
    stamp = status.timestamp_validity
    values = found.sig_object
    covers = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    return Seen(
        field=found.field_name,
        name=str(values.get("/Name", "")),
        reason=str(values.get("/Reason", "")),
        is_intact=status.intact,
        is_valid=status.valid,
        is_trusted=status.trusted,
        is_whole=status.coverage in covers and status.docmdp_ok is not False,
        stamped_at=stamp.timestamp if stamp else None,
        is_stamp_trusted=bool(stamp and stamp.intact and stamp.valid and stamp.trusted),
    )
