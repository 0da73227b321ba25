"""What every page of the door is, and what it must never be."""

import gzip
import hashlib
import json
import re
from urllib.parse import urljoin

import pytest

from invented_door import CONTENT_TYPE, InventedDoor, form
from onrecord.door.app import NothingReviewed
from onrecord.door.pages import SCRIPTS
from onrecord.door.text import TEXT
from onrecord.seal.kits import Kits, sign_kits
from onrecord.words.catalogue import load_language

FORMS = ["/en/searched", "/en/safe", "/en/return"]
PAGES = ["/", "/en/", *FORMS, "/en/sealed", "/en/limits", "/en/how", "/en/rights"]
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


@pytest.mark.parametrize(
    "path", [*PAGES, "/nowhere", "/xx/", "/healthz", "/.well-known/onrecord/keyset", "/kit/en.html"]
)
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


def test_the_story_comes_first_identity_after_structure_and_files_last(door):
    page = door.get("/en/safe").text

    places = [page.index(f'name="{name}"') for name in ("account", "source_kind", "consent.share_un", "files")]
    assert places == sorted(places)
    assert page.index('name="means.debt"') < page.index('name="name"') < page.index('name="files"')


def test_the_optional_parts_arrive_folded_and_those_with_an_answer_open(door):
    fresh = door.get("/en/safe").text

    wrong = door.post("/en/safe", form([("account", ""), ("consent.share_un", "never"), ("where", "x" * 2001)])).text

    assert "<details open>" not in fresh
    assert len(re.findall("<details open>", wrong)) == 2
    assert re.search(r"<details open>\s*<summary><b>What we may do with it", wrong)
    assert re.search(r"<details open>\s*<summary><b>When, where", wrong)


def test_the_short_page_asks_for_no_permission_and_no_name(door):
    page = door.get("/en/searched").text

    names = set(re.findall(r'name="([^"]+)"', page))
    assert names - {"viewport", "referrer", "color-scheme"} == {
        *("account", "left_out", "when", "where", "receipt", "subject")
    }


@pytest.mark.parametrize("path", ["/en/searched", "/en/safe"])
def test_danger_is_asked_only_where_somebody_reads_and_the_page_says_when(door, tmp_path, path):
    with_rota = InventedDoor(tmp_path / "rota", example=True, rota="weekdays").get(path).text

    assert 'name="urgency"' not in door.get(path).text
    assert 'name="urgency"' in with_rota
    assert "Letters are read on weekdays, by day. Nobody can come" in with_rota


@pytest.mark.parametrize("path", ["/en/searched", "/en/safe"])
def test_a_program_that_fills_in_every_line_is_asked_to_clear_one_and_nothing_is_lost(door, path):
    answer = door.post(path, form([("account", "An invented account."), ("subject", "Cheap watches")]))

    assert answer.status == 422
    assert "Clear it, then send again" in answer.text
    assert "An invented account." in answer.text
    assert 'href="#subject"' in answer.text
    assert door.spool.arrivals() == []


def test_a_choice_once_made_can_be_taken_back(door):
    page = door.get("/en/safe").text

    for name in ("source_kind", "signature", "consent.share_un"):
        assert f'<input type="radio" name="{name}" value=""><span>No answer</span>' in page
    assert " checked>" not in page


def test_what_is_the_same_for_everybody_travels_compressed_and_nothing_else_does(door):
    asked = [("accept-encoding", "gzip"), ("content-type", CONTENT_TYPE)]

    still = door.ask("GET", "/en/safe", [b""], asked)
    typed = door.ask("POST", "/en/safe", [form([("account", "")])], asked)

    assert gzip.decompress(still.body) == door.get("/en/safe").body
    assert "content-encoding" not in typed.headers


def test_a_door_with_an_onion_service_names_it_on_pages_alone(tmp_path):
    door = InventedDoor(tmp_path, onion="http://invented.onion")

    assert door.get("/en/how").headers["onion-location"] == "http://invented.onion/en/how"
    assert door.get("/en/\r\nx: y").headers["onion-location"] == "http://invented.onion/en/%0D%0Ax%3A%20y"
    assert "onion-location" not in door.get("/healthz").headers


def test_a_public_door_shows_only_what_somebody_has_checked(door, tmp_path):
    public = InventedDoor(tmp_path / "public")

    assert public.get("/uk/").status == 404
    assert 'href="/uk/"' not in public.get("/").text
    assert "No card in this language has been checked yet" in public.get("/en/rights").text
    assert "Draft" not in public.get("/en/safe").text
    assert "What the rules say" in door.get("/en/rights").text
    assert "Draft, shown for practice only" in door.get("/en/rights").text


def test_a_draft_says_so_on_every_page(door):
    assert load_language("uk").say(TEXT["draft"]) in door.get("/uk/safe").text
    assert TEXT["draft"] not in door.get("/en/safe").text


