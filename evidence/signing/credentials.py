"""A certificate with its private key, opened from a PKCS#12 file for one act and never kept.

The file and its passphrase live in memory only: nothing here writes, logs or shows them.
"""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils.translation import gettext_lazy as _
from pyhanko.sign.signers import SimpleSigner

from casework import display
from casework.errors import RuleBroken

LARGEST = 200_000  # bytes of a certificate file with its chain
WEAKEST_RSA = 2048  # bits
PEM_BEGINS = b"-----BEGIN"
# What the library raises for files that are none of ours, and for kinds that it cannot read.
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, NotImplementedError, OverflowError)


class CertificateRefused(RuleBroken):
    """This file cannot sign; the message says what to do."""

    code = "certificate-refused"


@dataclass(frozen=True)
class Credentials:
    """Who signs, as the certificate says; the key stays inside `signer`."""

    certificate: x509.Certificate
    signer: SimpleSigner = field(repr=False)

    @property
    def subject(self) -> str:
        return _said(self.certificate.subject)

    @property
    def issuer(self) -> str:
        return _said(self.certificate.issuer)

    @property
    def name(self) -> str:
        """The common name alone, or all that the certificate says of its subject."""
        found = self.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(found[0].value) if found else self.subject

    @property
    def serial_number(self) -> str:
        return f"{self.certificate.serial_number:x}"

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def is_self_signed(self) -> bool:
        return self.certificate.issuer == self.certificate.subject


def open_file(data: bytes, passphrase: str, *, at: datetime) -> Credentials:
    """The credentials in a .p12 or .pfx file, fit to sign at this time; else CertificateRefused."""
    if data.startswith(PEM_BEGINS):
        raise CertificateRefused(
            _("This is a PEM file. Choose the .p12 or .pfx file that has the private key in it."),
            field="certificate",
        )
    secret = passphrase.encode()
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(data, secret)
    except UNREADABLE as error:
        raise CertificateRefused(
            _("The passphrase does not open this file, or it is not a .p12 or .pfx file."),
            field="passphrase",
        ) from error
    if key is None or certificate is None:
        raise CertificateRefused(
            _("There is no private key in this file. Export the certificate with its key."),
            field="certificate",
        )
    _check_key(key, certificate)
    _check_dates(certificate, at)
    _check_usage(certificate)
    return Credentials(certificate, SimpleSigner.load_pkcs12_data(data, [], secret))


def _check_key(key: object, certificate: x509.Certificate) -> None:
    told = None
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < WEAKEST_RSA:
            told = _("The key is too short to be trusted. Ask for a certificate with a longer key.")
    elif not isinstance(key, ec.EllipticCurvePrivateKey):
        told = _("Readers of PDF know RSA and elliptic keys only. Ask for such a certificate.")
    if told is None and _spki(key) != _spki(certificate):
        told = _("Key and certificate in this file do not belong together. Export it again.")
    if told is not None:
        raise CertificateRefused(told, field="certificate")


def _spki(of: object) -> bytes:
    public = of.public_key()  # type: ignore[attr-defined]  # a private key or a certificate
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    data: bytes = public.public_bytes(serialization.Encoding.DER, form)
    return data


def _check_dates(certificate: x509.Certificate, at: datetime) -> None:
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    told = None
    if at > ends:
        told = _("This certificate ended on %(day)s. Sign with the one that replaced it.")
    elif at < begins:
        told = _("This certificate is good from %(day)s only. Sign with one that is good today.")
    if told is not None:
        day = display.day((ends if at > ends else begins).date())
        raise CertificateRefused(told % {"day": day}, field="certificate")


def _check_usage(certificate: x509.Certificate) -> None:
    """RFC 5280, 4.2.1.3: a key that may sign documents says so, where it says anything."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise CertificateRefused(
            _("This certificate is not made for signing. Choose the one for signatures."),
            field="certificate",
        )


def _said(name: x509.Name) -> str:
    """As people read it: the common name first."""
    parts = sorted(name, key=lambda part: part.oid != x509.NameOID.COMMON_NAME)
    return ", ".join(str(part.value) for part in parts)[:300]
