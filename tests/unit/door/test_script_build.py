"""The door's scripts are built to the same bytes every time, run in browsers of 2020, and are small."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from age_programs import node
from invented_door import InventedDoor
from onrecord.door.text import COUNTED, TEXT

ROOT = Path(__file__).resolve().parents[3]
BUILT = {"kit-worker.js.gz", "kit.js", "looks.js", "return-worker.js", "return.js", "seal-worker.js", "seal.js"}
MOST_BROTLI_BYTES = 40_000

# What no script of ours may touch: places that remember, code out of text, and every way to somebody else.
FORBIDDEN = re.compile(
    r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.open|serviceWorker|sendBeacon|WebSocket|"
    r"EventSource|RTCPeerConnection|WebAssembly|\beval\(|new Function\b|innerHTML|outerHTML|document\.write"
)


def build(folder: Path) -> Path:
    subprocess.run([node(), ROOT / "scripts" / "build_scripts.mjs", folder], check=True, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def built(folder: Path) -> dict[str, dict[str, Any]]:
    said = subprocess.run([node(), ROOT / "tests" / "door_script_built.mjs", folder], capture_output=True, check=True)
    return dict(json.loads(said.stdout))


def test_two_builds_are_the_same_bytes(folder: Path, tmp_path: Path):
    again = build(tmp_path)

    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }
    assert {path.name for path in again.iterdir()} == BUILT


def test_page_and_worker_that_seal_are_together_under_40_kb(built: dict[str, dict[str, Any]]):
    sizes = {name: about["brotli"] for name, about in built.items()}
    print(sizes)

    assert sizes["seal.js"] + sizes["seal-worker.js"] <= MOST_BROTLI_BYTES


@pytest.mark.parametrize("name", sorted(BUILT))
def test_the_syntax_is_that_of_2020(built: dict[str, dict[str, Any]], name: str):
    assert built[name]["es2020"] is None


@pytest.mark.parametrize("name", sorted(BUILT))
def test_a_script_remembers_nothing_makes_no_code_and_knows_no_other_host(built: dict[str, dict[str, Any]], name: str):
    script = built[name]["script"]

    assert FORBIDDEN.findall(script) == []
    # The one address in them is the name of a vocabulary in photos, which nobody asks for anything.
    assert set(re.findall(r"https?://[\w./-]+", script)) <= {"http://ns.adobe.com/xap/1.0/"}


def test_no_sentence_stands_in_a_script(built: dict[str, dict[str, Any]]):
    # A sentence is a text of several words that ends in a full stop; what libraries say to programmers ends without.
    sentences = re.findall(
        r'"[A-Z][a-z’]+(?: [\w’,“”]+){2,}[.!?]"', built["seal.js"]["script"] + built["kit.js"]["script"]
    )

    assert sentences == []


def test_what_runs_is_what_the_sources_say(folder: Path):
    installed = ROOT / "src" / "onrecord" / "door" / "static"

    assert {path.name: path.read_bytes() for path in installed.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_every_sentence_of_the_pages_scripts_is_given_to_them(built: dict[str, dict[str, Any]], door: InventedDoor):
    scripts = built["seal.js"]["script"] + built["return.js"]["script"]
    # Some names are put together from `script_` and a word.
    names = {name for name in TEXT if ("_" in name and f'"{name}"' in scripts) or name.startswith("script_")}

    given = json.loads(door.get("/en/words.json").text)

    assert len(names) > 50
    assert names <= given.keys()


def test_every_name_that_a_script_says_has_a_sentence(built: dict[str, dict[str, Any]]):
    scripts = "".join(built[name]["script"] for name in ("seal.js", "return.js", "kit.js"))

    said = set(re.findall(r'"((?:script|tier|sent|check|box|return|account|kit)_[a-z_]+)"', scripts))

    assert said <= TEXT.keys() | COUNTED.keys()
