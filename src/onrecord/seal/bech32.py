"""Write keys as words that survive being read aloud, copied by hand or printed: Bech32.

Follows BIP 173 without its limit on length, as the age specification asks (c2sp.org/age). Six check characters catch
every one to four wrong characters of a short key.
"""

from onrecord.errors import BadInput

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
SEPARATOR = "1"
CHECK_CHARACTERS = 6

# Python reads base 32 with the digits 0-9 and a-v; translating between the two alphabets lets int() do the regrouping
# of eight bits into five, which takes a long key from milliseconds to microseconds.
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_TO_DIGITS = str.maketrans(ALPHABET, _DIGITS)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


class KeyTextMalformed(BadInput):
    """This key is not written correctly: a character is wrong, missing or added."""

    next_step = "Copy the whole key again, without spaces or line breaks."


def encode(prefix: str, data: bytes) -> str:
    """Write bytes as Bech32 under a lower-case prefix."""
    bits = 8 * len(data)
    padding = -bits % 5
    number = int.from_bytes(data) << padding
    values = [number >> shift & 31 for shift in range(bits + padding - 5, -1, -5)]
    check = _remainder(prefix, [*values, *[0] * CHECK_CHARACTERS]) ^ 1
    values += [check >> shift & 31 for shift in range(25, -1, -5)]
    return prefix + SEPARATOR + "".join(ALPHABET[value] for value in values)


def decode(text: str) -> tuple[str, bytes]:
    """Return prefix (in the case it was written) and bytes of a Bech32 text; raise KeyTextMalformed."""
    if not text.isascii() or (text != text.lower() and text != text.upper()):
        raise KeyTextMalformed
    prefix, separator, tail = text.rpartition(SEPARATOR)
    characters = tail.lower()
    if not separator or not _is_prefix(prefix) or len(characters) < CHECK_CHARACTERS:
        raise KeyTextMalformed
    try:
        values = [_VALUES[character] for character in characters]
    except KeyError:
        raise KeyTextMalformed from None
    if _remainder(prefix.lower(), values) != 1:
        raise KeyTextMalformed
    return prefix, _regroup(characters[:-CHECK_CHARACTERS])


def _is_prefix(prefix: str) -> bool:
    return prefix != "" and all("!" <= character <= "~" for character in prefix)


def _regroup(characters: str) -> bytes:
    size, padding = divmod(5 * len(characters), 8)
    number = int(characters.translate(_TO_DIGITS) or "0", 32)
    # Padding that is longer than needed or not zero would let one key be written in several ways.
    if padding > 4 or number & ((1 << padding) - 1):
        raise KeyTextMalformed
    return (number >> padding).to_bytes(size)


def _fold(top: int) -> int:
    """Return what the five bits that fall out at the top add to the remainder (BIP 173, polymod)."""
    generator = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    folded = 0
    for bit, term in enumerate(generator):
        if top >> bit & 1:
            folded ^= term
    return folded


_FOLDED = tuple(_fold(top) for top in range(32))


def _remainder(prefix: str, values: list[int]) -> int:
    expanded = [ord(character) >> 5 for character in prefix] + [0] + [ord(character) & 31 for character in prefix]
    remainder = 1
    for value in (*expanded, *values):
        remainder = (remainder & 0x1FFFFFF) << 5 ^ value ^ _FOLDED[remainder >> 25]
    return remainder
