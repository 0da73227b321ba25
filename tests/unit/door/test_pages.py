"""What every page of the door is, and what it must never be."""

import gzip
import re

import pytest

from invented_door import InventedDoor, form

FORMS = ["/en/searched", "/en/safe", "/en/return"]
PAGES = ["/", "/en/", *FORMS, "/en/sealed", "/en/how", "/en/rights"]
SEAL, RETURN = '<script src="/seal.js" defer>', '<script src="/return.js" defer>'
# What a telephone line of 20 kbit/s brings in six seconds.
PAGE_BYTES = 14_000


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_one_small_answer_with_nothing_from_elsewhere(door, path):
    answer = door.get(path)

    assert answer.status == 200
    assert len(gzip.compress(answer.body)) < PAGE_BYTES
    assert re.findall(r"<script[^>]*>", answer.text) in ([], [SEAL], [RETURN])
    assert not re.search(r"\son[a-z]+=|https?://|javascript:|@import|url\(", answer.text)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/xx/", "/healthz", "/.well-known/onrecord/keyset"])
def test_every_answer_tells_the_browser_to_forget_and_to_fetch_nothing(door, path):
    headers = door.get(path).headers

    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert not {"set-cookie", "server", "date", "etag", "last-modified"} & headers.keys()


@pytest.mark.parametrize("path", PAGES)
def test_the_tab_and_the_history_say_nothing(door, path):
    page = door.get(path).text

    assert "<title>Form</title>" in page
    assert '<link rel="icon" href="data:,">' in page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_reads_right_to_left_by_its_direction_alone(door, path):
    page = door.get(path).text

    assert '<html lang="en" dir="ltr">' in page
    assert not re.search(r"(margin|padding|border)-(left|right)|text-align:\s*(left|right)|[{;](left|right):", page)


def test_the_first_page_offers_two_ways_and_says_what_it_cannot_do(door):
    page = door.get("/en/").text

    assert 'href="searched"' in page
    assert 'href="safe"' in page
    assert "No page can keep you safe from a watched phone" in page


def test_the_searched_page_offers_no_file_no_kit_and_no_download(door):
    page = door.get("/en/searched").text

    assert 'type="file"' not in page
    assert not re.search(r"(?<!Nothing to )\bdownload|\bkit\b", page)
    assert "We do not ask you to empty your phone" in page


@pytest.mark.parametrize("path", ["/en/searched", "/en/safe"])
def test_keeping_nothing_is_an_equal_choice_and_enter_chooses_neither(door, path):
    page = door.get(path).text

    buttons = re.findall(r"<button ?([^>]*)>", page)
    assert buttons == ["disabled hidden", 'name="receipt" value="no"', 'name="receipt" value="yes"']


@pytest.mark.parametrize("path, tier", [("/en/searched", "C"), ("/en/safe", "C"), ("/en/sealed", "A")])
def test_the_tier_is_told_before_sending(door, path, tier):
    assert f'<p class="t" data-tier><b>{tier}</b>' in door.get(path).text


def test_nothing_asks_for_a_phone_number_or_a_mail_address(door):
    page = door.get("/en/safe").text

    assert not re.search(r'type="(email|tel|date|password)"|autocomplete="(?!off)', page)


def test_an_example_door_says_on_every_page_that_nobody_reads(door, tmp_path):
    real = InventedDoor(tmp_path / "real")

    assert all("Practice door: write nothing real here" in door.get(path).text for path in PAGES)
    assert not any("Practice door" in real.get(path).text for path in PAGES)


def test_leaving_goes_to_an_empty_page_and_says_what_stays(door):
    page = door.get("/en/safe").text

    assert 'class="x" href="about:blank"' in page
    assert "The history of this browser keeps this address" in page


def test_the_keyset_is_served_as_it_was_signed(door):
    assert door.get("/.well-known/onrecord/keyset").body == door.keys.file


def test_the_door_says_whether_it_is_open(door):
    assert (door.get("/healthz").status, door.get("/healthz").text) == (200, "open\n")


@pytest.mark.parametrize(
    "method, path", [("GET", "/nowhere/at/all"), ("GET", "/xx/safe"), ("PUT", "/en/safe"), ("DELETE", "/")]
)
def test_what_is_not_there_is_said_in_words(door, method, path):
    answer = door.ask(method, path, [b""])

    assert answer.status == 404
    assert "There is nothing at this address" in answer.text


def test_a_failure_of_ours_is_said_in_words_with_the_same_headers(door, monkeypatch):
    monkeypatch.setattr(door.spool, "begin", lambda: 1 / 0)

    answer = door.post("/en/searched", form([("account", "text")]))

    assert answer.status == 500
    assert "Something failed on our side" in answer.text
    assert answer.headers["cache-control"] == "no-store"
