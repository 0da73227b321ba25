"""Letters: write one and hand it in, collect what came, open, list and read.

Writing is tier A from end to end: the letter is sealed here to the keys of a keyset that was learned by another way;
the door sees a padded, sealed file. An onion address needs a Tor client around the command (`torsocks onrecord letter
send ...`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, counted, print_json, print_list, print_one, print_section, print_text, progress
from onrecord.errors import BadInput, CheckFailed, OnrecordError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from onrecord.casework.docket import Docket
    from onrecord.casework.models import Letter as LetterRow
    from onrecord.intake.collect import Collected
    from onrecord.seal.keyset import Keyset
    from onrecord.seal.letter.content import Consent, Letter
    from onrecord.seal.letter.write import LetterFile
    from onrecord.seal.receipt import Receipt

FORM = "report_form.1"
TIERS = {"A": "A, sealed before it reached us", "B": "B, sealed in the page", "C": "C, sealed on arrival"}


class FileUnreadable(BadInput):
    """A file named here cannot be read, or its text is not UTF-8."""

    next_step = "Look at its name and its rights, save a text as UTF-8, and try again."


class LetterEmpty(BadInput):
    """This letter says nothing: its text is empty and no file is put in."""

    next_step = "Write what happened into the text file, in any language and any order."


class LetterNotWritable(BadInput):
    """This letter cannot be written: its text is too long, its language is no code, or a file changed meanwhile."""

    next_step = "Keep a long text in a file of its own (--file), write --language as en or uz-Latn, and try again."


class RootKeyUnreadable(BadInput):
    """This is not a root key."""

    next_step = "Give the 44 letters and digits that the docket publishes as its root key."


class NotADoorAddress(BadInput):
    """This is not the address of a door."""

    next_step = "It begins with http:// or https://, as it was given to you."


class DoorUnreachable(CheckFailed):
    """The door did not answer, so nothing was handed in."""

    next_step = "Try again later. The sealed file stays good until its keyset ends."


class LetterNotTaken(CheckFailed):
    """The door did not take this letter."""

    next_step = "It may be full, or its keys may have ended, or this may not be a sealed letter. Keep the file."


def register(app: typer.Typer) -> None:
    """Add `onrecord letter ...` to the command line."""
    noun = typer.Typer(help="Letters: what arrives at the door.", no_args_is_help=True, rich_markup_mode=None)
    for command in (write, send, collect, read):
        noun.command()(command)
    noun.command("list")(list_)
    app.add_typer(noun, name="letter")


def write(
    text: Annotated[Path, typer.Option("--text", metavar="FILE", help="What happened, in the reporter's words.")],
    keyset: Annotated[Path, typer.Option("--keyset", metavar="FILE", help="The docket's keyset file.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="The sealed letter to write.")],
    files: Annotated[
        list[Path] | None, typer.Option("--file", metavar="FILE", help="A file to put in; may be repeated.")
    ] = None,
    language: Annotated[str, typer.Option("--language", help="The language it is written in.")] = "en",
    name: Annotated[str, typer.Option("--name", help="A name or contact, sealed apart from the story.")] = "",
    consent: Annotated[
        list[str] | None,
        typer.Option("--consent", metavar="PURPOSE", help="What the reporter says yes to; may be repeated."),
    ] = None,
    receipt: Annotated[bool, typer.Option("--receipt", help="Make nine words to come back with.")] = False,
    root_key: Annotated[str, typer.Option("--root-key", help="The docket's root key, learned by another way.")] = "",
) -> None:
    """Seal a letter to a docket. Only those who hold its keys can open it."""
    from onrecord.ground.files import FileAlreadyThere, create_file
    from onrecord.seal.letter.content import LetterMalformed
    from onrecord.seal.letter.write import identity_json, sealed_pieces
    from onrecord.seal.receipt import Receipt
    from onrecord.words.wordlist import load_wordlist

    if output.exists():
        raise FileAlreadyThere
    keys, words = _keyset(keyset, root_key), load_wordlist(language)
    made = Receipt.new(avoid=words.avoid) if receipt else None
    put_in = [_letter_file(path) for path in files or []]
    letter = _letter(_account(text, put_in), language, consent or [], made)
    identity = identity_json(name=name, contact="") if name else None
    try:
        with progress("sealing", sum(file.size_bytes for file in put_in)) as step:
            create_file(output, counted(sealed_pieces(letter, put_in, to=keys, identity=identity), step))
    except LetterMalformed:
        raise LetterNotWritable from None
    typer.echo(f"Sealed to keyset {keys.number}; hand it in before {keys.expires}.", err=True)
    if made:
        typer.echo(" ".join(made.words(words.words)))


def send(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A sealed letter.")],
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of a door.")],
) -> None:
    """Hand in a sealed letter at a door. The file's name is not sent."""
    import secrets
    from urllib.parse import urlsplit

    boundary = secrets.token_hex(16)
    start = f'--{boundary}\r\nContent-Disposition: form-data; name="letter"; filename="letter"\r\n\r\n'.encode()
    end = f"\r\n--{boundary}--\r\n".encode()
    size_bytes = len(start) + _size_bytes(file) + len(end)
    with file.open("rb") as sealed, progress("sending", size_bytes) as step:
        body = counted(_framed(start, sealed, end), step)
        status = _post(urlsplit(url), boundary, size_bytes, body)
    if status != 200:
        raise LetterNotTaken
    typer.echo("The letter has arrived.")


