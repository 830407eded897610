"""The real server as a child process, and a person's browser at it, without a browser."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests import race

BOUNDARY = "casework-boundary"
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)"(?: value="([^"]*)")?')


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    @property
    def is_page_of_trouble(self) -> bool:
        return "This cannot be done now" in self.text and "Traceback" not in self.text


@dataclass
class Website:
    """gunicorn on a database and folder; `spoil` gives its system calls a rule, `mend` lifts it."""

    folder: Path
    url: str
    static: Path
    preload: Path
    session: str
    port: int = field(init=False)

    def __enter__(self) -> Self:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.rule = self.folder / "rule"
        self.rule.touch()
        self.log = (self.folder / "server.log").open("wb")
        own = race.environment(self.url, self.folder) | {
            "CASEWORK_DEBUG": "0",
            "CASEWORK_SECRET_KEY": secret(self.folder),
            "CASEWORK_STATIC_ROOT": str(self.static),
            "LD_PRELOAD": str(self.preload),
            "SHIM_RULE": str(self.rule),
        }
        bind = f"127.0.0.1:{self.port}"
        command = ["-m", "gunicorn", "casework.wsgi:application", "--bind", bind, "--threads", "4"]
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=race.ROOT,
            env=own,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self._wait()
        return self

    def __exit__(self, *args: object) -> None:
        self.mend()
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=90)
        self.log.close()

    def kill(self) -> None:
        """`kill -9` of the server and its workers, in the middle of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the server does not listen")

    def spoil(self, rule: str) -> None:
        self.rule.write_text(rule)

    def mend(self) -> None:
        self.rule.write_text("")

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(self._address(path)))  # noqa: S310 - our own server

    def send(self, path: str, upload: bytes = b"", **fields: str) -> Answer:
        """Fill in the form of a page and send it, with a file where there is one."""
        page = self.get(path)
        return self.post(path, page, upload, **fields)

    def post(self, path: str, page: Answer, upload: bytes = b"", **fields: str) -> Answer:
        typed = dict(HIDDEN.findall(page.text)) | fields
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()
            for name, value in typed.items()
        ]
        if upload:
            head = 'Content-Disposition: form-data; name="sent"; filename="quay.bin"\r\n\r\n'
            parts.append(head.encode() + upload)
        mark = f"--{BOUNDARY}".encode()
        body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
        request = urllib.request.Request(self._address(path), data=body)  # noqa: S310
        request.add_header("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        return self._ask(request)

    def _address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{urllib.parse.quote(path, safe='/?=')}"

    def _ask(self, request: urllib.request.Request) -> Answer:
        token = "t" * 32
        request.add_header("Cookie", f"sessionid={self.session}; csrftoken={token}")
        request.add_header("X-CSRFToken", token)
        opener = urllib.request.build_opener(_Staying)
        try:
            with opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode())
        except OSError:
            return Answer(0, "")  # the server was killed


class _Staying(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: it says that the act was done."""

    def redirect_request(self, *args: object) -> None:
        return None


def secret(folder: Path) -> str:
    """One secret for the server and the nursery that signs its people in."""
    path = folder / "secret"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
