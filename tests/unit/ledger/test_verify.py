"""What a court's expert runs: openings, growth and completeness, from the vectors alone."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import Damaged
from onrecord.ledger.entry import EntryMalformed, Event, SignatureWrong, commit_keyset, read_without_checking
from onrecord.ledger.merkle import LedgerForked, ProofWrong
from onrecord.ledger.note import NotSignedByThisLedger, open_checkpoint
from onrecord.ledger.verify import (
    ActorUnknown,
    EntriesMissing,
    LedgerKey,
    Opening,
    verify_growth,
    verify_leaf,
    verify_opening,
    verify_running_numbers,
)
from unit.ledger.plain import VECTORS, unhex, vectors

OPENINGS = vectors("openings")
_LEDGER = vectors("checkpoints")["ledger"]
LEDGER = LedgerKey(_LEDGER["origin"], Ed25519PublicKey.from_public_bytes(bytes.fromhex(_LEDGER["verify_key"])))
NOTE = OPENINGS["note"].encode()
ERRORS = {
    error.__name__: error for error in (ActorUnknown, EntryMalformed, NotSignedByThisLedger, ProofWrong, SignatureWrong)
}


def opening(case: dict) -> Opening:
    proof = tuple(unhex(case["proof"]))
    return Opening(case["envelope"].encode(), bytes.fromhex(case["salt"]), case["index"], proof)


def keys(actors: dict[str, str]) -> dict[str, Ed25519PublicKey]:
    return {actor: Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)) for actor, key in actors.items()}


ACTORS = keys(OPENINGS["actors"])


def events(indices: list[int]) -> list[Event]:
    return [read_without_checking(OPENINGS["accepted"][index - 1]["envelope"].encode()) for index in indices]


@pytest.mark.parametrize("case", OPENINGS["accepted"], ids=lambda case: str(case["index"]))
def test_an_opening_shows_what_was_recorded(case: dict) -> None:
    event = verify_opening(opening(case), NOTE, ledger=LEDGER, actor_keys=ACTORS)

    assert event.id == case["event_id"]


def test_the_files_that_the_docs_check_by_hand_hold_here_too() -> None:
    def read(name: str) -> bytes:
        return (VECTORS / "by-hand" / name).read_bytes()

    proof = tuple(read(f"proof-{number}") for number in (1, 2, 3))

    event = verify_opening(
        Opening(read("envelope"), read("salt"), 2, proof), read("checkpoint"), ledger=LEDGER, actor_keys=ACTORS
    )

    assert event.subject_seq == 2


@pytest.mark.parametrize("case", OPENINGS["refused"], ids=lambda case: case["why"])
def test_an_opening_that_does_not_hold_is_refused(case: dict) -> None:
    note = case["note"].encode() if "note" in case else NOTE
    actors = keys(case["actors"]) if "actors" in case else ACTORS

    with pytest.raises(ERRORS[case["error"]]):
        verify_opening(opening(case["opening"]), note, ledger=LEDGER, actor_keys=actors)


@given(data=st.data())
def test_a_flipped_bit_anywhere_in_an_opening_is_refused(data: st.DataObject) -> None:
    case = OPENINGS["accepted"][1]
    parts = [case["envelope"].encode(), bytes.fromhex(case["salt"]), *unhex(case["proof"])]
    part = data.draw(st.integers(0, len(parts) - 1))
    at, bit = data.draw(st.integers(0, len(parts[part]) - 1)), data.draw(st.integers(0, 7))
    parts[part] = parts[part][:at] + bytes([parts[part][at] ^ 1 << bit]) + parts[part][at + 1 :]

    with pytest.raises(Damaged):
        verify_opening(
            Opening(parts[0], parts[1], case["index"], tuple(parts[2:])), NOTE, ledger=LEDGER, actor_keys=ACTORS
        )


def test_a_published_keyset_is_checked_by_its_file_alone() -> None:
    keyset = OPENINGS["keyset"]
    checkpoint = open_checkpoint(NOTE, origin=LEDGER.origin, log_key=LEDGER.verify_key)

    verify_leaf(commit_keyset(keyset["file"].encode()), unhex(keyset["proof"]), index=0, checkpoint=checkpoint)

    with pytest.raises(ProofWrong):
        verify_leaf(commit_keyset(b"another"), unhex(keyset["proof"]), index=0, checkpoint=checkpoint)


def test_a_newer_checkpoint_keeps_what_an_older_one_held() -> None:
    growth = OPENINGS["growth"]
    older, newer, proof = growth["older"].encode(), growth["newer"].encode(), unhex(growth["proof"])

    old, new = verify_growth(older, newer, proof, ledger=LEDGER)

    assert (old.size, new.size) == (3, 6)
    with pytest.raises(ProofWrong):
        verify_growth(older, newer, proof[:-1], ledger=LEDGER)
    with pytest.raises(ProofWrong):
        verify_growth(newer, older, proof, ledger=LEDGER)


def test_two_signed_checkpoints_of_one_size_and_two_roots_are_a_fork() -> None:
    other = next(case["note"] for case in OPENINGS["refused"] if case["why"].startswith("a checkpoint of another root"))

    with pytest.raises(LedgerForked):
        verify_growth(NOTE, other.encode(), [], ledger=LEDGER)


@pytest.mark.parametrize("case", OPENINGS["running_numbers"]["accepted"], ids=lambda case: case["subject"])
def test_all_entries_of_a_subject_are_there(case: dict) -> None:
    verify_running_numbers(events(case["indices"]), subject=case["subject"], expected=case["expected"])


@pytest.mark.parametrize("case", OPENINGS["running_numbers"]["refused"], ids=lambda case: case["why"])
def test_a_missing_doubled_or_foreign_entry_is_noticed(case: dict) -> None:
    with pytest.raises(EntriesMissing):
        verify_running_numbers(events(case["indices"]), subject=case["subject"], expected=case["expected"])
