"""`onrecord seal` and `onrecord open` behave as the age program does, and leave nothing half done."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from onrecord.cli.seal import CannotRead, CannotWrite, NothingToOpenWith, register
from onrecord.errors import OnrecordError
from onrecord.ground.files import FileAlreadyThere
from onrecord.seal.close import NoRecipient, WeakestRecipientWins
from onrecord.seal.open import NoKeyFits
from onrecord.seal.payload import PayloadTruncated
from onrecord.seal.recipients import HybridIdentity, NotAnIdentity, NotARecipient, X25519Identity

TEXT = b"Invented Person 7 was told to sign."
IDENTITY = HybridIdentity.from_seed(bytes(32))
RECIPIENT = str(IDENTITY.recipient)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "text").write_bytes(TEXT)
    (tmp_path / "key").write_text(f"# an invented key\n\n{IDENTITY}\n", encoding="utf-8")
    (tmp_path / "words").write_text("an invented passphrase\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def onrecord(*arguments: str, given: bytes | None = None) -> bytes:
    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(app, arguments, input=given)
    if isinstance(result.exception, OnrecordError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def test_what_was_sealed_opens_again(folder: Path) -> None:
    onrecord("seal", "-r", RECIPIENT, "-o", "sealed", "text")
    onrecord("open", "-i", "key", "-o", "opened", "sealed")

    assert (folder / "opened").read_bytes() == TEXT
    assert TEXT not in (folder / "sealed").read_bytes()


def test_standard_input_and_output_can_be_used_on_both_ways(folder: Path) -> None:
    sealed = onrecord("seal", "-a", "-r", RECIPIENT, "-o", "-", given=TEXT)

    assert sealed.startswith(b"-----BEGIN AGE ENCRYPTED FILE-----\n")
    assert onrecord("open", "-i", "key", "-o", "-", given=sealed) == TEXT


def test_a_passphrase_is_read_from_the_file_that_the_environment_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_PASSPHRASE_FILE", "words")

    onrecord("seal", "-p", "-o", "sealed", "text")
    onrecord("open", "-p", "-o", "opened", "sealed")

    assert (folder / "opened").read_bytes() == TEXT


def test_a_passphrase_is_asked_for_until_both_are_one_when_sealing_and_once_when_opening(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter(["an invented one", "a slip of the hand", "an invented one", "an invented one", "an invented one"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))

    onrecord("seal", "-p", "-o", "sealed", "text")
    onrecord("open", "-p", "-o", "opened", "sealed")

    assert (folder / "opened").read_bytes() == TEXT
    assert list(typed) == []


def test_a_truncated_file_leaves_nothing_behind(folder: Path) -> None:
    onrecord("seal", "-r", RECIPIENT, "-o", "sealed", "text")
    (folder / "cut").write_bytes((folder / "sealed").read_bytes()[:-1])
    before = sorted(folder.iterdir())

    with pytest.raises(PayloadTruncated):
        onrecord("open", "-i", "key", "-o", "opened", "cut")

    assert sorted(folder.iterdir()) == before


def test_an_older_file_is_not_replaced(folder: Path) -> None:
    with pytest.raises(FileAlreadyThere):
        onrecord("seal", "-r", RECIPIENT, "-o", "key", "text")

    assert str(IDENTITY) in (folder / "key").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("refusal", "command"),
    [
        (NoRecipient, "seal -o new text"),
        (NotARecipient, "seal -r age1mistyped -o new text"),
        (CannotRead, f"seal -r {RECIPIENT} -o new missing"),
        (CannotRead, f"seal -r {RECIPIENT} -o new ."),
        (CannotWrite, f"seal -r {RECIPIENT} -o missing/new text"),
        (WeakestRecipientWins, f"seal -r {RECIPIENT} -r {X25519Identity.from_seed(bytes(32)).recipient} -o new text"),
        (NothingToOpenWith, "open -o new text"),
        (CannotRead, "open -i missing -o new text"),
        (NotAnIdentity, "open -i text -o new text"),
        (NoKeyFits, "open -i key -o new for-somebody-else"),
    ],
)
def test_each_mistake_gets_its_own_sentence_and_makes_no_file(
    folder: Path, refusal: type[OnrecordError], command: str
) -> None:
    onrecord("seal", "-r", str(HybridIdentity.generate().recipient), "-o", "for-somebody-else", "text")
    before = sorted(folder.iterdir())

    with pytest.raises(refusal):
        onrecord(*command.split(" "))

    assert sorted(folder.iterdir()) == before
