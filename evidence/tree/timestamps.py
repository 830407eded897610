"""Heads stamped by an RFC 3161 authority: that a head existed, by somebody else's clock.

An answer is checked before it is kept: digest, nonce, and a chain to the certificates of the
settings. Nobody waits for the authority; what it does not answer is asked again later.
"""

import logging
from datetime import timedelta
from functools import cache
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from django.utils.translation import gettext as _
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    Verifier,
    VerifierBuilder,
    decode_timestamp_response,
)

from casework import clock
from casework.ledger.format import Mismatch
from evidence.models import Attempt, SignedHead, TimeStamp
from evidence.tree import outgoing
from evidence.tree.outgoing import NoAnswer

log = logging.getLogger(__name__)
QUERY = "application/timestamp-query"
OK = 200


def is_on() -> bool:
    return bool(settings.TIMESTAMP_URL and settings.TIMESTAMP_CERTIFICATES)


def lacks(head: SignedHead) -> bool:
    return is_on() and not TimeStamp.objects.filter(head=head).exists()


def is_due() -> bool:
    """At most one in so many minutes."""
    since = clock.now() - timedelta(minutes=settings.TIMESTAMP_MINUTES)
    return not TimeStamp.objects.filter(received_at__gt=since).exists()


def kept(head: SignedHead) -> TimeStamp | None:
    """The first stamp that was put on this head."""
    found: TimeStamp | None = TimeStamp.objects.filter(head=head).order_by("stamped_at").first()
    return found


def stamp(head: SignedHead) -> TimeStamp | None:
    """The stamp on this head, asked for where there is none; None where nothing came of it."""
    known = kept(head)
    if known is not None or not is_on():
        return known
    made, problem = None, ""
    try:
        made = _ask(head)
    except NoAnswer as error:
        problem = str(error)
    except (VerificationError, ValueError, OSError) as error:
        problem = _("The answer was not kept: %(error)s") % {"error": error}
    if problem:
        log.warning("time stamp: %s", problem)
    values = {"tried_at": clock.now(), "problem": problem[:300]}
    Attempt.objects.update_or_create(name=Attempt.TIME_STAMPS, defaults=values)
    return made


def _ask(head: SignedHead) -> TimeStamp:
    note = head.note.encode()
    builder = TimestampRequestBuilder().data(note).hash_algorithm(HashAlgorithm.SHA256)
    asked = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    status, answer = outgoing.post(settings.TIMESTAMP_URL, asked.as_bytes(), QUERY)
    if status != OK:
        raise NoAnswer(_("It answered %(status)d.") % {"status": status})
    response = decode_timestamp_response(answer)
    verifier(asked.nonce).verify_message(response, note)
    made = TimeStamp(
        head=head,
        authority=settings.TIMESTAMP_URL,
        response=answer,
        stamped_at=response.tst_info.gen_time,
        received_at=clock.now(),
    )
    made.save()
    return made


def verifier(nonce: int | None = None) -> Verifier:
    """Trusts the certificates of the settings and nothing else."""
    builder = VerifierBuilder()
    if nonce is not None:
        builder = builder.nonce(nonce)
    for certificate in _certificates(settings.TIMESTAMP_CERTIFICATES):
        if certificate.issuer == certificate.subject:
            builder = builder.add_root_certificate(certificate)
        else:
            builder = builder.add_intermediate_certificate(certificate)
    return builder.build()


@cache
def _certificates(path: str) -> list[Certificate]:
    return load_pem_x509_certificates(Path(path).read_bytes())


def check() -> int:
    """Every kept answer is a stamp of its own head by the trusted authority; their number."""
    count = 0
    for row in TimeStamp.objects.select_related("head").order_by("head__tree_size").iterator():
        part = f"time stamp on the head of {row.head.tree_size}"
        try:
            response = decode_timestamp_response(bytes(row.response))
            if is_on():
                verifier().verify_message(response, row.head.note.encode())
        except (VerificationError, ValueError, OSError) as error:
            raise Mismatch(part, "a stamp of this head that can be trusted", error) from error
        _check_time(part, row, response)
        count += 1
    return count


def _check_time(part: str, row: TimeStamp, response: TimeStampResponse) -> None:
    if response.tst_info.gen_time != row.stamped_at:
        raise Mismatch(f"{part}, time", response.tst_info.gen_time, row.stamped_at)
