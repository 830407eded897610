"""What a person should know of their certificate before it signs: another name, no known root."""

import asyncio
import re
import unicodedata
from collections.abc import Iterable

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import PathError, ValidationError

from casework.errors import RuleBroken
from casework.models import User
from evidence.signing import checking
from evidence.signing.credentials import Credentials


class Doubted(RuleBroken):
    """The person may sign all the same, having said so."""

    code = "certificate-doubted"


def of(credentials: Credentials, person: User) -> list[StrOrPromise]:
    found: list[StrOrPromise] = []
    if not is_name_of(credentials.name, person.name):
        told = _("The certificate is of %(other)s, and you are %(you)s.")
        found.append(told % {"other": credentials.name, "you": person.name})
    if not _leads_to(credentials, checking.read_roots(settings.TRUST_ROOTS)):
        found.append(
            _("It does not lead to a root that this installation knows: others may not trust it.")
            if settings.TRUST_ROOTS
            else _("Its owner made it alone: nobody else says whose it is.")
        )
    return found


def is_name_of(certified: str, name: str) -> bool:
    """Whether one is all in the other, in any order: titles and middle names come and go."""
    one, other = _words(certified), _words(name)
    return bool(one and other) and (one <= other or other <= one)


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return set(re.findall(r"\w{2,}", bare))


def _leads_to(credentials: Credentials, roots: Iterable[Certificate]) -> bool:
    """By what is at hand: nothing is fetched. Without roots, somebody else signed it at least."""
    known = list(roots)
    if not known:
        return not credentials.is_self_signed
    own = x509.Certificate.load(credentials.certificate.public_bytes(Encoding.DER))
    validator = CertificateValidator(
        own,
        intermediate_certs=credentials.signer.cert_registry,
        validation_context=checking.context(known),
    )
    checked = validator.async_validate_usage(set())  # type: ignore[no-untyped-call]
    try:
        asyncio.run(checked)
    except (PathError, ValidationError):
        return False
    return True
