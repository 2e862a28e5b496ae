import os
import struct
import sys

import pytest

from corpus.config import ExtractConfig
from indexer.extract import confine

FORMAT = "=HBBI"


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_jump_of_the_filter_lands_inside_it(machine: str) -> None:
    code = confine.filter_program(machine)
    program = [struct.unpack_from(FORMAT, code, at) for at in range(0, len(code), struct.calcsize(FORMAT))]
    for index, (operation, if_true, if_false, _) in enumerate(program):
        if operation & 0x07 == 0x05:
            assert index + 1 + max(if_true, if_false) < len(program)
    assert program[-1][0] == 0x06


@pytest.mark.parametrize(
    ("machine", "call", "allowed"),
    [
        ("x86_64", 0, True),  # read
        ("x86_64", 1, True),  # write
        ("x86_64", 9, True),  # mmap
        ("x86_64", 57, False),  # fork
        ("x86_64", 41, False),  # socket
        ("x86_64", 59, False),  # execve
        ("x86_64", 87, False),  # unlink
        ("aarch64", 63, True),  # read
        ("aarch64", 220, False),  # clone
        ("aarch64", 198, False),  # socket
    ],
)
def test_calls_refused(machine: str, call: int, allowed: bool) -> None:
    assert _verdict(machine, call, ()) == (0x7FFF0000 if allowed else 0x00050001)


@pytest.mark.parametrize(
    ("machine", "call", "at", "flags", "allowed"),
    [
        ("x86_64", 257, 2, os.O_RDONLY | os.O_CLOEXEC, True),
        ("x86_64", 257, 2, os.O_WRONLY, False),
        ("x86_64", 257, 2, os.O_RDWR | os.O_CREAT, False),
        ("x86_64", 2, 1, os.O_RDONLY, True),
        ("x86_64", 2, 1, os.O_RDONLY | os.O_TRUNC, False),
        ("aarch64", 56, 2, os.O_WRONLY, False),
    ],
)
def test_files_are_opened_to_read_only(machine: str, call: int, at: int, flags: int, allowed: bool) -> None:
    arguments = tuple(flags if index == at else 0 for index in range(3))
    assert _verdict(machine, call, arguments) == (0x7FFF0000 if allowed else 0x00050001)


def test_other_architectures_end_the_process() -> None:
    assert _verdict("x86_64", 0, (), architecture=0x40000003) == 0x80000000
    assert _verdict("x86_64", 0x40000000, ()) == 0x80000000


def _verdict(machine: str, call: int, arguments: tuple[int, ...], architecture: int | None = None) -> int:
    """Run the filter as the kernel would."""
    code = confine.filter_program(machine)
    program = [struct.unpack_from(FORMAT, code, at) for at in range(0, len(code), struct.calcsize(FORMAT))]
    audit = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[machine]
    padded = (*arguments, *(0,) * (6 - len(arguments)))
    data = struct.pack("=IIQ6Q", call, audit if architecture is None else architecture, 0, *padded)
    accumulator, at = 0, 0
    while True:
        operation, if_true, if_false, value = program[at]
        at += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif operation == 0x06:
            return int(value)
        else:
            met = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}[operation]
            at += if_true if met else if_false


def test_limits_are_set_in_a_process_of_its_own() -> None:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        confine.confine(ExtractConfig(memory_mb=700, cpu_seconds=7))
        import resource

        names = ("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_AS", "RLIMIT_CPU")
        os.write(write, repr([resource.getrlimit(getattr(resource, name))[0] for name in names]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as limits:
        assert limits.read() == repr([0, 0, 700 * 2**20, 7])
    os.waitpid(child, 0)


@pytest.mark.parametrize("platform", ["darwin", "linux"])
def test_where_there_is_no_filter_the_limits_still_hold(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_limits: list[int] = []
    refused: list[bytes] = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(confine.resource, "setrlimit", lambda limit, value: set_limits.append(limit))
    monkeypatch.setattr(confine, "_refuse_calls", refused.append)
    monkeypatch.setattr(confine.os, "uname", lambda: os.uname_result(("", "", "", "", "x86_64")))
    confine.confine(ExtractConfig())
    assert len(set_limits) == 6
    assert len(refused) == (platform == "linux")
