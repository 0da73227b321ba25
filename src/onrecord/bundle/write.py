"""Make a bundle, wholly or not at all.

Two steps, because the ledger must seal what it then proves. `prepare_bundle` writes the payload and tells the hash of
its list; the caller records that hash as `BundleMade`. `finish` adds the proofs, checks the whole bundle as its
receiver will, and only then gives the folder its name. Until then it is a hidden folder, removed on any failure.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.bundle.bag import DECLARATION, Bag, bundle_file_name, list_of
from onrecord.bundle.check import check_bundle
from onrecord.bundle.check_proof import OutsideKeys
from onrecord.bundle.content import BundleProof, Content
from onrecord.bundle.describe import CRATE_NAME, crate, read_me_first
from onrecord.bundle.proof import proof_files
from onrecord.bundle.redact import check_bases
from onrecord.bundle.report import Progress
from onrecord.bundle.tables import json_file, statement_files
from onrecord.errors import Damaged
from onrecord.ground.clock import Clock, day_of, utc_text
from onrecord.ground.files import TEMPORARY_PREFIX, FileAlreadyThere, flush_folder
from onrecord.ground.ids import ExhibitId

ReadExhibit = Callable[[ExhibitId], Iterator[bytes]]

TAG_FILES = "data/manifest/tag-files.txt"
_VERIFIERS = ("verify.py", "verify.sh", "verify_entries.py")
_FIXED = ("READ-ME-FIRST.html", "bag-info.txt", "bagit.txt", *_VERIFIERS)


class ExhibitChanged(Damaged):
    """An exhibit is no longer what was received, so no bundle was made."""

    next_step = "Stop writing, keep every file as it is, and run `onrecord ledger audit`."


class BundleNotWhole(Damaged):
    """The bundle did not pass its own check, so it was thrown away."""

    next_step = "Run `onrecord ledger audit`, then make the bundle again."


class PreparedBundle:
    """A bundle whose payload is written and whose proof is not. Use it in a `with` block: what is unfinished goes."""

    def __init__(self, bag: Bag, content: Content, target: Path, done: "_Done") -> None:
        """Take over a hidden folder; see prepare_bundle."""
        self.manifest_sha256 = bag.close_payload().sha256
        self._bag = bag
        self._content = content
        self._target = target
        self._done = done

    def finish(self, proof: BundleProof) -> Path:
        """Add the proofs, check everything and return the bundle's folder; raise BundleNotWhole if a check fails."""
        for name, data in proof_files(self._content, proof):
            self._bag.add(name, [data])
        self._bag.close()
        report = check_bundle(self._bag.folder, OutsideKeys(proof.root_key), progress=self._done.checked)
        if not report.is_whole:
            raise BundleNotWhole
        _flush(self._bag.folder)
        if self._target.exists():
            raise FileAlreadyThere
        self._bag.folder.rename(self._target)
        flush_folder(self._target.parent)
        return self._target

    def discard(self) -> None:
        """Remove what was written, unless the bundle is finished."""
        shutil.rmtree(self._bag.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.discard()


def prepare_bundle(
    content: Content, read_exhibit: ReadExhibit, target: Path, clock: Clock, *, progress: Progress | None = None
) -> PreparedBundle:
    """Write everything but the proof, beside where the bundle will stand; raise FileAlreadyThere, ExhibitChanged."""
    check_bases(content)
    if target.exists():
        raise FileAlreadyThere
    done = _Done(progress, sum(exhibit.size_bytes for exhibit in content.exhibits))
    folder = target.parent / f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}"
    try:
        folder.mkdir(parents=True, mode=0o700)
        bag = Bag(folder)
        media_types = _add_exhibits(bag, content, lambda exhibit: done.written(read_exhibit(exhibit)))
        for name, data in statement_files(content):
            bag.add(name, [data])
        about = crate(content, bag.payload(), published=utc_text(clock.now()), media_types=media_types)
        bag.add(CRATE_NAME, [json_file(about)])
        _add_fixed(bag, content, clock)
        return PreparedBundle(bag, content, target, done)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


class _Done:
    """Tell how many bytes of exhibits are written and checked, of all that are to be: each is read twice."""

    def __init__(self, progress: Progress | None, size_bytes: int) -> None:
        self._tell = progress or (lambda *_: None)
        self._size_bytes = size_bytes
        self._written = 0

    def written(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            yield chunk
            self._written += len(chunk)
            self._tell(self._written, 2 * self._size_bytes)

    def checked(self, done: int, total: int) -> None:
        self._tell(self._size_bytes + self._size_bytes * done // max(total, 1), 2 * self._size_bytes)


def _add_exhibits(bag: Bag, content: Content, read_exhibit: ReadExhibit) -> dict[str, str]:
    media_types = {}
    for exhibit in content.exhibits:
        kind = "derived" if exhibit.made_from else "original"
        name = f"data/exhibits/{exhibit.id}/{kind}/{bundle_file_name(exhibit.file_name)}"
        written = bag.add(name, read_exhibit(exhibit.id))
        if (written.sha256, written.size_bytes) != (exhibit.sha256, exhibit.size_bytes):
            raise ExhibitChanged
        media_types[name] = exhibit.media_type
    return media_types


def _add_fixed(bag: Bag, content: Content, clock: Clock) -> None:
    """Write the files beside the payload, and seal their hashes into the payload: nobody swaps READ-ME-FIRST unseen."""
    ours = files("onrecord.bundle.carried")
    bag.add("bagit.txt", [DECLARATION])
    bag.add("READ-ME-FIRST.html", [read_me_first(content, clock)])
    for name in _VERIFIERS:
        bag.add(name, [ours.joinpath(name).read_bytes()])
    # The size of the list is known before its hashes are: one line of 67 bytes and the name for each file.
    size = sum(67 + len(name) for name in _FIXED)
    bag.add("bag-info.txt", [_bag_info(content, clock, bag.payload_oxum({TAG_FILES: size}))])
    bag.add(TAG_FILES, [list_of({name: bag.files[name] for name in _FIXED})])


def _bag_info(content: Content, clock: Clock, oxum: str) -> bytes:
    lines = {
        "Bagging-Date": day_of(clock.now()).isoformat(),
        "Bag-Software-Agent": "Onrecord",
        "External-Identifier": content.bundle,
        "Payload-Oxum": oxum,
    }
    return "".join(f"{label}: {value}\n" for label, value in lines.items()).encode()


def _flush(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            flush_folder(path)
    flush_folder(folder)
