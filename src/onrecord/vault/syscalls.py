"""Name the requests to the kernel that a task in the sandbox may never make.

A second wall behind the namespaces: a program that was taken over by a file cannot start another, speak to a socket,
make a namespace in which it would be root, take memory that no limit counts, or reach the parts of the kernel where
most ways out were found. The filter is written in the kernel's own form (seccomp BPF, linux/seccomp.h and
linux/filter.h), because no library for it can be installed without a compiler.

LIMIT: it forbids what is named and allows the rest; on processors other than x86-64 and arm64 there is no filter.
"""

import errno
import platform
import struct

# Numbers from the kernel's own tables (arch/x86/entry/syscalls/syscall_64.tbl; include/uapi/asm-generic/unistd.h).
_FORBIDDEN = {
    "x86_64": {
        "start a program or a thread": (56, 57, 58, 435),  # clone fork vfork clone3
        "speak": (41, 53),  # socket socketpair
        "change namespaces and mounts": (155, 165, 166, 272, 308, 428, 429, 430, 432, 442),
        "take memory that is not counted": (29, 64, 68, 319, 447),  # shmget semget msgget memfd_create memfd_secret
        "touch other programs": (101, 310, 311, 438),  # ptrace process_vm_readv process_vm_writev pidfd_getfd
        "reach rarely used parts": (135, 175, 246, 248, 249, 250, 298, 304, 313, 321, 323, 425),
    },
    "aarch64": {
        "start a program or a thread": (220, 435),
        "speak": (198, 199),
        "change namespaces and mounts": (41, 40, 39, 97, 268, 428, 429, 430, 432, 442),
        "take memory that is not counted": (194, 190, 186, 279, 447),
        "touch other programs": (117, 270, 271, 438),
        "reach rarely used parts": (92, 105, 104, 217, 218, 219, 241, 265, 273, 280, 282, 425),
    },
}
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE = 0, 4  # where the kernel puts them in what it shows to a filter
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_REFUSE = 0x00050000 | errno.EAGAIN  # as if a limit were reached: programs know how to live with that

# On x86-64 the same calls have second numbers from here on (the x32 form); nothing we run uses them.
_SECOND_NUMBERS = 0x40000000


def seccomp_filter(machine: str | None = None) -> bytes:
    """Return the filter for this processor; empty if there is none."""
    machine = machine or platform.machine()
    if machine not in _FORBIDDEN:
        return b""
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 1, 0, _ARCHITECTURE[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_AT_LEAST, 0, 1, _SECOND_NUMBERS),
        (_RETURN, 0, 0, _KILL),
    ]
    for numbers in _FORBIDDEN[machine].values():
        for number in numbers:
            steps += [(_IF_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in [*steps, (_RETURN, 0, 0, _ALLOW)])
