"""Where a door opens and where it refuses to."""

import re
import socket
import subprocess
import sys
from dataclasses import replace

import pytest

from invented_door import InventedDoor, form
from invented_keys import InventedKeys
from onrecord.door.config import DoorSettings, DoorSettingsWrong, NotADoorFolder, read_config, write_config
from onrecord.door.serve import (
    Address,
    CannotListen,
    CertificateIncomplete,
    DocketKeysHere,
    NotEncrypted,
    check_place,
    listen,
    swap_is_on,
)
from onrecord.seal.keyset import KeysetForged, sign_keyset

LOOPBACK = Address("127.0.0.1", 8470)
EXAMPLE = 'name = "Practice"\norigin = "docket.example/2026"\nexample = true\n'


def check(address, *, folders, is_example=False, environment=None, rooms=()):
    """Check a place on a machine whose home is empty, whatever lies on the one that runs this."""
    environment = {"HOME": "/an/empty/home"} | (environment or {})
    check_place(address, folders=folders, is_example=is_example, environment=environment, rooms=rooms)


@pytest.fixture
def docket(tmp_path):
    (tmp_path / "docket" / "keys").mkdir(parents=True)
    (tmp_path / "docket" / "docket.toml").touch()
    return tmp_path / "docket"


@pytest.mark.parametrize("inside", ["", "spool", "spool/deeper"])
def test_a_door_refuses_to_open_beside_docket_keys(docket, inside):
    with pytest.raises(DocketKeysHere):
        check(LOOPBACK, folders=(docket / inside,))


def test_a_door_refuses_to_open_where_a_docket_is_named_in_the_environment(tmp_path):
    with pytest.raises(DocketKeysHere):
        check(LOOPBACK, folders=(tmp_path,), environment={"ONRECORD_DOCKET": "anything"})


@pytest.mark.parametrize("place", ["home", "home/docket", "srv/docket"])
def test_a_door_refuses_to_open_on_a_machine_where_a_docket_lies_in_a_usual_place(tmp_path, place):
    (tmp_path / place / "keys").mkdir(parents=True)
    (tmp_path / place / "docket.toml").touch()
    machine = {"environment": {"HOME": str(tmp_path / "home")}, "rooms": (tmp_path / "srv", tmp_path / "missing")}

    with pytest.raises(DocketKeysHere):
        check(LOOPBACK, folders=(tmp_path / "door",), **machine)


def test_a_door_refuses_to_open_for_somebody_who_stands_in_a_docket(docket, tmp_path, monkeypatch):
    (docket / "vault").mkdir()
    monkeypatch.chdir(docket / "vault")

    with pytest.raises(DocketKeysHere):
        check(LOOPBACK, folders=(tmp_path / "door",))


def test_keys_of_something_else_in_a_usual_place_keep_no_door_closed(tmp_path):
    (tmp_path / "srv" / "other" / "keys").mkdir(parents=True)
    (tmp_path / "srv" / "settings" / "docket.toml").mkdir(parents=True)

    check(LOOPBACK, folders=(tmp_path / "door",), rooms=(tmp_path / "srv",))


def test_an_example_door_may_open_beside_its_docket_on_loopback_only(docket):
    (docket / "docket.toml").write_text(EXAMPLE)
    named = {"ONRECORD_DOCKET": str(docket), "HOME": str(docket.parent)}

    check(LOOPBACK, folders=(docket / "spool",), is_example=True, environment=named)

    public = Address("0.0.0.0", 443, docket / "certificate", docket / "key")
    with pytest.raises(DocketKeysHere):
        check(public, folders=(docket / "spool",), is_example=True)
    with pytest.raises(DocketKeysHere):
        check(LOOPBACK, folders=(docket / "spool",))


@pytest.mark.parametrize("settings", ["", 'name = "Real"\norigin = "x"\n', "example = true\n"])
@pytest.mark.parametrize("how", ["above", "named", "home", "room"])
def test_an_example_door_does_not_open_beside_a_docket_that_does_not_say_it_is_one(docket, tmp_path, settings, how):
    (docket / "docket.toml").write_text(settings)
    place = {
        "above": {"folders": (docket / "spool",)},
        "named": {"folders": (), "environment": {"ONRECORD_DOCKET": str(docket)}},
        "home": {"folders": (), "environment": {"HOME": str(tmp_path)}},
        "room": {"folders": (), "rooms": (tmp_path,)},
    }[how]

    with pytest.raises(DocketKeysHere):
        check(LOOPBACK, is_example=True, **place)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "door.example"])
