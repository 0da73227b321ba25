"""Say something to a reporter: a note, or a question with the reason why it is asked."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.letter.files import FileUnreadable, read_all
from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_one


def reply(
    letter: Annotated[str, typer.Argument(metavar="LETTER")],
    text: Annotated[Path, typer.Option("--text", metavar="FILE", help="What the reporter will read.")],
    why: Annotated[
        Path | None, typer.Option("--why", metavar="FILE", help="Why it is asked; every question needs it.")
    ] = None,
    question: Annotated[
        bool, typer.Option("--question", help="It asks something; the reporter must allow it.")
    ] = False,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Write to a reporter who took a receipt. They read it when they come back; nothing is sent to them."""
    said, reason = _words(text), _words(why) if why else ""
    docket = open_docket(folder)
    from onrecord.casework.models import Letter
    from onrecord.ground.bounds import BOX_TEXT_BYTES
    from onrecord.intake.boxes import boxes_of, put_boxes
    from onrecord.intake.replying import Draft, reply, what_is_read
    from onrecord.seal.letter.box import text_bytes

    found, draft = whole_id(letter, Letter), Draft(said, reason, is_question=question)
    shown = what_is_read(found, draft)
    answer = reply(docket, found, draft)
    put_boxes(boxes_of(docket), after=answer.entry - 1)
    about = {"letter": answer.letter, "number": answer.number, "kind": answer.kind, "box": answer.counter}
    print_one(about | {"read": len(shown), "free_bytes": BOX_TEXT_BYTES - text_bytes(shown)}, as_json=as_json)


def _words(path: Path) -> str:
    try:
        return read_all(path).decode("utf-8")
    except UnicodeDecodeError:
        raise FileUnreadable from None
