"""Every letter ends opened or in quarantine with a reason; none is lost, and the next one is still handled."""

import hashlib
import io
import zipfile
from datetime import date
from unittest.mock import patch

import pytest

from invented_letters import InventedLetter, drop, sealed_part, spool_of
from onrecord.casework import search
from onrecord.casework.docket import Docket
from onrecord.casework.models import Consent, Exhibit, LedgerRow, Letter
from onrecord.casework.record import redraw
from onrecord.casework.record.audit import audit
from onrecord.casework.record.sweep import named_blobs
from onrecord.casework.texts import exhibit_bytes, reading_exhibit, reading_text
from onrecord.ground.files import NoSpaceLeft
from onrecord.ground.ids import LetterId
from onrecord.intake import unseal as module
from onrecord.intake.collect import collect
from onrecord.intake.unseal import NoSuchLetter, unseal, unseal_all
from onrecord.seal.close import Sealer, seal
from onrecord.seal.keyring import KeyNotHeld
from onrecord.seal.letter.content import Letter as Content
from onrecord.seal.letter.content import Part, letter_json
from onrecord.seal.letter.padding import padded_size
from onrecord.seal.letter.tar import END, filler, member_head
from onrecord.seal.letter.write import parsed_recipients
from onrecord.seal.receipt import Receipt, ReceiptKeys
from onrecord.seal.recipients import HybridIdentity
from onrecord.store.folder import FolderWriter
from onrecord.vault.exhibit import open_exhibit

RECEIPT, STRANGER = Receipt.new().keys(), HybridIdentity.generate()


def receive(docket: Docket, *sealed: bytes) -> list[Letter]:
    """Collect letters, open them all, and return their rows in the order given."""
    for data in sealed:
        drop(docket, data)
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    rows = {row.sealed_sha256: row for row in Letter.objects.all()}
    return [rows[hashlib.sha256(data).hexdigest()] for data in sealed]


def state(row: Letter) -> tuple[str, str]:
    return row.state, row.reason


def sealed_by_hand(docket: Docket, plain: bytes) -> bytes:
    """Seal anything to the docket, padded as a letter is."""
    sealer = Sealer(parsed_recipients(docket.keyset.letter_recipients))
    return sealer.update(plain + bytes(padded_size(len(plain)) - len(plain))) + sealer.finish()


def member(name: str, data: bytes) -> bytes:
    return member_head(name, len(data)) + data + filler(len(data))


def first_member(account: str = "Written by hand.", **changes: str) -> bytes:
    words = Content(form="report_form.1", tier="A", language="en", path="", written_on=date(2026, 2, 27))
    data = letter_json(words)
    for old, new in changes.items():
        data = data.replace(old.encode(), new.encode())
    return member("letter.json", data)


def test_a_letter_is_opened_with_every_file_and_every_word(docket: Docket) -> None:
    files = [("photo.jpg", b"\xff\xd8\xff\xe0 not a photo"), ("голос.ogg", b"OggS")]
    consent = [("share_international_court", "given"), ("publish_story", "refused")]
    letter = InventedLetter(account="Прийшли вночі.", files=files, name="Mira Example", consent=consent, language="uk")

    [row] = receive(docket, letter.sealed(docket))

    exhibits = {exhibit.name: exhibit for exhibit in Exhibit.objects.filter(origin=row.id)}
    assert state(row) == ("opened", "")
    assert exhibits.keys() == {"letter.json", "account.txt", "photo.jpg", "голос.ogg"}
    assert b"".join(exhibit_bytes(docket, exhibits["photo.jpg"])) == files[0][1]
    assert exhibits["photo.jpg"].media_type == "image/jpeg"
    assert reading_text(docket, reading_exhibit(row.id)) == "Прийшли вночі."
    assert dict(Consent.objects.values_list("purpose", "state")) == dict(consent)


def test_names_and_contacts_stay_sealed_to_who_may_know_them(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(name="Mira Example", contact="a phone").sealed(docket))

    assert row.identity_blob in set(docket.vault.stored())
    assert not Exhibit.objects.filter(name__contains="identity").exists()


