"""Give every letter one of a few sizes, so that its size says nothing about what is in it.

The padding lies inside the seal. Below 1 MiB there are three rungs, and every text letter is on the first of them.
Above, Padme (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PoPETs 2019, section 4) wastes at most
12 % and leaves an observer a number with few significant bits.

LIMIT: this hides how much was written, neither that something was sent nor when.
"""

from collections.abc import Iterator

from onrecord.ground.bounds import CHUNK_BYTES, PADDING_RUNGS


def padded_size(size_bytes: int) -> int:
    """Return the size to which this many bytes are padded."""
    for rung in PADDING_RUNGS:
        if size_bytes <= rung:
            return rung
    exponent = size_bytes.bit_length() - 1
    last_bits = exponent - exponent.bit_length()
    mask = (1 << last_bits) - 1
    return (size_bytes + mask) & ~mask


def is_padded(size_bytes: int) -> bool:
    """Tell whether something of this size could have been padded."""
    return size_bytes > 0 and padded_size(size_bytes) == size_bytes


def zeros(size_bytes: int) -> Iterator[bytes]:
    """Yield this many zero bytes in chunks, so that padding never fills the memory."""
    block = bytes(min(CHUNK_BYTES, size_bytes))
    while size_bytes > 0:
        yield block[:size_bytes]
        size_bytes -= len(block)
