"""Certificates of the demonstration: a root of its own, and one to sign with for each signer.

They prove nothing about anybody; the tests use them too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)

from casework import clock

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ROOT = "demonstration-root.pem"
YEARS = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Made:
    certificate: x509.Certificate
    key: Private

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def packed(self, passphrase: str, *chain: x509.Certificate) -> bytes:
        """As a .p12 file."""
        locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return pkcs12.serialize_key_and_certificates(
            b"signer", self.key, self.certificate, chain, locked
        )


def root(name: str = "Demonstration root, invented") -> Made:
    return make(name, is_authority=True)


def make(
    name: str,
    by: Made | None = None,
    *,
    key: Private | None = None,
    days: tuple[int, int] = (-1, YEARS.days),
    is_authority: bool = False,
    signs: bool = True,
) -> Made:
    """A certificate by another one, or by itself; `days` from today it begins and ends."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = clock.now()
    usage = x509.KeyUsage(
        digital_signature=signs and not is_authority, content_commitment=signs and not is_authority,
        key_encipherment=not signs, data_encipherment=False, key_agreement=False,
        key_cert_sign=is_authority, crl_sign=is_authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today + timedelta(days=days[0]))
        .not_valid_after(today + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(usage, critical=True)
    )
    return Made(builder.sign(by.key if by else key, hashes.SHA256()), key)


def write(folder: Path, names: Mapping[str, str], passphrase: str) -> dict[str, Path]:
    """The root and a .p12 for each login, made once; nobody keeps the key of the root."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {login: folder / f"demonstration-{login}.p12" for login in names}
    if (folder / ROOT).exists() and all(path.exists() for path in paths.values()):
        return paths
    top = root()
    for login, path in paths.items():
        path.touch(mode=0o600)
        path.write_bytes(make(names[login], top).packed(passphrase, top.certificate))
    (folder / ROOT).write_bytes(top.pem)
    return paths
