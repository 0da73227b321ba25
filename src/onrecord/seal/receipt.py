"""Turn nine words into the keys with which a reporter comes back; no server keeps anything that could open them.

A receipt is 88 random bits: eight words of a list of 2,048 and a check word, or the same as three numbers that look
like telephone numbers. From it come a mailbox, an age identity for replies and a key that signs later letters. The
bits carry the strength (2^88 guesses); scrypt stays light (RFC 7914, N = 2^12) so that old phones and a busy door can
bear it.

LIMIT: a lost receipt cannot be given again, and words on paper can be found and asked about.
"""

import base64
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from onrecord.errors import BadInput
from onrecord.ground.ids import RandomBytes
from onrecord.seal.letter.content import Reporter
from onrecord.seal.recipients import HybridIdentity

ENTROPY_BYTES: Final = 11
WORDS: Final = 8
LIST_WORDS: Final = 2048
_WORD_BITS: Final = 11
_DIGITS: Final = 27
# Three numbers of eleven digits: a zero, nine digits of the receipt, one of three check digits.
_NUMBERS, _NUMBER_DIGITS = 3, 11
_SALT: Final = b"onrecord-receipt/v1"


class ReceiptWrong(BadInput):
    """These words or numbers are not a receipt: one of them is missing, mistyped or in another place."""

    next_step = "Compare each with what you kept, in the same order, and type them again."


@dataclass(frozen=True, slots=True)
class ReceiptKeys:
    """What a receipt opens."""

    mailbox_id: str
    identity: HybridIdentity
    signing_key: Ed25519PrivateKey

    def reporter(self) -> Reporter:
        """Return the public halves, for the first letter."""
        verify_key = base64.b64encode(self.signing_key.public_key().public_bytes_raw()).decode("ascii")
        return Reporter(mailbox=self.mailbox_id, recipient=str(self.identity.recipient), verify_key=verify_key)


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """What a reporter keeps in order to come back. It has no readable form unless one is asked for."""

    entropy: bytes

    @classmethod
    def new(cls, random: RandomBytes = secrets.token_bytes, *, avoid: Collection[int] = ()) -> Self:
        """Draw a receipt none of whose nine words is one to avoid, such as a word about war on a searched person."""
        while True:
            receipt = cls(random(ENTROPY_BYTES))
            if not set(avoid).intersection(receipt._places()):
                return receipt

    def words(self, wordlist: Sequence[str]) -> list[str]:
        """Return the eight words and their check word."""
        return [wordlist[place] for place in self._places()]

    def digits(self) -> str:
        """Return the receipt as three lines that look like telephone numbers."""
        digits = f"{int.from_bytes(self.entropy):0{_DIGITS}d}"
        numbers = [f"0{digits[9 * line : 9 * line + 9]}{check}" for line, check in enumerate(self._check_digits())]
        return "\n".join(f"{number[:4]} {number[4:7]} {number[7:]}" for number in numbers)

    def keys(self) -> ReceiptKeys:
        """Derive mailbox, identity and signing key; takes some tens of milliseconds and 4 MiB."""
        root = Scrypt(salt=_SALT, length=32, n=2**12, r=8, p=1).derive(self.entropy)
        return ReceiptKeys(
            mailbox_id=_expand(root, b"mailbox", 16).hex(),
            identity=HybridIdentity.from_seed(_expand(root, b"identity", 32)),
            signing_key=Ed25519PrivateKey.from_private_bytes(_expand(root, b"signing", 32)),
        )

    def _places(self) -> list[int]:
        # Eight words of eleven bits, most significant first; the check word is the first eleven bits of the hash.
        number = int.from_bytes(self.entropy)
        words = [number >> _WORD_BITS * place & LIST_WORDS - 1 for place in reversed(range(WORDS))]
        return [*words, int.from_bytes(self._hash()[:2]) >> 16 - _WORD_BITS]

    def _check_digits(self) -> str:
        return f"{int.from_bytes(self._hash()) % 1000:03d}"

    def _hash(self) -> bytes:
        return hashlib.sha256(self.entropy).digest()


def parse(text: str, wordlist: Sequence[str]) -> Receipt:
    """Read nine words or three numbers, however they are spaced; raise ReceiptWrong if they do not fit together."""
    receipt = find(text, wordlist)
    if receipt is None:
        raise ReceiptWrong
    return receipt


def find(text: str, wordlist: Sequence[str]) -> Receipt | None:
    """Return what `parse` reads or None, by the same steps: nobody who counts them learns what was typed."""
    words, digits = typed_words(text), _typed_digits(text)
    by_words, by_digits = _from_words(words, wordlist), _from_digits(digits)
    numbers = by_digits.digits().replace(" ", "").split("\n")
    are_words = by_words.words(wordlist) == words
    # A telephone may have dropped the leading zeros.
    are_numbers = digits in ("".join(numbers), "".join([number[1:] for number in numbers])) and not words
    return by_words if are_words else by_digits if are_numbers else None


def typed_words(text: str) -> list[str]:
    """Return the words of a text, however they are written and whatever stands between them."""
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())


def _typed_digits(text: str) -> str:
    # Digits of any script count.
    return "".join([str(unicodedata.decimal(character)) for character in text if character.isdecimal()])


def _from_words(words: Sequence[str], wordlist: Sequence[str]) -> Receipt:
    """Return the receipt of eight words; one that is not in the list is taken for the first, which shows later."""
    place_of = {word: place for place, word in enumerate(wordlist)}
    number = 0
    for word in words[:WORDS]:
        number = number << _WORD_BITS | place_of.get(word, 0)
    return Receipt(number.to_bytes(ENTROPY_BYTES))


def _from_digits(digits: str) -> Receipt:
    """Return the receipt of three numbers, with their leading zeros or without; what is no receipt shows later."""
    width = _NUMBER_DIGITS if len(digits) == _NUMBERS * _NUMBER_DIGITS else _NUMBER_DIGITS - 1
    numbers = [digits[width * line : width * (line + 1)] for line in range(_NUMBERS)]
    number = int("".join([number[-10:-1] for number in numbers]) or "0")
    return Receipt((number % (1 << 8 * ENTROPY_BYTES)).to_bytes(ENTROPY_BYTES))


def _expand(root: bytes, purpose: bytes, size_bytes: int) -> bytes:
    return HKDFExpand(algorithm=SHA256(), length=size_bytes, info=_SALT + b" " + purpose).derive(root)
