"""A task that tries every way out and tells what worked; its input names what it must not reach."""

import contextlib
import ctypes
import json
import mmap
import os
import socket
from pathlib import Path

escapes: list[str] = []


def work(data, marker):
    asked = json.loads(data)
    descriptors = [number for number in range(64) if is_open(number)]
    look(asked["places"])
    reach(asked["port"], asked["abstract"])
    write()
    rise()
    seen = {
        "escapes": escapes,
        "user": os.getresuid()[0],
        "groups": os.getgroups(),
        "environment": sorted(set(os.environ) - {"PWD", "LC_CTYPE", "LD_LIBRARY_PATH"}),
        "descriptors": descriptors,
    }
    return json.dumps(seen).encode(), {}


def look(places):
    for place in map(Path, places):
        with attempt(f"read {place}"):
            os.listdir(place) if place.is_dir() else place.read_bytes()


def reach(port, abstract):
    for address in (("127.0.0.1", port), ("8.8.8.8", 53)):
        with attempt(f"reach {address}"):
            socket.create_connection(address, timeout=1)
    with attempt("reach an abstract socket"):
        socket.socket(socket.AF_UNIX).connect("\0" + abstract)
    with attempt("open a raw socket"):
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)


def write():
    for place in ("/", "/dev", "/dev/shm", "/tmp", "/usr", "/start", "/tasks", "/packages", "/python"):
        with attempt(f"write in {place}"):
            Path(place, "planted").write_bytes(b"x")
    with attempt("write in memory files"):
        os.write(os.memfd_create("hoard"), b"x")
    with attempt("change the input"):
        os.pwrite(0, b"x", 0)


def rise():
    with attempt("start a process"):
        os.fork()
    with attempt("become root"):
        os.setuid(0)
    for user in {1, 1000, os.getuid() + 1} - {os.getuid()}:
        with attempt("become another user"):
            os.setuid(user)
    with attempt("take two gigabytes"):
        mmap.mmap(-1, 2 * 1024**3)
    kernel = ctypes.CDLL(None)
    for what, call in {
        "mount": lambda: kernel.mount(b"none", b"/dev", b"tmpfs", 0, None),
        "change the root": lambda: kernel.chroot(b"/usr"),
        "change the host's name": lambda: kernel.sethostname(b"x", 1),
        "become root in a namespace": lambda: kernel.unshare(0x10000000),
        "take memory that nobody counts": lambda: min(0, kernel.shmget(0, 2**30, 0o1600)),
        "watch another program": lambda: kernel.ptrace(0, 0, 0, 0),
    }.items():
        with attempt(what):
            if call() != 0:
                raise OSError


@contextlib.contextmanager
def attempt(what):
    try:
        yield
    except (OSError, MemoryError):
        return
    escapes.append(what)


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