def test_a_door_that_others_reach_must_speak_tls(tmp_path, host):
    with pytest.raises(NotEncrypted):
        check(Address(host, 80), folders=(tmp_path,))

    certified = Address(host, 443, tmp_path / "certificate", tmp_path / "key")
    check(certified, folders=(tmp_path,))


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_behind_an_onion_service_loopback_needs_no_tls(tmp_path, host):
    check(Address(host, 8470), folders=(tmp_path,))


def test_a_certificate_without_its_key_is_refused(tmp_path):
    with pytest.raises(CertificateIncomplete):
        check(Address("0.0.0.0", 443, tmp_path / "certificate"), folders=(tmp_path,))


def test_swap_is_noticed(tmp_path):
    table = tmp_path / "swaps"

    table.write_text("Filename Type Size Used Priority\n")
    assert not swap_is_on(table)
    table.write_text("Filename Type Size Used Priority\n/swap file 1 0 -2\n")
    assert swap_is_on(table)
    assert not swap_is_on(tmp_path / "missing")


def test_what_a_door_needs_is_written_and_read_and_holds_nothing_secret(tmp_path):
    keys = InventedKeys()
    settings = DoorSettings(keys.keyset.root_key, example=True, letter_bytes=1024)

    write_config(tmp_path, settings, keys.file)
    config = read_config(tmp_path)

    assert (config.settings, config.keyset) == (settings, keys.keyset)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not re.search(rb"(?i)secret|private|AGE-SECRET-KEY", written)


def test_a_keyset_that_somebody_exchanged_does_not_open_a_door(tmp_path):
    keys = InventedKeys()
    write_config(tmp_path, DoorSettings(keys.keyset.root_key), keys.file)
    (tmp_path / "keyset.json").write_bytes(InventedKeys().file)

    with pytest.raises(KeysetForged):
        read_config(tmp_path)


def test_a_newer_keyset_is_taken_up_while_the_door_is_open(tmp_path):
    door, newer = InventedDoor(tmp_path), InventedKeys()
    file = sign_keyset(
        replace(door.keys.keyset, number=2, letter_recipients=newer.keyset.letter_recipients), door.keys.root
    )

    (tmp_path / "config" / "keyset.json").write_bytes(file)
    answer = door.post("/en/safe", form([("account", "An invented account.")]))

    (arrival,) = door.spool.arrivals()
    assert answer.status == 200
    assert newer.open(b"".join(door.spool.read(arrival)))
    assert door.get("/.well-known/onrecord/keyset").body == file


def test_a_keyset_that_is_not_a_newer_one_of_this_docket_is_not_taken_up(tmp_path):
    door, forger = InventedDoor(tmp_path), InventedKeys()
    path = tmp_path / "config" / "keyset.json"
    same_number = sign_keyset(replace(door.keys.keyset, epoch=2), door.keys.root)

    for file in (sign_keyset(replace(forger.keyset, number=2), forger.root), same_number, b"", b"{}", None):
        path.write_bytes(file) if file is not None else path.unlink()

        assert door.get("/.well-known/onrecord/keyset").body == door.keys.file
        assert door.get("/healthz").status == 200


def test_an_address_is_taken_once(free_port):
    (listener,) = listen(Address("127.0.0.1", free_port))

    with listener, pytest.raises(CannotListen):
        listen(Address("127.0.0.1", free_port))


def test_an_answer_is_sent_at_once(free_port):
    (listener,) = listen(Address("127.0.0.1", free_port))

    with listener, socket.create_connection(("127.0.0.1", free_port)), listener.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize(
    "text", ["", "root_key", 'root_key = "x"\nlog = true', 'root_key = "x"\nexample = "yes"', "\0"]
)
def test_settings_with_an_unknown_or_wrong_key_are_refused(text):
    with pytest.raises(DoorSettingsWrong):
        DoorSettings.parse(text)


def test_a_folder_without_settings_is_no_door(tmp_path):
    with pytest.raises(NotADoorFolder):
        read_config(tmp_path)


def test_the_door_loads_nothing_of_the_desk_and_no_ring_of_keys():
    listing = "import sys, onrecord.door.app, onrecord.door.serve; print('\\n'.join(sys.modules))"

    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()

    forbidden = (
        "django",
        "sqlite3",
        "sqlcipher3",
        "onrecord.desk",
        "onrecord.casework",
        "onrecord.vault",
        "onrecord.ledger",
        "onrecord.seal.keyring",
    )
    assert [name for name in loaded if name.startswith(forbidden)] == []
