"""A sealed letter and a captured article become one case, and leave as a bundle on the consent that was given.

Everybody in it is invented: the town, the Monitor, the reporter and the officer.
"""

import io
import subprocess
import wave
from pathlib import Path

import pytest
from PIL import Image

from invented_letters import InventedLetter, lay
from onrecord.seal.keyset import read_keyset
from onrecord.store.folder_spool import FolderSpool

ENGLISH = "They came to the hostel of Port Sampel at night. The officer said: sign, or you go to prison. We were forty."
UKRAINIAN = "До гуртожитку в Порт-Семплі прийшли вночі. Офіцер сказав: підпишеш або підеш у в'язницю."
ARTICLE = """Port Sampel workers pressed into contracts

By Ada Placeholder
09/02/2025
The Example Monitor says men were told to sign army contracts or be deported.
"""
NAME, CONTACT = "Zyxwen Placeholderovich", "quibblephone 12 34"
COURT, PUBLIC = "share_international_court", "publish_facts"


def photo() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "grey").save(picture, "JPEG")
    return picture.getvalue()


def voice_note() -> bytes:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(800))
    return sound.getvalue()


@pytest.fixture
def letters(onrecord, tmp_path: Path) -> dict[str, str]:
    """Two letters of one night, one in each language, collected and opened; the English one carries the files."""
    keyset = read_keyset((tmp_path / "docket/keys/keyset.json").read_bytes(), root_key=None, now=None)
    consent = [(COURT, "given"), (PUBLIC, "refused")]
    files = [("hostel.jpg", photo()), ("voice.wav", voice_note())]
    english = InventedLetter(ENGLISH, files=files, name=NAME, contact=CONTACT, consent=consent)
    ukrainian = InventedLetter(UKRAINIAN, language="uk")
    for letter in (english, ukrainian):
        lay(FolderSpool(tmp_path / "docket/spool"), letter.sealed_to(keyset))
    collected = onrecord("letter", "collect", "--open")
    assert (len(collected["opened"]), collected["quarantined"]) == (2, [])
    return {item["language"]: item["id"] for item in onrecord("letter", "list")["items"]}


def code_case(onrecord, letters: dict[str, str], tmp_path: Path) -> str:
    """Code both letters and the article into one case and return it."""
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE)
    source = onrecord("source", "capture", article, "--confirm")["id"]
    case = onrecord("case", "new", "Lantern")["id"]
    act = _code(onrecord, letters["en"], ENGLISH, "sign, or you go to prison", "new:act", "--victim", "new:person")[
        "act"
    ]
    _code(onrecord, letters["uk"], UKRAINIAN, "підпишеш або підеш у в'язницю", act)
    _code(onrecord, source, ARTICLE, "sign army contracts or be deported", act, "--by", source, by="Example Monitor")
    return case


def _code(onrecord, exhibit: str, text: str, quote: str, on: str, *more: str, by: str = "reporter") -> dict[str, str]:
    start = text.index(quote)
    values = ["--value", "act_type=coerced_contract", "--value", "coercion.means=detention:threatened"]
    span = f"{start}:{start + len(quote)}"
    return onrecord(
        "claim", "code", exhibit, "--passage", span, "--kind", "act", "--on", on, *values, *more, "--by", by
    )


def test_every_value_of_the_case_is_one_step_from_the_words_it_rests_on(onrecord, letters, tmp_path) -> None:
    case = code_case(onrecord, letters, tmp_path)

    shown = onrecord("case", "show", case)

    [act] = shown["acts"]
    assert [claim["passage"]["quote"] for claim in act["claims"]] == [
        "sign, or you go to prison",
        "підпишеш або підеш у в'язницю",
        "sign army contracts or be deported",
    ]
    assert [claim["by"][-1] for claim in act["claims"]] == ["reporter", "reporter", "Example Monitor"]
    assert act["claims"][0]["values"][1] == {"field": "coercion.means", "value": "detention", "mode": "threatened"}


def test_the_bundle_leaves_for_the_purpose_that_was_agreed_to_and_for_no_other(onrecord, letters, tmp_path) -> None:
    case = code_case(onrecord, letters, tmp_path)

    refused = onrecord(
        "bundle", "make", case, "--basis", "consent", "--for", PUBLIC, "-o", tmp_path / "refused", code=3
    )
    made = onrecord("bundle", "make", case, "--basis", "consent", "--for", COURT, "-o", tmp_path / "made")

    assert "may leave" in refused["error"] and not (tmp_path / "refused").exists()
    inside = [path for path in (tmp_path / "made").rglob("*") if path.is_file()]
    contents = b"\n".join(path.read_bytes() for path in inside)
    assert {photo(), voice_note(), ENGLISH.encode()} <= {path.read_bytes() for path in inside}
    # The Ukrainian letter gave no consent and the article no basis was named for: both stay, and the list says so.
    assert UKRAINIAN.encode() not in contents and b"army contracts or be deported" not in contents
    assert {line["reason"] for line in made["left_out"]} >= {"consent_not_asked", "public_source_not_named"}


def test_a_name_leaves_on_no_basis_that_it_was_not_given_for(onrecord, letters, tmp_path) -> None:
    case = code_case(onrecord, letters, tmp_path)
    bases = [word for basis in ("consent", "public_source", "lawful_order") for word in ("--basis", basis)]

    onrecord("bundle", "make", case, *bases, "--reason", "order 12", "-o", tmp_path / "made")

    contents = b"\n".join(path.read_bytes() for path in (tmp_path / "made").rglob("*") if path.is_file())
    assert NAME.encode() not in contents and CONTACT.encode() not in contents
    assert UKRAINIAN.encode() in contents and b"army contracts or be deported" in contents


def test_whoever_receives_it_can_check_it_without_us(onrecord, letters, tmp_path) -> None:
    case = code_case(onrecord, letters, tmp_path)
    bases = ("--basis", "consent", "--basis", "public_source")
    onrecord("bundle", "make", case, *bases, "--for", COURT, "-o", tmp_path / "made")

    by_shell = subprocess.run(["sh", tmp_path / "made/verify.sh"], capture_output=True, text=True)

    assert by_shell.returncode == 0, by_shell.stdout
    assert onrecord("bundle", "verify", tmp_path / "made")["whole"]
    assert onrecord("ledger", "audit")["whole"]
    assert onrecord("ledger", "redraw", "--check")["items"] == []


def test_a_letter_that_is_erased_takes_its_words_and_leaves_every_proof(onrecord, letters, tmp_path) -> None:
    case = code_case(onrecord, letters, tmp_path)

    erased = onrecord("erase", letters["en"], "--reason", "asked_by_the_person", "--yes")

    [act] = onrecord("case", "show", case)["acts"]
    assert erased["complete_after"] > "2026"
    assert [claim["passage"] is None for claim in act["claims"]] == [True, False, False]
    assert onrecord("ledger", "audit")["erased"] > 0
    assert onrecord("ledger", "redraw", "--check")["items"] == []
    assert [item["id"] for item in onrecord("letter", "list")["items"]] == [letters["uk"]]
