"""A docket opens for those who hold its keys, refuses what could leak or contradict, and is served once at a time."""

import base64
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from conftest import MEMBER, PASSPHRASE, MakeDocket
from onrecord.casework.create import (
    ROOT_FILE,
    FolderNotEmpty,
    KeysetUnrecorded,
    MemberNameWrong,
    NewDocket,
    create_docket,
    create_keyset,
)
from onrecord.casework.docket import DATABASE_FILE, KEYSET_FILE, SUBJECTS_FILE, Docket, DocketBusy, NoPostgresAddress
from onrecord.casework.models import Case, LedgerRow
from onrecord.casework.opening import open_case
from onrecord.casework.record.audit import audit
from onrecord.ground.clock import StillClock
from onrecord.law.load import ConflictNotKnown, load_law
from onrecord.seal.epoch import NextEpoch
from onrecord.seal.keyring import PassphraseTooShort, unlock
from onrecord.seal.keyset import sign_keyset
from onrecord.seal.open import open_sealed
from onrecord.seal.recipients import PassphraseIdentity
from onrecord.settings import FILE_NAME, DocketSettings, NotADocket, SettingUnknown, SettingWrong
from onrecord.store.sqlcipher.connect import DatabaseKeyWrong, PlaintextDatabase

POSTGRES = 'database = "postgresql"\n'


def open_again(docket: Docket, clock: StillClock) -> Docket:
    connections.close_all()
    return Docket.open(docket.folder, unlock(docket.folder / "keys", PASSPHRASE, kind="member"), clock)


def test_a_new_docket_is_whole_and_says_who_made_it(docket: Docket) -> None:
    seen = audit(docket)

    assert seen.is_whole
    assert (seen.entries, seen.keysets) == (4, 1)
    assert {path.name for path in docket.folder.iterdir()} >= {"docket.toml", "keys", "db", "vault", "tiles", "spool"}


def test_only_its_owner_may_read_a_docket(docket: Docket) -> None:
    folders = [path for path in docket.folder.rglob("*") if path.is_dir()]
    secrets = [docket.folder / DATABASE_FILE, docket.folder / SUBJECTS_FILE, *(docket.folder / "keys").rglob("*.age")]

    assert all((path.stat().st_mode & 0o077) == 0 for path in folders if path.parent == docket.folder)
    assert all((path.stat().st_mode & 0o077) == 0 for path in secrets)


@pytest.mark.parametrize("name", ['Desk "A"', "Стіл \\ ب", "line\nbreak", "bell\x07\x7f"])
def test_a_docket_may_be_called_anything(tmp_path: Path, clock: StillClock, name: str) -> None:
    made = create_docket(tmp_path / "named", NewDocket(name, MEMBER, PASSPHRASE), clock)

    assert DocketSettings.read(made.folder).name == name


def test_a_docket_that_could_not_be_made_leaves_nothing_in_the_way(tmp_path: Path, clock: StillClock) -> None:
    with pytest.raises(PassphraseTooShort):
        create_docket(tmp_path / "docket", NewDocket("Desk", MEMBER, "short"), clock)
    with pytest.raises(MemberNameWrong):
        create_docket(tmp_path / "docket", NewDocket("Desk", "M" * 101, PASSPHRASE), clock)

    made = create_docket(tmp_path / "docket", NewDocket("Desk", MEMBER, PASSPHRASE), clock)

    assert audit(made).is_whole


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, clock: StillClock) -> None:
    (tmp_path / "kept").write_text("kept")

    with pytest.raises(FolderNotEmpty):
        create_docket(tmp_path, NewDocket("Desk", MEMBER, PASSPHRASE), clock)

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("colour = 1", SettingUnknown),
        ("idle_minutes = '20'", SettingWrong),
        ("example = 1", SettingWrong),
        ("database = 'paper'", SettingWrong),
        ("[[review]]\nlanguage = 'uk'", SettingWrong),
        ("[law]\nconflit = 'ua_ru'", SettingWrong),
        ("[law]\nconflict = 1", SettingWrong),
        (POSTGRES, NoPostgresAddress),
    ],
)
def test_a_setting_that_is_unknown_or_wrong_opens_nothing(
    docket: Docket, clock: StillClock, line: str, refusal: type[Exception]
) -> None:
    lines = (docket.folder / FILE_NAME).read_text().splitlines()
    kept = [one for one in lines if one.split(" ")[0] != line.split(" ")[0]]
    (docket.folder / FILE_NAME).write_text("\n".join([*kept, line]))

    with pytest.raises(refusal):
        open_again(docket, clock)


