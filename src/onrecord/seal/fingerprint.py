"""Name a root key in six words, or in digits, so that people can compare it by eye or voice.

Whoever learns the words from a poster or from somebody they know need not trust the page that shows them a kit or a
keyset. docs/format/kit.md describes both.
"""

from collections.abc import Sequence
from typing import Final

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_SALT: Final = b"onrecord-root/v1"
# Six words of eleven bits. That scrypt stands before them makes each guess at another key 2^14 times as much work.
_WORDS, _WORD_BITS, _DIGITS = 6, 11, 20


def root_words(root_key: bytes, wordlist: Sequence[str]) -> list[str]:
    """Return the six words by which people compare a root key, read out or printed."""
    number = _fingerprint(root_key)
    return [wordlist[number >> _WORD_BITS * place & (1 << _WORD_BITS) - 1] for place in reversed(range(_WORDS))]


def root_digits(root_key: bytes) -> str:
    """Return the same as twenty digits."""
    digits = f"{_fingerprint(root_key):0{_DIGITS}d}"
    return " ".join(digits[start : start + 4] for start in range(0, _DIGITS, 4))


def _fingerprint(root_key: bytes) -> int:
    mark = Scrypt(salt=_SALT, length=9, n=2**12, r=8, p=1).derive(root_key)
    return int.from_bytes(mark) >> 8 * len(mark) - _WORDS * _WORD_BITS
