"""Whatever bytes a stranger sends, the door answers in words, keeps nothing, and stays open."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented_door import BOUNDARY, CONTENT_TYPE, InventedDoor, end, field, file, form
from onrecord.door.headers import HEADERS as HEADERS_OF_ALL
from onrecord.ground.bounds import MIB

ENTROPY = b"00" * 11
NAMES = ["account", "when", "basis", "receipt", "name", "consent.share_un", "means.debt", "subject", "x"]
BACK = ["words", "proof", "box", "answer.1", "answer.01", "more", "erase", "consent.all"]
PATHS = st.sampled_from(["/en/searched", "/en/safe", "/en/sealed", "/en/box"])
ASKING = st.sampled_from(["/en/return", "/en/check"])
BYTES = st.binary(max_size=300)
PARTS = st.lists(
    st.one_of(
        st.builds(field, st.sampled_from(NAMES + BACK), BYTES | st.sampled_from([b"", b"yes", b"withdrawn", ENTROPY])),
        st.builds(file, st.sampled_from(["files", "letter"]), BYTES.map(lambda name: name.replace(b'"', b"")), BYTES),
        st.just(f"--{BOUNDARY}\r\n".encode()),
        st.just(end()),
        BYTES,
    ),
    max_size=8,
)
SLOW = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def door(tmp_path) -> InventedDoor:
    return InventedDoor(tmp_path, onion="http://invented.onion")


@SLOW
@given(path=PATHS, parts=PARTS)
def test_any_parts_in_any_order_get_an_answer_and_only_whole_letters_are_kept(door, path, parts):
    before = len(door.spool.arrivals())

    answer = door.post(path, b"".join(parts))

    kept = len(door.spool.arrivals()) - before
    assert answer.status in (200, 400, 413, 422)
    assert kept == (answer.status == 200)
    assert len(list(door.spool.folder.iterdir())) == len(door.spool.arrivals())


@SLOW
@given(path=ASKING, parts=PARTS)
def test_pages_that_only_ask_answer_whatever_comes_and_keep_nothing(door, path, parts):
    answer = door.post(path, b"".join(parts))

    assert answer.status in (200, 400, 413, 422)
    assert list(door.spool.folder.iterdir()) == []


ADDRESSES = (
    "en uk xx .. safe box check return how words.json seal.js kit en.html healthz .well-known onrecord keyset %00"
)
SEGMENTS = st.sampled_from([*ADDRESSES.split(), "", "f" * 32, "\r\nx: y"]) | st.text(max_size=20)
METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
HEADERS = st.dictionaries(
    st.sampled_from(["accept", "accept-encoding", "accept-language", "content-type", "host", "cookie", "range"]),
    st.sampled_from(["", "*/*", "text/plain", "gzip", "fr;q=0.1", CONTENT_TYPE, "bytes=0-1"])
    | st.from_regex(r"[!-~]{1,40}"),
)


@SLOW
@given(method=METHODS, segments=st.lists(SEGMENTS, max_size=4), headers=HEADERS, body=BYTES)
def test_every_address_answers_in_words_whoever_asks_for_what(door, method, segments, headers, body):
    answer = door.ask(method, "/" + "/".join(segments), [body], list(headers.items()))

    assert answer.status in (200, 400, 404, 413, 415, 422)
    assert HEADERS_OF_ALL.keys() <= answer.headers.keys()
    assert "x" not in answer.headers and "set-cookie" not in answer.headers
    assert list(door.spool.folder.iterdir()) == []


@pytest.mark.parametrize("path", ["/en/safe", "/en/sealed", "/en/return"])
def test_a_bomb_that_says_it_is_packed_is_never_unpacked(door, path):
    bomb = gzip.compress(form([("account", "x")], [("files", "zeros", bytes(40 * MIB))]))
    packed = [("content-type", CONTENT_TYPE), ("content-encoding", "gzip"), ("transfer-encoding", "gzip, chunked")]

    answer = door.ask("POST", path, [bomb], packed)

    assert answer.status == 400
    assert list(door.spool.folder.iterdir()) == []


@pytest.mark.parametrize("path", ["/en/searched", "/en/safe"])
def test_a_letter_sent_twice_arrives_twice_rather_than_not_at_all(door, path):
    body = form([("account", "Sent twice, because the first answer never came.")])

    answers = [door.post(path, body) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert len(door.spool.arrivals()) == 2


@SLOW
@given(
    cut=st.integers(0, 100_000),
    piece_bytes=st.integers(1, 70_000),
    swap=st.integers(0, 255),
    at=st.integers(0, 100_000),
)
def test_a_good_form_cut_and_changed_anywhere_is_whole_or_nothing(door, cut, piece_bytes, swap, at):
    whole = bytearray(form([("account", "text"), ("when", "spring")], [("files", "photo.jpg", bytes(90_000))]))
    if at < len(whole):
        whole[at] = swap
    body = bytes(whole[:cut])
    before = len(door.spool.arrivals())

    answer = door.post("/en/safe", [body[start : start + piece_bytes] for start in range(0, len(body), piece_bytes)])

    assert answer.status in (200, 400, 422)
    assert len(door.spool.arrivals()) - before == (answer.status == 200)
    assert len(list(door.spool.folder.iterdir())) == len(door.spool.arrivals())


@SLOW
@given(piece_bytes=st.integers(1, 400))
def test_a_form_in_the_smallest_pieces_is_the_same_form(door, piece_bytes):
    body = form([("account", "Вигадана розповідь"), ("name", "Ім'я")], [("files", "photo.jpg", b"photo")])

    door.post("/en/safe", [body[start : start + piece_bytes] for start in range(0, len(body), piece_bytes)])

    reading, files = door.letters()[0]
    assert reading.letter.answers == {"account": "Вигадана розповідь"}
    assert files == {"photo.jpg": b"photo"}
    for arrival in door.spool.arrivals():
        door.spool.remove(arrival)
