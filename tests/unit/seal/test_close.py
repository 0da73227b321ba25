"""What is sealed opens for every recipient, in binary and as text, and dangerous mixtures are refused."""

import pytest

from onrecord.ground.bounds import CHUNK_BYTES
from onrecord.seal.close import NoRecipient, PassphraseNotAlone, Sealer, WeakestRecipientWins, seal, seal_chunks
from onrecord.seal.open import open_sealed
from onrecord.seal.payload import AlreadyFinished
from onrecord.seal.recipients import (
    HybridIdentity,
    PassphraseIdentity,
    PassphraseRecipient,
    X25519Identity,
)

TEXT = "Invented Person 7 was told to sign. Вигадана особа 7.".encode()


@pytest.mark.parametrize("armored", [False, True])
@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES, 200_000])
def test_each_of_several_recipients_opens_it(size: int, armored: bool) -> None:
    identities = [HybridIdentity.generate(), HybridIdentity.generate(), HybridIdentity.generate()]
    data = (TEXT * (size // len(TEXT) + 1))[:size]

    sealed = seal(data, [identity.recipient for identity in identities], armored=armored)

    assert all(open_sealed(sealed, [identity]) == data for identity in identities)
    assert sealed.isascii() == armored


def test_sealing_piece_by_piece_gives_one_whole_file() -> None:
    identity = X25519Identity.generate()
    pieces = [TEXT, b"", bytes(CHUNK_BYTES), TEXT * 3]

    sealed = b"".join(seal_chunks(iter(pieces), [identity.recipient]))

    assert open_sealed(sealed, [identity]) == b"".join(pieces)


def test_no_two_files_share_anything_even_for_one_recipient_and_one_text() -> None:
    recipient = X25519Identity.generate().recipient

    first, second = seal(TEXT, [recipient]), seal(TEXT, [recipient])

    assert len(first) == len(second)
    assert first.split(b"\n", 1)[1][:40] != second.split(b"\n", 1)[1][:40]
    assert first[-100:] != second[-100:]


def test_the_file_key_and_the_nonce_come_from_the_randomness_that_is_passed_in() -> None:
    asked: list[int] = []

    def still(size: int) -> bytes:
        asked.append(size)
        return bytes(size)

    sealed = Sealer([X25519Identity.generate().recipient], random=still).update(b"")

    assert asked == [16, 16]
    assert sealed.endswith(bytes(16))


def test_a_passphrase_seals_alone() -> None:
    passphrase = PassphraseRecipient("an invented passphrase", work_factor=10)

    sealed = seal(TEXT, [passphrase])

    assert open_sealed(sealed, [PassphraseIdentity("an invented passphrase")]) == TEXT
    for others in ([X25519Identity.generate().recipient], [HybridIdentity.generate().recipient], [passphrase]):
        with pytest.raises(PassphraseNotAlone):
            seal(TEXT, [passphrase, *others])


def test_a_recipient_that_a_quantum_computer_could_open_is_not_put_beside_one_it_could_not() -> None:
    hybrid, classic = HybridIdentity.generate(), X25519Identity.generate()
    both = [hybrid.recipient, classic.recipient]

    with pytest.raises(WeakestRecipientWins):
        seal(TEXT, both)

    sealer = Sealer(both, give_up_quantum_safety_by_mixing=True)
    sealed = sealer.update(TEXT) + sealer.finish()
    assert open_sealed(sealed, [hybrid]) == open_sealed(sealed, [classic]) == TEXT


def test_sealing_for_nobody_is_refused() -> None:
    with pytest.raises(NoRecipient):
        Sealer([])


def test_nothing_can_be_sealed_after_the_end() -> None:
    sealer = Sealer([X25519Identity.generate().recipient])
    sealer.finish()

    with pytest.raises(AlreadyFinished):
        sealer.update(b"more")
