"""A real RFC 3161 authority for tests: certificates and answers by the openssl program."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.evidence.ledgers import Answer, server

EXTENSIONS = """
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamps]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps_tsa
[stamps_tsa]
serial = ./serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
"""


class Authority:
    """Keys and certificates in a folder; `answer` stamps a request with `openssl ts`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_silent = False
        self.asked = 0
        folder.mkdir()
        (folder / "ca.cnf").write_text(EXTENSIONS)
        (folder / "serial").write_text("01\n")
        new = ("req", "-newkey", "rsa:2048", "-nodes", "-subj")
        ours = ("-keyout", "ca.key", "-out", "ca.csr")
        self.run(*new, "/CN=Stamp root of a test", *ours)
        self.run(*new, "/CN=Stamps of a test", "-keyout", "tsa.key", "-out", "tsa.csr")
        use = ("x509", "-req", "-days", "2", "-extfile", "ca.cnf", "-extensions")
        self.run(*use, "authority", "-in", "ca.csr", "-signkey", "ca.key", "-out", "ca.pem")
        by = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial")
        self.run(*use, "stamps", "-in", "tsa.csr", *by, "-out", "tsa.pem")

    @property
    def certificates(self) -> Path:
        return self.folder / "ca.pem"

    def run(self, *arguments: str) -> None:
        command = ["openssl", *arguments]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def answer(self, request: bytes) -> Answer:
        self.asked += 1
        if self.is_silent:
            return 503, b""
        (self.folder / "request.tsq").write_bytes(request)
        keys = ("-signer", "tsa.pem", "-inkey", "tsa.key", "-config", "ca.cnf")
        files = ("-queryfile", "request.tsq", "-out", "answer.tsr")
        self.run("ts", "-reply", "-section", "stamps_tsa", *keys, *files)
        return 200, (self.folder / "answer.tsr").read_bytes()


@pytest.fixture
def authority(settings: Settings, tmp_path: Path) -> Iterator[Authority]:
    """The authority of the settings, answering on loopback."""
    if shutil.which("openssl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is missing: time stamps cannot be tested")
        pytest.skip("openssl is not installed")
    made = Authority(tmp_path / "authority")
    with server(made.answer) as url:
        settings.TIMESTAMP_URL = url
        settings.TIMESTAMP_CERTIFICATES = str(made.certificates)
        yield made
