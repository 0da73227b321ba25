"""One ledger, two databases: what is recorded, redrawn and searched is the same on SQLCipher and on PostgreSQL."""

from base64 import b64decode
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from onrecord.casework import search
from onrecord.casework.coding import Coding, code_claim
from onrecord.casework.docket import Docket
from onrecord.casework.entries.cases import EventOpened
from onrecord.casework.models import Act, Case, Claim, Erasure, LedgerRow, Letter, Member, Passage
from onrecord.casework.models.drawn import drawn_tables
from onrecord.casework.opening import add_person, name_person, open_case
from onrecord.casework.record import reading, redraw
from onrecord.casework.record.append import ClockBehind, StaleRecord, newest_entry, record
from onrecord.casework.record.audit import audit
from onrecord.casework.record.erase import erase
from onrecord.casework.record.reading import Opener, rows
from onrecord.ground.clock import StillClock
from onrecord.ground.ids import SubjectId
from onrecord.ledger.entry import open_envelope
from onrecord.seal.keyring import KeyNotHeld
from whole_story import capture_text, receive_letters, tell_story

pytestmark = pytest.mark.postgres


@pytest.fixture
def docket(docket_on_each_database: Docket) -> Docket:
    return docket_on_each_database


def test_entries_are_numbered_without_a_gap_by_ledger_actor_and_subject(docket: Docket, tmp_path: Path) -> None:
    tell_story(docket, tmp_path)

    ledger = list(LedgerRow.objects.order_by("index"))

    assert [row.index for row in ledger] == list(range(256))
    for number, owner in (("actor_seq", "actor"), ("subject_seq", "subject")):
        by_owner = defaultdict(list)
        for row in ledger:
            by_owner[getattr(row, owner)].append(getattr(row, number))
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_owner.values())


def test_every_entry_is_signed_by_the_one_it_names(docket: Docket) -> None:
    receive_letters(docket)
    keys = docket.verify_keys()

    opener = Opener(docket)
    opened = [entry for row in rows() if (entry := opener.open(row)) is not None]

    assert len(opened) == LedgerRow.objects.count() - 1
    for entry in opened:
        key = Ed25519PublicKey.from_public_bytes(keys[entry.event.actor])
        assert open_envelope(entry.envelope, key) == entry.event


def test_what_somebody_else_changed_meanwhile_refuses_the_record(docket: Docket) -> None:
    case, other = open_case(docket, "Lantern"), open_case(docket, "Anchor")
    seen = newest_entry()
    add_person(docket, case, "person")
    with pytest.raises(StaleRecord):
        record(docket, EventOpened(case=case, event="e" * 32, title=""), seen=seen)

    assert newest_entry() == seen + 1
    assert record(docket, EventOpened(case=other, event="f" * 32, title=""), seen=seen) == seen + 2


def test_a_clock_that_stands_before_the_last_entry_records_nothing(docket: Docket, clock: StillClock) -> None:
    open_case(docket, "Lantern")
    before = newest_entry()

    clock.moment -= timedelta(hours=3)
    with pytest.raises(ClockBehind):
        open_case(docket, "Anchor")

    assert newest_entry() == before
    assert not Case.objects.filter(name="Anchor").exists()


def test_a_clock_that_was_set_back_a_little_keeps_the_order_of_times(docket: Docket, clock: StillClock) -> None:
    open_case(docket, "Lantern")

    clock.moment -= timedelta(seconds=60)
    open_case(docket, "Anchor")

    times = list(LedgerRow.objects.order_by("index").values_list("at", flat=True))
    assert times == sorted(times)
    assert audit(docket).is_whole


def test_after_everything_happened_the_ledger_draws_the_same_tables(docket: Docket, tmp_path: Path) -> None:
    story = tell_story(docket, tmp_path)
    for subject in (story.ukrainian_letter, story.source):
        erase(docket, SubjectId(subject), "asked_by_the_person")

    differences = redraw.check(docket)

    assert differences == []
    assert audit(docket).findings == []
    assert Letter.objects.filter(state="quarantined").count() == 1
    assert Claim.objects.exclude(withdrawn_because="").count() == 1


def test_drawing_in_place_restores_what_was_changed_by_hand(docket: Docket, tmp_path: Path) -> None:
    story = tell_story(docket, tmp_path)
    Act.objects.filter(pk=story.claim.act).update(victim="f" * 32)
    Claim.objects.filter(pk=story.claim.claim).delete()

    found = {(one.table, one.row) for one in redraw.check(docket)}
    redraw.redraw(docket)

    assert found == {("Act", story.claim.act), ("Claim", story.claim.claim)}
    assert redraw.check(docket) == []


