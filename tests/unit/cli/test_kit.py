"""A kit of a real docket: its language was reviewed, its notices signed, and one list names every kit of a keyset."""

from pathlib import Path

import pytest

from invented_commands import PASSPHRASE, Onrecord
from invented_door import review
from onrecord.casework.create import ROOT_FILE, NewDocket, create_docket
from onrecord.ground.clock import SystemClock
from onrecord.seal.keyset import raw_key, read_keyset
from onrecord.seal.kits import read_kits

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
