"""Bundles: make one for a court or partner, and verify one that you received."""

from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, docket_folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_json, print_list, print_one, print_section, progress
from onrecord.errors import BadInput, Damaged
from onrecord.ground.text import visible

if TYPE_CHECKING:
    from onrecord.bundle.report import Report

OWN_KEYS = """WARNING: no keys were given. The bundle is checked against its own keys, which a forger could have made.
Ask the sender for root.pem by another way (in person, by telephone, from a partner) and give its folder with --keys."""
MEANING = """The bytes are those that were sealed, and every entry stands in the signed ledger.
This does not say that what they tell happened, nor who wrote it."""


class BundleForged(Damaged):
    """This bundle is not what was made: a check failed, as listed above."""

    next_step = "Do not rely on it. Keep it, and ask the sender for the fingerprint of their root key and a new copy."


class NotABundle(BadInput):
    """There is no bundle here."""

    next_step = "Name the folder that holds bagit.txt."


class BasisUnknown(BadInput):
    """This is not a basis on which anything may leave."""

    next_step = "Use consent, public_source, lawful_order or vital_interest."


def register(app: typer.Typer) -> None:
    """Add `onrecord bundle ...` to the command line."""
    noun = typer.Typer(help="Bundles: what leaves, and how to check it.", no_args_is_help=True, rich_markup_mode=None)
    noun.command()(make)
    noun.command()(verify)
    noun.command()(key)
    app.add_typer(noun, name="bundle")


def make(
    case: Annotated[str, typer.Argument(metavar="CASE", help="A case or a pattern.")],
    basis: Annotated[
        list[str], typer.Option("--basis", help="consent, public_source, lawful_order or vital_interest; repeatable.")
    ],
    target: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder for the bundle.")],
    purpose: Annotated[str, typer.Option("--for", help="The consent_purpose of the recipient.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="The order's reference, or whose life is in danger.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Make a bundle of a case on a named basis; what has none stays, and is listed."""
    docket = open_docket(folder)
    docket.check_outside(target)
    from onrecord.bundle.content import Basis
    from onrecord.bundle.gather import Request
    from onrecord.bundle.make import DEFAULT_PURPOSE, make_bundle

    try:
        bases = tuple(Basis(name) for name in dict.fromkeys(basis))
    except ValueError:
        raise BasisUnknown from None
    request = Request(whole_id(case), bases, purpose or DEFAULT_PURPOSE, reason)
    with progress("making the bundle", in_bytes=True) as step:
        made = make_bundle(docket, request, target, progress=step)
    content = made.content
    answer: dict[str, Any] = {
        "id": made.id,
        "bundle": str(made.folder),
        "basis": [one.value for one in bases],
        "purpose": content.purpose,
        "approved_by": "one person",
        "exhibits": len(content.exhibits),
        "claims": len(content.claims),
        "entries": len(content.opened) + 1,
        "left_out": [{"thing": line.thing, "id": line.id, "reason": line.reason} for line in content.left_out],
    }
    if as_json:
        print_json(answer)
        return
    left_out = answer.pop("left_out")
    print_one(answer, as_json=False)
    print_section("left out, and why")
    print_list(left_out, ("thing", "id", "reason"), as_json=False, nothing="Nothing.")


def verify(
    bundle: Annotated[Path, typer.Argument(metavar="DIR", help="The bundle's folder.")],
    keys: Annotated[
        Path | None, typer.Option("--keys", metavar="DIR", help="root.pem, learned by another way than the bundle.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a bundle: files, signatures, places in the ledger, counts. Needs no docket."""
    from onrecord.bundle.check import check_bundle
    from onrecord.bundle.check_proof import OutsideKeys

    if not ((bundle / "bagit.txt").exists() or (bundle / "data").exists()):
        raise NotABundle
    outside = None if keys is None else OutsideKeys.read(keys)
    with progress("checking", in_bytes=True) as step:
        report = check_bundle(bundle, outside, progress=step)
    findings = [{"check": one.check, "holds": one.holds, "says": one.says} for one in report.findings]
    if as_json:
        print_one({"whole": report.is_whole, "own_keys": report.own_keys, "findings": findings}, as_json=True)
    else:
        _print_report(report)
    if not report.is_whole:
        raise BundleForged


def key(
    target: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file to write: root.pem.")],
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Write the public half of the root key for those who check bundles, and its fingerprint to read out to them."""
    from hashlib import sha256

    from onrecord.bundle.proof import pem
    from onrecord.cli.door.commands import keyset_file
    from onrecord.ground.files import create_file
    from onrecord.seal.keyset import raw_key, read_keyset

    keyset = read_keyset(keyset_file(docket_folder(folder)), root_key=None, now=None)
    written = pem(raw_key(keyset.root_key))
    create_file(target, [written], mode=0o644)
    # The same as `openssl pkey -pubin -in root.pem -outform DER | openssl dgst -sha256` prints.
    der = b64decode(b"".join(written.splitlines()[1:-1]))
    fingerprint = sha256(der).hexdigest()
    print_one({"file": str(target), "fingerprint": fingerprint, "root_key": keyset.root_key}, as_json=as_json)


def _print_report(report: "Report") -> None:
    """Print what verify.sh prints, so that both can be laid side by side."""
    if report.own_keys:
        typer.echo(OWN_KEYS)
    for one in report.findings:
        typer.echo(f"{'ok' if one.holds else 'NOT OK':<7} {one.check:<17} {visible(one.says)}")
    typer.echo(f"\n{OWN_KEYS}" if report.own_keys else "")
    if report.is_whole:
        typer.echo(MEANING)
    typer.echo("WHOLE" if report.is_whole else f"NOT WHOLE: {visible(report.reason or '')}")