def test_a_ledger_read_in_small_pieces_draws_the_same_tables(
    docket: Docket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = tell_story(docket, tmp_path)
    erase(docket, SubjectId(story.source), "asked_by_the_person")
    # A letter is then drawn by one process and its opening by another.
    monkeypatch.setattr(reading, "ROWS_AT_A_TIME", 1)

    before = redraw.check(docket)
    redraw.redraw(docket)

    assert before == redraw.check(docket) == []


def test_a_letter_set_back_to_an_earlier_state_is_found(docket: Docket, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, *_ = receive_letters(docket)
    as_received = {"state": "sealed", "tier": "", "language": "", "path": "", "answers": {}, "prompted": []}
    Letter.objects.filter(pk=letter).update(**as_received, identity_blob="", reporter=None)
    monkeypatch.setattr(reading, "ROWS_AT_A_TIME", 1)

    differences = redraw.check(docket)

    assert differences == [redraw.Difference("Letter", letter, live=True, redrawn=True)]


@pytest.mark.parametrize("entry", [-1, 3, 10_000])
def test_a_row_that_no_entry_draws_is_found(docket: Docket, entry: int) -> None:
    open_case(docket, "Lantern")
    Case.objects.create(id="f" * 32, subject="f" * 32, entry=entry, name="Planted")

    assert redraw.check(docket) == [redraw.Difference("Case", "f" * 32, live=True, redrawn=False)]


def test_rows_of_an_erased_subject_are_found(docket: Docket) -> None:
    case = SubjectId(open_case(docket, "Lantern"))
    row = Case.objects.get()
    erase(docket, case, "mistake")
    row.save(force_insert=True)

    assert redraw.check(docket) == [redraw.Difference("Case", case, live=True, redrawn=False)]


def test_drawing_in_place_leaves_every_index_as_it_was(docket: Docket) -> None:
    open_case(docket, "Lantern")
    before = _indexes()

    redraw.redraw(docket)

    assert _indexes() == before
    assert all("entry" in str(indexes) for indexes in before.values())


def _indexes() -> dict[str, object]:
    with connection.cursor() as cursor:
        read = connection.introspection.get_constraints
        return {table._meta.db_table: read(cursor, table._meta.db_table) for table in drawn_tables()}


def test_who_does_not_hold_the_epoch_key_cannot_empty_the_tables(docket: Docket) -> None:
    receive_letters(docket)
    operator = docket.as_collector()

    with pytest.raises(redraw.SubjectKeyMissing):
        redraw.redraw(operator)

    assert Letter.objects.count() == 4


def test_who_holds_no_identity_key_draws_everything_but_no_name(docket: Docket, tmp_path: Path) -> None:
    story = tell_story(docket, tmp_path)
    name_person(docket, story.perpetrator, "Another Form")
    without_names = docket.working_as(_Without(docket.keyring, "identity"))

    assert redraw.check(without_names) == []
    assert audit(without_names).not_held == 2


def test_an_erased_case_is_gone_from_the_tables_and_says_so(docket: Docket) -> None:
    case = open_case(docket, "Lantern")

    erase(docket, SubjectId(case), "mistake")

    assert not Case.objects.exists()
    assert Erasure.objects.get().id == case
    assert redraw.check(docket) == []


def test_words_are_found_in_any_script(docket: Docket) -> None:
    receive_letters(docket)
    asked = ["Zyxlantern at night", "zyxlantern", "гуртожитку", "ГУРТОЖИТКУ ВИГАДКОГРАДУ", "مدينة خيالستان"]

    found = [len(search.find(words)) for words in asked]

    assert found == [1, 1, 1, 1, 1]


def test_erased_words_are_not_found_and_others_are(docket: Docket) -> None:
    letter, *_ = receive_letters(docket)

    erase(docket, SubjectId(letter), "asked_by_the_person")

    assert search.find("Zyxlantern") == []
    assert len(search.find("Вигадкограду")) == 1


def test_a_phrase_is_found_wherever_it_stands_in_a_book(docket: Docket) -> None:
    words = [f"w{number}" for number in range(40_000)]
    source = capture_text(docket, " ".join(words))

    found = [search.find(f"w{number} w{number + 1} w{number + 2}") for number in (0, 5_999, 17_000, 39_997)]

    assert all([one.subject for one in hits] == [source] for hits in found)


def test_signs_of_the_query_language_are_only_words(docket: Docket) -> None:
    receive_letters(docket)
    asked = ["", '"', "a AND", "*", "(", "^", "\x00", "'; DROP TABLE x", "x" * 3000]

    found = [search.find(words) for words in asked]

    assert found == [[]] * len(asked)


def test_a_text_with_a_null_in_it_can_be_kept_coded_and_found(docket: Docket) -> None:
    source = capture_text(docket, "before\x00after the break")
    coded = code_claim(docket, Coding(source, 3, 10, "context", open_case(docket, "Lantern")))

    assert Passage.objects.get(pk=coded.passage).quote == "ore[U+0000]aft"
    assert [one.subject for one in search.find("after the break")] == [source]
    assert redraw.check(docket) == []


def test_the_first_member_is_drawn_with_the_key_that_signs(docket: Docket) -> None:
    member = Member.objects.get()

    assert b64decode(member.verify_key) == docket.verify_keys()[docket.actor]
    assert member.id == docket.actor


class _Without:
    """A keyring from which one docket key is missing."""

    def __init__(self, keyring, missing):
        self._keyring, self._missing = keyring, missing

    def __getattr__(self, name):
        return getattr(self._keyring, name)

    def docket_key(self, name, number=None):
        if name == self._missing:
            raise KeyNotHeld
        return self._keyring.docket_key(name, number)

    def identity(self, name, number):
        if name == self._missing:
            raise KeyNotHeld
        return self._keyring.identity(name, number)
