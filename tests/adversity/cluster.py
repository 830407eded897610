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
    """With a shim to preload, its system calls can be spoilt by a rule, as those of a website."""

    def __init__(self, programs: Path, preload: Path | None = None) -> None:
        self.programs, self.preload = programs, preload
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgres://casework@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="cluster-"))
        self.data = self.folder / "data"
        self.rule = self.folder / "rule"
        self.rule.touch()
        if self.preload:
            shutil.copy(self.preload, self.folder / "shim.so")  # where the server may read it
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.iterdir()):
                shutil.chown(path, "postgres")
        options = ["-U", "casework", "--auth=trust", "-E", "UTF8", "--no-sync"]
        self._run("initdb", "-D", str(self.data), *options)
        self.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.mend()
        if self._is_up():
            self.kill()
        shutil.rmtree(self.folder)

    def start(self) -> None:
        log = str(self.folder / "log")
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        )
        self._run("pg_ctl", "-D", str(self.data), "-l", log, "-w", "-o", options, "start")

    def start_again(self) -> None:
        """After its disk failed: it may have ended by itself, or be at its own recovery."""
        if self._is_up():
            self.kill()
        self.start()

    def _is_up(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def spoil(self, rule: str) -> None:
        self.rule.write_text(rule)

    def mend(self) -> None:
        self.rule.write_text("")

    def kill(self) -> None:
        """As a power cut would: no shutdown, recovery at the next start."""
        self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        own = {"LD_PRELOAD": str(self.folder / "shim.so"), "SHIM_RULE": str(self.rule)}
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | (own if self.preload else {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
