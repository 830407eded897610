"""What a file is, told from its first bytes alone. Pure.

A name and a claimed type are what the sender says; evidence is kept even when they lie.
"""

from typing import Final

UNKNOWN: Final = "application/octet-stream"
PLAIN: Final = "text/plain"
MAIL: Final = "message/rfc822"
ZIP: Final = "application/zip"
OLE: Final = "application/x-ole-storage"
HEIC: Final = "image/heic"
PAPER: Final = "application/pdf"
PICTURES: Final = {  # that are drawn here, by the names of the library that reads them
    "image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/tiff": "TIFF",
    "image/webp": "WEBP", "image/bmp": "BMP", HEIC: "HEIF",
}  # fmt: skip
DRAWN: Final = {PAPER: "PDF", **PICTURES}

_BEGINNINGS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
)
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_ZIP_MEMBERS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", _OFFICE + "wordprocessingml.document"),
    (b"xl/", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/", _OFFICE + "presentationml.presentation"),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_MAIL_FIELDS: Final = (b"from:", b"received:", b"return-path:", b"message-id:", b"delivered-to:")
# Different words for one type: a browser that says the other one does not lie.
_ALIASES: Final[dict[str, str]] = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/heif": HEIC,
    "image/x-ms-bmp": "image/bmp",
    "application/x-pdf": "application/pdf",
    "application/x-zip-compressed": ZIP,
    "application/x-gzip": "application/gzip",
    "application/msword": OLE,
    "application/vnd.ms-excel": OLE,
    "application/vnd.ms-powerpoint": OLE,
    "application/vnd.ms-outlook": OLE,
    "audio/ogg": "application/ogg",
    "video/ogg": "application/ogg",
    "video/webm": "video/x-matroska",
}
_SAYS_NOTHING: Final = frozenset({"", UNKNOWN, "application/binary", "application/x-download"})
_TEXTS: Final = frozenset({PLAIN, MAIL})


def sniff(head: bytes) -> str:
    """The media type that the first 8 kB show; text/html and the like are plain text here."""
    for beginning, media_type in _BEGINNINGS:
        if head.startswith(beginning):
            return media_type
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(head)
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in _HEIC_BRANDS else "video/mp4"
    if head[:4] == b"RIFF":
        forms = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
        return forms.get(head[8:12], UNKNOWN)
    return _of_text(head)


def _of_zip(head: bytes) -> str:
    for member, media_type in _ZIP_MEMBERS:
        if member in head:
            return media_type
    if head[30:38] == b"mimetype" and b"opendocument" in head[38:120]:
        return "application/vnd.oasis.opendocument"
    return ZIP


def _of_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return PLAIN  # the byte order mark of UTF-16
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        # A character cut at the end of what was read is no sign of binary content.
        if error.start < len(head) - 4:
            return UNKNOWN
        text = head[: error.start].decode()
    if any(ord(character) < 32 and character not in "\t\n\r\f\x1b" for character in text):
        return UNKNOWN
    if not text:
        return UNKNOWN
    lines = head.lower().splitlines()[:20]
    fields = sum(line.startswith(_MAIL_FIELDS) for line in lines)
    return MAIL if fields >= 2 else PLAIN


def contradicts(claimed: str, sniffed: str) -> bool:
    """Whether the sender named a type that the bytes are not."""
    said = claimed.split(";")[0].strip().lower()
    if said in _SAYS_NOTHING:
        return False
    said = _ALIASES.get(said, said)
    if said == sniffed:
        return False
    if sniffed in _TEXTS:
        return not (said.startswith("text/") or said in _TEXTS or _is_written(said))
    if sniffed == "application/vnd.oasis.opendocument":
        return not said.startswith(sniffed)
    if sniffed == ZIP:
        return not (said.endswith("+zip") or said.startswith("application/vnd."))
    if sniffed == "video/mp4":
        return not said.startswith(("video/", "audio/"))
    # Without a signature of its own there is nothing to hold against the claim.
    return sniffed != UNKNOWN or said.startswith("image/") or said == "application/pdf"


def _is_written(said: str) -> bool:
    """Types that are text with another name: structured data, scripts, drawings."""
    return said.endswith(("+xml", "+json", "/json", "/xml", "/csv", "/javascript", "/rtf"))
