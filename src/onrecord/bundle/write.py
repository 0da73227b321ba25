"""Make a bundle, wholly or not at all.

Two steps, because the ledger must seal what it then proves. `prepare_bundle` writes the payload and tells the hash of
its list; the caller records that hash as `BundleMade`. `finish` adds the proofs, checks the whole bundle as its
receiver will, and only then gives the folder its name. Until then it is a hidden folder, removed on any failure.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.bundle.bag import DECLARATION, Bag, bundle_file_name, list_of
from onrecord.bundle.check import check_bundle
from onrecord.bundle.check_proof import OutsideKeys
from onrecord.bundle.content import BundleProof, Content, DerivedCopy, Exhibit
from onrecord.bundle.describe import CRATE_NAME, crate, read_me_first
from onrecord.bundle.proof import proof_files
from onrecord.bundle.redact import check_bases
from onrecord.bundle.tables import json_file, statement_files
from onrecord.errors import Damaged
from onrecord.ground.clock import Clock, day_of, utc_text
from onrecord.ground.files import TEMPORARY_PREFIX, FileAlreadyThere, flush_folder
from onrecord.ground.ids import ExhibitId

ReadExhibit = Callable[[ExhibitId], Iterator[bytes]]

TAG_FILES = "data/manifest/tag-files.txt"
_VERIFIERS = ("verify.py", "verify.sh")
_FIXED = ("READ-ME-FIRST.html", "bag-info.txt", "bagit.txt", *_VERIFIERS)


class ExhibitChanged(Damaged):
    """An exhibit is no longer what was received, so no bundle was made."""

    next_step = "Stop writing, keep every file as it is, and run `onrecord ledger audit`."


class BundleNotWhole(Damaged):
    """The bundle did not pass its own check, so it was thrown away."""

    next_step = "Run `onrecord ledger audit`, then make the bundle again."


class PreparedBundle:
    """A bundle whose payload is written and whose proof is not. Use it in a `with` block: what is unfinished goes."""

    def __init__(self, bag: Bag, content: Content, target: Path) -> None:
        """Take over a hidden folder; see prepare_bundle."""
        self.manifest_sha256 = bag.close_payload().sha256
        self._bag = bag
        self._content = content
        self._target = target

    def finish(self, proof: BundleProof) -> Path:
        """Add the proofs, check everything and return the bundle's folder; raise BundleNotWhole if a check fails."""
        for name, data in proof_files(self._content, proof):
            self._bag.add(name, [data])
        self._bag.close()
        if not check_bundle(self._bag.folder, OutsideKeys(proof.root_key)).is_whole:
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


def prepare_bundle(content: Content, read_exhibit: ReadExhibit, target: Path, clock: Clock) -> PreparedBundle:
    """Write everything but the proof, beside where the bundle will stand; raise FileAlreadyThere, ExhibitChanged."""
    check_bases(content)
    if target.exists():
        raise FileAlreadyThere
    folder = target.parent / f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        bag = Bag(folder)
        media_types = _add_exhibits(bag, content, read_exhibit)
        for name, data in statement_files(content):
            bag.add(name, [data])
        about = crate(content, bag.payload(), published=utc_text(clock.now()), media_types=media_types)
        bag.add(CRATE_NAME, [json_file(about)])
        _add_fixed(bag, content, clock)
        return PreparedBundle(bag, content, target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _add_exhibits(bag: Bag, content: Content, read_exhibit: ReadExhibit) -> dict[str, str]:
    media_types = {}
    for exhibit in content.exhibits:
        folder = f"data/exhibits/{exhibit.id}"
        name = f"{folder}/original/{bundle_file_name(exhibit.file_name)}"
        _add_copy(bag, name, exhibit, read_exhibit)
        media_types[name] = exhibit.media_type
        for copy in exhibit.derived:
            name = f"{folder}/derived/{copy.id}-{bundle_file_name(copy.file_name)}"
            _add_copy(bag, name, copy, read_exhibit)
            media_types[name] = copy.media_type
        bag.add(f"{folder}/exhibit.json", [json_file(asdict(exhibit))])
    return media_types


def _add_copy(bag: Bag, name: str, expected: Exhibit | DerivedCopy, read_exhibit: ReadExhibit) -> None:
    written = bag.add(name, read_exhibit(expected.id))
    if (written.sha256, written.size_bytes) != (expected.sha256, expected.size_bytes):
        raise ExhibitChanged


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
