"""Bundles: make one for a court or partner, and verify one that you received."""

from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_json, print_list, print_one, print_section, progress
from onrecord.errors import BadInput, Damaged
from onrecord.ground.text import visible


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
    from onrecord.bundle.content import Basis
    from onrecord.bundle.gather import Request
    from onrecord.bundle.make import DEFAULT_PURPOSE, make_bundle

    try:
        bases = tuple(Basis(name) for name in dict.fromkeys(basis))
    except ValueError:
        raise BasisUnknown from None
    request = Request(whole_id(case), bases, purpose or DEFAULT_PURPOSE, reason)
    with progress("making the bundle"):
        made = make_bundle(docket, request, target)
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
    with progress("checking"):
        report = check_bundle(bundle, outside)
    findings = [{"check": one.check, "holds": one.holds, "says": one.says} for one in report.findings]
    if as_json:
        print_one({"whole": report.is_whole, "own_keys": report.own_keys, "findings": findings}, as_json=True)
    else:
        if report.own_keys:
            typer.echo("TRUST  only the keys in the bundle itself: a forged bundle would carry forged keys")
        for one in report.findings:
            typer.echo(f"{'ok    ' if one.holds else 'WRONG '} {one.check}: {visible(one.says)}")
        typer.echo("WHOLE" if report.is_whole else f"NOT WHOLE: {visible(report.reason or '')}")
    if not report.is_whole:
        raise BundleForged
