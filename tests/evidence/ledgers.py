"""Signed ledgers for tests: a key, some exhibits, a witness, and a small server on loopback."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as used
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from casework.ledger import checkpoint, signing
from casework.ledger.tree import Tree
from casework.models import Case, Code, User
from evidence import exhibits, sequencer
from evidence.exhibits import Thing
from evidence.models import Exhibit, SignedHead
from evidence.tree import outgoing

ORIGIN = "casework.example/test"
Answer = tuple[int, bytes]


def register(case: Case, actor: User) -> Exhibit:
    kind = Code.objects.filter(kind="exhibit_kind").first()
    assert kind
    return exhibits.register(case, Thing(kind=kind, description="Tusks", count=4), actor=actor)


def sequence() -> SignedHead:
    head = sequencer.run()
    assert head
    sequencer.publish(Path(used.HEADS_FILE))
    return head


@pytest.fixture
def signed(settings: Settings, tmp_path: Path) -> signing.Signer:
    """A ledger that can sign its heads."""
    settings.SIGNING_KEY_FILE = str(tmp_path / "signing.pem")
    settings.LEDGER_ORIGIN = ORIGIN
    call_command("create_signing_key", stdout=StringIO())
    return sequencer.signer()


@pytest.fixture
def head(signed: signing.Signer, case: Case, investigator: User) -> SignedHead:
    register(case, investigator)
    return sequence()


@pytest.fixture
def watching(settings: Settings, tmp_path: Path) -> signing.Signer:
    """This installation cosigns the heads of whoever `trust` names."""
    settings.WITNESS_KEY_FILE, settings.WITNESS_NAME = str(tmp_path / "w.pem"), "watch.example/1"
    call_command("create_signing_key", witness=True, stdout=StringIO())
    return signing.load_key(tmp_path / "w.pem", "watch.example/1")


def trust(settings: Settings, tmp_path: Path, *keys: checkpoint.Key) -> None:
    path = tmp_path / "logs.txt"
    path.write_text("# ledgers\n" + "".join(f"{key} somewhere\n" for key in keys))
    settings.WATCHED_LOGS = str(path)


def witnessed_by(settings: Settings, tmp_path: Path, key: checkpoint.Key, url: str = "") -> None:
    path = tmp_path / "witnesses.txt"
    path.write_text(f"{key} {url}\n")
    settings.WITNESSES = str(path)


class OtherLedger:
    """Another agency's ledger: as many records as wanted, and a key that signs its heads."""

    def __init__(
        self, origin: str = "other.example/ledger", salt: bytes = b"", leaves: int = 20
    ) -> None:
        self.signer = signing.Signer(origin, Ed25519PrivateKey.generate())
        self.tree = Tree((salt + bytes([n]) * 32)[:32] for n in range(leaves))

    def note(self, size: int) -> str:
        return self.signer.sign(str(checkpoint.Head(self.signer.name, size, self.tree.root(size))))

    def ask(self, old: int, size: int, note: str = "") -> str:
        proof = self.tree.consistency(old, size) if 0 < old <= size else []
        lines = [f"old {old}\n", *(f"{checkpoint.encode(node)}\n" for node in proof), "\n"]
        return "".join(lines) + (note or self.note(size))


@pytest.fixture
def through_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes out comes in again, as to another machine but without a line."""

    def post(url: str, body: bytes, content_type: str) -> Answer:
        path = urlsplit(url).path
        answer = Client().post(path, data=body, content_type=content_type)
        return answer.status_code, answer.content

    monkeypatch.setattr(outgoing, "post", post)


@contextmanager
def server(
    answer: Callable[[bytes], Answer], headers: dict[str, str] | None = None
) -> Iterator[str]:
    """A real server on loopback that answers every POST; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, data = answer(body)
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}"
    finally:
        listening.shutdown()
        listening.server_close()
