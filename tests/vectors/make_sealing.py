"""Write the vectors of letter, receipt and keyset: fixed secrets in, the same files out, refusals included.

Run `python tests/vectors/make_sealing.py` after a change that is meant to change a format, and read the difference.
"""

import gzip
import hashlib
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).parents[1]))
from invented_keys import InventedKeys, public_text
from onrecord.ground.canon import canonical
from onrecord.seal.letter.content import Letter, Reporter
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.letter.signed import LaterLetter, Reply, sign_body, signed_bytes
from onrecord.seal.letter.tar import END, filler, member_head
from onrecord.seal.letter.write import LetterFile, LetterWriter
from onrecord.seal.receipt import Receipt
from onrecord.seal.recipients import HybridIdentity
from onrecord.words.wordlist import load_wordlist

HERE = Path(__file__).parent
WORDS = load_wordlist("en").words
LETTER = Letter("report_form.1", "A", "en", "safe", date(2026, 3, 1), {"account": "An invented account."})


def key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


def identity(name: str) -> HybridIdentity:
    return HybridIdentity.from_seed(hashlib.sha256(name.encode()).digest())


def write(path: str, value: object) -> None:
    (HERE / path).write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def receipts() -> None:
    entropies = [bytes(11), bytes(range(11)), b"\xff" * 11, hashlib.sha256(b"receipt").digest()[:11]]
    good = []
    for receipt in map(Receipt, entropies):
        keys = receipt.keys()
        good.append(
            {
                "entropy": receipt.entropy.hex(),
                "words": " ".join(receipt.words(WORDS)),
                "digits": receipt.digits(),
                "mailbox": keys.mailbox_id,
                "identity": str(keys.identity),
                "verify_key": public_text(keys.signing_key),
            }
        )
    words, digits = good[1]["words"].split(), good[1]["digits"]
    refused = [
        {"why": "wrong check word", "text": " ".join([*words[:8], "zoo"])},
        {"why": "a word missing", "text": " ".join(words[:8])},
        {"why": "a word more", "text": " ".join([*words, "zoo"])},
        {"why": "a word that is not in the list", "text": " ".join(["soliders", *words[1:]])},
        {"why": "two words exchanged", "text": " ".join([words[1], words[0], *words[2:]])},
        {"why": "wrong check digit", "text": digits[:-1] + str((int(digits[-1]) + 1) % 10)},
        {"why": "a digit missing", "text": digits[:-1]},
        {"why": "a number not beginning with 0", "text": "1" + digits[1:]},
        {"why": "more than 88 bits", "text": "0999999999 0" * 3},
        {"why": "nothing", "text": ""},
    ]
    write("receipt/receipt.json", {"good": good, "refused": refused})


def keysets() -> None:
    keys = InventedKeys(
        key("root"), key("log"), key("member"), tuple(identity(f"reader {n}") for n in (1, 2)), identity("names")
    )
    file, good = keys.file.decode(), json.loads(keys.file)
    other = InventedKeys(key("another root"), keys.log, keys.member, keys.readers, keys.names).file.decode()
    expired = replace(keys, issued="2026-01-01T00:00:00Z", expires="2026-02-01T00:00:00Z").file.decode()
    unknown = canonical(good | {"keyset": good["keyset"] | {"note": "x"}}).decode()
    write(
        "keyset/keyset.json",
        {
            "good": {"file": good, "root_key": good["keyset"]["root_key"], "at": "2026-03-01T09:30:00Z"},
            "refused": [
                {"why": "another root", "as": "forged", "text": other},
                {"why": "a longer life", "as": "forged", "text": file.replace("2026-05-01", "2026-05-02")},
                {"why": "expired", "as": "expired", "text": expired},
                {"why": "unknown key", "as": "malformed", "text": unknown},
                {"why": "spaces", "as": "malformed", "text": json.dumps(good, sort_keys=True)},
                {"why": "no signature", "as": "malformed", "text": canonical({"keyset": good["keyset"]}).decode()},
                {"why": "empty", "as": "malformed", "text": ""},
            ],
        },
    )


def signatures() -> None:
    letter = LaterLetter(first_letter_sha256="1" * 64, counter=1, body_sha256="2" * 64)
    reply = Reply(
        recipient=str(identity("reporter").recipient), letter_sha256="1" * 64, counter=1, body_sha256="2" * 64
    )
    good, refused = [], []
    for kind, statement in (("letter", letter), ("reply", reply)):
        private, signature = key(kind), sign_body(statement, key(kind)).hex()
        fields = {name: getattr(statement, name) for name in statement.__slots__}
        good.append(
            {
                "kind": kind,
                "statement": fields,
                "private_key": private.private_bytes_raw().hex(),
                "signed": signed_bytes(statement).hex(),
                "signature": signature,
            }
        )
        bad = {"kind": kind, "public_key": private.public_key().public_bytes_raw().hex(), "signature": signature}
        refused.append(bad | {"why": f"{kind} with another counter", "statement": fields | {"counter": 2}})
        refused.append(bad | {"why": f"{kind} with another body", "statement": fields | {"body_sha256": "3" * 64}})
        bad["public_key"] = key("stranger").public_key().public_bytes_raw().hex()
        refused.append(bad | {"why": f"{kind} by a stranger", "statement": fields})
    write("letter/signed.json", {"good": good, "refused": refused})


