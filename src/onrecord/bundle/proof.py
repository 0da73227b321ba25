"""Write the folder proof/ of a bundle: what shows, without us, that each entry is signed and stands in the ledger.

One opened entry is three files named by its place in the ledger: the envelope, its salt, and the path of hashes from it
to the bundle's checkpoint. The exact bytes are in docs/format/bundle.md.
"""

import base64
from collections.abc import Iterator, Sequence

from onrecord.bundle.content import BundleProof, Content, OpenedEntry
from onrecord.errors import Damaged
from onrecord.ledger.note import read_checkpoint_without_checking
from onrecord.seal.keyset import Keyset, read_keyset

# RFC 8410: the DER bytes that stand before the 32 bytes of every Ed25519 public key.
DER_BEFORE_KEY = bytes.fromhex("302a300506032b6570032100")


class ProofIncomplete(Damaged):
    """The ledger did not give a path for an entry of this bundle."""

    next_step = "Make a new checkpoint of the ledger, then make the bundle again."


def proof_files(content: Content, proof: BundleProof) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every file of proof/; raise ProofIncomplete where a path is missing."""
    size = read_checkpoint_without_checking(proof.checkpoint).size
    yield "proof/checkpoint", proof.checkpoint
    for entry in (*content.opened, proof.seal):
        yield from _opening(entry, size, proof)
    for leaf in content.keysets:
        yield f"proof/keysets/{leaf.index}.keyset", leaf.file
        yield f"proof/keysets/{leaf.index}.path", _path(leaf.index, size, proof)
    yield from _earlier(proof, size)
    yield from _keys(content, proof.root_key)


def pem(raw_key: bytes) -> bytes:
    """Return an Ed25519 public key as the PEM file that openssl reads (RFC 8410)."""
    text = base64.b64encode(DER_BEFORE_KEY + raw_key).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n".encode()


def keysets_of(content: Content, root_key: bytes) -> list[Keyset]:
    """Return the bundle's keysets, the newest last, each checked against the root key."""
    keysets = [read_keyset(leaf.file, root_key=root_key, now=None) for leaf in content.keysets]
    return sorted(keysets, key=lambda keyset: keyset.number)


def _opening(entry: OpenedEntry, size: int, proof: BundleProof) -> Iterator[tuple[str, bytes]]:
    name = f"proof/openings/{entry.index}"
    yield f"{name}.envelope", entry.envelope
    yield f"{name}.salt", entry.salt
    yield f"{name}.path", _path(entry.index, size, proof)


def _path(index: int, size: int, proof: BundleProof) -> bytes:
    if index not in proof.paths:
        raise ProofIncomplete
    return _hashes(f"index {index}", f"size {size}", proof.paths[index])


def _earlier(proof: BundleProof, size: int) -> Iterator[tuple[str, bytes]]:
    for checkpoint in proof.earlier:
        old = read_checkpoint_without_checking(checkpoint.note).size
        yield f"proof/checkpoints/{old}.checkpoint", checkpoint.note
        yield f"proof/checkpoints/{old}.consistency", _hashes(f"old {old}", f"new {size}", checkpoint.consistency)


def _keys(content: Content, root_key: bytes) -> Iterator[tuple[str, bytes]]:
    # For people and other tools: a verifier takes log and actor keys from the signed keysets, never from these files.
    yield "proof/keys/root.pem", pem(root_key)
    keysets = keysets_of(content, root_key)
    yield "proof/keys/log.pem", pem(base64.b64decode(keysets[-1].log_key))
    signers = {signer.id: signer.verify_key for keyset in keysets for signer in keyset.signers}
    for id, key in signers.items():
        yield f"proof/keys/actor-{id}.pem", pem(base64.b64decode(key))


def _hashes(first: str, second: str, hashes: Sequence[bytes]) -> bytes:
    return "".join(f"{line}\n" for line in (first, second, *(one.hex() for one in hashes))).encode()
