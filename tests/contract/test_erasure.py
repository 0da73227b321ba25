"""An erased subject cannot be read by anybody, its words are on no page of a database, and every proof stays whole."""

import hashlib
from collections.abc import Iterator

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, connections

from decrypted_pages import decrypted_pages
from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework import search
from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.docket import DATABASE_FILE, SUBJECTS_FILE, Docket, subjects_database_key
from onrecord.casework.entries.exhibits import PassageMarked
from onrecord.casework.entries.people import PersonNamed
from onrecord.casework.models import Claim, Erasure, Exhibit, LedgerRow, Letter, Passage
from onrecord.casework.opening import add_person, name_person, open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.append import record
from onrecord.casework.record.audit import audit
from onrecord.casework.record.erase import NothingToErase, ReasonUnknown, erase, finish_erasures
from onrecord.casework.record.publish import published
from onrecord.casework.record.reading import Opener, entries_of
from onrecord.casework.record.subjects import SubjectErased, SubjectKeyDamaged
from onrecord.casework.record.sweep import named_blobs
from onrecord.casework.texts import exhibit_bytes, reading_exhibit, reading_text
from onrecord.ground.ids import LetterId, SubjectId, new_id
from onrecord.intake.collect import collect
from onrecord.intake.replying import Draft, reply
from onrecord.intake.unseal import unseal_all
from onrecord.ledger.merkle import verify_inclusion
from onrecord.ledger.note import open_checkpoint
from onrecord.seal.keyset import raw_key
from onrecord.seal.receipt import Receipt
from onrecord.store.sqlcipher.connect import connect
from whole_story import capture_text

pytestmark = pytest.mark.postgres

WORDS = ("Zyxlantern", "Prizonquill", "xanadoor", "quibblequestion", "Инквелловск")
ACCOUNT = "They came to Zyxlantern at night. Sign, or you go to Prizonquill, said the man from Инквелловск."


@pytest.fixture
def docket(docket_on_each_database: Docket) -> Docket:
    return docket_on_each_database


def receive(docket: Docket, account: str = ACCOUNT) -> LetterId:
    known = set(Letter.objects.values_list("id", flat=True))
    files = [("photo-of-xanadoor.jpg", b"\xff\xd8\xff picture of nothing")]
    letter = InventedLetter(account=account, files=files, answers={"where": "quibblequestion"})
    drop(docket, letter.sealed(docket))
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    return LetterId(Letter.objects.exclude(pk__in=known).get().id)


def code(docket: Docket, letter: LetterId) -> str:
    start = ACCOUNT.index("Prizonquill")
    coding = Coding(letter, start, start + 11, "act", "new:act", case=open_case(docket, "Lantern"), victim="new:person")
    return code_claim(docket, coding).passage


def pages_of(docket: Docket) -> bytes:
    """Return everything in a database's files that are not ciphertext to whoever holds its keys."""
    if docket.settings.database == "sqlcipher":
        return decrypted_pages(docket.folder / DATABASE_FILE, docket.keyring.docket_key("database"))
    return b"".join(_relation_files(docket))


def _relation_files(docket: Docket) -> Iterator[bytes]:
    connections.close_all()
    with psycopg.connect(docket.settings.postgres, autocommit=True) as server:
        server.execute("CHECKPOINT")
        folder = server.execute("SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()").fetchone()[
            0
        ]
        for (name,) in server.execute("SELECT pg_ls_dir(%s)", [folder]).fetchall():
            row = server.execute("SELECT pg_read_binary_file(%s, 0, 268435456, true)", [f"{folder}/{name}"]).fetchone()
            yield bytes(row[0] or b"")


def test_no_word_of_an_erased_letter_is_on_any_page(docket: Docket) -> None:
    letter = receive(docket)
    code(docket, letter)
    for _ in range(60):  # enough rows for the server to gather statistics about words
        mark_again(docket, letter)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    before = pages_of(docket)

    erase(docket, SubjectId(letter), "asked_by_the_person")

    after = pages_of(docket)
    assert [word for word in WORDS if word.encode() not in before] == []
    assert [word for word in WORDS if word.encode() in after or word.encode("utf-16-le") in after] == []


def test_no_word_said_to_an_erased_reporter_is_on_any_page(docket: Docket) -> None:
    drop(docket, InventedLetter(receipt=Receipt.new().keys()).sealed(docket))
    list(collect(docket, spool_of(docket)))
    [letter] = unseal_all(docket)
    answer = reply(docket, letter.id, Draft("Thank you, said the desk of Zyxlantern."))
    before = pages_of(docket)

    erase(docket, SubjectId(letter.id), "asked_by_the_person")

    after = pages_of(docket)
    assert b"desk of Zyxlantern" in before
    assert [said for said in (b"desk of Zyxlantern", answer.mailbox.encode()) if said in after] == []


def mark_again(docket: Docket, letter: LetterId) -> None:
    """Mark one more passage, so that the letter's words stand in many rows."""
    exhibit = reading_exhibit(letter).id
    quote = ACCOUNT[:23]
    record(docket, PassageMarked(new_id(), letter, exhibit, 0, 23, quote, hashlib.sha256(quote.encode()).hexdigest()))


def test_the_key_of_an_erased_letter_is_on_no_page_and_its_blobs_are_gone(docket: Docket) -> None:
    letter, other = receive(docket), receive(docket, "Another one.")
    key = subjects_database_key(docket.keyring.docket_key("database"))
    wrapped = {subject: _wrapped(docket, key, subject) for subject in (letter, other)}
    blobs = set(Exhibit.objects.filter(subject=letter).values_list("blob", flat=True))

    erase(docket, SubjectId(letter), "court_order")

    pages = decrypted_pages(docket.folder / SUBJECTS_FILE, key)
    assert wrapped[letter] not in pages and wrapped[letter][-48:] not in pages
    assert wrapped[other][-48:] in pages
    assert len(blobs) == 3 and blobs.isdisjoint(docket.vault.stored())


