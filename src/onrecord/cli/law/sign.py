"""Record who signed a provision, that a lead lets one case leave although not all is signed, and take either back."""

from typing import Annotated

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_list, print_one


def sign(
    provisions: Annotated[list[str], typer.Argument(metavar="PROVISION...")],
    lawyer: Annotated[str, typer.Option("--lawyer", metavar="NAME", help="Who read it and signs.")] = "",
    qualification: Annotated[str, typer.Option("--qualification", help="Bar, court or chair, and which law.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day of signing.")] = "",
    remarks: Annotated[str, typer.Option("--remarks", help="Doubts that stay.")] = "",
    read: Annotated[
        list[str] | None,
        typer.Option(
            "--sha256", metavar="HASH", help="Of the text that was read, as its form prints it; 12 letters do."
        ),
    ] = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Record that a named lawyer signed these provisions as they stand: --sha256 says for each which text they read."""
    docket = open_docket(folder)
    from onrecord.casework.law.signing import check_read, sign_provisions

    law = docket.law
    check_read(law, provisions, read or ())
    signatures = sign_provisions(
        docket, law, provisions, lawyer=lawyer, qualification=qualification, on=on, remarks=remarks
    )
    items = [
        {"id": signature, "provision": name, "text_sha256": law.provisions[name].sha256}
        for name, signature in signatures.items()
    ]
    print_list(items, ("id", "provision", "text_sha256"), as_json=as_json, nothing="No provision.")


def allow(
    case: Annotated[str, typer.Argument(metavar="CASE")],
    reason: Annotated[str, typer.Option("--reason", help="Why it cannot wait; printed on what leaves.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Let what the law data says of one case leave, although no lawyer signed all of it: a lead's decision."""
    docket = open_docket(folder)
    from onrecord.casework.law.signing import allow_unsigned, may_leave
    from onrecord.casework.models import Case

    law, whole = docket.law, whole_id(case, Case)
    allowance = allow_unsigned(docket, whole, law, reason)
    unsigned = list(may_leave(whole, law).unsigned)
    print_one({"id": allowance, "case": whole, "law_sha256": law.sha256, "unsigned": unsigned}, as_json=as_json)


def withdraw(
    what: Annotated[str, typer.Argument(metavar="ID", help="As `law sign` or `law allow` printed it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it does not stand; it stays on record.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take back a lawyer's signature, or a lead's leave for a case to go unsigned; what left stays as it left."""
    docket = open_docket(folder)
    from onrecord.casework.law.signing import withdraw_allowance, withdraw_signature
    from onrecord.casework.models import ProvisionSignature, UnsignedAllowance

    named = whole_id(what, ProvisionSignature, UnsignedAllowance)
    take_back = withdraw_allowance if UnsignedAllowance.objects.filter(pk=named).exists() else withdraw_signature
    take_back(docket, named, reason)
    print_one({"id": named, "withdrawn_because": reason.strip()}, as_json=as_json)
