"""Check the proof of a bundle: keys, signatures, places in the ledger, the seal, the counts, the exhibits, the tables.

Trust begins at one key, the docket's root key. It signs keysets; keysets name the log's key and the actors' keys; the
log signs the checkpoint, under which every entry stands; the sealing entry commits to the files and to the counts.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from onrecord.bundle.bag import PAYLOAD_MANIFEST
from onrecord.bundle.basis import carried
from onrecord.bundle.report import Report
from onrecord.bundle.tables import (
    BASES,
    ENTRIES,
    HEADS,
    KEYSETS,
    LEFT_OUT,
    keyset_list,
    received_in,
    statements,
)
from onrecord.errors import BadInput, Damaged
from onrecord.ledger.entry import SALT_BYTES, Event, commit, commit_keyset, open_envelope, read_without_checking
from onrecord.ledger.merkle import verify_consistency
from onrecord.ledger.note import Checkpoint, open_checkpoint
from onrecord.ledger.verify import verify_leaf
from onrecord.seal.keyset import Keyset, raw_key, read_keyset

SEAL_KIND = "BundleMade"
# The key of a service lies open on a machine that is on the network: it may say that a letter came, and no more.
SERVICE_KIND = "LetterReceived"

_KEY_FILE = re.compile(r"(root|log|actor-[0-9a-f]+)\.pem")
_HASH = re.compile(r"[0-9a-f]{64}")
# Written the same in verify.sh and verify_entries.py: the one form of a line in each list.
_ID, _NUMBER, _WORD = "[0-9a-f]+", "(0|[1-9][0-9]{0,14})", "[a-z0-9_:]+"
_FORMS = {
    BASES: f"{_ID},{_WORD},{_WORD},{_NUMBER}?",
    ENTRIES: f"{_NUMBER},{_ID},{_NUMBER},(opened|withheld)",
    LEFT_OUT: f"(exhibit|claim),{_ID},{_WORD}|entry,{_NUMBER},{_WORD}",
}


class NotAKeyFile(BadInput):
    """The folder of keys does not hold the docket's root key in a file that openssl reads."""

    next_step = "Ask the sender for root.pem by another way than the bundle, and put it into a folder of its own."


@dataclass(frozen=True, slots=True)
class OutsideKeys:
    """Keys that reached the reader by another way than the bundle."""

    root: bytes
    named: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "OutsideKeys":
        """Read root.pem and, where present, log.pem and actor-<id>.pem; raise NotAKeyFile."""
        keys = {path.name: _raw(path.read_bytes()) for path in sorted(folder.glob("*.pem")) if _is_ours(path.name)}
        if "root.pem" not in keys:
            raise NotAKeyFile
        return cls(keys.pop("root.pem"), keys)


@dataclass(frozen=True, slots=True)
class Trusted:
    """What the root key vouches for."""

    docket: str
    log_keys: frozenset[bytes]
    actors: Mapping[str, bytes]
    services: frozenset[str]


Events = Mapping[int, Event]
_Lines = Sequence[Sequence[str]]


def check_proof(folder: Path, sums: Mapping[str, str], outside: OutsideKeys | None, report: Report) -> None:
    """Make the last nine checks; `sums` are the hashes of all files of the bundle."""
    trusted = _check_keysets(folder, outside, report)
    checkpoint = _check_checkpoint(folder, trusted, report)
    events = _check_signatures(folder, trusted, report)
    _check_places(folder, checkpoint, report)
    _check_earlier(folder, checkpoint, trusted, report)
    seal = _check_seal(sums, events, report)
    lists = {name: _lines(folder, name, report) for name in _FORMS}
    _check_counts(lists, events, seal, report)
    _check_exhibits(sums, events, report)
    _check_statements(folder, sums, events, seal, lists[BASES], report)


