"""A paper of its own, such as a form or a report: one story, one file, numbered from 1. Pure."""

from typing import BinaryIO

from reportlab.platypus import Flowable

from evidence.dossier import archival, laying
from evidence.dossier.numbering import labels
from evidence.dossier.paper import TOTAL, Running
from evidence.dossier.text import plain
from evidence.dossier.volume import About, Volume, Whereabouts


def about(running: Running) -> About:
    return About(
        title=plain(running.title), author=plain(running.author), subject=plain(running.left),
        language=running.language, made_at=running.made_at,
    )  # fmt: skip


def write(story: list[Flowable], running: Running, out: BinaryIO, first: str = laying.COVER) -> int:
    """Lay a story out; the number of its pages. The faces must have been registered."""
    piece = laying.lay_out(story, first)
    count = len(piece.pages)
    said = labels(1, count)
    known = {one.key: said[one.page] for one in piece.places} | {TOTAL: str(count)}
    volume = Volume(out, about(running), said, Whereabouts(known), laying.margins(running),
                    archival.entries)  # fmt: skip
    volume.add(piece)
    volume.close()
    return count
