"""What may the process that reads one file do? Read, think and answer; nothing else.

Limits on memory, time and files hold everywhere. On Linux a seccomp filter also refuses new processes,
other programs, the network, signals and every change to files, for root as for anyone else.
"""

import ctypes
import os
import resource
import struct
import sys

from corpus.config import ExtractConfig

OPEN_FILES = 64
MEGABYTE = 2**20

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_REFUSE = 0x00050001  # the call returns EPERM
_LOAD, _JUMP_EQUAL, _JUMP_GREATER_EQUAL, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _SECOND_ARGUMENT, _THIRD_ARGUMENT = 0, 4, 24, 32
_FOREIGN_CALLS = 0x40000000  # x32 calls on x86-64
_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_COLUMN = {"x86_64": 0, "aarch64": 1}
# Numbers in the kernel's own tables, x86-64 then ARM; a call that ARM does not have is None there.
_REFUSED: dict[str, tuple[int, int | None]] = {
    "clone": (56, 220),
    "fork": (57, None),
    "vfork": (58, None),
    "clone3": (435, 435),
    "execve": (59, 221),
    "execveat": (322, 281),
    "kill": (62, 129),
    "pidfd_send_signal": (424, 424),
    "ptrace": (101, 117),
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "openat2": (437, 437),
    "creat": (85, None),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rmdir": (84, None),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "truncate": (76, 45),
    "ftruncate": (77, 46),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
}
# open and openat may only read: (call, where its flags stand)
_OPENING = {"x86_64": ((2, _SECOND_ARGUMENT), (257, _THIRD_ARGUMENT)), "aarch64": ((56, _THIRD_ARGUMENT),)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def confine(config: ExtractConfig) -> None:
    """Put this process under the limits of `config`, for good."""
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, config.memory_mb * MEGABYTE),
    ):
        resource.setrlimit(limit, (value, value))
    resource.setrlimit(resource.RLIMIT_CPU, (config.cpu_seconds, config.cpu_seconds + 1))
    machine = os.uname().machine
    if sys.platform == "linux" and machine in _AUDIT:
        _refuse_calls(filter_program(machine))


def _refuse_calls(code: bytes) -> None:
    program = _Program(len(code) // struct.calcsize("=HBBI"), code)
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


def filter_program(machine: str) -> bytes:
    """The seccomp filter for `x86_64` or `aarch64`: struct sock_filter after struct sock_filter."""
    code = [(_LOAD, 0, 0, _ARCHITECTURE), (_JUMP_EQUAL, 1, 0, _AUDIT[machine]), (_RETURN, 0, 0, _KILL)]
    code += [(_LOAD, 0, 0, _NUMBER), (_JUMP_GREATER_EQUAL, 0, 1, _FOREIGN_CALLS), (_RETURN, 0, 0, _KILL)]
    for numbers in _REFUSED.values():
        number = numbers[_COLUMN[machine]]
        if number is not None:
            code += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    for number, flags in _OPENING[machine]:
        code += [(_JUMP_EQUAL, 0, 4, number), (_LOAD, 0, 0, flags)]
        code += [(_JUMP_ANY_BIT, 0, 1, _CHANGES), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, _NUMBER)]
    code.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