def _check_keysets(folder: Path, outside: OutsideKeys | None, report: Report) -> Trusted:
    try:
        named = OutsideKeys.read(folder / "proof/keys")
    except NotAKeyFile:
        raise report.stop("keysets", "a key of the bundle is no Ed25519 key") from None
    root = outside.root if outside else named.root
    keysets = _signed_keysets(folder, root, report)
    signers = {signer for keyset in keysets for signer in keyset.signers}
    actors = {signer.id: raw_key(signer.verify_key) for signer in signers}
    services = frozenset(signer.id for signer in signers if signer.role != "member")
    log_keys = frozenset(raw_key(keyset.log_key) for keyset in keysets)
    if len({keyset.docket for keyset in keysets}) != 1:
        raise report.stop("keysets", "the keysets name two dockets")
    if len(actors) != len(signers):
        raise report.stop("keysets", "the keysets name two keys or roles for one signer")
    trusted = Trusted(keysets[0].docket, log_keys, actors, services)
    if named.root != root:
        raise report.stop("keysets", "the root key in the bundle is another: root.pem")
    for name in {"log.pem", *(f"actor-{id}.pem" for id in actors)} - named.named.keys():
        raise report.stop("keysets", f"removed file: proof/keys/{name}")
    for name, key in [*named.named.items(), *(outside.named.items() if outside else ())]:
        if not (key in log_keys if name == "log.pem" else actors.get(name[6:-4]) == key):
            raise report.stop("keysets", f"in no keyset: {name}")
    report.conclude("keysets", (), f"signed by the root key: {len(keysets)}, docket {trusted.docket}")
    return trusted


def _signed_keysets(folder: Path, root: bytes, report: Report) -> list[Keyset]:
    """Return every keyset from the first to the last: nothing else would miss one whose keys signed nothing here."""
    keysets: dict[int, Keyset] = {}
    for path in _sorted(folder, "proof/keysets/*.keyset"):
        try:
            keysets[int(path.stem)] = read_keyset(path.read_bytes(), root_key=root, now=None)
        except Damaged:
            raise report.stop("keysets", f"keyset {path.stem} is not signed by the root key") from None
    numbers = {index: keyset.number for index, keyset in keysets.items()}
    if [*numbers.values()] != [*range(1, len(numbers) + 1)]:
        raise report.stop("keysets", "a keyset is missing: they are not numbered from 1 without a gap")
    if (folder / KEYSETS).read_bytes() != keyset_list(numbers.items()):
        raise report.stop("keysets", "a keyset is missing or added: they are not those that were listed")
    return [*keysets.values()]


def _check_checkpoint(folder: Path, trusted: Trusted, report: Report) -> Checkpoint:
    checkpoint = _open_note(folder / "proof/checkpoint", trusted)
    if checkpoint is None:
        raise report.stop("checkpoint", "it is not signed by the log of this docket")
    report.conclude("checkpoint", (), f"signed by the log of this docket, {checkpoint.size} entries")
    return checkpoint


def _check_signatures(folder: Path, trusted: Trusted, report: Report) -> Events:
    events, wrong = {}, []
    for path in _sorted(folder, "proof/openings/*.envelope"):
        envelope = path.read_bytes()
        try:
            actor = trusted.actors.get(read_without_checking(envelope).actor)
            if actor is None:
                wrong.append(f"entry {path.stem} is not signed by the actor it names")
                continue
            event = open_envelope(envelope, Ed25519PublicKey.from_public_bytes(actor))
            if event.actor in trusted.services and event.kind != SERVICE_KIND:
                wrong.append(f"entry {path.stem} is of a kind that its signer may not sign")
            events[int(path.stem)] = event
        except Damaged:
            wrong.append(f"entry {path.stem} is not signed by the actor it names")
    report.conclude("signatures", wrong, f"{len(events)} entries, each signed by the actor it names")
    if wrong:
        raise report.stop("signatures", "the rest was not checked")
    return events


def _check_places(folder: Path, checkpoint: Checkpoint, report: Report) -> None:
    leaves: list[tuple[Path, bytes]] = []
    wrong = []
    for path in _sorted(folder, "proof/openings/*.envelope"):
        salt = path.with_suffix(".salt").read_bytes()
        leaves.append((path, commit(salt, path.read_bytes()) if len(salt) == SALT_BYTES else b""))
    leaves += [(path, commit_keyset(path.read_bytes())) for path in _sorted(folder, "proof/keysets/*.keyset")]
    if len({path.stem for path, _ in leaves}) != len(leaves):
        wrong.append("two things stand at one place")
    for path, leaf in leaves:
        index = int(path.stem)
        proof = _hashes(path.with_suffix(".path"), f"index {index}", f"size {checkpoint.size}")
        try:
            verify_leaf(leaf, proof or (), index=index if proof is not None else -1, checkpoint=checkpoint)
        except Damaged:
            wrong.append(f"entry {index} does not stand in the ledger at this place")
    report.conclude("places", wrong, f"{len(leaves)} entries and keysets stand in the ledger at the place they name")


