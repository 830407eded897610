"""The same content laid out in several ways, each in a process of its own, in one run."""

import importlib.util
import json
import subprocess
import sys
import tempfile
from typing import Any

Row = dict[str, object]
Measured = dict[str, Any]
TITLES = {
    "ours": "lay out, nothing kept",
    "again": "lay out, one exhibit changed since",
    "multibuild": "lay out by reportlab's multiBuild",
}
OTHERS = {"weasyprint": "lay out by WeasyPrint"}  # measured where installed: none of our packages


def measure(way: str, number: int, folder: str) -> Measured:
    command = [sys.executable, "-m", "bench.paper.measure", way, str(number), folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: Measured = json.loads(done.stdout or "{}")
    return found


def rows(number: int) -> list[Row]:
    made: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        measure("prepare", number, folder)
        others = {way: title for way, title in OTHERS.items() if importlib.util.find_spec(way)}
        for way, title in (TITLES | others).items():
            found = measure(way, number, folder)
            told = f"{title}, {found['pages']} pages"
            made.append({"name": told, "value": found["seconds"], "unit": "s", "n": number})
            memory = f"{title}, peak memory"
            made.append({"name": memory, "value": found["peak"], "unit": "MiB", "n": number})
    return [*made, *skipped()]


def skipped() -> list[Row]:
    return [
        {"name": f"{name} is not installed: not measured", "value": "-", "unit": "", "n": 0}
        for name in OTHERS
        if importlib.util.find_spec(name) is None
    ]
