"""Starts one program of the system in its own place, behind the walls: the picture comes in on 0,
the text goes out on 1. It can open files, as programs do, but reach nobody and change nothing.
"""

import json
import os
import sys

from evidence.sealed import limits


def main() -> None:
    arguments, seconds = json.loads(sys.argv[1]), int(sys.argv[2])
    limits.put_up(seconds, starts_program=True)
    os.execve(  # noqa: S606 - the caller's own program, by its full path
        arguments[0], arguments, {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    )
