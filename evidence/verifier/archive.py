"""Opens a bundle's zip without trusting it: plain stored files in one folder and nothing else."""

import hashlib
import re
import zipfile
from pathlib import Path
from typing import BinaryIO

from casework.ledger.format import Mismatch

PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")


class Archive:
    """The files of a bundle by their path below its one folder, and the digest of each."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path)
        infos = {info.orig_filename: info for info in self._zip.infolist()}
        self.name = min(infos, default="").partition("/")[0]
        for name, info in infos.items():
            if not PATH.fullmatch(name) or name.split("/")[0] != self.name or info.compress_type:
                raise Mismatch("bundle, file", "stored plainly below one folder", ascii(name))
        if sum(info.file_size for info in infos.values()) > path.stat().st_size:
            raise Mismatch("bundle, sizes", "no more than the zip itself", "more")
        self._infos = {name.partition("/")[2]: info for name, info in infos.items()}
        with path.open("rb") as file:
            self.digests = self._compare(_Twin(file))

    def _compare(self, twin: "_Twin") -> dict[str, str]:
        """Proves, by writing the same files as a zip once more, that it hides no other byte."""
        digests = {}
        with zipfile.ZipFile(twin, "w") as again:
            for name, info in self._infos.items():
                plain, digest = zipfile.ZipInfo(info.filename), hashlib.sha256()
                plain.create_system, plain.external_attr = 3, 0o644 << 16
                plain.file_size = info.file_size
                with self._zip.open(info) as file, again.open(plain, "w") as copy:
                    while chunk := file.read(1 << 20):
                        digest.update(chunk)
                        copy.write(chunk)
                digests[name] = digest.hexdigest()
        if twin.differs or twin.read(1):
            raise Mismatch("bundle", "the zip of these files and no other byte", "another")
        return digests

    def read(self, name: str) -> str:
        if name not in self._infos:
            raise Mismatch(name, "in the bundle", "missing")
        return self._zip.read(self._infos[name]).decode()


class _Twin:
    """In the place of a file that is written: compares each byte with the one that is there."""

    def __init__(self, file: BinaryIO) -> None:
        self.differs = set[int]()  # places; headers are written twice, the second time complete
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
        self.flush, self.close = file.flush, file.close

    def write(self, data: bytes) -> int:
        place = self.tell()
        (self.differs.discard if self.read(len(data)) == data else self.differs.add)(place)
        return len(data)
