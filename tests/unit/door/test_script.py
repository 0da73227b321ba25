"""The door's script writes and reads what the Python code does, byte for byte; each opens what the other sealed."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from door_script import DoorScript, RefusedByScript, door_script, text
from invented_keys import DURING, InventedKeys
from onrecord.door.form import Sheet, Typed
from onrecord.door.text import TEXT
from onrecord.ground.bounds import BOX_BYTES
from onrecord.ground.canon import canonical
from onrecord.ground.text import nfc
from onrecord.seal.fingerprint import root_digits, root_words
from onrecord.seal.letter.box import Box, seal_box
from onrecord.seal.letter.content import shown_name
from onrecord.seal.letter.padding import padded_size
from onrecord.seal.letter.read import LetterReading
from onrecord.seal.letter.signed import LaterLetter, SignatureWrong, check_body
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import Receipt
from onrecord.words.catalogue import declared_languages, load_language
from onrecord.words.form import Question, Screen
from onrecord.words.wordlist import load_wordlist

VECTORS = Path(__file__).parents[2] / "vectors"
RECEIPTS = json.loads((VECTORS / "receipt/receipt.json").read_text())
KEYSETS = json.loads((VECTORS / "keyset/keyset.json").read_text())
LETTERS = json.loads((VECTORS / "letter/index.json").read_text())
SIGNED = json.loads((VECTORS / "letter/signed.json").read_text())
TYPED = json.loads((VECTORS / "letter/typed.json").read_text())
BOXES = json.loads((VECTORS / "letter/box.json").read_text())
NOW = DURING.isoformat()
MONTHLY = ("box_opened", "box_newest")

by_why = {"ids": lambda vector: vector.get("why")}
any_script = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Characters of a later Unicode than Python's may be hidden or composed for one of the two and not yet for the other.
characters = st.characters(exclude_categories=["Cs", "Cn"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(characters).map(nfc),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("a1.-_\x7fZ", max_size=4), inner, max_size=4),
)


@pytest.fixture(scope="module")
def script() -> Iterator[DoorScript]:
    with door_script() as running:
        yield running


def now_of(keys: InventedKeys) -> dict[str, Any]:
    return {"file": text(keys.file), "rootKey": keys.keyset.root_key, "now": DURING.timestamp() * 1000}


@any_script
@given(value=json_values)
def test_canonical_bytes_are_the_same(script: DoorScript, value: Any):
    assert base64.b64decode(script.ask("canonical", value=value)) == canonical(value)


@any_script
@given(sizes=st.lists(st.integers(0, 2**31), min_size=20, max_size=50))
def test_every_size_is_padded_alike(script: DoorScript, sizes: list[int]):
    assert script.ask("paddedSizes", sizes=sizes) == [padded_size(size) for size in sizes]


@any_script
@given(names=st.lists(st.text(characters, max_size=300), min_size=5, max_size=20))
def test_a_file_travels_under_the_same_name(script: DoorScript, names: list[str]):
    assert script.ask("shownNames", names=names) == [shown_name(name) for name in names]


@pytest.mark.parametrize("tag", declared_languages())
def test_a_month_never_ends_in_a_full_stop_before_that_of_its_sentence(script: DoorScript, tag: str):
    language, months = load_language(tag), [date(2026, month, 1) for month in range(1, 13)]

    by_door = [language.month(month) for month in months]
    by_script = script.ask("months", language=tag, months=[f"{month:%Y-%m}" for month in months])

    # Browsers have no Crimean Tatar, and write such a month in their own language.
    assert tag == "crh" or by_script == by_door
    said = [language.say(TEXT[name], month=month) for name in MONTHLY for month in by_door + by_script]
    said += [language.say(TEXT["kit_old_help"], date=language.day(month)) for month in months]
    assert not [sentence for sentence in said if ".." in re.sub("[\u2068\u2069]", "", sentence)]


def kept_on_arrival(text: str) -> str:
    typed = Typed(Sheet("invented", "safe", (Screen("one", (Question("account", "long", ""),)),)))
    typed.add("account", text)
    return typed.text("account")


@pytest.mark.parametrize("vector", TYPED["typed"], **by_why)
def test_what_is_typed_is_kept_alike_by_every_way(script: DoorScript, vector: dict[str, str]):
    assert kept_on_arrival(vector["typed"]) == vector["kept"]
    assert script.ask("kept", typed=[vector["typed"]]) == [vector["kept"]]


@any_script
@given(texts=st.lists(st.text(characters, max_size=300), min_size=5, max_size=20))
def test_whatever_is_typed_is_kept_alike_by_every_way(script: DoorScript, texts: list[str]):
    assert script.ask("kept", typed=texts) == list(map(kept_on_arrival, texts))


def test_half_a_character_is_kept_as_the_sign_for_it(script: DoorScript):
    assert script.ask("kept", typed=["a\ud83db"]) == ["a\N{REPLACEMENT CHARACTER}b"]


@pytest.mark.parametrize("vector", RECEIPTS["good"], ids=lambda vector: vector["entropy"])
def test_a_receipt_leads_to_the_same_keys(script: DoorScript, vector: dict[str, str]):
    made = script.ask("receipt", entropy=vector["entropy"])

    assert {name: made[name] for name in ("words", "digits", "identity")} == {
        name: vector[name] for name in ("words", "digits", "identity")
    }
    assert made["reporter"] == asdict(Receipt(bytes.fromhex(vector["entropy"])).keys().reporter())
    assert made["reporter"]["mailbox"] == vector["mailbox"]
    assert script.ask("parse", text=vector["words"].upper()) == vector["entropy"]
    assert script.ask("parse", text=vector["digits"].replace(" ", "-")) == vector["entropy"]


def test_digits_of_any_script_are_read(script: DoorScript):
    digits = RECEIPTS["good"][1]["digits"].translate({ord("0") + value: 0x0966 + value for value in range(10)})

    assert script.ask("parse", text=digits) == RECEIPTS["good"][1]["entropy"]


@pytest.mark.parametrize("vector", RECEIPTS["refused"], **by_why)
def test_what_is_no_receipt_is_refused(script: DoorScript, vector: dict[str, str]):
    with pytest.raises(RefusedByScript, match=r"^receipt$"):
        script.ask("parse", text=vector["text"])


def test_a_keyset_is_read(script: DoorScript):
    good = KEYSETS["good"]

    read = script.ask("keyset", data=text(canonical(good["file"])), rootKey=good["root_key"], now=good["at"])

    assert read == good["file"]["keyset"]


@pytest.mark.parametrize("vector", KEYSETS["refused"], **by_why)
def test_a_keyset_that_python_refuses_is_refused_for_the_same_reason(script: DoorScript, vector: dict[str, str]):
    good = KEYSETS["good"]

    with pytest.raises(RefusedByScript, match=f"^{vector['as']}$"):
        script.ask("keyset", data=text(vector["text"].encode()), rootKey=good["root_key"], now=good["at"])


@pytest.mark.parametrize("vector", SIGNED["good"], ids=lambda vector: vector["kind"])
def test_a_statement_is_signed_alike(script: DoorScript, vector: dict[str, Any]):
    made = script.ask("signature", **{name: vector[name] for name in ("kind", "statement", "private_key")})

    assert made == {"signed": vector["signed"], "signature": vector["signature"]}


@pytest.mark.parametrize("vector", SIGNED["refused"], **by_why)
def test_a_wrong_signature_is_refused(script: DoorScript, vector: dict[str, Any]):
    fields = ("kind", "statement", "public_key", "signature")

    assert script.ask("signature", **{name: vector[name] for name in fields}) is False


@pytest.mark.parametrize("vector", LETTERS["good"], ids=lambda vector: vector["file"])
def test_the_inside_of_a_letter_is_written_byte_for_byte(script: DoorScript, vector: dict[str, Any]):
    expected = gzip.decompress((VECTORS / "letter" / vector["file"]).read_bytes())
    reading = LetterReading([expected])
    files = [{"name": each.name, "data": text(b"".join(each.chunks))} for each in reading.files()]

    written = script.ask("inside", letter=vector["letter"], files=files, signing=signing_of(vector))

    assert base64.b64decode(written) == expected


def signing_of(vector: dict[str, Any]) -> str | None:
    if not vector["signature"]:
        return None
    return Receipt(bytes.fromhex(RECEIPTS["good"][3]["entropy"])).keys().signing_key.private_bytes_raw().hex()


def test_a_letter_that_the_script_seals_opens_here(script: DoorScript):
    keys, photo = InventedKeys(), bytes(range(256)) * 700
    letter = {"answers": {"account": "Вигадана розповідь\n"}, "written_on": "2026-03-01", "path": "safe"}
    identity = {"name": "Вигадана особа 7", "contact": ""}

    made = script.ask(
        "seal", letter=letter, identity=identity, files=[{"name": "a/b.jpg", "data": text(photo)}], **now_of(keys)
    )

    sealed = base64.b64decode(made["data"])
    reading = LetterReading([keys.open(sealed)])
    assert {each.name: b"".join(each.chunks) for each in reading.files()} == {"a b.jpg": photo}
    assert reading.letter.answers == letter["answers"]
    assert reading.letter.tier == "B"
    assert reading.signature is None
    assert made["hash"] == hashlib.sha256(sealed).hexdigest()
    assert json.loads(open_sealed(reading.identity or b"", [keys.names]).rstrip(b"\0")) == identity | {"v": 1}


def test_a_first_letter_carries_the_public_halves_of_its_receipt(script: DoorScript):
    keys, receipt = InventedKeys(), Receipt(bytes(range(11)))

    made = script.ask(
        "seal", letter={"written_on": "2026-03-01"}, identity=None, entropy=receipt.entropy.hex(), **now_of(keys)
    )

    reading = LetterReading([keys.open(base64.b64decode(made["data"]))])
    assert reading.letter.reporter == receipt.keys().reporter()


@pytest.mark.parametrize("counter, first", [(2, "1" * 64), (0, None)])
def test_a_later_letter_is_signed_by_its_receipt(script: DoorScript, counter: int, first: str | None):
    keys, receipt = InventedKeys(), Receipt(bytes(range(11)))
    later = {"counter": counter, "first_letter_sha256": first, "form": "mailbox.1"}

    made = script.ask(
        "seal",
        letter={"written_on": "2026-03-01", "answers": {"more": "Invented."}},
        identity=None,
        entropy=receipt.entropy.hex(),
        later=later,
        **now_of(keys),
    )

    reading = LetterReading([keys.open(base64.b64decode(made["data"]))])
    assert list(reading.files()) == []
    signing_key = receipt.keys().signing_key.public_key()
    check_body(LaterLetter(first or "", counter, reading.body_sha256), reading.signature or b"", signing_key)
    with pytest.raises(SignatureWrong):
        check_body(LaterLetter(first or "", counter + 1, reading.body_sha256), reading.signature or b"", signing_key)


def test_an_expired_keyset_seals_nothing(script: DoorScript):
    keys = InventedKeys(issued="2026-01-01T00:00:00Z", expires="2026-02-01T00:00:00Z")

    with pytest.raises(RefusedByScript, match=r"^expired$"):
        script.ask("seal", letter={"written_on": "2026-03-01"}, identity=None, **now_of(keys))


@pytest.mark.parametrize("vector", BOXES["good"], ids=lambda vector: str(vector["box"]["counter"]))
def test_a_box_is_read(script: DoorScript, vector: dict[str, Any]):
    box = script.ask("box", data=filled(vector), recipient=BOXES["recipient"], keyset=keyset_of_boxes())

    assert {name: box[name] for name in vector["box"]} == vector["box"]


@pytest.mark.parametrize("vector", BOXES["refused"], **by_why)
def test_a_box_that_python_refuses_is_refused(script: DoorScript, vector: dict[str, Any]):
    with pytest.raises(RefusedByScript, match=r"^(nothing|malformed)$"):
        script.ask("box", data=filled(vector), recipient=BOXES["recipient"], keyset=keyset_of_boxes())


def filled(vector: dict[str, Any]) -> str:
    return text(vector["text"].encode().ljust(vector.get("size_bytes", BOX_BYTES), b"\0"))


def keyset_of_boxes() -> dict[str, Any]:
    return dict(json.loads(BOXES["keyset"])["keyset"])


def test_a_sealed_box_opens_with_its_words_and_shows_nothing_for_others(script: DoorScript):
    keys, receipt = InventedKeys(), Receipt(bytes(range(11)))
    box = Box("1" * 64, 1, "2026-03", "2026-03", (), "a" * 32)
    sealed = text(seal_box(box, keys.member, str(receipt.keys().identity.recipient)))
    words = " ".join(receipt.words(load_wordlist("en").words))
    from_door = {"box": sealed, "file": text(keys.file), "rootKey": keys.keyset.root_key}

    opened = script.ask("open", text=words, **from_door)
    wrong = script.ask("open", text="some other words", **from_door)
    forged = script.ask("open", text=words, **from_door | {"file": text(replace(keys, member=keys.log).file)})

    assert opened["letter_sha256"] == "1" * 64
    assert (wrong, forged) == (None, None)


def test_a_root_key_has_the_same_six_words(script: DoorScript):
    root_key = bytes(range(32))

    named = script.ask("fingerprint", rootKey=text(root_key))

    assert named == {"words": root_words(root_key, load_wordlist("en").words), "digits": root_digits(root_key)}


def test_work_is_bound_to_the_letter_and_the_hour(script: DoorScript):
    nonce = script.ask("work", hash="ab" * 32, hour="2026-03-01T09", bits=10)

    done = hashlib.sha256(f"onrecord-work/v1\n{'ab' * 32}\n2026-03-01T09\n{nonce}".encode()).digest()
    assert int.from_bytes(done) >> (256 - 10) == 0


def test_a_new_receipt_uses_no_word_to_avoid(script: DoorScript):
    wordlist = load_wordlist("en")

    words = {word for receipt in script.ask("newReceipts", count=3000) for word in receipt["words"]}

    assert len(words) > 1500
    assert words.isdisjoint(wordlist.words[place] for place in wordlist.avoid)
