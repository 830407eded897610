"""Time stamps on signatures by the RFC 3161 authority of the settings, checked before use."""

from datetime import UTC, datetime

from asn1crypto import cms, tsp
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper
from rfc3161_client import VerificationError, decode_timestamp_response

from evidence.tree import outgoing, timestamps
from evidence.tree.outgoing import NoAnswer


class Stamper(TimeStamper):
    """Asks over the one careful way out; NoAnswer for whatever cannot be trusted."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.stamped_at: datetime | None = None
        self.authority: str = settings.TIMESTAMP_URL

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        status, answer = outgoing.post(settings.TIMESTAMP_URL, req.dump(), timestamps.QUERY)
        if status != timestamps.OK:
            raise NoAnswer(f"HTTP {status}")
        nonce, digest = req["nonce"].native, req["message_imprint"]["hashed_message"].native
        try:
            response = decode_timestamp_response(answer)
            timestamps.verifier(nonce).verify(response, digest)
        except (VerificationError, ValueError) as error:
            raise NoAnswer(str(error)) from error
        self.stamped_at = response.tst_info.gen_time.astimezone(UTC)
        return tsp.TimeStampResp.load(answer)

    async def async_dummy_response(self, md_algorithm: str) -> cms.ContentInfo:
        """The room for a stamp is reserved without asking: one signature is one stamp."""
        raise NoAnswer("A stamp is asked for once, over the signature itself.")


def stamper() -> Stamper | None:
    """None where no authority is configured."""
    return Stamper() if timestamps.is_on() else None
