"""What may stand before a server: a wire that can be cut; and a server that answers nonsense."""

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Wire:
    """Passes bytes on to a server until it is cut, or held still."""

    def __init__(self, url: str) -> None:
        self.there = (urlsplit(url).hostname or "", urlsplit(url).port or 0)
        self.is_still = self.is_cut = False
        self.asked = 0
        wire = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                wire.carry(self.request)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def carry(self, near: socket.socket) -> None:
        self.asked += 1
        if self.is_cut:
            return
        with socket.create_connection(self.there) as far:
            back = threading.Thread(target=self._pass, args=(far, near), daemon=True)
            back.start()
            self._pass(near, far)

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while (data := source.recv(1 << 16)) and not self.is_cut:
                while self.is_still:
                    time.sleep(0.05)
                target.sendall(data)
            for end in (source, target):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(url: str) -> Iterator[Wire]:
    made = Wire(url)
    threading.Thread(target=made.server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield made
    finally:
        made.is_cut, made.is_still = True, False
        made.server.shutdown()
        made.server.server_close()


@contextmanager
def answering(
    status: int = 200, body: bytes = b"{}", *, after: float = 0.0, product: str = "Elasticsearch"
) -> Iterator[str]:
    """The address of a server that answers every question with the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            time.sleep(after)
            with suppress(OSError):
                self.send_response(status)
                self.send_header("X-Elastic-Product", product)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_GET = do_PUT = do_DELETE = do_HEAD = do_POST

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def dead_port() -> str:
    """The address of nobody."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