def _wrapped(docket: Docket, key: bytes, subject: str) -> bytes:
    store = connect(docket.folder / SUBJECTS_FILE, key)
    try:
        return bytes(store.execute("SELECT wrapped FROM subject_key WHERE id = ?", (subject,)).fetchone()[0])
    finally:
        store.close()


def test_after_an_erasure_audit_redraw_and_every_proof_are_whole(docket: Docket) -> None:
    letter = receive(docket)
    code(docket, letter)
    indexes = list(LedgerRow.objects.filter(subject=letter).values_list("index", flat=True))

    erase(docket, SubjectId(letter), "asked_by_the_person")

    seen = audit(docket)
    assert (seen.findings, seen.erased) == ([], len(indexes))
    assert redraw.check(docket) == []
    with published(docket) as (log, note):
        log_key = Ed25519PublicKey.from_public_bytes(raw_key(docket.keyset.log_key))
        checkpoint = open_checkpoint(note, origin=docket.settings.origin, log_key=log_key)
        signed = {"size": checkpoint.size, "root": checkpoint.root}
        for row in LedgerRow.objects.all():
            verify_inclusion(bytes(row.leaf), log.inclusion(row.index), index=row.index, **signed)


def test_an_erased_letter_says_erased_and_others_still_open(docket: Docket) -> None:
    letter, other = receive(docket), receive(docket, "Another one.")
    exhibit = reading_exhibit(letter)

    erase(docket, SubjectId(letter), "no_basis")

    with pytest.raises(SubjectErased):
        list(exhibit_bytes(docket, exhibit))
    assert reading_text(docket, reading_exhibit(other)) == "Another one."
    assert entries_of(docket, [letter]) == []
    assert len(entries_of(docket, [other])) == 2
    assert (Erasure.objects.get().id, Erasure.objects.get().reason) == (letter, "no_basis")


def test_a_claim_stays_when_the_words_it_rests_on_are_erased(docket: Docket) -> None:
    letter = receive(docket)
    passage = code(docket, letter)

    erase(docket, SubjectId(letter), "asked_by_the_person")

    assert Claim.objects.get().passage == passage
    assert not Passage.objects.exists()


def test_nothing_is_recorded_about_an_erased_subject_any_more(docket: Docket) -> None:
    case = open_case(docket, "Lantern")
    person = add_person(docket, case, "person")
    name_person(docket, person, "Umbrellastan Inkwell")
    erase(docket, SubjectId(person), "asked_by_the_person")

    with pytest.raises(SubjectErased):
        record(docket, PersonNamed(person=person, forms=("Again",)))


def test_erasing_a_case_takes_the_names_of_its_people_along(docket: Docket) -> None:
    case = open_case(docket, "Lantern")
    named, unnamed = add_person(docket, case, "person"), add_person(docket, case, "person")
    name_person(docket, named, "Umbrellastan Inkwell")

    erase(docket, SubjectId(case), "asked_by_the_person")

    assert set(Erasure.objects.values_list("id", "erased_kind")) == {(case, "case"), (named, "person")}
    assert docket.subjects.kind(SubjectId(named)) is None
    assert audit(docket).findings == []
    assert unnamed not in set(Erasure.objects.values_list("id", flat=True))


def test_a_key_copied_from_one_subject_to_another_opens_nothing(docket: Docket) -> None:
    letter, other = receive(docket), receive(docket, "Another one.")
    store = connect(docket.folder / SUBJECTS_FILE, subjects_database_key(docket.keyring.docket_key("database")))
    with store:
        query = "UPDATE subject_key SET wrapped = (SELECT wrapped FROM subject_key WHERE id = ?) WHERE id = ?"
        store.execute(query, (letter, other))

    with pytest.raises(SubjectKeyDamaged):
        docket.subjects.open(SubjectId(other), docket.keyring)

    opener = Opener(docket)
    assert opener.open(LedgerRow.objects.filter(subject=letter).order_by("index")[0]) is not None


def test_only_what_is_there_is_erased_and_only_for_a_reason(docket: Docket) -> None:
    letter = receive(docket)

    for subject in ("f" * 32, docket.id):
        with pytest.raises(NothingToErase):
            erase(docket, SubjectId(subject), "mistake")
    with pytest.raises(ReasonUnknown):
        erase(docket, SubjectId(letter), "because")
    erase(docket, SubjectId(letter), "mistake")
    with pytest.raises(NothingToErase):
        erase(docket, SubjectId(letter), "mistake")


def test_an_erasure_that_was_cut_short_is_finished_later(docket: Docket, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, other = receive(docket), receive(docket, "Another one.")
    source = capture_text(docket, "Zyxlantern again")
    with monkeypatch.context() as power_fails:
        power_fails.setattr(type(docket.vault), "remove", _die)
        with pytest.raises(KeyboardInterrupt):
            erase(docket, SubjectId(letter), "asked_by_the_person")

    finished = finish_erasures(docket)

    assert finished == 1
    assert docket.subjects.kind(SubjectId(letter)) is None
    assert [one.subject for one in search.find("Zyxlantern")] == [source]
    assert set(docket.vault.stored()) == _blobs(other) | _blobs(source)
    assert audit(docket).findings == []


def _blobs(subject: str) -> set[str]:
    return named_blobs(subject=subject)


def _die(*_arguments: object) -> None:
    raise KeyboardInterrupt
