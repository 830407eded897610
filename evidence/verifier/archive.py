"""Opens a bundle's zip without trusting it: plain stored files in one folder and nothing else."""

import hashlib
import re
import struct
import zipfile
from pathlib import Path

from casework.ledger.format import Mismatch

PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")
MOST_FILES = 50_000
LARGEST_READ = 256 << 20  # of a file that is read as a whole
PLAIN_ZIP = 2**31 - 1  # larger archives need the zip64 records, which are not compared
VERSION, DATE, UNIX, MODE = 20, 33, 3, 0o644 << 16


class Archive:
    """The files of a bundle by their path below its one folder, and the digest of each."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Mismatch("bundle", "a zip file", error) from error
        infos = self._zip.infolist()
        self.name = infos[0].filename.partition("/")[0] if infos else ""
        self._infos = {info.filename.partition("/")[2]: info for info in infos}
        size = path.stat().st_size
        self._check(infos, size)
        if size < PLAIN_ZIP:
            _check_bytes(path, infos)
        self.digests = {name: self._digest(name) for name in sorted(self._infos)}

    def _check(self, infos: list[zipfile.ZipInfo], size: int) -> None:
        if not 0 < len(infos) <= MOST_FILES or len(self._infos) != len(infos):
            raise Mismatch("bundle, file names", "each path once, below one folder", "others")
        for info in infos:
            folder = info.filename.partition("/")[0]
            if not PATH.fullmatch(info.orig_filename) or folder != self.name:
                raise Mismatch("bundle, file name", "a plain path", ascii(info.orig_filename))
            if info.compress_type or info.flag_bits or info.compress_size != info.file_size:
                raise Mismatch(info.filename, "a file that is stored plainly", "another")
        if sum(info.file_size for info in infos) > size:
            raise Mismatch("bundle, sizes", f"{size} bytes at most", "more")

    def _digest(self, name: str) -> str:
        try:
            with self._zip.open(self._infos[name]) as file:
                digest = hashlib.sha256()
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise Mismatch(name, "bytes that can be read", error) from error
        return digest.hexdigest()

    def read(self, name: str) -> bytes:
        info = self._infos.get(name)
        if info is None:
            raise Mismatch(name, "in the bundle", "missing")
        if info.file_size > LARGEST_READ:
            raise Mismatch(name, f"{LARGEST_READ} bytes at most", info.file_size)
        return self._zip.read(info)


def _check_bytes(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    """The zip has no byte beyond its files and the headers that follow from them."""
    with path.open("rb") as file:
        position, central = 0, b""
        for info in infos:
            local, entry = _headers(info, position)
            file.seek(position)
            if file.read(len(local)) != local:
                raise Mismatch(info.filename, "a plain zip header", "another")
            position, central = position + len(local) + info.file_size, central + entry
        count, length = len(infos), len(central)
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, length, position, 0)
        file.seek(position)
        if file.read() != central + end:
            raise Mismatch("bundle, table of contents", "plain zip records", "others")


def _headers(info: zipfile.ZipInfo, offset: int) -> tuple[bytes, bytes]:
    name = info.filename.encode()
    same = (VERSION, 0, 0, 0, DATE, info.CRC, info.file_size, info.file_size, len(name), 0)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *same)
    tail = (0, 0, 0, MODE, offset)
    entry = struct.pack("<4s2B5H3L2H3H2L", b"PK\1\2", VERSION, UNIX, *same, *tail)
    return local + name, entry + name
