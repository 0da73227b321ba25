"""Seal a letter on this machine, to the keys of a keyset that was learned by another way.

This is tier A from end to end: a door sees a padded, sealed file and nothing else.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.letter.files import FileUnreadable, chunks, read_all, size_bytes
from onrecord.cli.show import counted, progress
from onrecord.errors import BadInput

if TYPE_CHECKING:
    from onrecord.seal.keyset import Keyset
    from onrecord.seal.letter.content import Consent, Letter
    from onrecord.seal.letter.write import LetterFile
    from onrecord.seal.receipt import Receipt

FORM = "report_form.1"


class LetterEmpty(BadInput):
    """This letter says nothing: its text is empty and no file is put in."""

    next_step = "Write what happened into the text file, in any language and any order."


class LetterNotWritable(BadInput):
    """This letter cannot be written: its text is too long, its language is no code, or a file changed meanwhile."""

    next_step = "Keep a long text in a file of its own (--file), write --language as en or uz-Latn, and try again."


class RootKeyUnreadable(BadInput):
    """This is not a root key."""

    next_step = "Give the 44 letters and digits that the docket publishes as its root key."


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
    from onrecord.ground.text import kept
    from onrecord.seal.letter.content import LetterMalformed
    from onrecord.seal.letter.padding import padded_size
    from onrecord.seal.letter.write import identity_json, sealed_pieces
    from onrecord.seal.receipt import Receipt
    from onrecord.words.wordlist import load_wordlist

    if output.exists():
        raise FileAlreadyThere
    keys, words = _keyset(keyset, root_key), load_wordlist(language)
    made = Receipt.new(avoid=words.avoid) if receipt else None
    put_in = [_letter_file(path) for path in files or []]
    letter = _letter(_account(text, put_in), language, consent or [], made)
    identity = identity_json(name=kept(name), contact="") if name else None
    try:
        with progress("sealing", padded_size(sum(file.size_bytes for file in put_in)), in_bytes=True) as step:
            create_file(output, counted(sealed_pieces(letter, put_in, to=keys, identity=identity), step))
    except LetterMalformed:
        raise LetterNotWritable from None
    typer.echo(f"Sealed to keyset {keys.number}; hand it in before {keys.expires}.", err=True)
    if made:
        typer.echo(" ".join(made.words(words.words)))


def _keyset(path: Path, root_key: str) -> "Keyset":
    from onrecord.ground.clock import SystemClock
    from onrecord.seal.keyset import KeysetMalformed, raw_key, read_keyset

    try:
        root = raw_key(root_key) if root_key else None
    except KeysetMalformed:
        raise RootKeyUnreadable from None
    return read_keyset(read_all(path), root_key=root, now=SystemClock().now())


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
    from onrecord.ground.text import kept

    try:
        words = kept(read_all(path).decode("utf-8"))
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

    return LetterFile(shown_name(path.name), size_bytes(path), chunks(path.open("rb")))
