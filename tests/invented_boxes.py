"""A receipt, what the desk may have put into its box, and how its reporter comes back to a door."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from invented_door import Answer, Files, InventedDoor, form
from onrecord.seal.letter.box import Box, Message, seal_box
from onrecord.seal.receipt import Receipt
from onrecord.store.boxes import FolderBoxes
from onrecord.words.wordlist import load_wordlist

RECEIPT = Receipt(bytes(range(11)))
OTHER = Receipt(bytes(range(11, 22)))
FIRST = "ab" * 32
QUESTION = Message(3, "question", "Which unit was the paper <for>?", "It tells us which forces it was for.")
NOTE = Message(4, "note", "Your letter reached us.\nThank you.")


def words(receipt: Receipt = RECEIPT) -> str:
    return " ".join(receipt.words(load_wordlist("en").words))


def put_box(
    door: InventedDoor, *messages: Message, to: Receipt = RECEIPT, by: Ed25519PrivateKey | None = None, counter: int = 2
) -> None:
    """Put what the desk would put: a box signed by the docket's one member."""
    reporter = to.keys().reporter()
    box = Box(FIRST, counter, "2026-03", "2026-02", messages, door.keys.keyset.signers[0].id)
    boxes(door).put(RECEIPT.keys().mailbox_id, seal_box(box, by or door.keys.member, reporter.recipient))


def boxes(door: InventedDoor) -> FolderBoxes:
    return FolderBoxes(door.spool.folder / "boxes", clock=door.clock)


def come_back(door: InventedDoor, typed: str, language: str = "en") -> Answer:
    return door.post(f"/{language}/return", form([("words", typed)], receipt=""))


def write_back(door: InventedDoor, *fields: tuple[str, str], files: Files = (), receipt: Receipt = RECEIPT) -> Answer:
    return door.post("/en/box", form([("box", receipt.entropy.hex()), *fields], files, receipt=""))
