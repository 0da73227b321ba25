"""Write the few lines of a tar archive that a letter needs, in exactly one way.

POSIX.1-2017 `pax`, ustar blocks: regular files only, mode 644, no owner, no time, no links, no folders. A name longer
than 100 bytes stands in a pax record `path` before its member. Because one name and one size give one sequence of
bytes, a reader takes the two out, writes the head again and compares: whatever else a stranger put into a header is
refused.
"""

from typing import Final

from onrecord.errors import Damaged

BLOCK_BYTES: Final = 512
NAME_BYTES: Final = 100
# The end of an archive is two empty blocks (POSIX.1-2017, pax, "ustar Interchange Format").
END: Final = bytes(2 * BLOCK_BYTES)
_REGULAR, _PAX = b"0", b"x"
_PAX_NAME = b"pax"


class TarMalformed(Damaged):
    """The inside of this letter is not laid out as a letter."""

    next_step = "Keep the sealed letter as it is. Ask the reporter to send it again if you can reach them."


def member_head(path: str, size_bytes: int) -> bytes:
    """Return what stands before a member's bytes: its header, after a pax record where the name is long."""
    name = path.encode("utf-8")
    if len(name) <= NAME_BYTES:
        return _header(name, size_bytes, _REGULAR)
    record = _pax_record(name)
    return (
        _header(_PAX_NAME, len(record), _PAX)
        + record
        + filler(len(record))
        + _header(_short_name(path), size_bytes, _REGULAR)
    )


def filler(size_bytes: int) -> bytes:
    """Return the zeros that fill a member's last block."""
    return bytes(-size_bytes % BLOCK_BYTES)


def read_block(block: bytes) -> tuple[str, int, bool]:
    """Return name, size and whether it is a pax record, of a header that could only have been written here."""
    name, size_text, kind = block[:NAME_BYTES].rstrip(b"\0"), block[124:135], block[156:157]
    try:
        size_bytes, path = int(size_text, 8), name.decode("utf-8")
    except ValueError:
        raise TarMalformed from None
    if size_bytes < 0 or kind not in (_REGULAR, _PAX) or _header(name, size_bytes, kind) != block:
        raise TarMalformed
    if kind == _PAX and name != _PAX_NAME:
        raise TarMalformed
    return path, size_bytes, kind == _PAX


def read_pax_path(record: bytes, following_name: str) -> str:
    """Return the long name in a pax record; raise TarMalformed unless the record holds that and nothing else."""
    try:
        path = record.split(b" path=", 1)[1].removesuffix(b"\n").decode("utf-8")
    except (IndexError, UnicodeDecodeError):
        raise TarMalformed from None
    name = path.encode("utf-8")
    if len(name) <= NAME_BYTES or _pax_record(name) != record or _short_name(path) != following_name.encode("utf-8"):
        raise TarMalformed
    return path


def _header(name: bytes, size_bytes: int, kind: bytes) -> bytes:
    block = bytearray(BLOCK_BYTES)
    block[: len(name)] = name
    block[100:108] = b"0000644\0"
    block[108:116] = block[116:124] = b"0000000\0"
    block[124:136] = b"%011o\0" % size_bytes
    block[136:148] = b"00000000000\0"
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def _pax_record(name: bytes) -> bytes:
    # A pax record counts its own length, digits included.
    body = b" path=" + name + b"\n"
    size = len(body) + len(str(len(body)))
    size = len(body) + len(str(size))
    return b"%d" % size + body


def _short_name(path: str) -> bytes:
    return path.split("-", 1)[0].encode("utf-8")[:NAME_BYTES]
