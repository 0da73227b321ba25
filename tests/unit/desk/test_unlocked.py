"""Keys of members lie in memory only for as long as the members work."""

from pathlib import Path

import pytest

from onrecord.desk.unlocked import Unlocked
from onrecord.seal.keyring import KeyNotHeld, Keyring, create_member


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    words = "five invented words for tests"
    return create_member(
        tmp_path, kind="member", name="Mira Example", passphrase=words, random=lambda size: bytes(size)
    )


def test_keys_are_forgotten_after_the_idle_time(keyring: Keyring) -> None:
    now = [0.0]
    unlocked = Unlocked(idle_minutes=20, seconds=lambda: now[0])
    unlocked.keep("session", keyring)

    now[0] = 20 * 60 + 1

    assert unlocked.use("session") is None
    with pytest.raises(KeyNotHeld):
        _ = keyring.signing_key


def test_using_the_desk_begins_the_idle_time_anew(keyring: Keyring) -> None:
    now = [0.0]
    unlocked = Unlocked(idle_minutes=20, seconds=lambda: now[0])
    unlocked.keep("session", keyring)

    for minute in range(0, 60, 19):
        now[0] = minute * 60.0
        assert unlocked.use("session") is keyring


def test_another_session_opens_nothing(keyring: Keyring) -> None:
    unlocked = Unlocked(idle_minutes=20)
    unlocked.keep("session", keyring)

    assert unlocked.use("another") is None
    assert unlocked.use(None) is None