def collect(
    open_: Annotated[
        bool, typer.Option("--open", help="Open what was collected; needs a member's passphrase.")
    ] = False,
    spool: Annotated[Path | None, typer.Option("--spool", help="A spool elsewhere than in the docket.")] = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take sealed letters from the spool into the docket; with --open also open them."""
    docket = open_docket(folder, kind="member" if open_ else "operator")
    from onrecord.casework.record.erase import finish_erasures
    from onrecord.casework.record.sweep import sweep
    from onrecord.intake.collect import collect as collect_letters
    from onrecord.store.spool import Spool

    # What a program that was killed left half done is finished or removed first.
    finish_erasures(docket)
    sweep(docket)
    where = Spool(spool or docket.folder / "spool", clock=docket.clock)
    collected = []
    with progress("collecting", len(where.arrivals())) as step:
        for done, one in enumerate(collect_letters(docket, where), 1):
            collected.append(one)
            step(done)
    opened = _open_all(docket) if open_ else []
    _print_collected(collected, opened, as_json=as_json)


def list_(folder: Folder = None, as_json: AsJson = False) -> None:
    """List the letters: sealed, opened and in quarantine."""
    open_docket(folder, kind="operator")
    from onrecord.casework.models import Letter

    names = ("id", "state", "reason", "tier", "language", "arrived_on", "size_bytes")
    items = [{name: getattr(row, name) for name in names} for row in Letter.objects.order_by("entry")]
    print_list(items, names, as_json=as_json, nothing="There is no letter yet.")


def read(
    letter: Annotated[str, typer.Argument(metavar="LETTER")],
    save: Annotated[Path | None, typer.Option("--save", metavar="DIR", help="Also write its files here.")] = None,
    identity: Annotated[bool, typer.Option("--identity", help="Also who wrote it; needs the identity key.")] = False,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Show a letter: tier, answers, consent, files, and last its words."""
    docket = open_docket(folder)
    from onrecord.casework.models import Letter
    from onrecord.intake.identity import read_identity
    from onrecord.intake.unseal import NoSuchLetter

    row = Letter.objects.filter(pk=whole_id(letter, Letter)).first()
    if row is None:
        raise NoSuchLetter
    item = _as_json(docket, row) | ({"identity": read_identity(docket, row)} if identity else {})
    if save is not None:
        item["saved"] = _save(docket, row.id, save)
    if as_json:
        print_json(item)
    else:
        _print_letter(item)


def _keyset(path: Path, root_key: str) -> "Keyset":
    from onrecord.ground.clock import SystemClock
    from onrecord.seal.keyset import KeysetMalformed, raw_key, read_keyset

    try:
        root = raw_key(root_key) if root_key else None
    except KeysetMalformed:
        raise RootKeyUnreadable from None
    return read_keyset(_read(path), root_key=root, now=SystemClock().now())


def _letter(account: str, language: str, consent: list[str], receipt: "Receipt | None") -> "Letter":
    from onrecord.ground.clock import SystemClock, day_of
    from onrecord.seal.letter.content import Letter

    return Letter(
        form=FORM,
        tier="A",
        language=language,
        path="",
        written_on=day_of(SystemClock().now()),
        answers={"account": account},
        consent=_consent(consent, language),
        reporter=receipt.keys().reporter() if receipt else None,
    )


def _account(path: Path, files: "list[LetterFile]") -> str:
    from onrecord.ground.text import nfc

    try:
        words = nfc(_read(path).decode("utf-8"))
    except UnicodeDecodeError:
        raise FileUnreadable from None
    if not words.strip() and not files:
        raise LetterEmpty
    return words


def _consent(purposes: list[str], language: str) -> tuple["Consent", ...]:
    """Return a yes to each purpose, with the hash of the codebook's sentence for it."""
    from hashlib import sha256

    from onrecord.seal.letter.content import Consent
    from onrecord.words.codebook import load_codebook

    terms = [load_codebook().vocabulary("consent_purpose").term(purpose) for purpose in purposes]
    return tuple(Consent(term.code, "given", sha256(term.label(language).encode()).hexdigest()) for term in terms)


def _letter_file(path: Path) -> "LetterFile":
    from onrecord.seal.letter.content import shown_name
    from onrecord.seal.letter.write import LetterFile

    return LetterFile(shown_name(path.name), _size_bytes(path), _chunks(path.open("rb")))


def _size_bytes(path: Path) -> int:
    if not path.is_file():
        raise FileUnreadable
    return path.stat().st_size


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    from onrecord.ground.bounds import CHUNK_BYTES

    with file:
        while data := file.read(CHUNK_BYTES):
            yield data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise FileUnreadable from None


def _post(url: "SplitResult", boundary: str, size_bytes: int, body: Iterator[bytes]) -> int:
    from http.client import HTTPConnection, HTTPException, HTTPSConnection

    kinds = {"http": HTTPConnection, "https": HTTPSConnection}
    if url.scheme not in kinds or not url.hostname:
        raise NotADoorAddress
    try:
        connection = kinds[url.scheme](url.hostname, url.port, timeout=120)
    except ValueError:  # the port is no number
        raise NotADoorAddress from None
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(size_bytes)}
    try:
        connection.request("POST", f"{url.path.rstrip('/')}/en/sealed", body=body, headers=headers)
        status: int = connection.getresponse().status
        return status
    except (OSError, HTTPException):
        raise DoorUnreachable from None
    finally:
        connection.close()


