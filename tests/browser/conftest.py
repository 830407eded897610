"""A real server with the demonstration, and Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    expect,
    sync_playwright,
)

from casework.demonstration import PASSWORD
from tests import between_workers

ROOT = Path(__file__).resolve().parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Two browsers with two servers on two processors: a page may need longer than a person would wait.
PATIENCE = 90_000  # milliseconds
expect.set_options(timeout=PATIENCE)


def chromium() -> str:
    """The path of Chromium; where it or its driver cannot run is a skip, under CI a failure."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    driver, _script = compute_driver_executable()
    runs = subprocess.run([driver, "--version"], capture_output=True, check=False).returncode == 0
    if path is None or not runs:
        reason = "Chromium is missing: apt-get install chromium libatomic1"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation of its own with the demonstration loaded."""
    chromium()
    loaded = between_workers.shared(tmp_path_factory) / "demonstration"
    with between_workers.locked(loaded):  # the first loads it, each takes a copy
        if not loaded.exists():
            _load(tmp_path_factory.mktemp("loading"), to=loaded)
    folder = tmp_path_factory.mktemp("installation")
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    environment = _environment(folder)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    return environment


def _load(folder: Path, *, to: Path) -> None:
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=_environment(folder),
            check=True,
        )
    folder.rename(to)


def _environment(folder: Path) -> dict[str, str]:
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        "CASEWORK_IGNORE_ENV_FILE": "1",
        "CASEWORK_SECRET_KEY": "only-for-the-browser-tests-" + "0123456789" * 4,
        "CASEWORK_DEMONSTRATION": "1",
        "CASEWORK_DATA_DIR": str(folder),
        "CASEWORK_SIGNING_KEY_FILE": str(folder / "keys" / "signing-key.pem"),
        "CASEWORK_PUBLIC_URL": f"http://127.0.0.1:{free_port()}",
        "DATABASE_URL": f"sqlite:///{folder}/casework.sqlite3",
    }


@pytest.fixture(scope="session")
def address(installation: dict[str, str]) -> Iterator[str]:
    """The address of `manage.py serve` on that installation."""
    url = installation["CASEWORK_PUBLIC_URL"]
    command = [sys.executable, "manage.py", "serve", "--bind", url.removeprefix("http://")]
    server = subprocess.Popen(command, cwd=ROOT, env=installation)
    try:
        _wait(url + "/sign-in/")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=90)


def _wait(url: str) -> None:
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own loopback server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{url} does not answer")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for one file of tests.

    Not for the session: the driver's event loop would stand in the way of the database in the
    tests that come after in the same process.
    """
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


# What htmx says of a part that was still on its way when the reader left the page.
LEFT_BEHIND = ("htmx:sendAbort", "htmx:afterRequest")


class Watched:
    """What no page may do: say an error on the console, or ask another host for anything."""

    def __init__(self, page: Page, address: str) -> None:
        self.faults: list[str] = []
        page.on("console", lambda m: self.note(_is_fault(m), f"console: {m.text}"))
        page.on("pageerror", lambda error: self.note(True, f"script: {error}"))
        page.on("request", lambda r: self.note(not r.url.startswith((address, "data:")), r.url))

    def note(self, is_fault: bool, text: str) -> None:
        if is_fault:
            self.faults.append(text)


def _is_fault(message: ConsoleMessage) -> bool:
    return message.type == "error" and not message.text.startswith(LEFT_BEHIND)


def sign_in(page: Page, username: str) -> None:
    page.goto("/sign-in/")
    page.fill("form[novalidate] [name=username]", username)
    page.fill("form[novalidate] [name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("form[novalidate] button.go")


class Held:
    """Requests that are on their way until they are let go."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.page, self.routes = page, list[Route]()
        page.route(pattern, lambda route: self.routes.append(route))

    def wait(self) -> None:
        for _again in range(PATIENCE // 50):
            if self.routes:
                return
            self.page.wait_for_timeout(50)
        raise TimeoutError("nothing was asked")

    def let_go(self) -> None:
        """Returns when the answers have come."""
        for route in self.routes:
            with self.page.expect_event("requestfinished"):
                route.continue_()
        self.page.wait_for_timeout(200)


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in_as(browser: Browser, address: str) -> Iterator[SignIn]:
    """Opens a window of its own for a person of the demonstration."""
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def _open(username: str, *, width: int = 1360, height: int = 900, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            base_url=address,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watched.append(Watched(page, address))
        sign_in(page, username)
        expect(page).to_have_url(f"{address}/")
        return page

    yield _open
    for context in contexts:
        context.close()
    assert [fault for one in watched for fault in one.faults] == []
