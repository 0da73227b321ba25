"""Keysets: see which public keys a docket has given out and until when, and make the next one.

The next keyset needs the root key, which is fetched for it from where it is kept and carried back afterwards.
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, RootFile, docket_folder, open_docket, open_root_key
from onrecord.cli.show import AsJson, print_one
from onrecord.ground.bounds import EPOCH_DAYS

if TYPE_CHECKING:
    from onrecord.seal.keyset import Keyset

WHAT_NEXT = """
Do these now, in this order:
1. Carry the root key back to where it is kept offline. Leave no copy here.
2. `onrecord backup OUT`: no backup made before today opens what is sealed from now on.
3. `onrecord door export -o FOLDER` for each door, and copy it there. An open door takes it without a restart.
4. `onrecord kit build`, and copy the kits to the doors: kits of the keyset before seal until {before}.
5. `onrecord door check URL --keyset FOLDER/keyset.json` for each door.
Letters sealed to the keyset before are opened as ever."""


def register(app: typer.Typer) -> None:
    """Add `onrecord keyset ...` to the command line."""
    noun = typer.Typer(help="Keysets: the public keys of an epoch.", no_args_is_help=True, rich_markup_mode=None)
    noun.command("next")(next_)
    noun.command()(show)
    app.add_typer(noun, name="keyset")


def next_(
    folder: Folder = None,
    root_file: RootFile = None,
    doors: Annotated[
        list[str] | None,
        typer.Option(
            "--door", metavar="URL", help="A door's address; may be repeated. Without, they stay as they are."
        ),
    ] = None,
    days: Annotated[
        int, typer.Option("--days", min=1, max=EPOCH_DAYS, help="How many days the keys take letters, from now on.")
    ] = EPOCH_DAYS,
    as_json: AsJson = False,
) -> None:
    """Make the keys and the keyset of the next epoch. Stop `onrecord up` first; fetch the root key for it.

    It may be made at any time before the last one ends, and after. If it was broken off, give the same command again.
    """
    from onrecord.cli.door.looking import door_address
    from onrecord.seal.keyset import raw_key

    addresses = [door_address(url).geturl() for url in doors or ()]
    docket = open_docket(folder)
    root = open_root_key(root_file, docket.folder, raw_key(docket.keyset.root_key))
    from onrecord.casework.create import create_keyset
    from onrecord.seal.epoch import NextEpoch

    keyset = create_keyset(docket, root, NextEpoch(addresses, days))
    print_one(_plain(keyset), as_json=as_json)
    if not as_json:
        typer.echo(WHAT_NEXT.format(before=docket.keyset.expires))


def show(folder: Folder = None, as_json: AsJson = False) -> None:
    """Show the newest keyset: its number, when it ends, where its doors are, and the root key in words and digits."""
    from onrecord.cli.door.commands import keyset_file
    from onrecord.seal.keyset import read_keyset

    print_one(_plain(read_keyset(keyset_file(docket_folder(folder)), root_key=None, now=None)), as_json=as_json)


def _plain(keyset: "Keyset") -> dict[str, Any]:
    from onrecord.seal.fingerprint import root_digits, root_words
    from onrecord.seal.keyset import raw_key
    from onrecord.words.wordlist import load_wordlist

    root_key = raw_key(keyset.root_key)
    return {
        "keyset": keyset.number,
        "issued": keyset.issued,
        "expires": keyset.expires,
        "doors": list(keyset.doors),
        "words": " ".join(root_words(root_key, load_wordlist("en").words)),
        "digits": root_digits(root_key),
    }
