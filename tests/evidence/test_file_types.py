"""Types told from bytes, and senders who say something else."""

import pytest

from evidence.filestore import media_types


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\xff\xd8\xff\xe1..Exif", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"GIF89a..", "image/gif"),
        (b"MM\x00*....", "image/tiff"),
        (b"\x00\x00\x00\x18ftypheic....", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom....", "video/mp4"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\n%PDF-1.7\n", "application/pdf"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "application/zip"),
        (
            b"PK\x03\x04" + bytes(26) + b"word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/x-ole-storage"),
        (b"From: a@b.invalid\r\nSubject: tea\r\nMessage-ID: <1>\r\n\r\nHi", "message/rfc822"),
        ("a line of text, café".encode(), "text/plain"),
        ("café".encode()[:-1], "text/plain"),  # cut inside a character
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_bytes_tell_the_type(head: bytes, media_type: str) -> None:
    assert media_types.sniff(head) == media_type


@pytest.mark.parametrize(
    ("claimed", "sniffed", "lies"),
    [
        ("image/jpeg", "image/jpeg", False),
        ("image/jpg", "image/jpeg", False),
        ("", "image/jpeg", False),
        ("application/octet-stream", "application/pdf", False),
        ("image/jpeg", "application/x-msdownload", True),
        ("image/png", "text/plain", True),
        ("application/pdf", "application/octet-stream", True),
        ("text/html; charset=utf-8", "text/plain", False),
        ("application/json", "text/plain", False),
        ("application/epub+zip", "application/zip", False),
        ("application/msword", "application/x-ole-storage", False),
        ("application/x-proprietary", "application/octet-stream", False),
    ],
)
def test_a_claim_is_held_against_the_bytes(claimed: str, sniffed: str, lies: bool) -> None:
    assert media_types.contradicts(claimed, sniffed) is lies
