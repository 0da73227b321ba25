"""A letter goes in whole, comes out whole, and looks like every other letter from outside."""

import gzip
import hashlib
import io
import json
import tarfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from invented_keys import InventedKeys
from onrecord.errors import OnrecordError
from onrecord.ground.bounds import KIB
from onrecord.seal.letter.content import Letter, LetterMalformed
from onrecord.seal.letter.read import LetterReading, PaddingWrong, read_part
from onrecord.seal.letter.signed import LaterLetter, check_body, sign_body
from onrecord.seal.letter.tar import TarMalformed
from onrecord.seal.letter.write import IdentityTooLong, LetterFile, LetterWriter, identity_json, seal_letter
from onrecord.seal.open import open_sealed

VECTORS = Path(__file__).parents[2] / "vectors/letter"
LETTER = Letter("report_form.1", "A", "en", "safe", date(2026, 3, 1), {"account": "An invented account."})
KEYS = InventedKeys()


def sealed(letter: Letter = LETTER, *files: LetterFile, **options: object) -> bytes:
    pieces: list[bytes] = []
    seal_letter(letter, files, to=KEYS.keyset, sink=pieces.append, **options)
    return b"".join(pieces)


def plain(letter: Letter = LETTER, *files: LetterFile, **options: object) -> bytes:
    return KEYS.open(sealed(letter, *files, **options))


def read_all(data: bytes, piece_bytes: int = 4096) -> tuple[LetterReading, dict[str, bytes]]:
    reading = LetterReading(data[start : start + piece_bytes] for start in range(0, len(data), piece_bytes))
    return reading, {file.name: b"".join(file.chunks) for file in reading.files()}


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=2000).map(lambda text: {"account": text})


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["", "Їжак", "नमस्ते", "مرحبا", "🙂", "x"]), st.integers(0, 3000), st.booleans())
def test_every_text_letter_has_one_length_whatever_its_script_and_content(text, times, has_name):
    identity = identity_json(name=text, contact="") if has_name else None

    ciphertext = sealed(replace(LETTER, answers={"account": text * times}), identity=identity)

    assert len(ciphertext) == len(sealed())


def test_files_of_one_rung_give_one_length():
    lengths = {len(sealed(LETTER, LetterFile("voice.ogg", size, [bytes(size)]))) for size in (70_000, 131_072, 250_000)}

    assert len(lengths) == 1


@pytest.mark.parametrize("piece_bytes", [1, 511, 512, 4096, 1 << 20])
def test_files_come_out_bit_exact_in_order_under_their_names(piece_bytes):
    photo, voice = bytes(range(256)) * 5, b""
    long_name = "Дуже довга назва " * 8 + ".jpg"

    reading, files = read_all(
        plain(LETTER, LetterFile(long_name, len(photo), [photo[:7], photo[7:]]), LetterFile("voice.ogg", 0, [voice])),
        piece_bytes,
    )

    assert reading.letter == LETTER
    assert list(files.items()) == [(long_name, photo), ("voice.ogg", voice)]


def test_any_tar_program_opens_the_inside_of_a_letter():
    long_name = "Дуже довга назва " * 8 + ".jpg"
    data = plain(LETTER, LetterFile(long_name, 3, [b"abc"]), LetterFile("b", 1, [b"b"]))

    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        assert archive.getnames() == ["letter.json", f"files/01-{long_name}", "files/02-b"]
        assert archive.extractfile(f"files/01-{long_name}").read() == b"abc"


def test_a_name_opens_only_with_the_key_for_names():
    reading, _ = read_all(plain(identity=identity_json(name="Приклад Прикладенко", contact="")))

    opened = open_sealed(reading.identity, [KEYS.names])

    assert len(opened) == 4 * KIB
    assert json.loads(opened.rstrip(b"\0"))["name"] == "Приклад Прикладенко"
    with pytest.raises(OnrecordError):
        open_sealed(reading.identity, list(KEYS.readers))


def test_a_name_that_does_not_fit_its_part_is_refused():
    with pytest.raises(IdentityTooLong):
        sealed(identity=identity_json(name="x" * 5000, contact=""))


def test_a_later_letter_is_signed_over_all_it_says():
    key = Ed25519PrivateKey.generate()
    later = replace(LETTER, counter=1, first_letter_sha256=hashlib.sha256(sealed()).hexdigest())

    def sign(body_sha256: str) -> bytes:
        return sign_body(LaterLetter(later.first_letter_sha256, later.counter, body_sha256), key)

    reading, _ = read_all(plain(later, LetterFile("a", 1, [b"a"]), sign=sign))

    statement = LaterLetter(reading.letter.first_letter_sha256, reading.letter.counter, reading.body_sha256)
    check_body(statement, reading.signature, key.public_key())


def test_a_file_shorter_or_longer_than_announced_is_never_closed():
    with pytest.raises(LetterMalformed):
        sealed(LETTER, LetterFile("short", 5, [b"abc"]))
    with pytest.raises(LetterMalformed):
        sealed(LETTER, LetterFile("long", 5, [b"abcdef"]))


def test_a_letter_cut_off_anywhere_is_refused():
    whole = plain(LETTER, LetterFile("a", 700, [bytes(700)]))

    for cut in range(0, len(whole), 331):
        with pytest.raises((TarMalformed, PaddingWrong)):
            read_all(whole[:cut])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 64 * KIB - 1), st.integers(1, 255))
def test_no_byte_of_a_letter_can_be_changed_and_read_as_the_same_letter(place, flip):
    whole = bytearray(plain(LETTER, LetterFile("a", 700, [bytes(700)])))
    original = read_all(bytes(whole))
    whole[place] ^= flip

    try:
        reading, files = read_all(bytes(whole))
    except OnrecordError:
        return

    # Inside the seal a changed word is another word; nothing else may pass.
    assert (reading.letter, files) != (original[0].letter, original[1])


def test_a_part_gives_back_its_file_and_nothing_of_its_padding():
    writer_padding = bytes(64 * KIB - 5)

    assert b"".join(read_part([b"hel", b"lo", writer_padding], 5)) == b"hello"
    with pytest.raises(PaddingWrong):
        b"".join(read_part([b"hello", writer_padding[:-1], b"x"], 5))
    with pytest.raises(PaddingWrong):
        b"".join(read_part([b"hello", writer_padding, b"\0"], 5))


def test_words_come_before_everything_else():
    writer = LetterWriter()
    first_a_file = writer.file("a", 1) + writer.chunk(b"a") + writer.begin(LETTER) + b"".join(writer.end())

    with pytest.raises(TarMalformed):
        read_all(first_a_file)


INDEX = json.loads((VECTORS / "index.json").read_text())


@pytest.mark.parametrize("vector", INDEX["good"], ids=lambda vector: vector["file"])
def test_each_letter_vector_is_read(vector):
    reading, files = read_all(_vector(vector["file"]))

    assert json.loads(reading.letter_json) == vector["letter"]
    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} == vector["files"]
    assert reading.body_sha256 == vector["body_sha256"]
    assert (reading.signature or b"").hex() == vector["signature"]


@pytest.mark.parametrize("vector", INDEX["refused"], ids=lambda vector: vector["why"])
def test_each_letter_vector_to_refuse_is_refused(vector):
    with pytest.raises(OnrecordError):
        read_all(_vector(vector["file"]))


def _vector(name: str) -> bytes:
    return gzip.decompress((VECTORS / name).read_bytes())
