"""A file is received whole, sealed and bit for bit, or not at all."""

import hashlib
import os
import resource
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ground.clock import StillClock
from onrecord.ground.files import NoSpaceLeft
from onrecord.store.folder import FolderStore, FolderWriter
from onrecord.vault.exhibit import ExhibitMissing, check_exhibit, open_exhibit
from onrecord.vault.receive import Vault

KEY = bytes(range(32))
STORY = "Мене звати Перепелиця Вигадана, це вигадка. ".encode() * 5_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def vault(folder: Path) -> Vault:
    return Vault(FolderStore(folder))


def test_an_exhibit_is_read_back_bit_for_bit(vault):
    received = vault.receive([STORY[:7], STORY[7:100_000], b"", STORY[100_000:]], KEY)

    opened = b"".join(open_exhibit(vault.blobs, received.ct_sha256, KEY))

    assert opened == STORY
    assert received.size_bytes == len(STORY)
    assert received.sha256 == hashlib.sha256(STORY).hexdigest()


def test_the_name_of_an_exhibit_is_the_hash_of_what_is_stored_and_not_of_the_file(vault, folder):
    received = vault.receive([STORY], KEY)

    (path,) = [path for path in folder.rglob("*") if path.is_file()]

    assert hashlib.sha256(path.read_bytes()).hexdigest() == received.ct_sha256 == path.name
    assert received.sha256 not in path.as_posix()
    assert list(vault.stored()) == [received.ct_sha256]


def test_no_word_of_the_file_is_on_the_disk(vault, folder):
    vault.receive([STORY], KEY)

    stored = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

    assert "Перепелиця".encode() not in stored


def test_the_same_file_received_twice_gives_two_exhibits_that_do_not_look_alike(vault):
    first = vault.receive([STORY], KEY)
    second = vault.receive([STORY], KEY)

    assert first.sha256 == second.sha256
    assert first.ct_sha256 != second.ct_sha256
    assert set(vault.stored()) == {first.ct_sha256, second.ct_sha256}


@given(cuts=st.lists(st.binary(max_size=200_000), max_size=4))
def test_any_bytes_cut_in_any_way_are_kept(tmp_path_factory, cuts):
    vault = Vault(FolderStore(tmp_path_factory.mktemp("vault")))

    received = vault.receive(cuts, KEY)

    assert b"".join(open_exhibit(vault.blobs, received.ct_sha256, KEY)) == b"".join(cuts)


def test_a_file_that_breaks_off_while_it_arrives_leaves_nothing(vault, folder):
    def breaks() -> Iterator[bytes]:
        yield STORY
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        vault.receive(breaks(), KEY)

    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_program_killed_at_any_write_leaves_no_half_exhibit(folder):
    exit_codes = []
    while 0 not in exit_codes:
        exit_codes.append(_receive_and_die_at_write(folder, len(exit_codes)))

    exhibits = list(Vault(FolderStore(folder)).stored())
    partials = list(folder.glob(".partial-*"))

    # Six steps at least come before an exhibit has its name. By chance the folder of a name is there already; then only
    # six do, and this exhibit comes earlier than its neighbours.
    assert len(exit_codes) > 8
    assert 1 <= len(exhibits) <= len(exit_codes) - 6
    assert partials
    for exhibit in exhibits:
        check_exhibit(FolderStore(folder), exhibit, sha256=hashlib.sha256(STORY).hexdigest(), key=KEY)


def test_what_a_killed_program_left_is_swept_after_an_hour_and_exhibits_stay(folder):
    _receive_and_die_at_write(folder, 3)
    _receive_and_die_at_write(folder, 100)
    now = datetime.now(UTC)

    swept_soon = Vault(FolderStore(folder), clock=StillClock(now)).sweep_partials()
    swept_later = Vault(FolderStore(folder), clock=StillClock(now + timedelta(minutes=61))).sweep_partials()

    assert (swept_soon, swept_later) == (0, 1)
    assert list(folder.glob(".partial-*")) == []
    assert len(list(Vault(FolderStore(folder)).stored())) == 1


def test_a_full_disk_is_named_and_leaves_nothing(vault, folder):
    earlier = vault.receive([STORY], KEY)
    before, signal_before = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(STORY), before[1]))

    try:
        with pytest.raises(NoSpaceLeft):
            vault.receive([STORY, STORY], KEY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, signal_before)

    assert [path.name for path in folder.rglob("*") if path.is_file()] == [earlier.ct_sha256]


def test_nothing_new_is_taken_in_when_too_little_space_is_free(folder):
    vault = Vault(FolderStore(folder, keep_free_bytes=2**62))

    with pytest.raises(NoSpaceLeft):
        vault.receive([STORY], KEY)

    assert list(folder.iterdir()) == []


def test_an_exhibit_that_no_entry_names_can_be_removed(vault):
    kept, orphan = vault.receive([STORY], KEY), vault.receive([STORY], KEY)

    vault.remove(orphan.ct_sha256)

    assert list(vault.stored()) == [kept.ct_sha256]
    with pytest.raises(ExhibitMissing):
        open_exhibit(vault.blobs, orphan.ct_sha256, KEY)


def _receive_and_die_at_write(folder: Path, survived_writes: int) -> int:
    """Receive a file in a child process that dies before its n-th step on the disk; return the child's exit code."""
    child = os.fork()
    if child == 0:
        steps = iter(range(survived_writes, -1, -1))

        def dying(step: Callable[..., object]) -> Callable[..., object]:
            def step_or_die(*args: object, **kwargs: object) -> object:
                if next(steps, 0) == 0:
                    os._exit(9)
                return step(*args, **kwargs)

            return step_or_die

        FolderWriter.write = dying(FolderWriter.write)
        Path.mkdir, Path.unlink = dying(Path.mkdir), dying(Path.unlink)
        os.fsync, os.link = dying(os.fsync), dying(os.link)
        Vault(FolderStore(folder)).receive([STORY[:100_000], STORY[100_000:]], KEY)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
