"""The filter refuses what it names, kills what speaks another processor's language, and allows the rest."""

import struct

import pytest

from onrecord.vault.syscalls import seccomp_filter

X86, ARM, X86_32 = 0xC000003E, 0xC00000B7, 0x40000003
ALLOWED, REFUSED, KILLED = 0x7FFF0000, 0x0005000B, 0x80000000


def judge(program: bytes, architecture: int, number: int) -> int:
    """Run a filter as the kernel would (classic BPF, only what our filters use)."""
    steps = list(struct.iter_unpack("HBBI", program))
    shown = {0: number, 4: architecture}
    place = accumulator = 0
    while True:
        code, if_true, if_false, value = steps[place]
        place += 1
        if code == 0x20:
            accumulator = shown[value]
        elif code == 0x06:
            return value
        else:
            holds = accumulator == value if code == 0x15 else accumulator >= value
            place += if_true if holds else if_false


@pytest.mark.parametrize(
    ("machine", "architecture", "unshare", "socket", "read"),
    [("x86_64", X86, 272, 41, 0), ("aarch64", ARM, 97, 198, 63)],
)
def test_what_is_named_is_refused_and_the_rest_is_allowed(machine, architecture, unshare, socket, read):
    program = seccomp_filter(machine)

    assert judge(program, architecture, unshare) == REFUSED
    assert judge(program, architecture, socket) == REFUSED
    assert judge(program, architecture, read) == ALLOWED


def test_the_second_numbers_and_the_old_32_bit_calls_are_killed():
    program = seccomp_filter("x86_64")

    assert judge(program, X86, 0x40000000 + 272) == KILLED
    assert judge(program, X86_32, 1) == KILLED


def test_a_processor_without_a_table_has_no_filter():
    assert seccomp_filter("riscv64") == b""
