"""Make what a mailbox without a box gives: a box that nobody can open, and the same one whoever asks again.

Without the seed that lies beside the boxes nobody can tell it from a box, and nobody can work it out. Therefore each of
its fields is spread as a sealed file's is: the ciphertext of ML-KEM-768 (FIPS 203, algorithms 5 and 14) is evenly drawn
numbers modulo 3,329, shortened, and not evenly drawn bytes; the other half of a share is a point of Curve25519.

LIMIT: what the desk writes changes a box and never a blank. Who asks before and after sees that something came.
"""

import hashlib
import struct
from io import BytesIO
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from onrecord.ground.bounds import BOX_BYTES
from onrecord.seal.age import NONCE_BYTES, VERSION_LINE, Stanza, encode_base64
from onrecord.seal.recipients import HybridRecipient

_MODULUS: Final = 3329
# How many numbers a ciphertext of ML-KEM-768 holds, and how many bits are kept of each.
_NUMBERS: Final = ((768, 10), (256, 4))
_TAG_BYTES: Final = 16


def blank_box(seed: bytes, mailbox: str) -> bytes:
    """Return the blank box of a mailbox, always the same for one seed."""
    # Longer than what is read below.
    drawn = BytesIO(hashlib.shake_256(b"onrecord-blank/v1\n" + seed + mailbox.encode()).digest(2 * BOX_BYTES + 4096))
    shortened = b"".join(_shortened(drawn, count, bits) for count, bits in _NUMBERS)
    point = X25519PrivateKey.from_private_bytes(drawn.read(32)).public_key().public_bytes_raw()
    stanza = Stanza((HybridRecipient.kind, encode_base64(shortened + point)), drawn.read(16 + _TAG_BYTES))
    header = VERSION_LINE + stanza.write() + f"--- {encode_base64(drawn.read(32))}\n".encode()
    return header + drawn.read(NONCE_BYTES + BOX_BYTES + _TAG_BYTES)


def _shortened(drawn: BytesIO, count: int, bits: int) -> bytes:
    # Eight bytes a number: what their remainder favours cannot be seen.
    numbers = [each % _MODULUS for each in struct.unpack(f"<{count}Q", drawn.read(8 * count))]
    kept = [((number << bits) + _MODULUS // 2) // _MODULUS % (1 << bits) for number in numbers]
    return int("".join([f"{number:0{bits}b}" for number in reversed(kept)]), 2).to_bytes(count * bits // 8, "little")
