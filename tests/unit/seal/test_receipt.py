"""Nine words, or three numbers, are enough to come back; a mistake in them is noticed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.seal.keyset import raw_key
from onrecord.seal.receipt import ENTROPY_BYTES, Receipt, ReceiptWrong, parse
from onrecord.words.wordlist import load_wordlist

ENGLISH = load_wordlist("en")
VECTORS = json.loads((Path(__file__).parents[2] / "vectors/receipt/receipt.json").read_text())
ENTROPIES = st.binary(min_size=ENTROPY_BYTES, max_size=ENTROPY_BYTES)


@given(ENTROPIES)
def test_words_and_numbers_lose_nothing(entropy):
    receipt = Receipt(entropy)

    words, digits = receipt.words(ENGLISH.words), receipt.digits()

    assert len(words) == 9
    assert parse(" ".join(words), ENGLISH.words) == parse(digits, ENGLISH.words) == receipt


@pytest.mark.parametrize(
    "spoiled", [str.upper, str.title, lambda text: text.replace(" ", " - "), lambda text: f"\n {text}.\n"]
)
def test_words_are_read_however_they_are_spaced_and_capitalised(spoiled):
    receipt = Receipt(bytes(range(ENTROPY_BYTES)))

    assert parse(spoiled(" ".join(receipt.words(ENGLISH.words))), ENGLISH.words) == receipt


def test_words_written_as_a_numbered_list_are_read():
    receipt = Receipt(bytes(range(ENTROPY_BYTES)))
    listed = "\n".join(f"{number}. {word}" for number, word in enumerate(receipt.words(ENGLISH.words), 1))

    assert parse(listed, ENGLISH.words) == receipt


@pytest.mark.parametrize(
    "spoiled", [str.split, "-".join, lambda text: text.translate(dict(zip(range(48, 58), "٠١٢٣٤٥٦٧٨٩", strict=True)))]
)
def test_numbers_are_read_with_other_gaps_and_other_digits(spoiled):
    receipt = Receipt(bytes(range(ENTROPY_BYTES)))

    assert parse("".join(spoiled(receipt.digits())), ENGLISH.words) == receipt


def test_numbers_whose_leading_zero_a_telephone_dropped_are_read():
    receipt = Receipt(bytes(range(ENTROPY_BYTES)))
    dropped = " ".join(line.removeprefix("0") for line in receipt.digits().splitlines())

    assert parse(dropped, ENGLISH.words) == receipt


def test_numbers_in_another_order_are_noticed():
    lines = Receipt(bytes(range(ENTROPY_BYTES))).digits().splitlines()

    with pytest.raises(ReceiptWrong):
        parse("\n".join(reversed(lines)), ENGLISH.words)


@pytest.mark.parametrize(
    "text", ["", "   ", "abandon", "zoo " * 9, "0" * 33, "9" * 33, "abandon " * 500, "١", "\0", "🙂"]
)
def test_what_is_not_a_receipt_gets_one_clear_sentence(text):
    with pytest.raises(ReceiptWrong, match="one of them is missing, mistyped or in another place"):
        parse(text, ENGLISH.words)


def test_two_words_exchanged_are_noticed():
    words = Receipt(bytes(range(ENTROPY_BYTES))).words(ENGLISH.words)
    words[1], words[4] = words[4], words[1]

    with pytest.raises(ReceiptWrong):
        parse(" ".join(words), ENGLISH.words)


def test_no_new_receipt_holds_a_word_about_war():
    receipts = [Receipt.new(avoid=ENGLISH.avoid) for _ in range(300)]

    drawn = {word for receipt in receipts for word in receipt.words(ENGLISH.words)}

    assert drawn.isdisjoint({"soldier", "weapon", "army", "gun", "bullet", "enlist"})


def test_a_receipt_does_not_show_itself():
    assert "entropy" not in repr(Receipt(bytes(range(ENTROPY_BYTES))))


def test_the_word_list_has_two_thousand_and_forty_eight_different_words():
    assert len(set(ENGLISH.words)) == 2048


@pytest.mark.parametrize("vector", VECTORS["good"], ids=lambda vector: vector["words"].split()[0])
def test_each_vector_gives_its_keys(vector):
    receipt = parse(vector["words"], ENGLISH.words)

    keys = receipt.keys()

    assert receipt.entropy.hex() == vector["entropy"]
    assert receipt.digits() == vector["digits"]
    assert keys.mailbox_id == vector["mailbox"]
    assert str(keys.identity) == vector["identity"]
    assert keys.signing_key.public_key().public_bytes_raw() == raw_key(vector["verify_key"])


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["why"])
def test_each_vector_to_refuse_is_refused(vector):
    with pytest.raises(ReceiptWrong):
        parse(vector["text"], ENGLISH.words)
