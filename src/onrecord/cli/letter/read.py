"""List the letters of a docket, and read one: what it is, what it allows, its files, and last its words."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_json, print_list, print_one, print_section, print_text
from onrecord.errors import sentence_of

if TYPE_CHECKING:
    from onrecord.casework.docket import Docket
    from onrecord.casework.models import Letter as LetterRow

REPLY_FIELDS = ("number", "kind", "month", "text", "why")
TIERS = {"A": "A, sealed before it reached us", "B": "B, sealed in the page", "C": "C, sealed on arrival"}


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


def _as_json(docket: "Docket", row: "LetterRow") -> dict[str, Any]:
    from onrecord.casework.consent import consent_of
    from onrecord.casework.holds import first_letter, open_holds
    from onrecord.casework.models import Consent, Exhibit, Reply
    from onrecord.casework.texts import NoSuchExhibit, NoTextToRead, reading_exhibit, reading_text

    try:
        text = reading_text(docket, reading_exhibit(row.id))
    except (NoSuchExhibit, NoTextToRead):
        text = None
    names = (
        "id",
        "state",
        "reason",
        "tier",
        "language",
        "form",
        "path",
        "arrived_on",
        "answers",
        "prompted",
        "continues",
    )
    fields = ("id", "name", "media_type", "size_bytes", "sha256", "is_reading_text")
    return {name: getattr(row, name) for name in names} | {
        "consent": {one.purpose: one.state for one in Consent.objects.filter(letter=row.id).order_by("id")},
        "consent_now": consent_of(row.id),
        "is_on_hold": bool(open_holds(row.id)),
        "replies": list(
            Reply.objects.filter(letter=first_letter(row.id), number__gt=0).order_by("number").values(*REPLY_FIELDS)
        ),
        "has_identity_part": bool(row.identity_blob),
        "exhibits": list(Exhibit.objects.filter(origin=row.id).order_by("place").values(*fields)),
        "text": text,
    }


def _print_letter(item: dict[str, Any]) -> None:
    about = {name: item[name] for name in ("id", "state", "language", "path", "arrived_on", "continues") if item[name]}
    about |= {"on_hold": "its reporter asks to erase it"} if item["is_on_hold"] else {}
    about |= {"tier": TIERS[item["tier"]]} if item["tier"] else {}
    about |= {"why": sentence_of(item["reason"])} if item["reason"] else {}
    about |= {name: answer for name, answer in item["answers"].items() if name != "account"}
    about["consent"] = item["consent"] or "none given"
    about |= {"consent_now": item["consent_now"]} if item["consent_now"] != item["consent"] else {}
    about["names_and_contacts"] = "sealed apart" if item["has_identity_part"] else "none"
    about |= {name: item[name] for name in ("saved", "identity") if name in item}
    print_one(about, as_json=False)
    print_section("files")
    columns = ("id", "name", "media_type", "size_bytes")
    print_list(item["exhibits"], columns, as_json=False, nothing="None can be read.")
    if item["replies"]:
        print_section("what was said to its reporter")
        print_list(item["replies"], REPLY_FIELDS, as_json=False, nothing="")
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
