"""One way of laying the record out, in a process of its own: `measure WAY EXHIBITS FOLDER`.

Prints seconds, seconds of the processor, pages and the peak of memory in MiB, as JSON. `prepare`
paints the pictures.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.paper import record, reported, styled
from evidence.dossier import fonts, pages
from evidence.dossier.snapshot import Snapshot

Way = Callable[[Snapshot, Path], int]


def ours(taken: Snapshot, folder: Path) -> int:
    """With an empty folder of kept pieces, or with that of the run before."""
    built = pages.build(taken, partial(record.load, folder), folder, cache=folder / "pieces")
    return built.pages


def cold(taken: Snapshot, folder: Path) -> int:
    """Without a folder of kept pieces."""
    return pages.build(taken, partial(record.load, folder), folder).pages


def again(taken: Snapshot, folder: Path) -> int:
    return ours(record.changed(taken), folder)


def multibuild(taken: Snapshot, folder: Path) -> int:
    return reported.build(taken, partial(record.load, folder), folder / "reported.pdf")


WAYS: dict[str, Way] = {
    "ours": ours,
    "cold": cold,
    "again": again,
    "multibuild": multibuild,
    "weasyprint": styled.build,
}


def main(way: str, number: str, folder: str) -> None:
    taken = record.snapshot(int(number))
    if way == "prepare":
        return record.paint(Path(folder))
    fonts.register(Path(folder, "fonts"))
    start, busy = time.perf_counter(), time.process_time()
    count = WAYS[way](taken, Path(folder))
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "busy": busy, "pages": count, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