def _check_earlier(folder: Path, checkpoint: Checkpoint, trusted: Trusted, report: Report) -> None:
    wrong = []
    paths = _sorted(folder, "proof/checkpoints/*.checkpoint")
    for path in paths:
        old = _open_note(path, trusted)
        proof = _hashes(path.with_suffix(".consistency"), f"old {path.stem}", f"new {checkpoint.size}")
        try:
            if old is None or proof is None or str(old.size) != path.stem or old.size >= checkpoint.size:
                wrong.append(f"checkpoint {path.stem} is not an earlier state of this ledger")
                continue
            sizes = {"old_size": old.size, "new_size": checkpoint.size}
            verify_consistency(proof, old_root=old.root, new_root=checkpoint.root, **sizes)
        except Damaged:
            wrong.append(f"checkpoint {path.stem} is not an earlier state of this ledger")
    report.conclude("earlier", wrong, f"{len(paths)} earlier checkpoints, each an earlier state of the same ledger")


def _check_seal(sums: Mapping[str, str], events: Events, report: Report) -> int:
    """Return the index of the sealing entry: the last of its kind, since earlier bundles are entries too."""
    index = max((index for index, event in events.items() if event.kind == SEAL_KIND), default=None)
    if index is None:
        raise report.stop("seal", "the bundle holds no entry by which it was sealed")
    body, wrong = events[index].body, []
    if body.get("manifest_sha256") != sums[PAYLOAD_MANIFEST]:
        wrong.append("these are not the files that were sealed: the list of files was made anew")
    if f"proof/checkpoints/{body.get('log_size')}.checkpoint" not in sums:
        wrong.append("the checkpoint from which the seal was made is missing")
    report.conclude("seal", wrong, f"entry {index} sealed exactly this list of files")
    return index


def _check_counts(lists: Mapping[str, _Lines], events: Events, seal: int, report: Report) -> None:
    entries = [_Listed(int(place), subject, int(n), state == "opened") for place, subject, n, state in lists[ENTRIES]]
    withheld = {entry.place for entry in entries if not entry.is_opened}
    named = {int(id) for thing, id, _ in lists[LEFT_OUT] if thing == "entry"}
    counts = events[seal].body.get("counts")
    if not isinstance(counts, dict) or not _are_counts(counts):
        raise report.stop("counts", "the counts cannot be read")
    wrong = [*_miscounted(entries, events, seal, counts)]
    wrong += [f"entry {index} is withheld in one list and not in the other" for index in named ^ withheld]
    report.conclude("counts", wrong, f"every entry is here or listed; {len(withheld)} withheld")


def _are_counts(counts: Mapping[str, object]) -> bool:
    are_numbers = all(re.fullmatch(_ID, subject) and type(count) is int for subject, count in counts.items())
    return are_numbers and any(counts.values())


def _miscounted(entries: Sequence["_Listed"], events: Events, seal: int, counted: Mapping[str, int]) -> Iterator[str]:
    listed = {(entry.place, entry.subject, entry.number) for entry in entries if entry.is_opened}
    there = {(index, event.subject, event.subject_seq) for index, event in events.items()}
    last = (seal, events[seal].subject, events[seal].subject_seq)
    yield from (f"entry {index} is missing or another" for index, _, _ in listed - there)
    yield from (f"entry {index} is not in the list of entries" for index, _, _ in there - listed - {last})
    yield from (
        f"entry {one.place} is of a subject that is not counted" for one in entries if one.subject not in counted
    )
    if events[seal].subject_seq != counted.get(events[seal].subject, -1) + 1:
        yield "the seal does not follow the last entry it counts"
    for subject, count in counted.items():
        numbers = [entry.number for entry in sorted(entries) if entry.subject == subject]
        if len(numbers) != count or numbers != list(range(1, count + 1)):
            yield f"entries of a subject are missing or doubled: {len(numbers)} here, {count} counted"


