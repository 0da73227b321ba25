"""A kit of a real docket: its language was reviewed, its notices signed, and one list names every kit of a keyset."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from invented_commands import PASSPHRASE, Onrecord
from invented_door import review
from onrecord.casework.create import ROOT_FILE, NewDocket, create_docket
from onrecord.ground.clock import Clock, StillClock, SystemClock
from onrecord.seal.close import seal
from onrecord.seal.keyset import raw_key, read_keyset
from onrecord.seal.kits import read_kits
from onrecord.seal.recipients import PassphraseRecipient

REVIEW = "\n[[review]]\n{lines}"
OWN = '  hotlines: {lines: [{text: "000 000"}]}\n'


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a docket that is no example, with two reviewed languages; signed safety texts lie beside it."""
    folder = tmp_path_factory.mktemp("real")
    create_docket(folder / "docket", NewDocket("Invented", "Vira Example", PASSPHRASE, example=False), SystemClock())
    (folder / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    with (folder / "docket" / "docket.toml").open("a", encoding="utf-8") as settings:
        for tag in ("uk", "ar"):
            signed = review(tag, folder / "safety")
            settings.write(REVIEW.format(lines="".join(f'{name} = "{value}"\n' for name, value in signed.items())))
    return folder


def stranger(folder: Path, clock: Clock) -> Path:
    create_docket(folder, NewDocket("Other", "Ada Placeholder", PASSPHRASE, example=True), clock)
    return folder


@pytest.fixture
def build(real: Path, tmp_path: Path, onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ONRECORD_DOCKET", str(real / "docket"))
    monkeypatch.setenv("ONRECORD_PASSPHRASE_FILE", str(real / "passphrase"))
    return lambda *more: onrecord(
        "kit", "build", "-o", tmp_path / "kits", "--root-key", real / "docket" / ROOT_FILE, *more
    )


def test_a_kit_of_a_reviewed_language_shows_the_notices_that_were_signed(real, tmp_path, build):
    answer = build("--language", "uk", "--safety", real / "safety")

    assert answer.code == 0, answer.err
    kit = (tmp_path / "kits" / "uk.html").read_text(encoding="utf-8")
    assert "Не надсилайте, де перебувають" in kit


def test_without_the_signed_notices_no_kit_is_made(tmp_path, build):
    answer = build("--language", "uk")

    assert answer.code != 0
    assert "--safety" in answer.err
    assert not (tmp_path / "kits").exists()


def test_a_text_that_changed_after_the_review_makes_no_kit(real, tmp_path, build):
    (tmp_path / "later").mkdir()
    own = (real / "safety" / "uk.yaml").read_text() + OWN
    (tmp_path / "later" / "uk.yaml").write_text(own)

    assert build("--language", "uk", "--safety", tmp_path / "later").code != 0


def test_a_kit_made_later_stands_in_the_list_beside_the_earlier_one(real, tmp_path, build):
    build("--language", "uk", "--safety", real / "safety")
    build("--language", "ar", "--safety", real / "safety")

    keyset = read_keyset((real / "docket" / "keys" / "keyset.json").read_bytes(), root_key=None, now=None)
    listed = read_kits((tmp_path / "kits" / "kits.json").read_bytes(), root_key=raw_key(keyset.root_key))
    assert set(listed.kits) == {"uk", "ar"}


def test_a_language_that_is_not_there_or_not_reviewed_makes_no_kit(real, tmp_path, build):
    unknown = build("--language", "uk", "--language", "tlh", "--safety", real / "safety", "--json")
    unreviewed = build("--language", "uk", "--language", "fr", "--safety", real / "safety", "--json")

    assert (unknown.code, unknown.error["error"]) == (2, "Onrecord does not have this language.")
    assert (unreviewed.code, unreviewed.error["error"]) == (
        3,
        "Nobody has checked this language as it stands, so no kit is made in it.",
    )
    assert not (tmp_path / "kits").exists()


@pytest.mark.parametrize("other", ["another docket's root key", "no file", "the root key of nobody"])
def test_only_the_dockets_own_root_key_signs_a_list(real, tmp_path, build, other):
    file = tmp_path / "root"
    if other == "another docket's root key":
        file = stranger(tmp_path / "other", SystemClock()) / ROOT_FILE
    if other == "the root key of nobody":
        file.write_bytes(seal(b"not a key", [PassphraseRecipient(PASSPHRASE, work_factor=10)]))

    answer = build("--language", "uk", "--safety", real / "safety", "--root-key", file, "--json")

    assert (answer.code, answer.error["error"]) == (2, "This file does not hold the root key that the keyset names.")
    assert not (tmp_path / "kits").exists()


def test_a_wrong_passphrase_signs_nothing(real, tmp_path, build, monkeypatch):
    (tmp_path / "passphrase").write_text("another one\n")
    monkeypatch.setenv("ONRECORD_PASSPHRASE_FILE", str(tmp_path / "passphrase"))

    answer = build("--language", "uk", "--safety", real / "safety")

    assert answer.code == 3
    assert not (tmp_path / "kits").exists()


def test_keys_that_have_ended_make_no_kit(tmp_path, build):
    ended = stranger(tmp_path / "ended", StillClock(datetime(2025, 1, 1, tzinfo=UTC)))

    answer = build("--language", "uk", "-d", ended, "--root-key", ended / ROOT_FILE, "--json")

    assert (answer.code, "ended" in answer.error["error"]) == (3, True)
    assert not (tmp_path / "kits").exists()


def test_a_list_that_the_root_key_did_not_sign_is_left_as_it_is(real, tmp_path, build):
    build("--language", "uk", "--safety", real / "safety")
    listed = tmp_path / "kits" / "kits.json"
    forged = listed.read_bytes().replace(b'"keyset":1', b'"keyset":2')
    listed.write_bytes(forged)

    answer = build("--language", "ar", "--safety", real / "safety")

    assert answer.code == 4
    assert listed.read_bytes() == forged
    assert not (tmp_path / "kits" / "ar.html").exists()


def test_a_kit_that_was_changed_since_leaves_the_list(real, tmp_path, build):
    build("--language", "uk", "--safety", real / "safety")
    with (tmp_path / "kits" / "uk.html").open("ab") as kit:
        kit.write(b"<!-- -->")

    answer = build("--language", "ar", "--safety", real / "safety", "--json")

    assert set(answer.json["kits"]) == {"ar"}
