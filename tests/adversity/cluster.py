"""A PostgreSQL server of the test's own, which it may kill and start again."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self

INSTALLED = Path("/usr/lib/postgresql")


def binaries() -> Path | None:
    """Where initdb and pg_ctl are."""
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).parent if beside else None


class Cluster:
    def __init__(self, programs: Path) -> None:
        self.programs = programs
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgres://casework@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        self.data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        options = ["-U", "casework", "--auth=trust", "-E", "UTF8", "--no-sync"]
        self._run("initdb", "-D", str(self.data), *options)
        self.start()
        return self

    def __exit__(self, *args: object) -> None:
        if (self.data / "postmaster.pid").exists():
            self.kill()
        shutil.rmtree(self.folder)

    def start(self) -> None:
        log = str(self.folder / "log")
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        )
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-o", options, "start")

    def kill(self) -> None:
        """As a power cut would: no shutdown, recovery at the next start."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
