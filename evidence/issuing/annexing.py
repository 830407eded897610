"""The documents of a dossier fetched from the store and merged behind the walled process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from evidence import files
from evidence.dossier import annex, pages
from evidence.dossier.annex import Prepared
from evidence.dossier.pages import Built
from evidence.dossier.snapshot import Snapshot
from evidence.issuing import archival

Told = Callable[[int, int], None]


class BytesChanged(RuleBroken):
    """What the store holds is not what was taken in: nothing of it is printed."""

    code = "document-changed"
    message = _(
        "The bytes of a document in the store are not the ones that were taken in. Tell your "
        "administrator."
    )


@contextmanager
def prepared(taken: Snapshot, folder: Path, tell: Told) -> Iterator[Prepared]:
    """The documents of a plan as leaves, for as long as the volumes are written. OSError too."""
    plan = taken.plan
    with TemporaryDirectory(dir=folder, prefix=".leaves-") as work:
        yield annex.prepare(
            plan.documents, _path_of, Path(work), replacements=plan.replacements, tell=tell
        )


def appended(built: Built, documents: Prepared, taken: Snapshot, folder: Path, tell: Told) -> Built:
    """The dossier with its annex volumes; its numbers run on through them."""
    if not documents.documents and not documents.replacements:
        return built
    running = pages.running(taken)
    written = annex.write(documents, built.last_page + 1, running, folder, tell)
    volumes = map(archival.claimed, written)
    last = built.last_page + documents.pages
    lettered = {each.document.key: each.pages for each in documents.replacements}
    joined = (*built.volumes, *volumes)
    return replace(built, volumes=joined, last_page=last, lettered=lettered)


def _path_of(digest: str) -> Path:
    path = files.path_of(digest)
    if files.digest_of(path) != digest:
        raise BytesChanged
    return path
