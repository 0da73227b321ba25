"""Keep a bundle made at the desk, sealed to the member who made it, and open it again for that member alone.

It is made in memory; what lies in the docket's folder is one sealed tar. So whoever copies the docket finds no word
of a case in it, and an erasure has one file to remove.

LIMIT: memory is written to the disk by a machine that swaps: encrypt the swap. If the desk is killed while it makes a
bundle, the clear folder stays in memory until the machine restarts.
"""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.bundle.check import check_bundle
from onrecord.bundle.gather import Request
from onrecord.bundle.make import make_bundle
from onrecord.bundle.report import Report
from onrecord.casework.docket import Docket
from onrecord.casework.record.kept_bundles import holds_erased, kept_bundle
from onrecord.errors import BadInput, Refused
from onrecord.ground.bounds import READ_BYTES
from onrecord.ground.files import create_file
from onrecord.ground.ids import BundleId
from onrecord.seal.close import seal_chunks
from onrecord.seal.open import NoKeyFits

# A file system that Linux keeps in memory; a bundle lies here in clear text while it is made and checked.
IN_MEMORY = Path("/dev/shm")  # noqa: S108  (a private folder is made in it)
SHOWN_ID = 6


class NoPrivateMemory(Refused):
    """This machine has no folder in memory, so a bundle would lie on its disk in clear text. None was made."""

    next_step = (
        "Ask your operator for /dev/shm, or for a bundle made with `onrecord bundle make` on an encrypted stick."
    )


class BundleNotKept(BadInput):
    """This bundle is not kept here: it was made elsewhere, restored from a backup, or removed by an erasure."""

    next_step = "Make it again from the page of its case."
    http_status = 404


class MadeByAnother(Refused):
    """This bundle is sealed to the member who made it, and that is not you."""

    next_step = "Ask that member, or make a bundle of your own; it is recorded under your name."


@dataclass(frozen=True, slots=True)
class KeptBundle:
    """A bundle that was made and kept, and what its own check said before it was sealed."""

    id: BundleId
    report: Report


def make_and_keep(docket: Docket, request: Request) -> KeptBundle:
    """Make a bundle in memory, check it and keep it sealed; raise NoPrivateMemory and whatever make_bundle raises."""
    if not IN_MEMORY.is_dir():
        raise NoPrivateMemory
    with TemporaryDirectory(prefix="onrecord-", dir=IN_MEMORY) as private:
        made = make_bundle(docket, request, Path(private) / "bundle")
        report = check_bundle(made.folder, None)
        sealed = seal_chunks(tar_of(made.folder, unpacked_name(made.id)), [docket.keyring.principal.recipient])
        create_file(kept_bundle(docket, made.id), sealed)
    if holds_erased(made.id):  # somebody erased a part of it while it was made
        kept_bundle(docket, made.id).unlink(missing_ok=True)
        raise BundleNotKept
    return KeptBundle(made.id, report)


def open_kept(docket: Docket, bundle: BundleId) -> tuple[int, Iterator[bytes]]:
    """Return the size and the bytes of a bundle's tar, after all of it was found whole; no half of one leaves."""
    path = kept_bundle(docket, bundle)
    if not path.is_file():
        raise BundleNotKept
    try:
        size_bytes = sum(len(chunk) for chunk in docket.keyring.open_for_me(_read(path)))
    except NoKeyFits:
        raise MadeByAnother from None
    return size_bytes, docket.keyring.open_for_me(_read(path))


def unpacked_name(bundle: BundleId) -> str:
    """Return the name of the folder that a bundle's tar unpacks to."""
    return f"bundle-{bundle[:SHOWN_ID]}"


def tar_of(folder: Path, name: str) -> Iterator[bytes]:
    """Yield a folder's files as a tar: the same files give the same bytes, and no time, owner or machine is in it."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        member = tarfile.TarInfo(f"{name}/{path.relative_to(folder).as_posix()}")
        member.size = path.stat().st_size
        yield member.tobuf(tarfile.PAX_FORMAT)
        yield from _read(path)
        yield bytes(-member.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(READ_BYTES), b"")