def test_opening_twice_records_once(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter().sealed(docket))
    before = LedgerRow.objects.count()

    again = unseal(docket, LetterId(row.id))

    assert again.state == "opened"
    assert LedgerRow.objects.count() == before
    with pytest.raises(NoSuchLetter):
        unseal(docket, LetterId("f" * 32))


def test_who_holds_no_epoch_key_opens_nothing_and_puts_nothing_in_quarantine(docket: Docket) -> None:
    drop(docket, InventedLetter().sealed(docket))
    list(collect(docket, spool_of(docket)))

    with pytest.raises(KeyNotHeld):
        list(unseal_all(docket.as_collector()))

    assert Letter.objects.get().state == "sealed"


BAD = {
    "an empty file": (lambda docket: b"", "NotAnAgeFile"),
    "not a letter": (lambda docket: b"PK\x03\x04 somebody's holiday pictures" * 100, "NotAnAgeFile"),
    "half a letter": (lambda docket: InventedLetter().sealed(docket)[:9000], "PayloadTruncated"),
    "half a header": (lambda docket: InventedLetter().sealed(docket)[:400], "NotAnAgeFile"),
    "a letter for somebody else": (lambda docket: seal(bytes(65536), [STRANGER.recipient]), "NoKeyFits"),
    "a letter changed on its way": (lambda docket: _flipped(InventedLetter().sealed(docket)), "PayloadDamaged"),
    "a letter with something behind it": (lambda docket: InventedLetter().sealed(docket) + b"more", "PayloadContinues"),
    "no tar inside": (lambda docket: sealed_by_hand(docket, b"only words"), "TarMalformed"),
    "a file before the words": (
        lambda docket: sealed_by_hand(docket, member("files/01-a.txt", b"a") + first_member() + END),
        "TarMalformed",
    ),
    "a path that climbs": (
        lambda docket: sealed_by_hand(docket, first_member() + member("files/01-../../etc/passwd", b"x") + END),
        "TarMalformed",
    ),
    "a name that reads backwards": (
        lambda docket: sealed_by_hand(docket, first_member() + member("files/01-a\u202egpj.exe", b"x") + END),
        "TarMalformed",
    ),
    "a name with an invisible character": (
        lambda docket: sealed_by_hand(docket, first_member() + member("files/01-a\u200bb.txt", b"x") + END),
        "TarMalformed",
    ),
    "words behind the padding": (
        lambda docket: sealed_by_hand(docket, first_member() + END + b"hidden" + bytes(9)), "PaddingWrong",
    ),
    "an unknown key": (lambda docket: sealed_by_hand(docket, first_member(counter="kounter") + END), "LetterMalformed"),
    "a NUL in an answer": (
        lambda docket: InventedLetter(answers={"where": ["a", "b\x00c"]}).sealed(docket), "LetterMalformed",
    ),
    "a part that did not come": (
        lambda docket: InventedLetter(parts=(Part("film.mp4", "0" * 64, 5),)).sealed(docket), "PartMissing",
    ),
    "answers that fill the ledger": (
        lambda docket: InventedLetter(answers={f"q{n}": "x" * 9000 for n in range(60)}).sealed(docket), "EntryTooLarge",
    ),
}  # fmt: skip


def _flipped(sealed: bytes) -> bytes:
    return sealed[:-100] + bytes([sealed[-100] ^ 1]) + sealed[-99:]


def test_whatever_is_wrong_with_a_letter_it_is_kept_listed_and_the_next_is_opened(docket: Docket) -> None:
    bad = {name: make(docket) for name, (make, _) in BAD.items()}
    good = InventedLetter(account="The one that is whole.").sealed(docket)

    *quarantined, opened = receive(docket, *bad.values(), good)

    found = {name: state(row) for name, row in zip(bad, quarantined, strict=True)}
    assert found == {name: ("quarantined", reason) for name, (_, reason) in BAD.items()}
    assert state(opened) == ("opened", "")
    assert set(docket.vault.stored()) == named_blobs()
    assert audit(docket).findings == []
    assert redraw.check(docket) == []