def _check_exhibits(sums: Mapping[str, str], events: Events, report: Report) -> None:
    received: dict[str, set[tuple[str, str]]] = {}
    for _, _, exhibit in received_in(events):
        kind = "derived" if exhibit.get("made_from") else "original"
        received.setdefault(str(exhibit.get("id")), set()).add((kind, str(exhibit.get("sha256"))))
    there: dict[str, list[tuple[str, str]]] = {}
    for name, one in sums.items():
        parts = name.split("/")
        if parts[:2] == ["data", "exhibits"]:
            there.setdefault(parts[2], []).append((parts[3], one))
    wrong = [f"two entries differ about exhibit {id}" for id in received if len(received[id]) > 1]
    wrong += [f"removed exhibit: {id}" for id in received.keys() - there.keys()]
    wrong += [f"not one file: exhibit {id}" for id, found in there.items() if len(found) != 1]
    wrong += [f"not as it was received: exhibit {id}" for id in there if not set(there[id]) <= received.get(id, set())]
    report.conclude("exhibits", wrong, f"{len(there)} exhibits are byte for byte what was received")


def _check_statements(
    folder: Path, sums: Mapping[str, str], events: Events, seal: int, bases: _Lines, report: Report
) -> None:
    """Make every table once more from the entries, and compare."""
    rest = {index: event for index, event in events.items() if index != seal}
    envelopes = {index: (folder / f"proof/openings/{index}.envelope").read_bytes() for index in rest}
    made = statements(envelopes, {line[0]: line[1] for line in bases})
    other = (name for name, data in made.items() if sums.get(name) != hashlib.sha256(data).hexdigest())
    wrong = [f"not what the signed entries say: {name}" for name in other]
    wrong += _unfounded(bases, rest, events[seal])
    report.conclude("statements", wrong, "all tables and every basis are what the signed entries say")


def _unfounded(lines: _Lines, events: Events, seal: Event) -> Iterator[str]:
    """Yield what is wrong with the bases: each exhibit has one, which an entry or the seal carries."""
    grounds = carried(events, str(seal.body.get("purpose")), seal.body.get("basis", ()))
    allowed = {(one.exhibit, one.basis, one.reason, one.entry) for one in grounds}
    yield from (f"no entry carries the basis of exhibit {line[0]}" for line in lines if tuple(line) not in allowed)
    if sorted(line[0] for line in lines) != sorted({str(one.get("id")) for _, _, one in received_in(events)}):
        yield "not one basis for each exhibit"


def _open_note(path: Path, trusted: Trusted) -> Checkpoint | None:
    note = path.read_bytes()
    for key in trusted.log_keys:
        with suppress(Damaged):  # one key of several: the next may fit
            return open_checkpoint(note, origin=trusted.docket, log_key=Ed25519PublicKey.from_public_bytes(key))
    return None


def _hashes(path: Path, first: str, second: str) -> tuple[bytes, ...] | None:
    lines = path.read_bytes().decode("ascii", errors="replace").split("\n")
    if lines[:2] != [first, second] or lines[-1] or not all(_HASH.fullmatch(line) for line in lines[2:-1]):
        return None
    return tuple(bytes.fromhex(line) for line in lines[2:-1])


class _Listed(NamedTuple):
    """One line of the sealed list of entries."""

    place: int
    subject: str
    number: int
    is_opened: bool


def _lines(folder: Path, name: str, report: Report) -> list[list[str]]:
    """Return the cells of a list; stop if it is not its head and lines of its one form, each with its line end."""
    head, *lines = (folder / name).read_bytes().decode("ascii", errors="replace").split("\n")
    is_plain = head == HEADS[name.rpartition("/")[2]] and lines[-1:] == [""]
    if not is_plain or not all(re.fullmatch(_FORMS[name], line) for line in lines[:-1]):
        raise report.stop("counts", f"this list cannot be read: {name}")
    return [line.split(",") for line in lines[:-1]]


def _sorted(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern), key=lambda path: int(path.stem))


def _is_ours(name: str) -> bool:
    return _KEY_FILE.fullmatch(name) is not None


def _raw(data: bytes) -> bytes:
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise NotAKeyFile from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotAKeyFile
    return key.public_bytes_raw()