def inside(letter: Letter, *files: LetterFile, signed_by: Ed25519PrivateKey | None = None) -> bytes:
    writer, pieces = LetterWriter(), []
    pieces.append(writer.begin(letter))
    for file in files:
        pieces += [writer.file(file.name, file.size_bytes), *map(writer.chunk, file.chunks)]

    def sign(body: str) -> bytes:
        return sign_body(LaterLetter(letter.first_letter_sha256 or "", letter.counter, body), signed_by)

    return b"".join([*pieces, *writer.end(sign if signed_by else None)])


def member(name: str, data: bytes) -> bytes:
    return member_head(name, len(data)) + data + filler(len(data))


def padded(data: bytes) -> bytes:
    return data + bytes(64 * 1024 - len(data))


def altered(head: bytes, place: int, data: bytes) -> bytes:
    """Change a tar header and make its check sum right again."""
    head = head[:148] + b" " * 8 + head[156:]
    head = head[:place] + data + head[place + len(data) :]
    return head[:148] + b"%06o\0 " % sum(head) + head[156:]


def letters() -> None:
    receipt = Receipt(hashlib.sha256(b"receipt").digest()[:11]).keys()
    reporter = Reporter(receipt.mailbox_id, str(receipt.identity.recipient), public_text(receipt.signing_key))
    photo, long_name = LetterFile("photo.jpg", 5, [b"photo"]), LetterFile("Довга назва " * 12 + ".ogg", 3, [b"abc"])
    later = replace(LETTER, counter=1, first_letter_sha256="1" * 64, answers={"account": "I add this."})
    back = replace(LETTER, reporter=reporter, answers={"account": "Did it arrive?"})
    good = {
        "text.tar.gz": inside(replace(LETTER, reporter=reporter)),
        "files.tar.gz": inside(LETTER, photo, long_name, LetterFile("empty", 0, [b""])),
        "later.tar.gz": inside(later, photo, signed_by=receipt.signing_key),
        "back.tar.gz": inside(back, signed_by=receipt.signing_key),
    }
    words = member("letter.json", LetterWriter().begin(LETTER)[512:].rstrip(b"\0"))
    whole = inside(LETTER, photo)
    refused = {
        "truncated": whole[:-512],
        "longer than its rung": whole + bytes(512),
        "something in the padding": whole[:-1] + b"x",
        "not padded": words + END,
        "no letter.json": padded(member("files/01-a", b"a") + END),
        "letter.json not first": padded(member("files/01-a", b"a") + words + END),
        "two letter.json": padded(words + words + END),
        "a path upwards": padded(words + member("files/01-../a", b"a") + END),
        "another folder": padded(words + member("evil/01-a", b"a") + END),
        "a turned name": padded(words + member("files/01-a\u202egpj.exe", b"a") + END),
        "a gap in the numbers": padded(words + member("files/02-a", b"a") + END),
        "a file after the signature": padded(
            words + member("letter.sig", bytes(64)) + member("files/01-a", b"a") + END
        ),
        "a link": padded(words + altered(member("files/01-a", b""), 156, b"2") + END),
        "a time": padded(words + altered(member("files/01-a", b""), 136, b"00000000001\0") + END),
        "an owner": padded(words + altered(member("files/01-a", b""), 265, b"root") + END),
        "unknown key": padded(member("letter.json", b'{"v":1}') + END),
        "empty": b"",
    }
    index: dict[str, list[object]] = {"good": [], "refused": []}
    for name, data in good.items():
        store(name, data)
        reading = LetterReading([data])
        files = {file.name: hashlib.sha256(b"".join(file.chunks)).hexdigest() for file in reading.files()}
        letter = json.loads(reading.letter_json)
        signature = (reading.signature or b"").hex()
        index["good"].append(
            {"file": name, "letter": letter, "files": files, "body_sha256": reading.body_sha256, "signature": signature}
        )
    for number, (why, data) in enumerate(refused.items(), 1):
        store(f"refused-{number:02}.tar.gz", data)
        index["refused"].append({"file": f"refused-{number:02}.tar.gz", "why": why})
    write("letter/index.json", index)


def store(name: str, data: bytes) -> None:
    (HERE / "letter" / name).write_bytes(gzip.compress(data, mtime=0))


if __name__ == "__main__":
    receipts()
    keysets()
    signatures()
    letters()
