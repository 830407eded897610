"""Messages of Outlook: the properties with their text, and what is attached ([MS-OXMSG]). Pure."""

import contextlib
from typing import Any, Final

from evidence.sealed.words import markup, plain, rtf
from evidence.sealed.words.said import Said

_ATTACHMENT, _RECIPIENT = "__attach_version1.0_#", "__recip_version1.0_#"
_HEADERS: Final = (
    ("From", "0C1A"), ("From", "0C1F"), ("From", "5D01"), ("To", "0E04"), ("Cc", "0E03"),
    ("Bcc", "0E02"), ("Subject", "0037"), ("Message-ID", "1035"),
)  # fmt: skip
_BODY, _HTML, _RTF, _TRANSPORT = "1000", "1013", "1009", "007D"
_NAMES: Final = ("3707", "3704", "3001")
_CONTENT: Final = "3701"
MOST: Final = 300


def read(held: Any, said: Said, root: str = "") -> None:
    head = [f"{name}: {text}" for name, tag in _HEADERS if (text := _text(held, root, tag))]
    for folder in _folders(held, root, _RECIPIENT):
        found = (_text(held, f"{folder}/", tag) for tag in ("3001", "39FE", "3003"))
        head.append(" ".join(filter(None, found)))
    said.say("message:", "\n".join([*head, _date(_text(held, root, _TRANSPORT))]))
    _body(held, root, said)
    for folder in _folders(held, root, _ATTACHMENT):
        _attached(held, folder, said)


def _body(held: Any, root: str, said: Said) -> None:
    if (text := _text(held, root, _BODY)).strip():
        plain.say(text, said, first="message:")
    elif html := _bytes(held, f"{root}__substg1.0_{_HTML}0102"):
        markup.say(plain.forced(html, ""), said, first="message:")
    elif packed := _bytes(held, f"{root}__substg1.0_{_RTF}0102"):
        rtf.say(rtf.unpacked(packed).decode("latin-1"), said, first="message:")


def _attached(held: Any, folder: str, said: Said) -> None:
    name = next(filter(None, (_text(held, f"{folder}/", tag) for tag in _NAMES)), "?")
    said.say("message:", name)
    if content := _bytes(held, f"{folder}/__substg1.0_{_CONTENT}0102"):
        said.enclosed(name, content)
    elif held.exists(f"{folder}/__substg1.0_{_CONTENT}000D"):
        inner = f"{folder}/__substg1.0_{_CONTENT}000D/"
        said.within(name, lambda: read(held, said, inner))


def _folders(held: Any, root: str, beginning: str) -> list[str]:
    above = root.strip("/").split("/") if root else []
    found = {
        path[len(above)]
        for path in held.listdir(streams=False, storages=True)
        if len(path) > len(above) and path[: len(above)] == above
    }
    return [f"{root}{name}" for name in sorted(found) if name.startswith(beginning)][:MOST]


def _text(held: Any, root: str, tag: str) -> str:
    if wide := _bytes(held, f"{root}__substg1.0_{tag}001F"):
        return wide.decode("utf-16-le", "replace").rstrip("\x00")
    if narrow := _bytes(held, f"{root}__substg1.0_{tag}001E"):
        return plain.forced(narrow, "").rstrip("\x00")
    return ""


def _bytes(held: Any, path: str) -> bytes:
    with contextlib.suppress(OSError):
        return bytes(held.openstream(path).read()) if held.exists(path) else b""
    return b""


def _date(headers: str) -> str:
    lines = (line for line in headers.splitlines() if line.lower().startswith("date:"))
    return next(lines, "")