def test_a_folder_without_settings_is_no_docket(tmp_path: Path) -> None:
    with pytest.raises(NotADocket):
        DocketSettings.read(tmp_path)


@pytest.mark.parametrize("name", [DATABASE_FILE, SUBJECTS_FILE])
def test_a_database_that_anybody_can_read_is_refused(docket: Docket, clock: StillClock, name: str) -> None:
    _put_away(docket, name)
    plain = sqlite3.connect(docket.folder / name)
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()

    with pytest.raises(PlaintextDatabase):
        list(Case.objects.using(_opened(docket, clock)).all())


@pytest.mark.parametrize("name", [DATABASE_FILE, SUBJECTS_FILE])
def test_a_database_of_another_docket_is_refused(
    docket: Docket, make_docket: MakeDocket, clock: StillClock, name: str
) -> None:
    other = make_docket("other")
    connections.close_all()
    data = (other.folder / name).read_bytes()
    _put_away(docket, name)
    (docket.folder / name).write_bytes(data if data else b"\x01" * 8192)

    with pytest.raises(DatabaseKeyWrong):
        list(Case.objects.using(_opened(docket, clock)).all())


def _put_away(docket: Docket, name: str) -> None:
    connections.close_all()
    for ending in ("", "-wal", "-shm"):
        (docket.folder / f"{name}{ending}").unlink(missing_ok=True)


def _opened(docket: Docket, clock: StillClock) -> str:
    open_again(docket, clock)
    return "default"


def test_two_programs_do_not_serve_one_docket(docket: Docket, clock: StillClock) -> None:
    again = open_again(docket, clock)

    with docket.serving(), pytest.raises(DocketBusy), again.serving():
        pass

    with again.serving():
        pass


def test_the_operator_runs_the_docket_and_reads_no_case(docket: Docket, clock: StillClock) -> None:
    case = open_case(docket, "Lantern")
    connections.close_all()

    operator = Docket.open(docket.folder, unlock(docket.folder / "keys", PASSPHRASE, kind="operator"), clock)
    seen = audit(operator)

    assert not operator.keyring.holds("epoch", 1)
    assert LedgerRow.objects.filter(subject=case).exists()
    assert (seen.opened, seen.not_held, seen.findings) == (0, 4, [])


def test_a_keyset_that_the_ledger_does_not_know_is_not_followed_by_another(docket: Docket) -> None:
    root = open_root_key(docket)
    newer = sign_keyset(replace(docket.keyset, number=2, epoch=2), root)
    (docket.folder / KEYSET_FILE).write_bytes(newer)

    with pytest.raises(KeysetUnrecorded):
        create_keyset(open_again(docket, docket.clock), root, NextEpoch((), 90))

    assert (docket.folder / KEYSET_FILE).read_bytes() == newer


@pytest.mark.postgres
def test_a_keyset_that_was_recorded_and_not_published_is_published_when_the_next_is_asked_for(
    docket_on_each_database: Docket,
) -> None:
    docket = docket_on_each_database
    root, before = open_root_key(docket), (docket.folder / KEYSET_FILE).read_bytes()
    made = create_keyset(docket, root, NextEpoch((), 90))
    (docket.folder / KEYSET_FILE).write_bytes(before)

    published = create_keyset(open_again(docket, docket.clock), root, NextEpoch((), 30))

    assert published == made == open_again(docket, docket.clock).keyset
    assert LedgerRow.objects.filter(is_keyset=True).count() == 2


def open_root_key(docket: Docket) -> Ed25519PrivateKey:
    opened = open_sealed((docket.folder / ROOT_FILE).read_bytes(), [PassphraseIdentity(PASSPHRASE)])
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(opened))


def test_a_docket_reads_the_law_with_the_table_of_its_conflict(docket: Docket, clock: StillClock) -> None:
    by_itself = docket.law
    with (docket.folder / FILE_NAME).open("a") as file:
        file.write('\n[law]\nconflict = "ua_ru"\n')

    named = open_again(docket, clock).law

    assert named is by_itself is load_law()
    assert named.conflict.id == "ua_ru"


def test_a_conflict_that_nobody_knows_is_refused_with_those_there_are(docket: Docket, clock: StillClock) -> None:
    with (docket.folder / FILE_NAME).open("a") as file:
        file.write('\n[law]\nconflict = "ua_rus"\n')

    with pytest.raises(ConflictNotKnown) as caught:
        open_again(docket, clock)

    assert (caught.value.exit_code, caught.value.hint) == (2, "ua_ru")
