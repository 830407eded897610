"""Whether an annex volume is PDF/A: the papers in it decide that, and veraPDF says it.

Without CASEWORK_VERAPDF no annex volume claims anything.
"""

import logging
import os
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
from django.conf import settings
from pikepdf import Array, Dictionary, Name, Pdf, String

from evidence.dossier import archival, colour
from evidence.dossier.pages import Volume
from evidence.dossier.volume import About

SECONDS = 600  # for one volume of three hundred pages
ARGUMENTS = ("--flavour", "2b", "--format", "text")
log = logging.getLogger(__name__)


def claimed(volume: Volume) -> Volume:
    """The volume with its claim where it passes with it; as it was where it does not."""
    if not settings.VERAPDF:
        return volume
    tried = volume.path.with_suffix(".claim.pdf")  # veraPDF passes over other names
    try:
        _write(volume.path, tried)
        if not _passes(tried):
            return volume
        os.replace(tried, volume.path)  # noqa: PTH105  # one step, as in storing
    finally:
        tried.unlink(missing_ok=True)
    return replace(volume, claims_archival=True)


def _write(path: Path, to: Path) -> None:
    with pikepdf.open(path) as pdf:
        root, info = pdf.Root, pdf.docinfo
        about = About(
            title=str(info.get(Name.Title, "")), author=str(info.get(Name.Author, "")), subject="",
            language=str(root.get(Name.Lang, "")),
        )  # fmt: skip
        packet = pdf.make_stream(archival.metadata(about).encode())
        packet.Type, packet.Subtype = Name.Metadata, Name.XML
        root.Metadata = packet
        root.OutputIntents = Array([_colours(pdf)])
        pdf.save(
            to, deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )  # fmt: skip


def _colours(pdf: Pdf) -> Dictionary:
    profile = pdf.make_stream(colour.profile())
    profile.N = 3
    return Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile,
        OutputConditionIdentifier=String(colour.NAME), Info=String(colour.NAME),
    )  # fmt: skip


def _passes(path: Path) -> bool:
    """What the checker says; a checker that does not answer is no reason to issue nothing."""
    command = [*shlex.split(settings.VERAPDF), *ARGUMENTS, str(path)]
    try:
        said = subprocess.run(  # noqa: S603  # the administrator's own command
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("CASEWORK_VERAPDF did not answer: %s", error)
        return False
    return said.returncode == 0 and said.stdout.startswith("PASS ")
