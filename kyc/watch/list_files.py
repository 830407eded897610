"""The files that OFAC publishes beside its main table, found by their usual names."""

import re
from pathlib import Path

MAIN = re.compile(r"(?:sdn|prim)(?![A-Za-z])", re.I)
NAMES = {"aliases": ("alt",), "addresses": ("add",), "comments": ("comments", "sdn_comments")}


def beside(main: Path) -> dict[str, Path]:
    """Aliases, addresses and comments in the main file's folder: `ofac_alt.csv` by `ofac_sdn.csv`.

    They count gzipped or not, in capitals or small letters.
    """
    if not MAIN.search(main.name) or not main.is_file():
        return {}
    known = {_plain(path.name): path for path in sorted(main.parent.iterdir()) if path.is_file()}
    found: dict[str, Path] = {}
    for part, words in NAMES.items():
        for word in words:
            name = _plain(MAIN.sub(word, main.name, count=1))
            if name in known:
                found.setdefault(part, known[name])
    return found


def _plain(name: str) -> str:
    return name.lower().removesuffix(".gz")