def test_a_letter_in_quarantine_stays_bit_for_bit_and_is_noted_once(docket: Docket) -> None:
    sealed = InventedLetter().sealed(docket)[:9000]
    [row] = receive(docket, sealed)
    before = LedgerRow.objects.count()

    again = unseal(docket, LetterId(row.id))

    key = docket.subjects.open(row.id, docket.keyring)
    assert b"".join(open_exhibit(docket.vault.blobs, again.blob, key)) == sealed
    assert LedgerRow.objects.count() == before


def test_an_archive_bomb_is_kept_and_not_unpacked(docket: Docket) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    bomb = packed.getvalue()

    [row] = receive(docket, InventedLetter(files=[("holiday.zip", bomb)]).sealed(docket))

    exhibit = Exhibit.objects.get(origin=row.id, name="holiday.zip")
    assert (exhibit.size_bytes, exhibit.sha256) == (len(bomb), hashlib.sha256(bomb).hexdigest())
    assert not Exhibit.objects.filter(name="zeros").exists()


def test_a_letter_of_the_longest_words_is_opened(docket: Docket) -> None:
    account = "გ" * 100_000
    letter = InventedLetter(account=account, language="ka-GE-x-private1", files=[("big.bin", bytes(3_000_000))])

    [row] = receive(docket, letter.sealed(docket))

    assert state(row) == ("opened", "")
    assert reading_text(docket, reading_exhibit(row.id)) == account
    assert "account" not in row.answers


def test_a_letter_without_words_is_opened_and_has_no_text(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(account="", files=[("empty.txt", b"")]).sealed(docket))

    assert state(row) == ("opened", "")
    assert Exhibit.objects.get(origin=row.id, name="empty.txt").size_bytes == 0


def test_parts_that_a_letter_names_are_opened_with_it(docket: Docket) -> None:
    film = b"a film " * 30_000
    part = sealed_part(docket, film)
    letter = InventedLetter(parts=(Part("film.mp4", hashlib.sha256(part).hexdigest(), len(film)),)).sealed(docket)
    drop(docket, letter, parts=[part])

    list(collect(docket, spool_of(docket)))
    [row] = unseal_all(docket)

    exhibit = Exhibit.objects.get(origin=row.id, name="film.mp4")
    assert b"".join(exhibit_bytes(docket, exhibit)) == film


def first_letter(docket: Docket) -> bytes:
    return InventedLetter(account="The first.", receipt=RECEIPT).sealed(docket)


def later(docket: Docket, first: bytes, account: str, counter: int = 1, by: ReceiptKeys | None = RECEIPT) -> bytes:
    first_sha256 = hashlib.sha256(first).hexdigest()
    return InventedLetter(account=account, counter=counter, first_sha256=first_sha256, signed_by=by).sealed(docket)


def test_a_later_letter_is_tied_to_the_first_whichever_is_opened_before(docket: Docket) -> None:
    first = first_letter(docket)
    following = [later(docket, first, f"Number {number}", number) for number in range(1, 6)]

    opened, *continuing = receive(docket, first, *following)

    assert [row.continues for row in continuing] == [opened.id] * 5
    assert [row.counter for row in continuing] == [1, 2, 3, 4, 5]


def test_a_later_letter_waits_in_quarantine_until_the_first_one_comes(docket: Docket) -> None:
    first = first_letter(docket)
    following = later(docket, first, "The second.")
    [before] = receive(docket, following)

    _, after = receive(docket, first, following)

    assert state(before) == ("quarantined", "FirstLetterMissing")
    assert state(after) == ("opened", "")


def test_who_did_not_write_the_first_letter_cannot_continue_it(docket: Docket) -> None:
    first, stranger = first_letter(docket), Receipt.new().keys()
    unsigned = later(docket, first, "Unsigned.", by=None)
    forged = later(docket, first, "Forged.", by=stranger)
    without_receipt = InventedLetter(account="No receipt.").sealed(docket)
    continues_nobody = later(docket, without_receipt, "Who?")

    _, *rows = receive(docket, first, unsigned, forged, without_receipt, continues_nobody)

    assert [state(row)[1] for row in rows] == ["LaterLetterUnsigned", "SignatureWrong", "", "LaterLetterUnsigned"]


