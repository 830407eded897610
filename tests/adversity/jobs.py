"""What the children of the nursery do, by the real operations. Each tells what was acknowledged.

`tell` is called after an operation has returned: what was told must be found again in any case.
"""

import ctypes
import hashlib
import itertools
import json
import random
import time
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from casework.errors import DomainError
from evidence import custody, files, sequencer
from evidence.filestore import uploads
from evidence.models import Attachment, CustodyEvent, StoredFile
from tests.adversity import scene
from tests.adversity.search_jobs import (  # noqa: F401 - the nursery finds them here
    catch_up,
    doubt_all,
    follow,
    look,
    mend,
    on_server,
    open_cases,
    rebuild_as_told,
    rebuild_index,
    search_standing,
    told_refusal,
)
from tests.race import make_tables

Tell = Callable[[Any], None]


def tables(tell: Tell) -> None:
    make_tables()
    connection.close()  # which brings the write-ahead log into the file that is copied


def prepare(tell: Tell, writers: int = 2, exhibits: int = 2, with_key: bool = True) -> None:
    """People, a case, and exhibits that each of them holds."""
    if with_key:
        create_key()
    scene.make(writers, exhibits)


def create_key() -> None:
    call_command("create_signing_key", stdout=StringIO())


def append(
    tell: Tell, writer: int = 0, times: int | None = None, without_key: bool = False
) -> None:
    """One examination after the other of the writer's exhibits, for ever or so many times."""
    if without_key:
        settings.SIGNING_KEY_FILE = ""
    actor, held = scene.writer(writer), scene.exhibits_of(writer)
    for number in itertools.count() if times is None else range(times):
        exhibit = held[number % len(held)]
        event = custody.examine(exhibit, actor=actor, note=f"Look {number}")
        tell([exhibit.label, event.sequence, event.digest])


def hand_over(tell: Tell, writer: int = 0, taker: int = 1, times: int | None = None) -> None:
    """An exhibit goes back and forth between two people."""
    exhibit = scene.exhibits_of(writer)[0]
    people = [scene.writer(writer), scene.writer(taker)]
    for _ in itertools.count() if times is None else range(times):
        offer = scene.open_offer(exhibit)
        if offer is None:
            holder = scene.holder(exhibit)
            to = next(person for person in people if person != holder)
            event = custody.offer(exhibit, to=to, actor=holder)
        else:
            assert offer.to_user
            event = custody.acknowledge(
                offer, actor=offer.to_user, seal_number=offer.seal_number, count=offer.count
            )
        tell([exhibit.label, event.sequence, event.digest])


def checkpoint(tell: Tell, writer: int = 0, pending: int = 3, times: int | None = None) -> None:
    """Acts that wait for their place, then a head over them."""
    key = settings.SIGNING_KEY_FILE
    for _ in itertools.count() if times is None else range(times):
        append(tell, writer, times=pending, without_key=True)
        settings.SIGNING_KEY_FILE = key
        head = sequencer.run()
        if head is not None:
            tell(["head", head.tree_size, head.root_hash])


def upload(tell: Tell, writer: int = 0, size: int = 300_000, times: int | None = None) -> None:
    """One photograph after the other, each of other bytes."""
    actor, exhibit = scene.writer(writer), scene.exhibits_of(writer)[0]
    for _ in itertools.count() if times is None else range(times):
        data = random.SystemRandom().randbytes(size)
        received = uploads.receive(BytesIO(data), "quay.bin")
        attachment = files.attach(
            exhibit.case, upload=received, kind="photograph", exhibit=exhibit, actor=actor
        )
        tell(["file", attachment.pk, hashlib.sha256(data).hexdigest()])


def sign_in(tell: Tell, writer: int = 0) -> None:
    """The key of a session that is signed in, for the server with the same secret."""
    user, session = scene.writer(writer), SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    exhibit = scene.exhibits_of(writer)[0]
    tell([session.session_key, exhibit.case.reference, exhibit.label])


def standing(tell: Tell) -> None:
    """How many events, attachments and files there are."""
    tell([model.objects.count() for model in (CustodyEvent, Attachment, StoredFile)])


def pace(tell: Tell, act: str, **arguments: Any) -> None:
    """How many seconds one act takes here and now."""
    begun = time.monotonic()
    globals()[act](lambda what: None, **arguments, times=3)
    tell((time.monotonic() - begun) / 3)


def count(tell: Tell, act: str, rule: str, **arguments: Any) -> None:
    """How many system calls of another job match a rule that lets all of them pass."""
    shim = ctypes.CDLL(None)
    shim.shim_arm(rule.encode())
    globals()[act](lambda what: None, **arguments)
    tell(shim.shim_seen())


def sequence(tell: Tell) -> None:
    """Give what is pending its place."""
    head = sequencer.run()
    tell(head.tree_size if head else 0)


def offer_to(tell: Tell, writer: int = 1) -> None:
    """The first exhibit offered to a writer."""
    exhibit = scene.exhibits_of(0)[0]
    custody.offer(exhibit, to=scene.writer(writer), actor=scene.writer(0))


def refused_or_done(tell: Tell, act: str, **arguments: Any) -> None:
    """Another job, which may be refused by a rule: tells the words."""
    try:
        globals()[act](tell, **arguments)
    except DomainError as error:
        tell(["refused", error.code, str(error)])


def check(tell: Tell, told: list[Any], clean: bool = True) -> None:
    """Everything that was told is there, nothing is half there, and both verifications pass."""
    scene.find_again(told)
    if clean:
        scene.clean()
    tell(scene.verify())


def corrupt(tell: Tell, path: str) -> None:
    """Turn one byte of a file."""
    file = Path(path)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.chmod(0o640)
    file.write_bytes(data)


def verified(tell: Tell) -> None:
    """What verify_custody says of the record as it stands."""
    tell(json.loads(scene.run("verify_custody", "--json")))
