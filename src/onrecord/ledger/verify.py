"""Check, without any docket and without trusting us, that an entry stands in a ledger and that nothing is missing.

This is what a court's expert runs: it reads no store, no database and no network, and needs only the files, and the
keys they were told by another way. An entry holds when its actor signed it, its salt opens its leaf, and that leaf
stands in a checkpoint signed by the ledger's key. Whatever does not hold raises; nothing is returned half checked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from onrecord.errors import Damaged
from onrecord.ledger.entry import Event, commit, open_envelope, read_without_checking
from onrecord.ledger.merkle import verify_consistency, verify_inclusion
from onrecord.ledger.note import Checkpoint, open_checkpoint


class ActorUnknown(Damaged):
    """An entry was signed by somebody whose key is not among those given."""

    next_step = "Ask for the keyset of the time of the entry. If the signer is in none, do not rely on the entry."


class EntriesMissing(Damaged):
    """Entries are missing, doubled or out of order: the story told is not the whole story."""

    next_step = "Ask whoever made this for the missing entries, and do not rely on it until they are there."


@dataclass(frozen=True, slots=True)
class LedgerKey:
    """Whose ledger it is: its origin and the key that signs its checkpoints."""

    origin: str
    verify_key: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens one leaf of the ledger: the envelope, its salt, its place, and the proof that it stands there."""

    envelope: bytes
    salt: bytes
    index: int
    proof: tuple[bytes, ...]


def verify_opening(
    opening: Opening, note: bytes, *, ledger: LedgerKey, actor_keys: Mapping[str, Ed25519PublicKey]
) -> Event:
    """Return the event of an opening that holds under a signed checkpoint; raise the Damaged error of what does not.

    The actor's key is looked up by the name in the event itself, so that one actor can never sign as another.
    """
    checkpoint = open_checkpoint(note, origin=ledger.origin, log_key=ledger.verify_key)
    key = actor_keys.get(read_without_checking(opening.envelope).actor)
    if key is None:
        raise ActorUnknown
    event = open_envelope(opening.envelope, key)
    verify_leaf(commit(opening.salt, opening.envelope), opening.proof, index=opening.index, checkpoint=checkpoint)
    return event


def verify_leaf(leaf: bytes, proof: Sequence[bytes], *, index: int, checkpoint: Checkpoint) -> None:
    """Check that a leaf, such as that of a published keyset, stands in a checkpoint; raise ProofWrong."""
    verify_inclusion(leaf, proof, index=index, size=checkpoint.size, root=checkpoint.root)


def verify_growth(
    older: bytes, newer: bytes, proof: Sequence[bytes], *, ledger: LedgerKey
) -> tuple[Checkpoint, Checkpoint]:
    """Return two signed checkpoints, the newer keeping every entry of the older; raise ProofWrong or LedgerForked."""
    old = open_checkpoint(older, origin=ledger.origin, log_key=ledger.verify_key)
    new = open_checkpoint(newer, origin=ledger.origin, log_key=ledger.verify_key)
    verify_consistency(proof, old_size=old.size, old_root=old.root, new_size=new.size, new_root=new.root)
    return old, new


def verify_running_numbers(events: Iterable[Event], *, subject: str, expected: int) -> None:
    """Check that these are all the entries of a subject, in the ledger's order, numbered 1 to `expected`.

    The number to expect is read from an entry that lies outside the subject, such as `BundleMade`: whoever leaves out a
    subject's last entries could otherwise simply count less.
    """
    numbers = [(event.subject, event.subject_seq) for event in events]
    if numbers != [(subject, number) for number in range(1, expected + 1)]:
        raise EntriesMissing