def test_what_was_said_under_a_number_counts_once_and_something_else_is_another_letter(docket: Docket) -> None:
    first = first_letter(docket)
    receive(docket, first, later(docket, first, "Withdraw everything."))

    replayed, another = receive(
        docket, later(docket, first, "Withdraw everything."), later(docket, first, "And my name.")
    )

    assert state(replayed) == ("quarantined", "LaterLetterRepeated")
    assert state(another) == ("opened", "")


def before_any_answer(docket: Docket, account: str, by: ReceiptKeys = RECEIPT) -> bytes:
    """Return what a reporter sends who found no answer yet: the public halves of a receipt, and a signature."""
    return InventedLetter(account=account, receipt=RECEIPT, signed_by=by).sealed(docket)


def test_who_found_no_answer_yet_is_known_by_the_key_whichever_letter_is_opened_before(docket: Docket) -> None:
    following = [before_any_answer(docket, f"Number {number}") for number in range(1, 6)]

    first, *continuing = receive(docket, first_letter(docket), *following)

    assert first.continues == ""
    assert [row.continues for row in continuing] == [first.id] * 5


def test_a_first_letter_may_prove_its_key_and_is_a_first_letter(docket: Docket) -> None:
    [row] = receive(docket, before_any_answer(docket, "Hello?"))

    assert (state(row), row.continues) == (("opened", ""), "")


def test_a_key_is_claimed_by_nobody_who_does_not_hold_it(docket: Docket) -> None:
    stranger = Receipt.new().keys()
    no_halves = InventedLetter(account="No halves.", signed_by=RECEIPT).sealed(docket)
    repeated = [before_any_answer(docket, "Twice.") for _ in range(2)]

    _, forged, keyless, *twice = receive(
        docket, first_letter(docket), before_any_answer(docket, "Forged.", by=stranger), no_halves, *repeated
    )

    assert [state(row)[1] for row in (forged, keyless)] == ["SignatureWrong", "LaterLetterUnsigned"]
    assert sorted(state(row)[1] for row in twice) == ["", "LaterLetterRepeated"]


def test_a_letter_from_a_mailbox_can_be_read_and_coded(docket: Docket) -> None:
    answers = {"answer.1": "In spring.", "answer.2": "Two.", "more": "They took my passport."}
    letter = InventedLetter(account="", form="mailbox.1", answers=answers)

    [row] = receive(docket, letter.sealed(docket))

    assert reading_text(docket, reading_exhibit(row.id)) == "In spring.\n\nTwo.\n\nThey took my passport."


def test_a_full_disk_opens_nothing_loses_nothing_and_leaves_no_blob(docket: Docket) -> None:
    drop(docket, InventedLetter(files=[("a.bin", bytes(1000))]).sealed(docket))
    list(collect(docket, spool_of(docket)))
    calls = iter([FolderWriter.publish] * 2)

    def publish(writer: FolderWriter, name: str) -> None:
        write = next(calls, None)
        if write is None:
            raise NoSpaceLeft
        write(writer, name)

    with patch.object(FolderWriter, "publish", publish), pytest.raises(NoSpaceLeft):
        list(unseal_all(docket))

    assert Letter.objects.get().state == "sealed"
    assert set(docket.vault.stored()) == named_blobs()
    assert [row.state for row in unseal_all(docket)] == ["opened"]


def test_a_letter_that_two_people_open_at_once_is_opened_once(docket: Docket) -> None:
    drop(docket, InventedLetter().sealed(docket))
    [collected] = collect(docket, spool_of(docket))
    record = module.record

    def slower(*arguments: object, **options: object) -> int:
        with patch.object(module, "record", record):
            unseal(docket, collected.letter)
        return record(*arguments, **options)

    with patch.object(module, "record", slower):
        row = unseal(docket, collected.letter)

    assert row.state == "opened"
    assert Exhibit.objects.count() == 2
    assert set(docket.vault.stored()) == named_blobs()
    assert audit(docket).findings == []


def test_the_words_of_an_opened_letter_are_found(docket: Docket) -> None:
    [row] = receive(docket, InventedLetter(account="They came to Zyxlantern.").sealed(docket))

    assert [one.subject for one in search.find("zyxlantern")] == [row.id]
