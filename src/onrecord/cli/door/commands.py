"""Run a door, or write what a door elsewhere needs.

`onrecord door export` takes the public keyset and settings out of a docket; `onrecord door serve` runs a door from them
on another machine. Nothing secret goes from one to the other.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.show import AsJson

if TYPE_CHECKING:
    from onrecord.seal.keyset import Keyset

app = typer.Typer(help="The door: where letters come in.", no_args_is_help=True)

Docket = Annotated[Path, typer.Option("-d", "--docket", envvar="ONRECORD_DOCKET", help="The docket's folder.")]


@app.command()
def serve(
    config: Annotated[Path, typer.Option(help="The folder that `door export` wrote.")],
    spool: Annotated[str, typer.Option(help="Where letters are put: a folder, or a bucket as s3://BUCKET/FOLDER.")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8470,
    certificate: Annotated[
        Path | None, typer.Option(help="A TLS certificate and its chain (PEM), read at the start.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="The key of the TLS certificate (PEM).")] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many answer at once; two where there are two processors.")
    ] = None,
) -> None:
    """Run a door until it is stopped (Ctrl-C). It prints its address once it takes letters, and no log.

    To the open web: --host 0.0.0.0 --port 443 with --certificate and --key, no proxy in front. Behind an onion service:
    leave all four out. It opens on no machine that holds keys of a docket. A bucket's credentials are taken from
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Step by step: docs/guide/operator.md.
    """
    from onrecord.door.app import create_app
    from onrecord.door.config import read_config
    from onrecord.door.serve import Address, check_place, listen, swap_is_on
    from onrecord.door.serve import serve as run
    from onrecord.ground.clock import SystemClock
    from onrecord.store.place import is_bucket, open_place

    address = Address(host, port, certificate, key)
    door = read_config(config)
    check_place(
        address, folders=(config, *([] if is_bucket(spool) else [Path(spool)])), is_example=door.settings.example
    )
    if swap_is_on() and not door.settings.example:
        typer.echo("Swap is on: words typed at this door may reach the disk. Switch it off or encrypt it.", err=True)
    listeners = listen(address)
    letters, boxes = open_place(spool, SystemClock(), most_bytes=door.settings.spool_bytes)
    if not is_bucket(spool):  # a door may not list a bucket, nor remove from it
        letters.sweep()
    application = create_app(door, letters, boxes)
    scheme = "https" if certificate else "http"
    shown = "localhost" if address.is_loopback else host
    typer.echo(f"door: {scheme}://{shown}:{port}")
    run(application, address, listeners, processes=processes or min(2, os.cpu_count() or 1))


@app.command()
def check(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of a door, as reporters know it.")],
    keyset: Annotated[Path | None, typer.Option(help="Your own keyset.json, to compare with.")] = None,
    as_json: AsJson = False,
) -> None:
    """Look at a live door from outside: what it sends, what stands in front of it, what ends soon, and what to do.

    It ends with 1 if anything is WRONG. For an onion address: `torsocks onrecord door check http://....onion`.
    """
    from dataclasses import asdict

    from onrecord.cli.door.check import WRONG, look
    from onrecord.cli.door.looking import Door
    from onrecord.cli.show import print_list
    from onrecord.ground.clock import SystemClock

    findings = list(look(Door(url), SystemClock(), keyset.read_bytes() if keyset else None))
    columns = ("what", "state", "seen", "todo")
    print_list(map(asdict, findings), columns, as_json=as_json, nothing="Nothing was seen.")
    if any(finding.state == WRONG for finding in findings):
        raise typer.Exit(1)


@app.command()
def export(
    docket: Docket,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write.")],
) -> None:
    """Write what a door needs into a folder: the newest keyset and settings, nothing secret.

    Copy the folder to the door's machine, for `door serve --config`. Export again after each `keyset next` and each
    change in docket.toml: an open door takes a newer keyset without a restart, settings with one. What stands in the
    folder's door.toml for this door alone (rota, onion, leave, kits_off, spool_bytes) stays.
    """
    keyset = write_for_door(docket, output)
    typer.echo(f"keyset {keyset.number}, good until {keyset.expires}: {output}")


@app.command()
def language(
    tag: Annotated[str, typer.Argument(help="The language, as it stands in the door's addresses: uk, ar, uz-Cyrl.")],
    safety: Annotated[Path | None, typer.Option(help="The operator's own folder of safety texts.")] = None,
) -> None:
    """Show all that one language says beside the English, and the hash that a review of it signs."""
    from onrecord.words.catalogue import declared_languages
    from onrecord.words.review import sheet, texts_sha256

    if tag not in declared_languages():
        raise typer.BadParameter(f"The languages are {', '.join(declared_languages())}.")
    for english, said in sheet(tag, safety):
        typer.echo(f"{english}\n    {said}\n")
    typer.echo(f"sha256 {texts_sha256(tag, safety)}")


def write_for_door(docket: Path, output: Path) -> "Keyset":
    """Write what a door needs into a folder and return the keyset that it will serve.

    What an operator has set for this one door, in the door.toml that is there, stays as it is.
    """
    from dataclasses import replace

    from onrecord.door.config import DoorSettings, NotADoorFolder, read_settings, write_config
    from onrecord.seal.keyset import read_keyset
    from onrecord.settings import DocketSettings

    settings = DocketSettings.read(docket)
    data = keyset_file(docket)
    keyset = read_keyset(data, root_key=None, now=None)
    try:
        before = read_settings(output)
    except NotADoorFolder:
        before = DoorSettings(keyset.root_key)
    door = replace(
        before,
        root_key=keyset.root_key,
        example=settings.example,
        letter_bytes=settings.letter_bytes,
        review=settings.review,
    )
    write_config(output, door, data)
    return keyset


def keyset_file(docket: Path) -> bytes:
    """Return the docket's newest keyset as it is published; it is no secret."""
    from onrecord.settings import NotADocket

    try:
        return (docket / "keys" / "keyset.json").read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotADocket from None
