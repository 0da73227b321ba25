"""What is written at the door arrives sealed, whole and marked as what it is."""

import hashlib
import json
import re
from html import unescape

import pytest

from invented_door import InventedDoor, end, field, file, form
from onrecord.door.app import KeysEnded
from onrecord.ground.bounds import ACCOUNT_CHARACTERS, KIB, MIB
from onrecord.seal.open import open_sealed
from onrecord.seal.receipt import parse
from onrecord.words.catalogue import declared_languages, load_language
from onrecord.words.wordlist import load_wordlist

ACCOUNT = ("account", "Вигадана розповідь.\r\nДругий рядок.")


def test_an_account_arrives_in_the_words_it_was_written_in(door):
    answer = door.post("/en/searched", form([ACCOUNT, ("when", "spring 2025")]))

    ((reading, files),) = door.letters()
    assert answer.status == 200
    assert reading.letter.answers == {"account": "Вигадана розповідь.\nДругий рядок.", "when": "spring 2025"}
    assert (reading.letter.tier, reading.letter.path, reading.letter.language) == ("C", "searched", "en")
    assert reading.letter.written_on.isoformat() == "2026-03-01"
    assert files == {}


def test_ticks_are_marked_as_prompted_and_consent_keeps_the_wording_shown(door):
    fields = [ACCOUNT, ("left_out", "yes"), ("source_kind", "relative"), ("basis", "saw"), ("basis", "told")]

    door.post("/en/safe", form([*fields, ("consent.share_un", "ask_first"), ("consent.share_lawyer", "")]))

    ((reading, _),) = door.letters()
    assert reading.letter.answers["basis"] == ["saw", "told"]
    assert set(reading.letter.prompted) == {"left_out", "source_kind", "basis"}
    (consent,) = reading.letter.consent
    shown = [
        "Give it to the United Nations",
        "It may be used when they write about many cases. They do not try anyone for you.",
        "Ask me each time",
    ]
    assert (consent.purpose, consent.state) == ("share_un", "ask_first")
    assert consent.wording_sha256 == hashlib.sha256("\n".join(shown).encode()).hexdigest()


def test_without_a_tick_nothing_is_permitted(door):
    page = door.get("/en/safe").text

    door.post("/en/safe", form([ACCOUNT]))

    ((reading, _),) = door.letters()
    assert reading.letter.consent == ()
    assert " checked>" not in page


def test_a_name_is_sealed_apart_from_the_story(door):
    door.post("/en/safe", form([ACCOUNT, ("name", "Приклад Прикладенко")]))

    ((reading, _),) = door.letters()
    identity = open_sealed(reading.identity, [door.keys.names])
    assert "name" not in reading.letter.answers
    assert json.loads(identity.rstrip(b"\0"))["name"] == "Приклад Прикладенко"


