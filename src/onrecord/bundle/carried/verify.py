#!/usr/bin/env python3
"""Check an Onrecord bundle with nothing but Python's standard library and the openssl command.

    python3 -I verify.py [KEYS [BUNDLE]]

The twelve checks of verify.sh, for bundles of many or large files; Python 3.11 or newer. The last three are those of
verify_entries.py, which must lie beside this file. KEYS is a folder with root.pem that reached you by another way than
the bundle; `-` or nothing means that the bundle's own keys are believed, which proves little. A forged bundle would
carry forged verifiers: run your own copies.
Exit codes: 0 whole, 1 a check could not be made, 2 wrong use, 4 damaged or forged. Nothing is changed or sent.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True  # nothing is added to the folder that is checked
sys.path.append(str(HERE))  # -I looks beside this file only when told, and here only for what Python does not have
import verify_entries  # type: ignore[import-not-found]  # noqa: E402

WARNING = """
WARNING: the keys were taken from the bundle itself. A forger could have made both. Ask the sender for root.pem by
another way (in person, by telephone, from a partner), then run: python3 -I verify.py FOLDER-WITH-ROOT.PEM\n"""
WHOLE = """
The bytes are those that were sealed, and every entry stands in the signed ledger. This does not say that what they
tell happened, nor who wrote it.\nWHOLE\n"""
NOT_WHOLE = "\nDo not use this bundle. Keep it as it is and ask the sender for a new one.\nNOT WHOLE: "
NUMBER = "(0|[1-9][0-9]{0,14})"
TOGETHER = {"openings": "envelope|salt|path", "keysets": "keyset|path", "checkpoints": "checkpoint|consistency"}
IN_PROOF = "|".join(rf"proof/{folder}/{NUMBER}\.({endings})" for folder, endings in TOGETHER.items())
KNOWN = re.compile(
    r"(bagit|bag-info|manifest-sha256|tagmanifest-sha256)\.txt|READ-ME-FIRST\.html|verify\.sh|verify(_entries)?\.py"
    r"|data/ro-crate-metadata\.json|data/manifest/((basis|entries|keysets|left-out)\.csv|tag-files\.txt)"
    r"|data/case/(case\.json|(acts|claims|custody|exhibits|people|sources|timeline)\.csv)|proof/checkpoint"
    rf"|data/exhibits/[0-9a-f]+/(original|derived)/[^/]+|proof/keys/(root|log|actor-[0-9a-f]+)\.pem|{IN_PROOF}"
)
NEEDED = """bag-info.txt manifest-sha256.txt tagmanifest-sha256.txt READ-ME-FIRST.html verify.sh verify.py
    verify_entries.py proof/checkpoint proof/keys/root.pem data/manifest/tag-files.txt data/manifest/basis.csv
    data/manifest/entries.csv data/manifest/keysets.csv data/manifest/left-out.csv"""
DER_BEFORE_KEY = bytes.fromhex("302a300506032b6570032100")  # RFC 8410
EVENT_NAMES = {"actor", "actor_seq", "at", "body", "id", "kind", "subject", "subject_seq", "v"}
# What reading a file that is not written as it should be can raise; each makes the bundle not whole.
MALFORMED = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


class Stopped(Exception):
    """Nothing further can be checked; the reason was said."""


class Bundle:
    """A bundle being checked."""

    def __init__(self, folder: Path, keys: Path | None, scratch: str) -> None:
        """Look at a folder; `keys` came by another way, `scratch` is an empty folder for openssl's input."""
        self.folder, self.keys, self.scratch, self.first = folder, keys, scratch, ""

    def check(self) -> None:
        """Make all checks and say what each found."""
        try:
            sums = self._manifests(self._shape())
            docket, log_keys, actors, services = self._keysets()
            size, root = self._checkpoint(docket, log_keys)
            events = self._signatures(actors, services)
            self._places(size, root)
            self._earlier(docket, log_keys, size, root)
            seal = self._seal(events, sums)
            self._entries(events, seal, sums)
        except Stopped:
            pass
        except MALFORMED:
            self._conclude("form", ["something in the bundle is not written as a bundle is written"])

    def _conclude(self, check: str, wrong: list[str], says: str = "", *, go_on: bool = True) -> None:
        """Say what a check found: what holds, or the first twenty things that do not, and then perhaps stop."""
        lines = sorted(set(wrong))
        for line in lines[:20]:
            sys.stdout.write(f"NOT OK  {check:<17} {line}\n")
            self.first = self.first or f"{check}: {line}"
        if not lines:
            sys.stdout.write(f"ok      {check:<17} {says}\n")
        elif not go_on:
            raise Stopped

    def _stop(self, check: str, line: str) -> NoReturn:
        self._conclude(check, [line], go_on=False)
        raise Stopped

    def _read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def _sum(self, name: str) -> str:
        with (self.folder / name).open("rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _numbers(self, folder: str) -> list[int]:
        return sorted({int(path.stem) for path in (self.folder / "proof" / folder).glob("*.*")})

    def _walk(self) -> Iterator[str]:
        """Yield the name of every file; stop before anything is read if one thing is not what it should be."""
        for folder, folders, files in os.walk(self.folder):  # does not follow links
            for path in (Path(folder, name) for name in folders + files):
                name = path.relative_to(self.folder).as_posix()
                if not re.fullmatch(r"[A-Za-z0-9._-]+", path.name):
                    self._stop("shape", "a file name holds a character that no bundle uses")
                if path.is_symlink() or not (path.is_file() or path.is_dir()):
                    self._stop("shape", f"neither a file nor a folder (a link?): {name}")
                size = path.stat().st_size
                if name.startswith("proof/") and (size > 1 << 20 or (path.suffix == ".salt" and size != 32)):
                    self._stop("shape", f"not the size of a proof: {name}")
                if path.is_file():
                    yield name
            if not folders + files:
                self._stop("shape", f"an empty folder: {Path(folder).relative_to(self.folder)}")

    def _shape(self) -> list[str]:
        names = list(self._walk())
        wrong = [f"added file: {name}" for name in names if not KNOWN.fullmatch(name)]
        need = set(NEEDED.split())
        for folder, endings in TOGETHER.items():
            stems = {name.partition(".")[0] for name in names if name.startswith(f"proof/{folder}/")}
            need |= {f"{stem}.{ending}" for stem in stems for ending in endings.split("|")}
            wrong += [f"the bundle holds none: {folder}"] * (not stems and folder != "checkpoints")
        wrong += [f"removed file: {name}" for name in need - set(names)]
        self._conclude("shape", wrong, f"{len(names)} files, each where it belongs", go_on=False)
        return names

    def _manifests(self, names: list[str]) -> dict[str, str]:
        with ThreadPoolExecutor() as pool:  # hashing lets go of the interpreter's lock, so cores add up
            sums = dict(zip(names, pool.map(self._sum, names), strict=True))
        beside = {name: one for name, one in sums.items() if not name.startswith("data/")}
        payload = {name: one for name, one in sums.items() if name not in beside}
        beside.pop("tagmanifest-sha256.txt")
        wrong = self._differences("tagmanifest-sha256.txt", beside)
        self._conclude("tag-manifest", wrong, "every file beside the payload is as listed")
        beside.pop("manifest-sha256.txt")
        fixed = {name: one for name, one in beside.items() if not name.startswith("proof/")}
        wrong = self._differences("manifest-sha256.txt", payload)
        wrong += self._differences("data/manifest/tag-files.txt", fixed)
        self._conclude("payload-manifest", wrong, f"{len(payload)} files are as listed, none added, none removed")
        return sums

    def _differences(self, manifest: str, found: dict[str, str]) -> list[str]:
        listed, wrong = dict[str, str](), list[str]()
        for line in self._read(manifest).decode("ascii", "replace").splitlines():
            match = re.fullmatch(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)", line)
            if not match:
                return [f"the list {Path(manifest).name} has a line that cannot be read"]
            wrong += [f"listed twice: {match[2]}"] * (match[2] in listed)
            listed[match[2]] = match[1]
        wrong += [f"added file: {name}" for name in found.keys() - listed.keys()]
        wrong += [f"removed file: {name}" for name in listed.keys() - found.keys()]
        return wrong + [f"changed file: {name}" for name in found.keys() & listed if found[name] != listed[name]]

    def _is_signed(self, raw_key: bytes, message: bytes, signature: bytes) -> bool:
        """Ask openssl whether a signature is that of an Ed25519 key."""
        with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
            for name, data in (("key", DER_BEFORE_KEY + raw_key), ("message", message), ("signature", signature)):
                Path(folder, name).write_bytes(data)
            command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in message -sigfile signature"
            return subprocess.run(command.split(), cwd=folder, capture_output=True, check=False).returncode == 0

    def _keysets(self) -> tuple[str, set[bytes], dict[str, bytes], set[str]]:
        own = self._key_files(self.folder / "proof/keys")
        outside = self._key_files(self.keys) if self.keys else own
        root, keysets = outside["root.pem"], []
        for index in self._numbers("keysets"):
            file = parse_canonical(data := self._read(f"proof/keysets/{index}.keyset"))
            # The signature stands last and has one length: what was signed lies between two fixed texts.
            message = b"onrecord-keyset/v1\n" + data[len('{"keyset":') : -len(',"signature":""}') - 88]
            if len(file) != 2 or not self._is_signed(root, message, unbase64(file["signature"], 64)):
                self._stop("keysets", f"keyset {index} is not signed by the root key")
            keysets.append(file["keyset"])
        numbers = [keyset["number"] for keyset in keysets]
        if numbers != list(range(1, len(numbers) + 1)):
            self._stop("keysets", "a keyset is missing: they are not numbered from 1 without a gap")
        listed = ["index,number", *(f"{index},{i + 1}" for i, index in enumerate(self._numbers("keysets")))]
        if self._read("data/manifest/keysets.csv").decode("ascii", "replace") != "\n".join([*listed, ""]):
            self._stop("keysets", "a keyset is missing or added: they are not those that were listed")
        signers = {(one["id"], one["verify_key"], one["role"]) for keyset in keysets for one in keyset["signers"]}
        actors, dockets = {one[0]: unbase64(one[1], 32) for one in signers}, {keyset["docket"] for keyset in keysets}
        if len(dockets) != 1 or len(actors) != len(signers):
            self._stop("keysets", "the keysets name two dockets, or two keys or roles for one signer")
        if own["root.pem"] != root or any(unbase64(keyset["root_key"], 32) != root for keyset in keysets):
            self._stop("keysets", "the root key in the bundle is another: root.pem")
        log_keys = {unbase64(keyset["log_key"], 32) for keyset in keysets}
        for name in {"log.pem", *(f"actor-{name}.pem" for name in actors)} - own.keys():
            self._stop("keysets", f"removed file: proof/keys/{name}")
        for name, key in [*own.items(), *outside.items()]:
            known = {root} if name == "root.pem" else log_keys if name == "log.pem" else {actors.get(name[6:-4])}
            if key not in known:
                self._stop("keysets", f"in no keyset: {name}")
        self._conclude("keysets", [], f"signed by the root key: {len(keysets)}, docket {min(dockets)}")
        return min(dockets), log_keys, actors, {name for name, _, role in signers if role != "member"}

    def _key_files(self, folder: Path) -> dict[str, bytes]:
        keys = {}
        for path in (path for path in sorted(folder.glob("*.pem")) if KNOWN.fullmatch(f"proof/keys/{path.name}")):
            command = ["openssl", "pkey", "-pubin", "-in", str(path), "-outform", "DER"]
            der = subprocess.run(command, capture_output=True, check=False).stdout
            if not der.startswith(DER_BEFORE_KEY) or len(der) != 44:
                self._stop("keysets", f"no Ed25519 key: {path.name}")
            keys[path.name] = der[12:]
        return keys

    def _note(self, name: str, docket: str, log_keys: set[bytes]) -> tuple[int, bytes]:
        """Return size and root of a checkpoint that the docket's log signed; ValueError for any other."""
        text, _, signatures = self._read(name).decode().rpartition("\n\n")
        origin, size, root = text.split("\n")
        if origin != docket or not re.fullmatch(NUMBER, size):
            raise ValueError
        for line in signatures.split("\n"):
            if line.startswith(f"\u2014 {docket} "):
                blob = unbase64(line.rpartition(" ")[2], 68)
                for key in log_keys:
                    key_id = hashlib.sha256(docket.encode() + b"\n\x01" + key).digest()[:4]
                    if blob[:4] == key_id and self._is_signed(key, f"{text}\n".encode(), blob[4:]):
                        return int(size), unbase64(root, 32)
        raise ValueError

    def _checkpoint(self, docket: str, log_keys: set[bytes]) -> tuple[int, bytes]:
        try:
            size, root = self._note("proof/checkpoint", docket, log_keys)
        except ValueError:
            self._stop("checkpoint", "it is not signed by the log of this docket")
        self._conclude("checkpoint", [], f"signed by the log of this docket, {size} entries")
        return size, root

    def _signatures(self, actors: dict[str, bytes], services: set[str]) -> dict[int, Any]:
        numbers = self._numbers("openings")
        with ThreadPoolExecutor() as pool:
            events = dict(zip(numbers, pool.map(lambda number: self._event(number, actors), numbers), strict=True))
        wrong = [f"entry {index} is not signed by the actor it names" for index in events if events[index] is None]
        # A service's key lies open on a machine that is on the network: it may say that a letter came, and no more.
        odd = [n for n, one in events.items() if one and one["actor"] in services and one["kind"] != "LetterReceived"]
        wrong += [f"entry {index} is of a kind that its signer may not sign" for index in odd]
        self._conclude("signatures", wrong, f"{len(events)} entries, each signed by the actor it names", go_on=False)
        return events

    def _event(self, index: int, actors: dict[str, bytes]) -> Any:
        """Return the event of an envelope that its actor signed, else None."""
        try:
            data, signature, end = self._read(f"proof/openings/{index}.envelope").split(b"\n")
            event = parse_canonical(data)
            message = b"onrecord-entry/v1\n" + data
            is_signed = self._is_signed(actors[event["actor"]], message, unbase64(signature.decode(), 64))
        except MALFORMED:
            return None
        return event if is_signed and not end and event.keys() == EVENT_NAMES else None

    def _hashes(self, name: str, first: str, second: str) -> list[bytes]:
        """Return the hashes of a path; ValueError unless it begins with two given lines."""
        one, two, *hashes, end = self._read(name).decode("ascii").split("\n")
        if (one, two, end) != (first, second, "") or not all(re.fullmatch("[0-9a-f]{64}", each) for each in hashes):
            raise ValueError
        return [bytes.fromhex(each) for each in hashes]

    def _places(self, size: int, root: bytes) -> None:
        leaves = {("keysets", n): self._read(f"proof/keysets/{n}.keyset") for n in self._numbers("keysets")}
        for n in self._numbers("openings"):
            leaves["openings", n] = self._read(f"proof/openings/{n}.salt") + self._read(f"proof/openings/{n}.envelope")
        wrong = ["two things stand at one place"] * (len({n for _, n in leaves}) < len(leaves))
        for (folder, n), data in leaves.items():
            start = hashlib.sha256(b"\x00" + hashlib.sha256(data).digest()).digest()
            try:
                path = self._hashes(f"proof/{folder}/{n}.path", f"index {n}", f"size {size}")
                stands = n < size and climb(start, path, n, size - 1)[0] == root
            except ValueError:
                stands = False
            wrong += [f"entry {n} does not stand in the ledger at this place"] * (not stands)
        self._conclude("places", wrong, f"{len(leaves)} entries and keysets stand in the ledger at the place they name")

    def _earlier(self, docket: str, log_keys: set[bytes], size: int, root: bytes) -> None:
        wrong, sizes = [], self._numbers("checkpoints")
        for old in sizes:
            try:
                found = self._note(f"proof/checkpoints/{old}.checkpoint", docket, log_keys)
                path = self._hashes(f"proof/checkpoints/{old}.consistency", f"old {old}", f"new {size}")
                is_earlier = found[0] == old and 0 < old < size and grew(old, found[1], size, root, path)
            except ValueError:
                is_earlier = False
            wrong += [f"checkpoint {old} is not an earlier state of this ledger"] * (not is_earlier)
        self._conclude("earlier", wrong, f"{len(sizes)} earlier checkpoints, each an earlier state of the same ledger")

    def _seal(self, events: dict[int, Any], sums: dict[str, str]) -> int:
        seal = max((index for index, event in events.items() if event["kind"] == "BundleMade"), default=None)
        if seal is None:
            self._stop("seal", "the bundle holds no entry by which it was sealed")
        body = events[seal]["body"]
        is_other = body.get("manifest_sha256") != sums["manifest-sha256.txt"]
        is_missing = f"proof/checkpoints/{body.get('log_size')}.checkpoint" not in sums
        wrong = ["these are not the files that were sealed: the list of files was made anew"] * is_other
        wrong += ["the checkpoint from which the seal was made is missing"] * is_missing
        self._conclude("seal", wrong, f"entry {seal} sealed exactly this list of files")
        return seal

    def _entries(self, events: dict[int, Any], seal: int, sums: dict[str, str]) -> None:
        """Make the last three checks: what the bundle lists and tells is what its signed entries say."""
        bases, listed, left_out = (self._list(name) for name in verify_entries.LISTS)
        says = f"every entry is here or listed; {sum(line[3] == 'withheld' for line in listed)} withheld"
        self._conclude("counts", [*verify_entries.miscounted(events, seal, listed, left_out)], says)
        exhibits = {name.split("/")[2] for name in sums if name.startswith("data/exhibits/")}
        wrong = [*verify_entries.not_as_received(events, sums)]
        self._conclude("exhibits", wrong, f"{len(exhibits)} exhibits are byte for byte what was received")
        rest = {index: event for index, event in events.items() if index != seal}
        envelopes = {index: self._read(f"proof/openings/{index}.envelope") for index in rest}
        wrong = [*verify_entries.not_what_entries_say(envelopes, bases, sums)]
        wrong += verify_entries.unfounded(rest, events[seal]["body"], bases)
        self._conclude("statements", wrong, "all tables and every basis are what the signed entries say")

    def _list(self, name: str) -> list[list[str]]:
        """Return the cells of a list of data/manifest/; stop if it is not its head and lines of its one form."""
        first, *lines = self._read(name).decode("ascii", "replace").split("\n")
        head, form = verify_entries.LISTS[name]
        if first != head or lines[-1:] != [""] or not all(re.fullmatch(form, line) for line in lines[:-1]):
            self._stop("counts", f"this list cannot be read: {name}")
        return [line.split(",") for line in lines[:-1]]


def parse_canonical(data: bytes) -> Any:
    """Return a value written in its one canonical form (RFC 8785 without floats); ValueError for any other bytes."""
    value = json.loads(data.decode())
    if json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() != data:
        raise ValueError
    return value


def unbase64(text: str, size: int) -> bytes:
    """Return exactly so many bytes from their one base64 spelling; ValueError for any other text."""
    data = base64.b64decode(text, validate=True)
    if len(data) != size or base64.b64encode(data).decode() != text:
        raise ValueError
    return data


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash above two hashes (RFC 6962, 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def climb(start: bytes, path: list[bytes], index: int, last: int) -> tuple[bytes, bytes]:
    """Return the root a path leads to, and that of the tree which ended here (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    new = old = start
    for sibling in path:
        if last == 0:
            raise ValueError
        if index % 2 or index == last:
            new, old = node(sibling, new), node(sibling, old)
            while index and index % 2 == 0:
                index, last = index >> 1, last >> 1
        else:
            new = node(new, sibling)
        index, last = index >> 1, last >> 1
    if last:
        raise ValueError
    return new, old


def grew(old_size: int, old_root: bytes, size: int, root: bytes, path: list[bytes]) -> bool:
    """Tell whether one tree grew out of another (RFC 9162, 2.1.4.2)."""
    index, last = old_size - 1, size - 1
    while index % 2:
        index, last = index >> 1, last >> 1
    start, rest = (path[0], path[1:]) if index and path else (old_root, path)
    return climb(start, rest, index, last) == (root, old_root)


def main() -> int:
    """Check and say; return the exit code."""
    parser = argparse.ArgumentParser(description="Check an Onrecord bundle.")
    parser.add_argument("keys", nargs="?", default="-", help="folder of the root.pem that came by another way")
    parser.add_argument("bundle", nargs="?", type=Path, default=Path() if Path("bagit.txt").is_file() else HERE)
    given = parser.parse_args()
    keys = None if given.keys == "-" else Path(given.keys)
    if (keys and not (keys / "root.pem").is_file()) or not (given.bundle / "bagit.txt").is_file():
        parser.error("KEYS must hold root.pem, and BUNDLE bagit.txt")
    openssl = subprocess.run(["sh", "-c", "openssl version"], capture_output=True, check=False).stdout
    if not re.match(rb"OpenSSL ([3-9]|[1-9][0-9])\.", openssl):
        sys.stderr.write("CANNOT CHECK: openssl 3 or newer is needed\n")
        return 1
    sys.stdout.write("" if keys else WARNING)
    with tempfile.TemporaryDirectory() as scratch:
        bundle = Bundle(given.bundle, keys, scratch)
        bundle.check()
    sys.stdout.write(("" if keys else WARNING) + (f"{NOT_WHOLE}{bundle.first}\n" if bundle.first else WHOLE))
    return 4 if bundle.first else 0


if __name__ == "__main__":
    sys.exit(main())