def test_a_door_of_which_nobody_has_checked_a_language_does_not_open(tmp_path):
    with pytest.raises(NothingReviewed):
        InventedDoor(tmp_path, review=[])


def test_what_is_missing_is_said_in_the_language_of_the_address(door):
    page = door.get("/uk/nowhere")

    assert page.status == 404
    assert load_language("uk").say(TEXT["not_here"]) in page.text
    assert 'href="/uk/"' in page.text


def test_a_script_has_the_sentences_of_its_page(door):
    said = json.loads(door.get("/uk/words.json").body)

    assert said["box_send"] == load_language("uk").say("Send")
    assert {"script_", "tier_", "sent_", "check_", "box_", "return_"} <= {name.partition("_")[0] + "_" for name in said}
    assert not any(name.startswith("where_") for name in said)


def test_a_page_with_a_script_lets_it_speak_to_this_server_alone(door, monkeypatch):
    monkeypatch.setitem(SCRIPTS, "seal.js", SCRIPTS.get("seal.js"))

    with_script, without = (door.get(path).headers["content-security-policy"] for path in ("/en/safe", "/en/sealed"))

    assert "trusted-types door; script-src 'self'; worker-src 'self'; connect-src 'self'" in with_script
    assert "trusted-types 'none'" in without
    assert "script-src" not in without


def test_the_labels_say_what_each_protects_and_what_not(door):
    page = door.get("/en/how").text

    for label in ("tier_a", "tier_b", "tier_c"):
        assert TEXT[label] in page


def test_the_keyset_is_served_as_it_was_signed(door):
    assert door.get("/.well-known/onrecord/keyset").body == door.keys.file


def put_kit(door: InventedDoor, page: bytes, listed: bytes) -> None:
    folder = door.config.kits
    folder.mkdir()
    (folder / "en.html").write_bytes(page)
    (folder / "kits.json").write_bytes(sign_kits(Kits(1, {"en": hashlib.sha256(listed).hexdigest()}), door.keys.root))


def test_a_kit_on_the_signed_list_is_handed_out_to_be_saved(door):
    put_kit(door, b"an invented kit", b"an invented kit")

    kit = door.get("/kit/en.html")

    assert (kit.status, kit.body) == (200, b"an invented kit")
    assert kit.headers["content-disposition"] == 'attachment; filename="form.html"'
    assert 'href="/kit/en.html"' in door.get("/en/how").text
    assert door.get("/.well-known/onrecord/kits").body == (door.config.kits / "kits.json").read_bytes()


def test_no_kit_is_offered_that_the_docket_does_not_stand_behind(door):
    put_kit(door, b"a changed kit", b"an invented kit")

    assert door.get("/kit/en.html").status == door.get("/kit/uk.html").status == 404
    assert "/kit/" not in door.get("/en/how").text


def test_an_operator_switches_kits_off_for_a_language(tmp_path):
    door = InventedDoor(tmp_path, kits_off=["en"])
    put_kit(door, b"an invented kit", b"an invented kit")

    assert door.get("/kit/en.html").status == 404


def test_nothing_that_the_short_page_leads_to_offers_a_kit_or_takes_a_file(door):
    put_kit(door, b"an invented kit", b"an invented kit")
    # What else the first page leads to is another path, which its reader chooses there.
    others = {"/en/safe", "/en/sealed", "/en/return"}
    reached, to_open = set(others), ["/en/searched"]

    while to_open:
        address = to_open.pop()
        reached.add(address)
        page = door.get(address).text
        assert not re.search(r"/kit/|type=.file| download=", page), address
        linked = {urljoin(address, link) for link in re.findall(r'href="([^"#:]+)"', page)}
        to_open += [link for link in linked if link.startswith("/en/") and link not in reached]

    assert reached == others | {"/en/searched", "/en/", "/en/limits", "/en/rights"}


@pytest.mark.parametrize("path", ["/en/searched", "/en/safe", "/en/return"])
def test_no_link_stands_between_the_first_box_and_sending(door, path):
    page = door.get(path).text

    first, last = page.index("<textarea"), page.rindex("</button>")
    assert "<a " not in page[first:last]


def test_the_short_page_says_three_sentences_and_the_rest_waits_to_be_opened(door):
    page = door.get("/en/searched").text

    before, after = page.split('<textarea id="account"')
    shown = re.sub(r"<details>.*?</details>", "", before, flags=re.DOTALL)
    assert shown.count("<li>") == 3
    assert "Remember it, leave, then write" in shown
    assert "You may leave out what could be held against you" in shown
    assert "We do not ask you to empty your phone" in before
    assert after.index("may be punished at home or elsewhere") < after.index('name="left_out"')


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


def test_the_longest_page_is_light_in_every_language(door):
    for language in door.config.languages:
        page = door.get(f"/{language}/safe").body

        assert len(gzip.compress(page)) < PAGE_BYTES