def _framed(start: bytes, sealed: BinaryIO, end: bytes) -> Iterator[bytes]:
    yield start
    yield from _chunks(sealed)
    yield end


def _open_all(docket: "Docket") -> "list[LetterRow]":
    from onrecord.casework.models import Letter
    from onrecord.intake.unseal import unseal_all

    waiting = Letter.objects.filter(state=Letter.State.SEALED).count()
    opened = []
    with progress("opening", waiting) as step:
        for done, row in enumerate(unseal_all(docket), 1):
            opened.append(row)
            step(done)
    return opened


def _print_collected(collected: "list[Collected]", opened: "list[LetterRow]", *, as_json: bool) -> None:
    answer: dict[str, Any] = {
        "received": [one.letter for one in collected if not one.is_copy],
        "copies": sum(one.is_copy for one in collected),
        "opened": [row.id for row in opened if row.state == row.State.OPENED],
        "quarantined": [row.id for row in opened if row.state == row.State.QUARANTINED],
    }
    if as_json:
        print_json(answer)
        return
    print_one({name: len(found) if isinstance(found, list) else found for name, found in answer.items()}, as_json=False)
    rows = [{"id": row.id, "state": row.state, "why": _sentence(row.reason)} for row in opened]
    rows = rows or [{"id": letter, "state": "sealed", "why": ""} for letter in answer["received"]]
    if rows:
        typer.echo()
        print_list(rows, ("id", "state", "why"), as_json=False, nothing="")


def _sentence(reason: str) -> str:
    """Return the sentence of the refusal that put a letter into quarantine: the ledger keeps only its name."""
    kinds = list(OnrecordError.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    return next((kind.sentence() for kind in kinds if kind.__name__ == reason), reason)


def _as_json(docket: "Docket", row: "LetterRow") -> dict[str, Any]:
    from onrecord.casework.models import Consent, Exhibit
    from onrecord.casework.texts import NoSuchExhibit, NoTextToRead, reading_exhibit, reading_text

    try:
        text = reading_text(docket, reading_exhibit(row.id))
    except (NoSuchExhibit, NoTextToRead):
        text = None
    names = ("id", "state", "reason", "tier", "language", "path", "arrived_on", "answers", "prompted")
    fields = ("id", "name", "media_type", "size_bytes", "sha256", "is_reading_text")
    return {name: getattr(row, name) for name in names} | {
        "consent": {one.purpose: one.state for one in Consent.objects.filter(letter=row.id).order_by("id")},
        "has_identity_part": bool(row.identity_blob),
        "exhibits": list(Exhibit.objects.filter(origin=row.id).order_by("place").values(*fields)),
        "text": text,
    }


def _print_letter(item: dict[str, Any]) -> None:
    about = {name: item[name] for name in ("id", "state", "language", "path", "arrived_on") if item[name]}
    about |= {"tier": TIERS[item["tier"]]} if item["tier"] else {}
    about |= {"why": _sentence(item["reason"])} if item["reason"] else {}
    about |= {name: answer for name, answer in item["answers"].items() if name != "account"}
    about["consent"] = item["consent"] or "none given"
    about["names_and_contacts"] = "sealed apart" if item["has_identity_part"] else "none"
    about |= {name: item[name] for name in ("saved", "identity") if name in item}
    print_one(about, as_json=False)
    print_section("files")
    columns = ("id", "name", "media_type", "size_bytes")
    print_list(item["exhibits"], columns, as_json=False, nothing="None can be read.")
    print_section("words, after the characters START:END of each paragraph")
    print_text(item["text"])


def _save(docket: "Docket", letter: str, target: Path) -> list[str]:
    from onrecord.casework.models import Exhibit
    from onrecord.casework.texts import exhibit_bytes
    from onrecord.ground.files import create_file
    from onrecord.ground.text import safe_file_name

    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = []
    for exhibit in Exhibit.objects.filter(origin=letter).order_by("place"):
        name = f"{exhibit.place:02}-{safe_file_name(exhibit.name)}"
        create_file(target / name, exhibit_bytes(docket, exhibit))
        names.append(name)
    return names
