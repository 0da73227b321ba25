"""Check a bundle as its receiver would: the same twelve checks as verify.sh, in the same order, with the same words.

Whatever is found wrong is said and makes the bundle not whole. Nothing is changed, nothing is sent. What the bundle
says of itself is believed only as far as a signature carries it.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.bundle.bag import PAYLOAD, PAYLOAD_MANIFEST, TAG_MANIFEST
from onrecord.bundle.check_proof import OutsideKeys, check_proof
from onrecord.bundle.report import CheckStopped, Progress, Report
from onrecord.bundle.tables import BASES, ENTRIES, KEYSETS, LEFT_OUT
from onrecord.ground.bounds import READ_BYTES
from onrecord.ledger.entry import SALT_BYTES

# Written the same in verify.sh and verify.py: where each file of a bundle may lie.
_NUMBER = r"(0|[1-9][0-9]{0,14})"
_KNOWN = re.compile(
    r"(bagit|bag-info|manifest-sha256|tagmanifest-sha256)\.txt|READ-ME-FIRST\.html|verify\.sh|verify(_entries)?\.py"
    r"|data/ro-crate-metadata\.json|data/manifest/((basis|entries|keysets|left-out)\.csv|tag-files\.txt)"
    r"|data/case/(case\.json|(acts|claims|custody|exhibits|people|sources|timeline)\.csv)|proof/checkpoint"
    r"|data/exhibits/[0-9a-f]+/(original|derived)/[^/]+|proof/keys/(root|log|actor-[0-9a-f]+)\.pem"
    rf"|proof/openings/{_NUMBER}\.(envelope|salt|path)|proof/keysets/{_NUMBER}\.(keyset|path)"
    rf"|proof/checkpoints/{_NUMBER}\.(checkpoint|consistency)"
)
_TAG_FILES = "data/manifest/tag-files.txt"
_REQUIRED = (
    "bagit.txt",
    "bag-info.txt",
    PAYLOAD_MANIFEST,
    TAG_MANIFEST,
    "READ-ME-FIRST.html",
    "verify.sh",
    "verify.py",
    "verify_entries.py",
    "proof/checkpoint",
    "proof/keys/root.pem",
    BASES,
    ENTRIES,
    KEYSETS,
    LEFT_OUT,
    _TAG_FILES,
)
_TOGETHER = {
    "proof/openings/": ("envelope", "salt", "path"),
    "proof/keysets/": ("keyset", "path"),
    "proof/checkpoints/": ("checkpoint", "consistency"),
}
_SAFE_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)")
# What reading an entry whose signer did not write it as its kind is written can raise.
_MALFORMED = (AttributeError, KeyError, TypeError, ValueError)
_LARGEST_PROOF_BYTES = 1024 * 1024


def check_bundle(folder: Path, outside: OutsideKeys | None = None, *, progress: Progress | None = None) -> Report:
    """Check a bundle with keys learned by another way, or else with its own, which proves little and is said.

    `progress` is told how many bytes of all files are hashed; all other checks together are short.
    """
    report = Report(own_keys=outside is None)
    try:
        files = _check_shape(folder, report)
        sums = _sums(folder, files, progress)
        _check_manifests(folder, sums, report)
        check_proof(folder, sums, outside, report)
    except CheckStopped:
        pass  # the finding that stopped the check is in the report
    except _MALFORMED:
        report.conclude("form", ["something in the bundle is not written as a bundle is written"], "")
    return report


def _check_shape(folder: Path, report: Report) -> list[str]:
    """Return the names of all files; stop before anything is read if a single one is not what it should be."""
    names = []
    for entry, name in _walk(folder, ""):
        if not _SAFE_NAME.fullmatch(entry.name):
            raise report.stop("shape", "a file name holds a character that no bundle uses")
        if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
            raise report.stop("shape", f"neither a file nor a folder (a link?): {name}")
        if entry.is_dir(follow_symlinks=False):
            if not any(os.scandir(entry.path)):
                raise report.stop("shape", f"an empty folder: {name}")
        else:
            names.append(name)
            size_bytes = entry.stat(follow_symlinks=False).st_size
            is_wrong_salt = name.endswith(".salt") and size_bytes != SALT_BYTES
            if name.startswith("proof/") and (size_bytes > _LARGEST_PROOF_BYTES or is_wrong_salt):
                raise report.stop("shape", f"not the size of a proof: {name}")
    wrong = list(_misplaced(names))
    report.conclude("shape", wrong, f"{len(names)} files, each where it belongs")
    if wrong:
        raise CheckStopped
    return names


def _walk(folder: Path, prefix: str) -> Iterator[tuple["os.DirEntry[str]", str]]:
    with os.scandir(folder / prefix) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = f"{prefix}{entry.name}"
        yield entry, name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder, f"{name}/")


def _misplaced(names: list[str]) -> Iterator[str]:
    there = set(names)
    yield from (f"added file: {name}" for name in names if not _KNOWN.fullmatch(name))
    yield from (f"removed file: {name}" for name in _REQUIRED if name not in there)
    for folder, endings in _TOGETHER.items():
        stems = {name.partition(".")[0] for name in names if name.startswith(folder)}
        wanted = {f"{stem}.{ending}" for stem in stems for ending in endings}
        yield from (f"removed file: {name}" for name in wanted - there)
    if not any(name.startswith("proof/openings/") for name in names):
        yield "the bundle holds none: openings"
    if not any(name.startswith("proof/keysets/") for name in names):
        yield "the bundle holds none: keysets"


def _check_manifests(folder: Path, sums: Mapping[str, str], report: Report) -> None:
    payload = {name: one for name, one in sums.items() if name.startswith(PAYLOAD)}
    beside = {name: one for name, one in sums.items() if name not in payload and name != TAG_MANIFEST}
    report.conclude(
        "tag-manifest", _differences(folder, TAG_MANIFEST, beside), "every file beside the payload is as listed"
    )
    fixed = {name: one for name, one in beside.items() if "/" not in name and name != PAYLOAD_MANIFEST}
    wrong = [*_differences(folder, PAYLOAD_MANIFEST, payload), *_differences(folder, _TAG_FILES, fixed)]
    says = f"{len(payload)} files are as listed, none added, none removed"
    report.conclude("payload-manifest", wrong, says)


def _differences(folder: Path, manifest: str, found: Mapping[str, str]) -> Iterator[str]:
    listed: dict[str, str] = {}
    for line in (folder / manifest).read_bytes().decode("ascii", errors="replace").splitlines():
        match = _LINE.fullmatch(line)
        if not match:
            yield f"the list {manifest.rpartition('/')[2]} has a line that cannot be read"
            return
        if match[2] in listed:
            yield f"listed twice: {match[2]}"
        listed[match[2]] = match[1]
    yield from (f"added file: {name}" for name in found.keys() - listed.keys())
    yield from (f"removed file: {name}" for name in listed.keys() - found.keys())
    yield from (f"changed file: {name}" for name in listed.keys() & found.keys() if listed[name] != found[name])


def _sums(folder: Path, names: list[str], progress: Progress | None) -> dict[str, str]:
    total = sum((folder / name).stat().st_size for name in names)
    done, sums = 0, {}
    for name in names:
        sum_ = hashlib.sha256()
        with (folder / name).open("rb", buffering=0) as file:
            while chunk := file.read(READ_BYTES):
                sum_.update(chunk)
                done += len(chunk)
                if progress:
                    progress(done, total)
        sums[name] = sum_.hexdigest()
    return sums
