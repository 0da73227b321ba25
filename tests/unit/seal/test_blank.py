"""A blank box is the same whoever asks, and from outside nothing tells it from a box."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from invented_keys import InventedKeys
from onrecord.seal.age import decode_base64, header_end, parse_header
from onrecord.seal.letter.blank import blank_box
from onrecord.seal.letter.box import Box, seal_box
from onrecord.seal.open import NoKeyFits, open_sealed
from onrecord.seal.receipt import Receipt

REPORTER = Receipt(bytes(range(11))).keys()
SEED, MAILBOX = bytes(range(32)), "ab" * 16
# A number below 3,329 is shortened to one of 1,024: 257 of these stand for four numbers each, the others for three.
OF_FOUR = {kept for kept in range(1024) if sum(((n << 10) + 1664) // 3329 % 1024 == kept for n in range(3329)) == 4}


def box() -> bytes:
    empty = Box("1" * 64, 1, "2026-03", "2026-03", (), "a" * 32)
    return seal_box(empty, InventedKeys().member, str(REPORTER.identity.recipient))


def share(sealed: bytes) -> bytes:
    (stanza,) = parse_header(sealed[: header_end(sealed)]).stanzas
    return decode_base64(stanza.arguments[1].encode())


def often_of_four(boxes: list[bytes]) -> float:
    """Return how often a shortened number of the shares is one that stands for four."""
    bits = [int.from_bytes(share(sealed)[:960], "little") for sealed in boxes]
    kept = [number >> 10 * place & 1023 for number in bits for place in range(768)]
    return sum(number in OF_FOUR for number in kept) / len(kept)


def test_a_mailbox_gives_one_blank_and_another_mailbox_or_seed_gives_another():
    blanks = {blank_box(SEED, MAILBOX), blank_box(SEED, MAILBOX), blank_box(SEED, "cd" * 16), blank_box(b"", MAILBOX)}

    assert len(blanks) == 3


def test_the_bytes_stay_what_they_are_whatever_door_makes_them():
    digest = hashlib.sha256(blank_box(SEED, MAILBOX)).hexdigest()

    assert digest == "9a67f86c1fb0c05d7797004d26bbe0181fba16e8f8fca706bb6a212dc0122a93"


def test_a_blank_has_the_form_of_a_box():
    blank, real = blank_box(SEED, MAILBOX), box()

    forms = [parse_header(sealed[: header_end(sealed)]) for sealed in (blank, real)]

    assert len(blank) == len(real)
    assert header_end(blank) == header_end(real)
    assert len({(form.stanzas[0].kind, len(form.stanzas), len(form.stanzas[0].body)) for form in forms}) == 1


def test_nobody_opens_a_blank_and_it_fails_as_the_box_of_somebody_else_does():
    with pytest.raises(NoKeyFits):
        open_sealed(blank_box(SEED, MAILBOX), [REPORTER.identity])
    with pytest.raises(NoKeyFits):
        open_sealed(box(), [Receipt(bytes(11)).keys().identity])


def test_the_numbers_of_a_blank_are_spread_as_those_of_a_box_and_not_as_random_bytes():
    blanks = [blank_box(SEED, f"{number:032x}") for number in range(40)]

    # Even bytes would give 257 of 1,024, that is 0.251; numbers below 3,329 give 4 * 257 of 3,329.
    assert len(OF_FOUR) == 257
    assert often_of_four(blanks) == pytest.approx(4 * 257 / 3329, abs=0.01)
    assert often_of_four([box() for _ in range(40)]) == pytest.approx(4 * 257 / 3329, abs=0.02)


def test_the_point_of_a_blank_is_one_of_the_curve():
    # Half of all numbers are no point: forty random ones would all be points once in 10^12 times.
    points = [share(blank_box(SEED, f"{number:032x}"))[-32:] for number in range(40)]

    assert all(_is_on_the_curve(int.from_bytes(point, "little")) for point in points)
    assert all(X25519PublicKey.from_public_bytes(point) for point in points)


def _is_on_the_curve(u: int) -> bool:
    prime = 2**255 - 19
    return u < prime and pow(u**3 + 486662 * u**2 + u, (prime - 1) // 2, prime) in (0, 1)
