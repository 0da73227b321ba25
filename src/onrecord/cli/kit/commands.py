"""Kits: one file for each language that seals letters and opens replies without the net.

Whoever has a kit needs no door to be honest: it carries the docket's keyset, and the list that names its hash is signed
by the root key. Building it again from the same keyset gives the same bytes.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.opening import Folder, RootFile, docket_folder, open_root_key
from onrecord.cli.show import AsJson, print_one
from onrecord.errors import BadInput, Refused

if TYPE_CHECKING:
    from onrecord.seal.keyset import Keyset
    from onrecord.settings import DocketSettings


class LanguageUnknown(BadInput):
    """Onrecord does not have this language."""

    next_step = "`onrecord kit build --help` names the option; languages.yaml names the languages."


class LanguageUnchecked(Refused):
    """Nobody has checked this language as it stands, so no kit is made in it."""

    next_step = "Have it read and signed (docs/guide/translator.md); name the folder of signed texts by --safety."


def register(app: typer.Typer) -> None:
    """Add `onrecord kit ...` to the command line."""
    noun = typer.Typer(help="Kits: seal letters without the net.", no_args_is_help=True, rich_markup_mode=None)
    noun.callback()(lambda: None)
    noun.command()(build)
    app.add_typer(noun, name="kit")


def build(
    languages: Annotated[list[str], typer.Option("--language", metavar="TAG", help="A language; may be repeated.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write.")],
    folder: Folder = None,
    root_file: RootFile = None,
    safety: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, metavar="DIR", help="The operator's own folder of safety texts."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the kit of each language, and the list that the root key signs."""
    from hashlib import sha256

    from onrecord.cli.door.commands import keyset_file
    from onrecord.cli.kit.page import kit_page
    from onrecord.ground.clock import SystemClock
    from onrecord.ground.files import replace_file
    from onrecord.seal.fingerprint import root_digits, root_words
    from onrecord.seal.keyset import raw_key, read_keyset
    from onrecord.seal.kits import LIST_NAME, Kits, sign_kits
    from onrecord.settings import DocketSettings
    from onrecord.words.catalogue import load_language
    from onrecord.words.wordlist import load_wordlist

    docket = docket_folder(folder)
    settings, file = DocketSettings.read(docket), keyset_file(docket)
    keyset = read_keyset(file, root_key=None, now=SystemClock().now())
    _check_languages(languages, settings, safety)
    root_key = raw_key(keyset.root_key)
    root = open_root_key(root_file, docket, root_key)
    pages = {tag: kit_page(file, keyset, load_language(tag), settings, safety) for tag in languages}
    kits = _kept(output, keyset) | {tag: sha256(page).hexdigest() for tag, page in pages.items()}
    output.mkdir(parents=True, exist_ok=True)
    for tag, page in pages.items():
        replace_file(output / f"{tag}.html", page, mode=0o644)
    replace_file(output / LIST_NAME, sign_kits(Kits(keyset.number, kits), root), mode=0o644)
    words = root_words(root_key, load_wordlist("en").words)
    about = {"keyset": keyset.number, "seals_until": keyset.expires}
    about |= {"words": " ".join(words), "digits": root_digits(root_key)}
    print_one(about | ({"kits": kits} if as_json else kits), as_json=as_json)


def _kept(folder: Path, keyset: "Keyset") -> dict[str, str]:
    """Return the kits of the same keyset that lie there already, with their hashes: the new list names them too."""
    from onrecord.seal.keyset import raw_key
    from onrecord.seal.kits import LIST_NAME, listed_kit, read_kits

    root_key = raw_key(keyset.root_key)
    try:
        listed = read_kits((folder / LIST_NAME).read_bytes(), root_key=root_key)
    except FileNotFoundError:
        return {}
    kits = listed.kits if listed.keyset == keyset.number else {}
    return {tag: sha256 for tag, sha256 in kits.items() if listed_kit(folder, tag, root_key=root_key)}


def _check_languages(languages: list[str], settings: "DocketSettings", safety: Path | None) -> None:
    from onrecord.words.catalogue import declared_languages
    from onrecord.words.review import Review, standing_review

    reviews = [Review(**review) for review in settings.review]
    for tag in languages:
        if tag not in declared_languages():
            raise LanguageUnknown
        if not settings.example and standing_review(tag, reviews, safety) is None:
            raise LanguageUnchecked
