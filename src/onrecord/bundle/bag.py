"""Write a BagIt 1.0 folder (RFC 8493): payload in data/, lists of hashes beside it.

Every file is hashed while it is written, so the lists say what was written and not what was found later. Only SHA-256:
every court has a tool for it. File names are ASCII letters, digits, dot, hyphen and underscore, which no shell, archive
program or court system misreads; the name as received stands, letter by letter, in exhibit.json and the signed entry.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.ground.files import create_file
from onrecord.ground.text import safe_file_name

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD_MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
PAYLOAD = "data/"

_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_EXTENSION = re.compile(r"[A-Za-z0-9]{1,10}")
_LONGEST_STEM = 80


@dataclass(frozen=True, slots=True)
class Written:
    """What was written under one name."""

    sha256: str
    size_bytes: int


class Bag:
    """A bag being written."""

    def __init__(self, folder: Path) -> None:
        """Begin in an empty folder that nobody else uses."""
        self.folder = folder
        self.files: dict[str, Written] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> Written:
        """Write one file and remember its hash and size."""
        for parent in reversed(Path(name).parents):
            (self.folder / parent).mkdir(exist_ok=True, mode=0o700)
        meter = _Meter()
        create_file(self.folder / name, meter.watch(chunks))
        self.files[name] = written = Written(meter.sum.hexdigest(), meter.size_bytes)
        return written

    def payload_oxum(self, more: Mapping[str, int]) -> str:
        """Return `octets.streams` of the payload, counting files whose sizes are known before they are written."""
        sizes = [file.size_bytes for name, file in self.files.items() if name.startswith(PAYLOAD)]
        return f"{sum(sizes) + sum(more.values())}.{len(sizes) + len(more)}"

    def close_payload(self) -> Written:
        """Write the list of the payload; nothing may be added to data/ afterwards."""
        return self.add(PAYLOAD_MANIFEST, [list_of(self.payload())])

    def close(self) -> None:
        """Write the list of everything else; the bag is then complete."""
        self.add(TAG_MANIFEST, [list_of({name: sums for name, sums in self.files.items() if not _is_payload(name)})])

    def payload(self) -> dict[str, Written]:
        """Return what lies in data/."""
        return {name: written for name, written in self.files.items() if _is_payload(name)}


def bundle_file_name(received: str) -> str:
    """Return the name under which a received file lies in a bundle."""
    name = safe_file_name(received)
    stem, dot, extension = name.rpartition(".")
    if not dot or not _EXTENSION.fullmatch(extension):
        stem, extension = name, ""
    stem = _ODD.sub("_", stem).strip("._-")[:_LONGEST_STEM] or "exhibit"
    return f"{stem}.{extension.lower()}" if extension else stem


def list_of(files: Mapping[str, Written]) -> bytes:
    """Return a list of hashes as BagIt writes it, in the order of the names."""
    return b"".join(f"{files[name].sha256}  {name}\n".encode() for name in sorted(files))


def _is_payload(name: str) -> bool:
    return name.startswith(PAYLOAD)


class _Meter:
    """Hash and measure what passes by."""

    def __init__(self) -> None:
        self.sum = hashlib.sha256()
        self.size_bytes = 0

    def watch(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.sum.update(chunk)
            self.size_bytes += len(chunk)
            yield chunk
