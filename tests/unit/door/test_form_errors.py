"""What a page says when something in it needs another look: in every language, with every word and tick still there."""

import re
from html import unescape

import pytest

from invented_door import InventedDoor, form
from onrecord.door.text import COUNTED, TEXT
from onrecord.ground.bounds import ACCOUNT_CHARACTERS
from onrecord.words.catalogue import FALLBACK, declared_languages, load_language
from onrecord.words.form import load_form

LANGUAGES = list(declared_languages())
LONG = "ю" * (ACCOUNT_CHARACTERS - 3) + "\n<b>“end”"
TICKS = [
    ("left_out", "yes"),
    ("source_kind", "relative"),
    ("basis", "saw"),
    ("basis", "told"),
    ("means.detention", "threatened"),
    ("means.detention", "carried_out"),
    ("means.debt", "carried_out"),
    ("consent.share_un", "ask_first"),
    ("consent.publish_identity", "never"),
]
LINES = [("when", "after New Year"), ("never_say", "An invented street"), ("name", "Приклад Прикладенко")]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> InventedDoor:
    return InventedDoor(tmp_path_factory.mktemp("door"), example=True)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_too_long_is_named_linked_and_whole_and_nothing_else_is_lost(door, tag):
    language, asked = load_language(tag), load_form().questions

    answer = door.post(f"/{tag}/safe", form([("account", LONG), *LINES, *TICKS], [("files", "photo.jpg", b"x" * 99)]))

    page = unescape(answer.text)
    surplus = len(LONG) - ACCOUNT_CHARACTERS
    assert answer.status == 422
    assert language.say_count(*COUNTED["too_long"], surplus) in page
    assert language.say(TEXT["files_again"]) in page
    assert f'<a href="#account">{language.say(asked["account"].text)}</a>' in page
    assert f'<a href="#files">{language.say(asked["files"].text)}</a>' in page
    assert f"\n{LONG}</textarea>" in page
    assert all(f'value="{line}"' in page for _, line in LINES)
    assert page.count(" checked>") == len(TICKS)
    assert all(re.search(rf'name="{name}" value="{value}" checked>', page) for name, value in TICKS)


@pytest.mark.parametrize("path", ["safe", "searched"])
@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_empty_letter_is_told_what_it_needs_in_the_readers_language(door, tag, path):
    language = load_language(tag)
    needed = TEXT["account_empty_with_files" if path == "safe" else "account_empty"]

    page = unescape(door.post(f"/{tag}/{path}", form([("account", ""), ("when", "after New Year")])).text)

    summary = page[page.index('role="alert"') : page.index("<form")]
    shown = [language.say(TEXT[name]) for name in ("not_sent", "kept")]
    assert all(sentence in summary for sentence in shown)
    assert language.say(needed) in page
    assert 'value="after New Year"' in page
    assert tag == FALLBACK or not [name for name in ("not_sent", "kept") if TEXT[name] in page]


@pytest.mark.parametrize("path", ["safe", "searched", "return"])
def test_every_link_of_an_error_leads_to_a_place_that_says_what_is_wrong(door, path):
    wrong = [("account", ""), ("when", "x" * 2001), ("where", "x" * 2001), ("subject", "Cheap watches")]
    fields, files = ([("words", " ")], []) if path == "return" else (wrong, [("files", "photo.jpg", b"x")])

    page = door.post(f"/en/{path}", form(fields, files if path == "safe" else [], receipt="")).text

    linked = re.findall(r'<li><a href="#([^"]+)">', page)
    assert linked
    for name in linked:
        (place,) = re.findall(rf'<(?:textarea|input)[^>]* id="{name}"[^>]*>', page)
        (described,) = re.findall(r'aria-describedby="([^"]+)"', place)
        assert 'aria-invalid="true"' in place
        said = [re.search(rf'<p class="[wh]" id="{id}">[^<]+</p>', page) for id in described.split()]
        assert all(said) and 'class="w"' in str(said[0])