def test_files_arrive_bit_exact_in_parts_of_their_own_padded_like_letters(door):
    photo, voice = bytes(range(256)) * 1000, b"voice"

    answer = door.post("/en/safe", form([ACCOUNT], [("files", "photo.jpg", photo), ("files", "голос.ogg", voice)]))

    ((reading, files),) = door.letters()
    (arrival,) = door.spool.arrivals()
    assert answer.status == 200
    assert files == {"photo.jpg": photo, "голос.ogg": voice}
    sizes = [door.spool.size_bytes(arrival, name) for name in door.spool.parts(arrival)]
    assert [size // (64 * KIB) for size in sizes] == [4, 1]
    for part, name in zip(reading.letter.parts, door.spool.parts(arrival), strict=True):
        assert hashlib.sha256(b"".join(door.spool.read(arrival, name))).hexdigest() == part.sha256


def test_a_file_can_stand_in_for_the_account(door):
    answer = door.post("/en/safe", form([("account", "")], [("files", "voice.ogg", b"voice")]))

    assert answer.status == 200
    assert len(door.spool.arrivals()) == 1


@pytest.mark.parametrize(
    "file_name, shown",
    [("a\u202egpj.exe", "a[U+202E]gpj.exe"), ("a\u200bb", "a[U+200B]b"), ("../../x", ".. .. x"), ("x" * 1000, None)],
)
def test_a_deceiving_file_name_is_kept_where_it_can_be_seen(door, file_name, shown):
    door.post("/en/safe", form([ACCOUNT], [("files", file_name, b"data")]))

    ((_, files),) = door.letters()
    assert list(files.values()) == [b"data"]
    assert shown is None or list(files) == [shown]


@pytest.mark.parametrize(
    "sent, shown",
    [
        ("a %22quoted%22 name.txt", 'a "quoted" name.txt'),
        ("two%0D%0Alines.txt", "two lines.txt"),
        ("100%25 [1] 50%.txt", "100%25 [1] 50%.txt"),
        ("Фото; name=x, №1 'так'.jpg", "Фото; name=x, №1 'так'.jpg"),
    ],
)
def test_a_name_is_kept_as_given_though_browsers_escape_three_of_its_signs(door, sent, shown):
    door.post("/en/safe", form([ACCOUNT], [("files", sent, b"data")]))

    ((_, files),) = door.letters()
    assert list(files) == [shown]


@pytest.mark.parametrize("receipt", ["no", "yes"])
def test_a_page_that_would_send_again_when_loaded_again_says_so(door, receipt):
    page = door.post("/en/searched", form([ACCOUNT], receipt=receipt)).text

    assert "Do not load this page again: it would send a second letter." in page


def test_where_no_file_was_chosen_none_arrives(door):
    door.post("/en/safe", form([ACCOUNT], [("files", "", b"")]))

    ((_, files),) = door.letters()
    assert files == {}


def test_nine_words_are_shown_only_to_whom_wants_them_and_lead_back_to_the_letter(door):
    page = door.post("/en/searched", form([ACCOUNT], receipt="yes")).text

    words = re.findall(r"<li>([a-z]+)</li>", page)
    receipt = parse(" ".join(words), load_wordlist("en").words)
    ((reading, _),) = door.letters()
    assert receipt.digits() in page
    assert reading.letter.reporter == receipt.keys().reporter()


@pytest.mark.parametrize("receipt", ["no", ""])
def test_whoever_keeps_nothing_leaves_no_key(door, receipt):
    page = door.post("/en/searched", form([ACCOUNT], receipt=receipt)).text

    ((reading, _),) = door.letters()
    assert reading.letter.reporter is None
    assert "There are no words to keep." in page


def test_two_equal_texts_look_different_and_have_one_length(door):
    for _ in range(2):
        door.post("/en/searched", form([ACCOUNT]))

    first, second = [b"".join(door.spool.read(arrival)) for arrival in door.spool.arrivals()]
    assert first != second
    assert len(first) == len(second)


@pytest.mark.parametrize("path", ["/en/searched", "/en/safe"])
def test_an_empty_letter_is_not_sent_and_what_was_typed_stays(door, path):
    answer = door.post(path, form([("account", "  \r\n "), ("when", "after “New Year” <b>")]))

    assert answer.status == 422
    assert "This box is empty" in answer.text
    assert "after “New Year” &lt;b&gt;" in answer.text
    assert 'href="#account"' in answer.text
    assert list(door.spool.folder.iterdir()) == []


def test_a_text_that_is_too_long_says_by_how_much_and_is_not_cut(door):
    typed = "ю" * (ACCOUNT_CHARACTERS + 7)

    answer = door.post("/en/safe", form([("account", typed)], [("files", "photo.jpg", bytes(300_000))]))

    assert answer.status == 422
    assert "Too long by 7 letters" in answer.text
    assert typed in answer.text
    assert "please choose them again" in answer.text
    assert list(door.spool.folder.iterdir()) == []


def test_a_line_that_is_too_long_by_one_letter_says_so_in_the_singular(door):
    answer = door.post("/en/safe", form([ACCOUNT, ("where", "x" * 2001)]))

    assert "Too long by 1 letter." in answer.text


def test_ticks_survive_an_error(door):
    answer = door.post(
        "/en/safe", form([("account", ""), ("basis", "told"), ("consent.share_un", "given"), ("left_out", "yes")])
    )

    assert len(re.findall(r" checked>", answer.text)) == 3


@pytest.mark.parametrize(
    "body, status",
    [
        (form([ACCOUNT])[:-20], 400),
        (form([ACCOUNT])[:200], 400),
        (b"", 400),
        (b"\xff" * 5000, 400),
        (form([ACCOUNT, ("unknown", "x")]), 400),
        (form([ACCOUNT, ("basis", "invented")]), 400),
        (form([ACCOUNT, ACCOUNT]), 400),
        (form([("account", b"\xff\xfe")]), 400),
        (form([("account", "x")] * 5000), 400),
        (b"".join(field(f"f{number}", "") for number in range(5000)) + end(), 400),
        (field("x" * 10_000, "long name") + end(), 400),
        (form([ACCOUNT], [("files", "y" * 10_000, b"")]), 400),
        (form([ACCOUNT], [("other", "a", b"a")]), 400),
        (file("files", "a", b"a") + field("account", "late") + end(), 400),
        (form([ACCOUNT], [("files", f"{number}", b"a") for number in range(101)]), 413),
        (form([("account", "x" * 600 * KIB)]), 413),
        (form([ACCOUNT], [("files", "a", b"a" * 100_000)])[:60_000], 400),
    ],
    ids=[
        "broken off at the end",
        "broken off early",
        "nothing",
        "no form",
        "unknown field",
        "unknown answer",
        "answered twice",
        "not UTF-8",
        "five thousand accounts",
        "five thousand fields",
        "a field name of ten thousand letters",
        "a file name of ten thousand letters",
        "a file from another page",
        "files before answers",
        "a hundred and one files",
        "half a megabyte of text",
        "broken off in a file",
    ],
)
def test_a_broken_or_hostile_form_gets_a_page_in_words_and_leaves_nothing(door, body, status):
    answer = door.post("/en/safe", body)

    assert answer.status == status
    assert "Not sent yet" in answer.text
    assert list(door.spool.folder.iterdir()) == []


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=" + "x" * 71,
    ],
)
def test_what_is_not_a_form_is_refused_in_words(door, content_type):
    answer = door.post("/en/safe", form([ACCOUNT]), content_type)

    assert answer.status == 415
    assert "takes only what its own page sends" in answer.text


