"""Opens a bundle's zip without trusting it: plain stored files in one folder and nothing else."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

from casework.ledger.format import Mismatch

VOLUMES, VOLUMES_FORMAT = "data/dossier/volumes.json", "casework-dossier-volumes/1"
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

    def called(self, name: str) -> str:
        """For people: which volume, which pages. It proves nothing, so it may be read first."""
        try:
            found = {f"data/dossier/{one['file']}": one for one in self.volumes()}[name]
        except (LookupError, TypeError, ValueError, zipfile.BadZipFile):
            return name
        pages = f"pages {found['first']} to {found['last']}"
        return f"volume {found['number']} of the dossier ({pages}), {name}"

    def volumes(self) -> list[dict[str, Any]]:
        """The list of the volumes; none where the bundle has none."""
        if VOLUMES not in self._infos:
            return []
        listed = json.loads(self.read(VOLUMES))
        return list(listed["volumes"]) if listed["format"] == VOLUMES_FORMAT else []

    def beginning(self, name: str, size: int) -> str:
        """The digest of the first bytes of a file."""
        digest = hashlib.sha256()
        with self._zip.open(self._infos[name]) as file:
            while size > 0 and (chunk := file.read(min(size, 1 << 20))):
                digest.update(chunk)
                size -= len(chunk)
        return digest.hexdigest()

    def _compare(self, twin: "_Twin") -> dict[str, str]:
        """Proves, by writing the same files as a zip once more, that it hides no other byte."""
        digests = {}
        with zipfile.ZipFile(twin, "w") as again:
            for name, info in self._infos.items():
                plain, digest = zipfile.ZipInfo(info.filename), hashlib.sha256()
                plain.create_system, plain.external_attr = 3, 0o644 << 16
                plain.file_size = info.file_size
                try:
                    with self._zip.open(info) as file, again.open(plain, "w") as copy:
                        while chunk := file.read(1 << 20):
                            digest.update(chunk)
                            copy.write(chunk)
                except zipfile.BadZipFile as error:
                    part = self.called(name)
                    raise Mismatch(part, "the bytes that were packed", str(error)) from error
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
