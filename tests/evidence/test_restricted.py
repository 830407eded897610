"""The walled process: what it cannot do, and what becomes of hostile bytes in it."""

import io
import json
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from casework.models import User
from evidence import files
from evidence.filestore import images, restricted
from evidence.filestore.images import NotShown
from tests.evidence.pictures import jpeg, upload

BEHIND_WALLS = """
import sys; sys.path.append({root!r})
import ctypes, os, resource, socket, struct, subprocess, threading
from evidence.sealed import limits
kernel = ctypes.CDLL(None, use_errno=True)
def call(on_x86_64, on_aarch64, *values):
    if kernel.syscall(on_x86_64 if os.uname().machine == "x86_64" else on_aarch64, *values) < 0:
        raise OSError(ctypes.get_errno(), "refused")
limits.put_up()
try:
    {act}
except (OSError, MemoryError) as error:
    os.write(1, type(error).__name__.encode()); os._exit(0)
os.write(1, b"done"); os._exit(0)
"""
LINUX = sys.platform == "linux" and os.uname().machine in ("x86_64", "aarch64")


def behind_walls(act: str) -> str:
    program = BEHIND_WALLS.format(root=str(restricted.ROOT), act=act)
    run = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, check=False, timeout=30
    )
    return run.stdout.decode() or f"ended with {run.returncode}"


@pytest.mark.skipif(not LINUX, reason="the filter of system calls is one of Linux")
@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/passwd').read()",
        "open('/tmp/casework-wall', 'w').write('x')",
        "os.unlink('/tmp/casework-wall')",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socket(socket.AF_UNIX)",
        "os.fork()",
        "subprocess.run(['true'])",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 15)",
        "call(129, 138, os.getppid(), 0, struct.pack('iii116x', 0, 0, -1))",  # rt_sigqueueinfo
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
        "call(428, 428, -100, b'/', 0)",  # open_tree
        "call(430, 430, b'tmpfs', 0)",  # fsopen
        "os.listdir('/')",
    ],
)
def test_the_walls_refuse_files_network_programs_and_signals(act: str) -> None:
    assert behind_walls(act) in ("PermissionError", "BlockingIOError", "OSError")


@pytest.mark.skipif(not LINUX, reason="the filter of system calls is one of Linux")
def test_threads_of_a_reader_are_let_be() -> None:
    assert behind_walls("threading.Thread(target=len, args=('',)).start()") == "done"
    left = "os.write(1, str(resource.getrlimit(resource.RLIMIT_NPROC)[0] == 0).encode())"
    assert behind_walls(left) == "Falsedone"


def test_the_walls_end_memory() -> None:
    assert behind_walls("bytearray(3 << 30)") == "MemoryError"


def test_the_process_has_no_environment_and_no_django(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORK_SECRET_KEY", "must-not-travel")
    probe = (
        "import os, sys, json; sys.path += json.loads(sys.argv.pop());"
        "from evidence.sealed import main; main._load('page', '');"
        "print(json.dumps([dict(os.environ), 'django' in sys.modules, sys.flags.isolated]))"
    )
    monkeypatch.setattr(restricted, "PROGRAM", probe)
    source = tmp_path / "x"
    source.write_bytes(b"x")
    environment, has_django, isolated = json.loads(restricted.run("page", source))
    assert not [name for name in environment if name != "LC_CTYPE"]
    assert (has_django, isolated) == (False, 1)


def test_a_process_that_does_not_end_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restricted, "PROGRAM", "import time; time.sleep(60)")
    monkeypatch.setattr(restricted, "SECONDS", 0.2)
    source = tmp_path / "x"
    source.write_bytes(b"x")
    began = time.monotonic()
    with pytest.raises(restricted.Failed, match="time"):
        restricted.run("picture", source)
    assert time.monotonic() - began < 50  # of the sixty that it sleeps


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(7)", "os.kill(os.getpid(), 11)"])
def test_a_crash_is_a_reason_and_nothing_else(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restricted, "PROGRAM", f"import os; {end}")
    source = tmp_path / "x"
    source.write_bytes(b"x")
    with pytest.raises(restricted.Failed, match="crash"):
        restricted.run("picture", source)


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(jpeg())
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(restricted.Failed, match="missing"):
        restricted.run("notes", tmp_path / "link", form="JPEG")


def png_bomb() -> bytes:
    """A picture of 40,000 by 40,000 white points in a few kilobytes."""
    target = io.BytesIO()
    Image.new("1", (8, 8)).save(target, "PNG")
    small = target.getvalue()
    header = small[:8] + small[8:16]
    body = (40_000).to_bytes(4, "big") * 2 + b"\x01\x00\x00\x00\x00"
    checked = b"IHDR" + body
    return header + body + zlib.crc32(checked).to_bytes(4, "big") + small[33:]


def test_a_bomb_is_refused_once_and_remembered(
    investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = files.store(upload(png_bomb(), "b.png", "image/png"), actor=investigator)
    with pytest.raises(NotShown, match="unpack to more"):
        images.preview(stored, 400)
    monkeypatch.setattr(restricted, "run", None)  # asked again, nothing is started
    with pytest.raises(NotShown, match="unpack to more"):
        images.preview(stored, 400)


def test_a_time_that_ran_out_is_tried_again_the_next_day(
    investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = files.store(upload(jpeg()), actor=investigator)

    def late(*args: object, **values: object) -> bytes:
        raise restricted.Failed("time")

    with monkeypatch.context() as patch:
        patch.setattr(restricted, "run", late)
        with pytest.raises(NotShown, match="too long"):
            images.preview(stored, 400)
    with pytest.raises(NotShown, match="too long"):
        images.preview(stored, 400)
    (kept,) = Path(settings.DATA_DIR).rglob("*.none")
    os.utime(kept, (0, time.time() - 2 * images.RETRIED["time"]))
    assert images.preview(stored, 400).is_file()


def test_bytes_that_were_altered_are_not_shown_until_they_are_put_back(
    investigator: User,
) -> None:
    stored = files.store(upload(jpeg()), actor=investigator)
    path = files.path_of(stored.digest)
    whole = path.read_bytes()
    path.chmod(0o640)
    path.write_bytes(jpeg(colour="white"))
    with pytest.raises(NotShown, match="not the ones that were taken in"):
        images.preview(stored, 400)
    path.write_bytes(whole)
    assert images.preview(stored, 400).is_file()
