"""The audit names what is wrong, where, and what to do; and changes nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from onrecord.casework.docket import DATABASE_FILE, SUBJECTS_FILE, Docket, subjects_database_key
from onrecord.casework.models import Erasure, Exhibit, LedgerRow, Letter
from onrecord.casework.opening import open_case
from onrecord.casework.record.audit import OTHERWISE, Audit, Wrong, audit
from onrecord.casework.record.publish import leaves, publish
from onrecord.casework.record.reading import Opener
from onrecord.casework.record.sealing import entry_cipher, seal_entry
from onrecord.ground.ids import SubjectId
from onrecord.ledger.entry import commit, new_salt, sign_event
from onrecord.ledger.log import CHECKPOINT_NAME
from onrecord.ledger.merkle import Frontier, LedgerForked, leaf_hashes
from onrecord.ledger.note import Checkpoint, sign_checkpoint
from onrecord.store.sqlcipher.connect import connect
from onrecord.vault.exhibit import blob_name
from whole_story import capture_text, receive_letters

ENTRY = 6


@pytest.fixture
def whole(docket: Docket) -> Docket:
    """A docket of letters, a source and cases, nothing wrong with it."""
    receive_letters(docket)
    capture_text(docket, "Workers of Fabeltown")
    for name in ("Lantern", "Anchor", "Compass"):
        open_case(docket, name)
    return docket


def places(seen: Audit, wrong: Wrong) -> list[str]:
    return [finding.where for finding in seen.findings if finding.wrong is wrong]


def kinds(seen: Audit) -> set[Wrong]:
    return {finding.wrong for finding in seen.findings}


def test_a_whole_docket_is_found_whole(whole: Docket) -> None:
    seen = audit(whole)

    assert seen.is_whole
    assert (seen.entries, seen.keysets, seen.erased, seen.not_held) == (LedgerRow.objects.count(), 1, 0, 0)
    assert seen.opened == seen.entries - 1
    assert seen.blobs == len(set(whole.vault.stored()))


def test_an_edited_entry_is_named(whole: Docket) -> None:
    row = LedgerRow.objects.get(pk=ENTRY)
    row.sealed = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    row.save()

    seen = audit(whole)

    assert places(seen, Wrong.ENTRY_CHANGED) == [f"entry {ENTRY}"]
    assert [finding.to_do for finding in seen.findings] == [OTHERWISE]


@pytest.mark.parametrize("column", [{"at": "2026-03-02T00:00:00Z"}, {"actor": "f" * 32}, {"subject": "e" * 32}])
def test_what_stands_beside_an_entry_is_compared_with_what_was_signed(whole: Docket, column: dict[str, str]) -> None:
    LedgerRow.objects.filter(pk=ENTRY).update(**column)

    seen = audit(whole)

    assert {place for finding in seen.findings if (place := finding.where)} >= {f"entry {ENTRY}"}
    assert kinds(seen) & {Wrong.ENTRY_CHANGED, Wrong.ENTRY_FORGED, Wrong.KEY_LOST}


def test_a_removed_entry_is_named(whole: Docket) -> None:
    LedgerRow.objects.filter(pk=ENTRY).delete()

    seen = audit(whole)

    assert places(seen, Wrong.ENTRY_MISSING) == [f"entry {ENTRY}"]
    assert kinds(seen) >= {Wrong.ENTRY_MISSING, Wrong.ORDER_CHANGED, Wrong.TILE_WRONG, Wrong.CHECKPOINT_WRONG}


def test_two_entries_that_changed_places_are_named(whole: Docket) -> None:
    first, second = LedgerRow.objects.filter(actor=whole.actor).order_by("-index").values_list("index", flat=True)[:2]
    for old, new in ((first, 1000), (second, first), (1000, second)):
        LedgerRow.objects.filter(pk=old).update(index=new)

    seen = audit(whole)

    assert {f"entry {first}", f"entry {second}"} <= set(places(seen, Wrong.ORDER_CHANGED))
    assert kinds(seen) >= {Wrong.ORDER_CHANGED, Wrong.TILE_WRONG, Wrong.CHECKPOINT_WRONG}


def test_an_entry_that_somebody_else_signed_is_named_as_forged(whole: Docket) -> None:
    row = LedgerRow.objects.get(pk=LedgerRow.objects.count() - 1)
    opened = Opener(whole).open(row)
    assert opened is not None
    event = replace(opened.event, body=opened.event.body | {"name": "Forged"})
    envelope, salt = sign_event(event, Ed25519PrivateKey.generate()), new_salt()
    row.leaf = commit(salt, envelope)
    cipher = entry_cipher(whole.subjects.open(SubjectId(row.subject), whole.keyring))
    row.sealed = seal_entry(cipher, salt=salt, envelope=envelope, leaf=row.leaf)
    row.save()

    seen = audit(whole)

    assert places(seen, Wrong.ENTRY_FORGED) == [f"entry {row.index}"]
    assert Wrong.CHECKPOINT_WRONG in kinds(seen)


def test_a_keyset_that_is_not_signed_by_the_root_is_named(whole: Docket) -> None:
    row = LedgerRow.objects.get(is_keyset=True)
    LedgerRow.objects.filter(pk=row.index).update(sealed=bytes(row.sealed).replace(b'"epoch":1', b'"epoch":2'))

    seen = audit(whole)

    assert places(seen, Wrong.KEYSET_FORGED) == [f"entry {row.index}"]


def test_an_entry_of_a_wrong_length_does_not_stop_the_audit(whole: Docket) -> None:
    LedgerRow.objects.filter(pk=ENTRY).update(leaf=b"short", sealed=b"x")

    seen = audit(whole)

    assert places(seen, Wrong.ENTRY_CHANGED) == [f"entry {ENTRY}"]


def test_a_changed_tile_is_named_and_comes_back_when_it_is_moved_away(whole: Docket) -> None:
    name = next(iter(whole.tiles.names("tile/0/")))
    data = whole.tiles.read_all(name)
    whole.tiles.replace(name, bytes([data[0] ^ 1]) + data[1:])

    seen = audit(whole)

    assert places(seen, Wrong.TILE_WRONG) == [name]
    assert "Move the named file away" in seen.findings[0].to_do
    whole.tiles.remove(name)
    publish(whole)
    assert audit(whole).is_whole


def test_a_checkpoint_that_another_key_signed_is_named(whole: Docket) -> None:
    frontier = Frontier()
    frontier.extend(leaf_hashes(leaves()))
    forged = sign_checkpoint(
        Checkpoint(whole.settings.origin, frontier.size, frontier.root()), Ed25519PrivateKey.generate()
    )
    whole.tiles.replace(CHECKPOINT_NAME, forged)

    seen = audit(whole)

    assert [(finding.wrong, finding.where) for finding in seen.findings] == [(Wrong.CHECKPOINT_FORGED, "checkpoint")]


def test_a_checkpoint_over_another_history_is_named(whole: Docket) -> None:
    other = sign_checkpoint(Checkpoint(whole.settings.origin, 5, bytes(32)), whole.log_key)
    whole.tiles.replace(CHECKPOINT_NAME, other)

    seen = audit(whole)

    assert [(finding.wrong, finding.where) for finding in seen.findings] == [(Wrong.CHECKPOINT_WRONG, "checkpoint")]


def _blob_file(docket: Docket, blob: str) -> Path:
    return docket.folder / "vault" / blob_name(blob)


def test_a_changed_and_a_missing_exhibit_are_named_each_with_what_to_do(whole: Docket) -> None:
    changed, missing = (row.blob for row in Exhibit.objects.order_by("blob")[:2])
    data = _blob_file(whole, changed).read_bytes()
    _blob_file(whole, changed).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    _blob_file(whole, missing).unlink()

    seen = audit(whole)

    found = {finding.wrong: (finding.where, finding.to_do) for finding in seen.findings}
    assert found.keys() == {Wrong.BLOB_CHANGED, Wrong.BLOB_MISSING}
    assert found[Wrong.BLOB_CHANGED][0] == changed and "as evidence" in found[Wrong.BLOB_CHANGED][1]
    assert found[Wrong.BLOB_MISSING][0] == missing and "backup of the vault" in found[Wrong.BLOB_MISSING][1]


def test_a_sealed_letter_that_was_changed_before_anybody_opened_it_is_named(whole: Docket) -> None:
    blob = Letter.objects.filter(state="quarantined").get().blob
    _blob_file(whole, blob).write_bytes(b"something else")

    seen = audit(whole)

    assert places(seen, Wrong.BLOB_CHANGED) == [blob]


def _subject_keys(docket: Docket, statement: str, *values: str) -> None:
    store = connect(docket.folder / SUBJECTS_FILE, subjects_database_key(docket.keyring.docket_key("database")))
    with store:
        store.execute(statement, values)
    store.close()


def test_a_lost_key_is_named_even_where_the_tables_claim_an_erasure(whole: Docket) -> None:
    row = LedgerRow.objects.order_by("-index").first()
    assert row is not None
    _subject_keys(whole, "DELETE FROM subject_key WHERE id = ?", row.subject)
    Erasure.objects.create(
        id=row.subject, subject=whole.id, entry=0, erased_kind="case", reason="mistake", complete_after="2026-09-01"
    )

    seen = audit(whole)

    assert [(finding.wrong, finding.where) for finding in seen.findings] == [(Wrong.KEY_LOST, f"entry {row.index}")]
    assert "db/subjects.db" in seen.findings[0].to_do


def test_a_key_that_was_exchanged_is_named(whole: Docket) -> None:
    one, other = LedgerRow.objects.order_by("-index")[:2]
    query = "UPDATE subject_key SET wrapped = (SELECT wrapped FROM subject_key WHERE id = ?) WHERE id = ?"
    _subject_keys(whole, query, one.subject, other.subject)

    seen = audit(whole)

    assert [(finding.wrong, finding.where) for finding in seen.findings] == [
        (Wrong.KEY_DAMAGED, f"entry {other.index}")
    ]


def test_a_kind_of_a_newer_version_is_named(whole: Docket) -> None:
    row = LedgerRow.objects.order_by("-index").first()
    assert row is not None
    opened = Opener(whole).open(row)
    assert opened is not None
    envelope, salt = sign_event(replace(opened.event, v=2), whole.keyring.signing_key), new_salt()
    row.leaf = commit(salt, envelope)
    cipher = entry_cipher(whole.subjects.open(SubjectId(row.subject), whole.keyring))
    row.sealed = seal_entry(cipher, salt=salt, envelope=envelope, leaf=row.leaf)
    row.save()

    seen = audit(whole)

    assert places(seen, Wrong.KIND_UNKNOWN) == [f"entry {row.index}"]


def test_a_database_that_was_rolled_back_is_named_and_takes_no_entry(whole: Docket) -> None:
    keep = _files(whole)
    connections.close_all()
    open_case(whole, "Sextant")
    connections.close_all()
    for path in (DATABASE_FILE, f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm"):
        (whole.folder / path).unlink(missing_ok=True)
        if path in keep:
            (whole.folder / path).write_bytes(keep[path])
    before = LedgerRow.objects.count()

    seen = audit(whole)

    assert kinds(seen) == {Wrong.TILE_WRONG, Wrong.CHECKPOINT_WRONG}
    with pytest.raises(LedgerForked):
        open_case(whole, "Quadrant")
    assert LedgerRow.objects.count() == before


@pytest.mark.parametrize("spoil", [lambda docket: None, lambda docket: docket.tiles.remove(CHECKPOINT_NAME)])
def test_an_audit_changes_no_file(whole: Docket, spoil: Callable[[Docket], None]) -> None:
    spoil(whole)
    before = _digests(whole)

    audit(whole)

    assert _digests(whole) == before


def _files(docket: Docket) -> dict[str, bytes]:
    return {
        str(path.relative_to(docket.folder)): path.read_bytes() for path in docket.folder.rglob("*") if path.is_file()
    }


def _digests(docket: Docket) -> dict[str, str]:
    # SQLite's shared memory notes who is reading; it holds nothing of the docket.
    return {
        name: hashlib.sha256(data).hexdigest() for name, data in _files(docket).items() if not name.endswith("-shm")
    }
