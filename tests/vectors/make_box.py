"""Write the vectors of a reporter's box: fixed secrets in, the same files out, refusals included.

Run `python tests/vectors/make_box.py` after a change that is meant to change the format, and read the difference.
"""

import hashlib
import json
import sys
from base64 import b64encode
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).parents[1]))
from invented_keys import InventedKeys, public_text
from onrecord.ground.bounds import BOX_BYTES
from onrecord.ground.canon import canonical
from onrecord.seal.keyset import Signer, sign_keyset
from onrecord.seal.letter.box import Box, Message
from onrecord.seal.letter.signed import Reply, sign_body
from onrecord.seal.receipt import Receipt
from onrecord.seal.recipients import HybridIdentity

Plain = dict[str, Any]


def key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def identity(name: str) -> HybridIdentity:
    return HybridIdentity.from_seed(hashlib.sha256(name.encode()).digest())


RECEIPT = Receipt(hashlib.sha256(b"receipt").digest()[:11])
RECIPIENT = str(RECEIPT.keys().identity.recipient)
SERVICE = Signer("b" * 32, "service", public_text(key("service")))
KEYS = InventedKeys(key("root"), key("log"), key("member"), (identity("reader 1"),), identity("names"))
KEYSET = replace(KEYS.keyset, signers=(*KEYS.keyset.signers, SERVICE))

QUESTION = Message(2, "question", "Which month was it? A season is enough.", "A court asks when.")
NOTE = Message(1, "note", "Спасибо. Мы прочитали «всё» & <сохранили>.\nМы можем ответить только здесь.")
EMPTY = Box("1" * 64, 1, "2026-03", "2026-03", (), "a" * 32)
FULL = replace(EMPTY, counter=3, month="2026-04", messages=(NOTE, QUESTION))


def plain(box: Box) -> Plain:
    return asdict(box) | {"v": 1}


def signed(value: Plain, by: Ed25519PrivateKey = KEYS.member, **otherwise: Any) -> str:
    """Return the text of a box, signed for what it says or for something else."""
    body = canonical(value)
    says = {"letter_sha256": value["letter_sha256"], "counter": value["counter"], "recipient": RECIPIENT} | otherwise
    signature = sign_body(Reply(body_sha256=hashlib.sha256(body).hexdigest(), **says), by)
    return f"{body.decode()}\n{b64encode(signature).decode()}\n"


def wrongly_signed(value: Plain) -> dict[str, str]:
    body = canonical(value).decode()
    return {
        "unsigned": f"{body}\n\n",
        "signed by a stranger": signed(value, key("stranger")),
        "signed by a service": signed(value | {"signer": SERVICE.id}, key("service")),
        "signed by nobody whom the keyset names": signed(value | {"signer": "c" * 32}),
        "for another recipient": signed(value, recipient=str(identity("somebody else").recipient)),
        "about another letter": signed(value, letter_sha256="2" * 64),
        "signed under another counter": signed(value, counter=2),
        "a word changed": signed(value).replace("season", "seasoN"),
        "a signature cut short": f"{body}\n{b64encode(bytes(63)).decode()}\n",
    }


def malformed(value: Plain) -> dict[str, str]:
    message = value["messages"][0]

    def saying(**changes: str) -> str:
        return signed(value | {"messages": [message | changes]})

    return {
        "counter 0": signed(value | {"counter": 0}),
        "counter that is no number": signed(value | {"counter": True}),
        "another version": signed(value | {"v": 2}),
        "a key too many": signed(value | {"link": "x"}),
        "a key too few": signed({name: item for name, item in value.items() if name != "month"}),
        "a month that is none": signed(value | {"month": "2026-13"}),
        "a day": signed(value | {"month": "2026-04-01"}),
        "opened after it was written": signed(value | {"opened": "2026-05"}),
        "messages in another order": signed(value | {"messages": value["messages"][::-1]}),
        "a number twice": signed(value | {"messages": [message, message]}),
        "a kind that is none": saying(kind="order"),
        "a question without a reason": saying(kind="question"),
        "a message that says nothing": saying(text=" "),
        "a control character": saying(text="a\u0007b"),
        "too long": saying(text="a" * 6001),
        "too long once escaped": saying(text="&" * 1201),
        "spaces in the JSON": signed(value).replace(",", ", ", 1),
        "no box": "",
        "a signature in another spelling": signed(value).rstrip("\n") + "=\n",
    }


def boxes() -> Plain:
    value = plain(FULL)
    sizes = {"cut short": BOX_BYTES - 1, "longer": BOX_BYTES + 1}
    refused: list[Plain] = [{"why": why, "as": "signature", "text": t} for why, t in wrongly_signed(value).items()]
    refused += [{"why": why, "as": "malformed", "text": text} for why, text in malformed(value).items()]
    refused += [{"why": why, "as": "malformed", "text": signed(value), "size_bytes": n} for why, n in sizes.items()]
    refused += [{"why": "something in it", "as": "malformed", "text": f"{signed(value)}x"}]
    return {
        "receipt": RECEIPT.entropy.hex(),
        "recipient": RECIPIENT,
        "keyset": sign_keyset(KEYSET, KEYS.root).decode(),
        "size_bytes": BOX_BYTES,
        "good": [{"text": signed(plain(box)), "box": asdict(box)} for box in (EMPTY, FULL)],
        "refused": refused,
    }


if __name__ == "__main__":
    text = json.dumps(boxes(), ensure_ascii=False, indent=1, sort_keys=True)
    (Path(__file__).parent / "letter/box.json").write_text(text + "\n")
