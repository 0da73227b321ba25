"""Read age test vectors: our own in tests/vectors/age, and those of C2SP/CCTV from the npm package `cctv-age`.

Both have one form: lines of `key: value`, an empty line, then the sealed file (see tests/vectors/age/README.md).
"""

import base64
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from onrecord.seal.recipients import Identity, PassphraseIdentity, parse_identity

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "vectors" / "age"
CCTV = ROOT / "node_modules" / "cctv-age" / "index.js"

# The package holds its files as JavaScript; reading them needs no JavaScript engine.
_CCTV_FILE = re.compile(r'^// \.\./testdata/(\S+)\nvar \w+ = __toBinary\("([^"]*)"\);$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Vector:
    """One sealed file, the keys to try, and what must come of it."""

    name: str
    expect: str
    payload_sha256: str | None
    identities: tuple[Identity, ...]
    sealed: bytes

    @classmethod
    def parse(cls, name: str, data: bytes) -> "Vector":
        head, _, sealed = data.partition(b"\n\n")
        lines = [line.split(": ", 1) for line in head.decode("utf-8").split("\n")]
        values = dict(lines)
        identities = [_identity(key, text) for key, text in lines if key in ("identity", "passphrase")]
        if values.get("compressed") == "zlib":
            sealed = zlib.decompress(sealed)
        return cls(name, values["expect"], values.get("payload"), tuple(identities), sealed)


def own_vectors() -> list[Vector]:
    """Return the vectors of this repository."""
    return [Vector.parse(path.name, path.read_bytes()) for path in sorted(OWN.glob("*.vector"))]


def cctv_vectors() -> list[Vector]:
    """Return the vectors of C2SP/CCTV; none when the node packages are not installed."""
    if not CCTV.exists():
        return []
    found = _CCTV_FILE.findall(CCTV.read_text(encoding="utf-8"))
    return [Vector.parse(name, base64.b64decode(data)) for name, data in found]


def _identity(key: str, text: str) -> Identity:
    return PassphraseIdentity(text) if key == "passphrase" else parse_identity(text)
