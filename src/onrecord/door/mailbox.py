"""Open the box to which nine words lead, and let what is written from there follow the first letter.

This is the one module of the door that opens anything, and it opens only with what was typed in this request. Whatever
is typed leads to a box: words that nobody was ever given, a letter that was never opened and a box that somebody
forged all look like an empty one, by the same steps, so that nobody can be made to show that they wrote.

LIMIT: a box with messages takes a little longer to draw than an empty one, which a clock close by could measure.
LIMIT: in tier C the words pass through this server, which could then write in a reporter's place. Therefore what comes
from here may only narrow what was allowed, and the page and the letter say so.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onrecord.door.form import EVERYTHING, Sheet
from onrecord.door.text import TEXT
from onrecord.errors import OnrecordError
from onrecord.ground.ids import RandomBytes
from onrecord.ground.text import nfc
from onrecord.seal.keyset import Keyset
from onrecord.seal.letter.box import Box, read_box, seal_box
from onrecord.seal.letter.content import Letter
from onrecord.seal.letter.signed import LaterLetter, sign_body
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import ENTROPY_BYTES, Receipt, ReceiptKeys, find
from onrecord.store.boxes import Boxes
from onrecord.words.form import Option, Question, Screen, load_form
from onrecord.words.wordlist import load_wordlist

BOX_FORM: Final = "mailbox.1"
_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody came back: the keys of what they typed, and the box if one opened."""

    entropy: bytes
    keys: ReceiptKeys
    box: Box | None

    def continued(self, letter: Letter) -> Letter:
        """Return a letter as one that follows the first: by its hash, or by the public halves if no box tells it."""
        if self.box is None:
            return replace(letter, reporter=self.keys.reporter())
        return replace(letter, counter=self.box.counter, first_letter_sha256=self.box.letter_sha256)

    def sign(self, body_sha256: str) -> bytes:
        """Sign what a letter says, as the reporter's later letters are signed."""
        first, counter = (self.box.letter_sha256, self.box.counter) if self.box else ("", 0)
        return sign_body(LaterLetter(first, counter, body_sha256), self.keys.signing_key)


class Mailbox:
    """Where replies wait, each sealed to one reporter."""

    def __init__(self, boxes: Boxes) -> None:
        self._boxes = boxes
        self._nobody = Ed25519PrivateKey.generate()

    def visit(self, entropy: bytes, keyset: Keyset) -> Visit:
        """Open what a receipt opens, or nothing, by the same steps."""
        keys = Receipt(entropy).keys()
        reporter = keys.reporter()
        # Where no box stands one is made that nobody signed, so that opening and checking run either way.
        signer = next((signer.id for signer in keyset.signers if signer.role == "member"), "0" * 32)
        decoy = seal_box(Box("0" * 64, 1, "2000-01", "2000-01", (), signer), self._nobody, reporter.recipient)
        sealed = self._boxes.read(reporter.mailbox)
        try:
            opened = open_sealed(sealed or decoy, [keys.identity])
            box = read_box(opened, keyset=keyset, recipient=reporter.recipient)
        except OnrecordError:
            box = None  # not there, not for these words, not signed by the docket: to a reader all the same
        return Visit(entropy, keys, box)


def entropy_of(typed: str, language: str) -> bytes:
    """Return what the typed words or numbers stand for; any other text stands for something too."""
    other = hashlib.sha256(nfc(" ".join(typed.casefold().split())).encode("utf-8")).digest()[:ENTROPY_BYTES]
    receipt = find(typed, load_wordlist(language).words)
    return receipt.entropy if receipt else other


def proof_of(entropy: bytes, random: RandomBytes) -> str:
    """Return what a page carries to tell later whether typed words are the ones it showed.

    The server keeps nothing between two requests, so the page must bring what it needs. It brings a salted hash and not
    the words: the page of a check stays in a browser's memory after the words have gone, and 88 random bits cannot be
    found from their hash.
    """
    salt = random(_SALT_BYTES)
    return (salt + hashlib.sha256(salt + entropy).digest()).hex()


def fits(proof: str, entropy: bytes) -> bool:
    """Tell whether these words are the ones that the page showed."""
    try:
        salt = bytes.fromhex(proof)[:_SALT_BYTES]
    except ValueError:
        return False
    return hmac.compare_digest(proof, (salt + hashlib.sha256(salt + entropy).digest()).hex())


def box_sheet() -> Sheet:
    """Return what can be written from a box: more words, what must stop, a wish to delete, files."""
    purposes = next(question for question in load_form().questions.values() if question.kind == "consent").options
    rows = (Option(EVERYTHING, TEXT["box_stop_all"]), *(replace(row, help="", columns=()) for row in purposes))
    stop = tuple(replace(row, columns=("withdrawn",)) for row in rows)
    questions = (
        Question("more", "long", TEXT["box_more"], TEXT["box_more_help"]),
        Question("consent", "consent", TEXT["box_stop"], options=stop, columns=(Option("withdrawn", ""),)),
        Question("erase", "tick", TEXT["box_erase_tick"]),
        load_form().questions["files"],
    )
    return Sheet(BOX_FORM, "", (Screen("box", questions),))
