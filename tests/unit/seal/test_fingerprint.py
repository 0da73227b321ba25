"""A root key has a name that can be read out."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from onrecord.seal.fingerprint import root_digits, root_words
from onrecord.words.wordlist import load_wordlist

ROOT_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()


def test_a_root_key_has_six_words_and_twenty_digits():
    words = root_words(ROOT_KEY, load_wordlist("en").words)

    assert words == ["anchor", "away", "night", "rice", "prevent", "merit"]
    assert root_digits(ROOT_KEY) == "0241 6244 2564 1873 1100"
