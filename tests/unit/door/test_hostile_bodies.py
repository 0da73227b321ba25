"""Whatever bytes a stranger sends, the door answers in words, keeps nothing, and stays open."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented_door import BOUNDARY, InventedDoor, end, field, file, form

PATHS = st.sampled_from(["/en/searched", "/en/safe", "/en/sealed"])
BYTES = st.binary(max_size=300)
PARTS = st.lists(
    st.one_of(
        st.builds(field, st.sampled_from(["account", "when", "basis", "receipt", "name", "x"]), BYTES),
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
    return InventedDoor(tmp_path)


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
