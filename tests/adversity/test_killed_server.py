"""The server is killed while photographs arrive: what it acknowledged stands, the rest is gone."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from tests.adversity.nursing import KILLS, Nursery
from tests.adversity.website import Website

pytestmark = pytest.mark.slow
SENDERS = 3


def test_uploads_to_a_killed_server(shimmed: Nursery, static: Path, shim: Path) -> None:
    rng = random.Random(20_260_315)
    session, reference, _label = shimmed.run("sign_in")[-1]
    path, told = f"/cases/{reference}/files/add/", 0
    for _ in range(max(3, KILLS // 8)):
        with Website(shimmed.folder, shimmed.url, static, shim, session) as website:
            page = website.get(path)
            with ThreadPoolExecutor(SENDERS) as senders:
                uploads = [rng.randbytes(2_000_000) for _ in range(SENDERS * 4)]
                sent = [senders.submit(website.post, path, page, upload) for upload in uploads]
                sleep(rng.uniform(0.1, 1.0))
                website.kill()
            told += sum(answer.result().status == 302 for answer in sent)
        found = shimmed.check()
        assert found["attached"] >= told
