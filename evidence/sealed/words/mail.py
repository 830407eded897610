"""An e-mail: its headers, its body, and what is attached, each read as the file it is. Pure."""

import email
import email.policy
from email.header import decode_header
from email.message import Message
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

from evidence.sealed.words import markup, plain
from evidence.sealed.words.said import Enough, Said

LARGEST: Final = 60 << 20
PARTS: Final = 300
HEADERS: Final = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Message-ID", "In-Reply-To",
)  # fmt: skip
HEADERS_IN_ALL: Final = 50
_FIELDS: Final = frozenset(
    {
        b"from", b"to", b"cc", b"subject", b"date", b"received", b"message-id", b"mime-version",
        b"content-type", b"return-path", b"delivered-to", b"reply-to", b"sender",
        b"content-transfer-encoding",
    }
)  # fmt: skip
ADDRESSES: Final = 20_000  # characters of one header
if TYPE_CHECKING:
    Part: TypeAlias = Message[str, str]  # generic in the stubs only
else:
    Part = Message


def is_one(head: bytes) -> bool:
    """Whether bytes that may be any text begin like a message: two of its fields before a gap."""
    block = head.lstrip().partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    names = {line.partition(b":")[0].strip().lower() for line in block.splitlines()[:80]}
    return len(names & _FIELDS) >= 2 and b":" in head.lstrip().split(b"\n", 1)[0]


def read(source: IO[bytes], said: Said) -> None:
    data = source.read(LARGEST + 1)
    _message(email.message_from_bytes(data[:LARGEST], policy=email.policy.compat32), said)
    if len(data) > LARGEST:
        raise Enough("limit")


def _message(message: Part, said: Said) -> None:
    said.say("message:", "\n".join(_headers(message)))
    leaves = _leaves(message)
    bodies = [leaf for leaf in leaves if _is_body(leaf)]
    has_plain = any(b.get_content_type() == "text/plain" and _bytes(b).strip() for b in bodies)
    for leaf in leaves:
        if leaf not in bodies:
            _attached(leaf, said)
        elif leaf.get_content_type() != "text/html" or not has_plain:
            _body(leaf, said)


def _headers(message: Part) -> list[str]:
    said = list(message.raw_items())
    found = [(n, value) for n in HEADERS for key, value in said if key.lower() == n.lower()]
    return [f"{name}: {header(value)}" for name, value in found[:HEADERS_IN_ALL]]


def header(value: Any) -> str:
    """Encoded words as people read them; what cannot be decoded stays as it stands."""
    raw = str(value)[:ADDRESSES]
    if not raw.isascii():  # bytes that no header may hold, kept by the parser as half characters
        raw = plain.forced(raw.encode("utf-8", "surrogateescape"), "")
    try:
        pieces = decode_header(raw)
    except (ValueError, UnicodeError, LookupError):
        return raw
    return "".join(
        piece if isinstance(piece, str) else plain.forced(piece, named or "")
        for piece, named in pieces
    )


def _leaves(message: Part) -> list[Part]:
    """The parts that hold something, in order; a message within a message is one part."""
    found: list[Part] = []
    waiting = [message]
    while waiting and len(found) < PARTS:
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() != "message":
            waiting += [one for one in reversed(payload) if isinstance(one, Message)]
        else:
            found.append(part)
    return found


def _is_body(part: Part) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and part.get_content_disposition() != "attachment" and not part.get_filename()


def _bytes(part: Part) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):
        return b"\n".join(one.as_bytes() for one in payload if isinstance(one, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _body(part: Part, said: Said) -> None:
    text = plain.forced(_bytes(part), part.get_content_charset("") or "")
    if part.get_content_type() == "text/html":
        markup.say(text, said, first="message:")
    else:
        plain.say(text, said, first="message:")


def _attached(part: Part, said: Said) -> None:
    name = header(part.get_filename() or part.get_content_type())
    said.say("message:", name)
    if content := _bytes(part):
        said.enclosed(name, content)
