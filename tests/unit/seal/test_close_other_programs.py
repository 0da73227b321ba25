"""Other age programs open what we seal and seal what we open: npm's age-encryption, pyrage, Debian's age."""

from pathlib import Path

import pyrage
import pytest

from age_programs import debian_age, npm_age
from onrecord.ground.bounds import CHUNK_BYTES
from onrecord.seal.close import seal
from onrecord.seal.open import open_sealed
from onrecord.seal.recipients import HybridIdentity, PassphraseIdentity, PassphraseRecipient, X25519Identity

TEXT = "Invented Person 7 was told to sign. Вигадана особа 7. شخص مخترع".encode()
CONTENTS = {"nothing": b"", "a text": TEXT, "two full chunks": bytes(2 * CHUNK_BYTES), "more": TEXT * 3000}
FORMS = {"binary": False, "text": True}

every_content = pytest.mark.parametrize("data", CONTENTS.values(), ids=CONTENTS.keys())
every_form = pytest.mark.parametrize("armored", FORMS.values(), ids=FORMS.keys())
every_kind = pytest.mark.parametrize("kind", [HybridIdentity, X25519Identity])


@every_form
@every_content
@every_kind
def test_npm_opens_ours(kind: type[HybridIdentity | X25519Identity], data: bytes, armored: bool) -> None:
    identity = kind.generate()

    sealed = seal(data, [identity.recipient, kind.generate().recipient], armored=armored)

    assert npm_age("open", identity=str(identity), data=sealed, armored=armored) == data


@every_form
@every_content
@every_kind
def test_we_open_npms(kind: type[HybridIdentity | X25519Identity], data: bytes, armored: bool) -> None:
    identity = kind.generate()
    recipients = [str(kind.generate().recipient), str(identity.recipient)]

    sealed = npm_age("seal", recipients=recipients, data=data, armored=armored)

    assert open_sealed(sealed, [identity]) == data


def test_passphrases_work_both_ways_with_npm() -> None:
    passphrase = "вигадана фраза"

    ours = seal(TEXT, [PassphraseRecipient(passphrase, work_factor=10)])
    theirs = npm_age("seal", passphrase=passphrase, data=TEXT)

    assert npm_age("open", passphrase=passphrase, data=ours) == TEXT
    assert open_sealed(theirs, [PassphraseIdentity(passphrase)]) == TEXT


@every_form
@every_content
def test_x25519_works_both_ways_with_pyrage(data: bytes, armored: bool) -> None:
    identity = X25519Identity.generate()
    their_identity = pyrage.x25519.Identity.from_str(str(identity))

    ours = seal(data, [identity.recipient], armored=armored)
    theirs = pyrage.encrypt(data, [their_identity.to_public()], armored=armored)

    assert pyrage.decrypt(ours, [their_identity]) == data
    assert open_sealed(theirs, [identity]) == data


def test_passphrases_work_both_ways_with_pyrage() -> None:
    ours = seal(TEXT, [PassphraseRecipient("an invented passphrase", work_factor=10)])
    theirs = pyrage.passphrase.encrypt(TEXT, "an invented passphrase")

    assert pyrage.passphrase.decrypt(ours, "an invented passphrase") == TEXT
    assert open_sealed(theirs, [PassphraseIdentity("an invented passphrase")]) == TEXT


@every_form
@every_content
def test_x25519_works_both_ways_with_debians_age(tmp_path: Path, data: bytes, armored: bool) -> None:
    identity = X25519Identity.generate()
    (tmp_path / "key").write_text(f"{identity}\n", encoding="ascii")

    ours = seal(data, [identity.recipient], armored=armored)
    theirs = debian_age("-r", str(identity.recipient), *(["-a"] if armored else []), data=data)

    assert debian_age("-d", "-i", tmp_path / "key", data=ours) == data
    assert open_sealed(theirs, [identity]) == data