def test_the_searched_page_takes_no_file(door):
    answer = door.post("/en/searched", form([ACCOUNT], [("files", "photo.jpg", b"x")]))

    assert answer.status == 400
    assert door.spool.arrivals() == []


def test_an_upload_over_the_limit_is_refused_and_the_text_stays(tmp_path):
    door = InventedDoor(tmp_path, example=True, letter_bytes=MIB)

    answer = door.post("/en/safe", form([ACCOUNT], [("files", "film.mp4", bytes(4 * MIB))]))

    assert answer.status == 413
    assert "larger than this page takes" in answer.text
    assert "Вигадана розповідь." in answer.text
    assert list(door.spool.folder.iterdir()) == []


def test_a_reporter_who_hangs_up_in_the_middle_leaves_nothing(door):
    body = form([ACCOUNT], [("files", "photo.jpg", bytes(200_000))])

    door.post("/en/safe", [body[:100_000], b"<hang up>"])

    assert list(door.spool.folder.iterdir()) == []


def test_a_full_disk_says_so_and_keeps_what_was_typed(door, monkeypatch):
    monkeypatch.setattr(door.spool, "_keep_free_bytes", 1 << 60)

    answer = door.post("/en/searched", form([ACCOUNT]))

    assert answer.status == 503
    assert "no room for another letter" in answer.text
    assert "Вигадана розповідь." in answer.text


@pytest.mark.parametrize("tag", declared_languages())
def test_an_expired_keyset_closes_the_door_in_words_and_keeps_what_was_typed(door, tag):
    door.clock.moment = door.clock.moment.replace(year=2027)

    seen, sent = door.get(f"/{tag}/safe"), door.post(f"/{tag}/safe", form([ACCOUNT]))

    say = load_language(tag).say
    assert (seen.status, sent.status) == (503, 503)
    for page in (seen.text, sent.text):
        assert say(KeysEnded.sentence()) in unescape(page)
        assert say(KeysEnded.next_step) in unescape(page)
    assert "Вигадана розповідь." in sent.text
    assert door.get("/healthz").status == 503
    assert door.spool.arrivals() == []


def test_a_control_character_is_written_out_so_that_the_desk_can_open_the_letter(door):
    account = [("account", "They came\x00 at \x07night.\tTwo\r\nof them.")]

    answer = door.post("/en/searched", form(account))

    ((reading, _),) = door.letters()
    assert answer.status == 200
    assert reading.letter.answers["account"] == "They came[U+0000] at [U+0007]night.\tTwo\nof them."


@pytest.mark.parametrize("path", ["/en/searched", "/en/safe"])
@pytest.mark.parametrize("wish", ["yes", "no"])
def test_after_sending_the_only_way_on_is_away(door, path, wish):
    page = door.post(path, form([("account", "An invented account.")], receipt=wish)).text

    assert set(re.findall(r'href="([^"]+)"', page)) == {"data:,", "about:blank"}
