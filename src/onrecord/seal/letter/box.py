"""Write and read a reporter's box: what the desk says to one person, at one size, sealed to that person alone.

The whole box is written anew with every message, signed inside the seal by a member of the docket: for whom it is,
about which letter, which one in a row, and all it says. The first one, without a message, says that the letter was
opened. A reader shows what passes every check here and nothing else. docs/format/reply.md describes it, byte for byte.

LIMIT: an older box put back in the place of a newer one is well signed. Only somebody who remembers the newer one would
know; therefore a box says its month.
"""

import binascii
import hashlib
import html
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from onrecord.errors import BadInput, Damaged
from onrecord.ground.bounds import BOX_BYTES, BOX_TEXT_BYTES
from onrecord.ground.canon import NotCanonical, canonical, parse_canonical
from onrecord.ground.ids import is_id
from onrecord.seal.close import seal
from onrecord.seal.keyset import Keyset, raw_key
from onrecord.seal.letter.signed import Reply, SignatureWrong, check_body, sign_body
from onrecord.seal.recipients import parse_recipient

VERSION: Final = 1
QUESTION, NOTE = "question", "note"
_HEX64, _MONTH = re.compile(r"[0-9a-f]{64}"), re.compile(r"\d{4}-(0[1-9]|1[0-2])")
# A line break is the only control character of a message: every other would be drawn as nothing, or worse.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_SIGNATURE_BYTES = 64


class BoxMalformed(Damaged):
    """This is not a box that a desk writes."""

    next_step = "Show nothing of it. It is as if the box were empty."


class BoxFull(BadInput):
    """This message is longer than a box can hold."""

    next_step = "Shorten it, or write two messages one after the other has been answered."


class MessageEmpty(BadInput):
    """This message says nothing, or it is a question that does not say why it is asked."""

    next_step = "Write the message. To a question add one sentence that says why you ask."


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that the desk says: a note, or a question with the reason why it is asked."""

    number: int
    kind: str
    text: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """All that a reporter finds: which letter it answers, when that was opened, and the newest messages in order."""

    letter_sha256: str
    counter: int
    month: str
    opened: str
    messages: tuple[Message, ...]
    signer: str


def seal_box(box: Box, key: Ed25519PrivateKey, recipient: str) -> bytes:
    """Sign a box and seal it to a reporter's recipient; raise BoxFull or MessageEmpty for what a box cannot hold."""
    if any(not _says_something(message) for message in box.messages):
        raise MessageEmpty
    body = canonical(asdict(box) | {"v": VERSION})
    if not fits(box.messages) or len(body) + _line_bytes() > BOX_BYTES:
        raise BoxFull
    _parse(body)
    plaintext = body + b"\n" + b64encode(sign_body(_statement(box, body, recipient), key)) + b"\n"
    return seal(plaintext.ljust(BOX_BYTES, b"\x00"), [parse_recipient(recipient)])


def read_box(plaintext: bytes, *, keyset: Keyset, recipient: str) -> Box:
    """Read an opened box; raise BoxMalformed, or SignatureWrong unless a member wrote it to this person."""
    body, signature = _split(plaintext)
    box = _parse(body)
    members = {signer.id: signer.verify_key for signer in keyset.signers if signer.role == "member"}
    if box.signer not in members or len(signature) != _SIGNATURE_BYTES:
        raise SignatureWrong
    key = Ed25519PublicKey.from_public_bytes(raw_key(members[box.signer]))
    check_body(_statement(box, body, recipient), signature, key)
    return box


def text_bytes(messages: Sequence[Message]) -> int:
    """Count what messages take of a box: their texts and reasons as a page writes them, with signs like < escaped."""
    return sum(len(html.escape(part).encode()) for message in messages for part in (message.text, message.why))


def fits(messages: Sequence[Message]) -> bool:
    """Tell whether one box holds all these messages."""
    most = BOX_BYTES - _line_bytes() - _HEAD_BYTES
    return text_bytes(messages) <= BOX_TEXT_BYTES and len(canonical([asdict(one) for one in messages])) <= most


# Everything of the canonical JSON but the messages, with the largest numbers that a box can count to.
_HEAD_BYTES: Final = len(
    canonical(asdict(Box("0" * 64, 2**53 - 1, "0000-00", "0000-00", (), "0" * 32)) | {"v": VERSION})
)


def _line_bytes() -> int:
    return len(b"\n" + b64encode(bytes(_SIGNATURE_BYTES)) + b"\n")


def _statement(box: Box, body: bytes, recipient: str) -> Reply:
    return Reply(recipient, box.letter_sha256, box.counter, hashlib.sha256(body).hexdigest())


def _split(plaintext: bytes) -> tuple[bytes, bytes]:
    """Return the words and the signature of a box whose size and filling are right."""
    body, _, rest = plaintext.partition(b"\n")
    line, _, filling = rest.partition(b"\n")
    if len(plaintext) != BOX_BYTES or filling.strip(b"\x00"):
        raise BoxMalformed
    try:
        signature = b64decode(line, validate=True)
    except binascii.Error:
        raise BoxMalformed from None
    if b64encode(signature) != line:
        raise BoxMalformed
    return body, signature


def _parse(body: bytes) -> Box:
    try:
        value = parse_canonical(body)
    except NotCanonical:
        raise BoxMalformed from None
    _require(isinstance(value, dict) and value.keys() == {"v", *Box.__slots__} and value["v"] is not True)
    _require(value.pop("v") == VERSION and isinstance(value["messages"], list))
    _require(_is_text(value["letter_sha256"], _HEX64) and _is_text(value["signer"]) and is_id(value["signer"]))
    _require(_is_text(value["month"], _MONTH) and _is_text(value["opened"], _MONTH))
    _require(value["opened"] <= value["month"] and _counts(value["counter"]))
    box = Box(**value | {"messages": tuple(_message(item) for item in value["messages"])})
    numbers = [message.number for message in box.messages]
    _require(numbers == sorted(set(numbers)) and fits(box.messages))
    return box


def _message(value: object) -> Message:
    if not isinstance(value, dict) or value.keys() != set(Message.__slots__):
        raise BoxMalformed
    message = Message(**_texts(value))
    _require(_counts(message.number) and message.kind in (QUESTION, NOTE) and _says_something(message))
    return message


def _texts(value: Mapping[str, Any]) -> Mapping[str, Any]:
    for name in ("text", "why"):
        _require(_is_text(value[name]) and not _CONTROL.search(value[name]))
    return value


def _says_something(message: Message) -> bool:
    return bool(message.text.strip()) and bool(message.why.strip() or message.kind != QUESTION)


def _is_text(value: object, pattern: re.Pattern[str] | None = None) -> bool:
    return isinstance(value, str) and (pattern is None or pattern.fullmatch(value) is not None)


def _counts(value: object) -> bool:
    return type(value) is int and value >= 1


def _require(is_true: bool) -> None:
    if not is_true:
        raise BoxMalformed
