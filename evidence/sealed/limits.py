"""The walls around the process, put up before it reads the first byte.

Limits of memory, processor time and output hold everywhere. On Linux a seccomp filter takes the
system calls away that open files, reach the network or start programs, and the process leaves the
network where the kernel lets it. Pure.
"""

import contextlib
import ctypes
import platform
import resource
import signal
from typing import Final

MEMORY: Final = 1 << 30
PROCESSOR_SECONDS: Final = 10
OUTPUT: Final = 64 << 20
OPEN_FILES: Final = 16

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER_MODE = 2
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_THREAD = 0x00010000  # the flag of clone that makes a thread instead of a process
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS = 1, 38
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

# Machine, its number in the kernel, and the calls that are refused there: open and its kin,
# sockets, programs and processes, signals and tracing, names in the file system, mounts and keys.
_REFUSED: Final[dict[str, tuple[int, int, int, tuple[int, ...]]]] = {
    "x86_64": (
        0xC000003E,
        56,
        435,
        (
            2, 85, 257, 437, 304,
            41, 42, 43, 44, 46, 49, 50, 53, 288, 299, 307,
            57, 58, 59, 322, 62, 200, 234, 101, 310, 311, 434, 438,
            76, 82, 83, 84, 86, 87, 88, 90, 92, 94, 133, 188, 189, 258, 259, 260, 263, 264, 265,
            266, 268, 280, 316, 155, 161, 165, 166, 272, 308, 135, 248, 249, 250, 298, 321, 323,
            425, 129, 297, 424, 428, 429, 430, 431, 432, 433, 442,
        ),
    ),
    "aarch64": (
        0xC00000B7,
        220,
        435,
        (
            56, 437, 265,
            198, 199, 200, 201, 202, 203, 206, 211, 242, 243, 269,
            221, 281, 129, 130, 131, 117, 270, 271, 434, 438,
            45, 38, 276, 33, 34, 35, 36, 37, 5, 6, 53, 54, 88, 39, 40, 41, 51, 97, 268, 92,
            217, 218, 219, 241, 280, 282, 425, 138, 240, 424, 428, 429, 430, 431, 432, 433, 442,
        ),
    ),
}  # fmt: skip

# Asks for limits and sets them: one's own, of process 0, but not those of the process that waits.
_LIMITS_OF: Final = {"x86_64": 302, "aarch64": 261}
# Open and openat, and starting a program in one's own place.
_NEEDED_BY_PROGRAMS: Final = {"x86_64": (2, 257, 59), "aarch64": (56, 221)}


class _Step(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_uint16),
        ("yes", ctypes.c_uint8),
        ("no", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step))]


def put_up(
    seconds: int = PROCESSOR_SECONDS, *, output: int = OUTPUT, memory: int = MEMORY,
    starts_program: bool = False,
) -> None:  # fmt: skip
    """Everything at once; what a kernel does not know is left out.

    Before a program is started in the place of this process, it is let open files and start: the
    network, further processes and the names in the file system stay closed to it.
    """
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds, seconds + 1)  # at the first it is told why, then killed
    _limit(resource.RLIMIT_FSIZE, output)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    if not _leave_the_rest(starts_program=starts_program):
        _limit(resource.RLIMIT_NPROC, 0)


def _leave_the_rest(*, starts_program: bool) -> bool:
    """Whether the filter refuses processes; it lets threads be, which readers of HEIC start."""
    if platform.system() != "Linux":
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if kernel.unshare(_NEW_USER | _NEW_NETWORK):
        kernel.unshare(_NEW_NETWORK)
    return refuse_calls(kernel, starts_program=starts_program)


def _limit(what: int, most: int, hard: int = 0) -> None:
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, hard or most))


def refuse_calls(kernel: ctypes.CDLL, *, starts_program: bool = False) -> bool:
    """Install the filter; False where this machine or kernel has none."""
    if platform.machine() not in _REFUSED:
        return False
    machine, clone, clone3, refused = _REFUSED[platform.machine()]
    limits_of = _LIMITS_OF[platform.machine()]
    let = _NEEDED_BY_PROGRAMS[platform.machine()] if starts_program else ()
    refused = tuple(number for number in refused if number not in let)
    steps = _steps(machine, clone, clone3, limits_of, refused)
    array = (_Step * len(steps))(*(_Step(*step) for step in steps))
    program = _Program(len(steps), array)
    if kernel.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not kernel.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)


def _steps(
    machine: int, clone: int, clone3: int, limits_of: int, refused: tuple[int, ...]
) -> list[tuple[int, int, int, int]]:
    """Berkeley packet filter over the call's number (at 0), machine (at 4), first argument (16)."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 0, 1, 0x40000000),  # the numbers of the other calling convention
        (_RETURN, 0, 0, _ERROR | _EPERM),
        (_EQUAL, 0, 1, clone3),  # its flags cannot be looked at: the C library falls back to clone
        (_RETURN, 0, 0, _ERROR | _ENOSYS),
    ]
    for number in refused:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERROR | _EPERM)]
    return [
        *steps,
        (_EQUAL, 0, 4, limits_of),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _ERROR | _EPERM),
        (_RETURN, 0, 0, _ALLOW),
        (_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, 16),
        (_ANY_BIT, 1, 0, _THREAD),
        (_RETURN, 0, 0, _ERROR | _EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
