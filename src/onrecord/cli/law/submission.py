"""Submissions: begin one, note what became of it, list what is open and until when."""

from typing import Annotated

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_list, print_one

COLUMNS = ("id", "case", "forum", "language", "deadline", "sent_on", "reference", "reply", "next_date")

Language = Annotated[str, typer.Option("--language", metavar="TAG", help="Such as en or uk.")]
Deadline = Annotated[str, typer.Option("--deadline", metavar="DATE", help="Such as 2026-05, 2026-05-14 or none.")]


def register(law: typer.Typer) -> None:
    """Add `onrecord law submission ...` to the command line."""
    noun = typer.Typer(help="Submissions and what became of them.", no_args_is_help=True, rich_markup_mode=None)
    noun.command("open")(open_)
    noun.command("note")(note)
    noun.command("list")(list_)
    law.add_typer(noun, name="submission")


def open_(
    case: Annotated[str, typer.Argument(metavar="CASE")],
    forum: Annotated[str, typer.Argument(metavar="FORUM", help="A forum of the law data.")],
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Whom it is about, if one person.")] = "",
    language: Language = "",
    deadline: Deadline = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Begin a submission to a forum."""
    docket = open_docket(folder)
    from onrecord.casework.law.submissions import open_submission
    from onrecord.casework.models import Case, Person

    whole, about = whole_id(case, Case), whole_id(person, Person)
    submission = open_submission(docket, whole, forum, person=about, language=language, deadline=deadline)
    print_one({"id": submission, "case": whole, "forum": forum}, as_json=as_json)


def note(
    submission: Annotated[str, typer.Argument(metavar="SUBMISSION")],
    language: Language = "",
    deadline: Deadline = "",
    sent_on: Annotated[str, typer.Option("--sent-on", metavar="DATE", help="Or none: it was not sent after all.")] = "",
    reference: Annotated[str, typer.Option("--reference", help="The number that the forum gave it.")] = "",
    reply: Annotated[str, typer.Option("--reply", help="What the forum answered.")] = "",
    next_date: Annotated[
        str, typer.Option("--next-date", metavar="DATE", help="When to look at it again, or none.")
    ] = "",
    remarks: Annotated[str, typer.Option("--remarks")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Note what became known about a submission; what is not said stays as it was."""
    docket = open_docket(folder)
    from onrecord.casework.law.submissions import News, note_submission
    from onrecord.casework.models import Submission

    whole = whole_id(submission, Submission)
    note_submission(docket, whole, News(language, deadline, sent_on, reference, reply, next_date, remarks))
    row = Submission.objects.get(pk=whole)
    print_one({name: getattr(row, name) for name in COLUMNS}, as_json=as_json)


def list_(
    case: Annotated[str, typer.Option("--case", metavar="CASE", help="Of this case only.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List submissions with what is due next of each, the first to come first."""
    open_docket(folder)
    from onrecord.casework.law.about import check_about
    from onrecord.casework.law.submissions import due, submissions
    from onrecord.casework.models import Case

    whole = whole_id(case, Case)
    if whole:
        check_about(whole)
    items = [
        {name: getattr(one.row, name) for name in COLUMNS} | {"due": one.text, "due_as": one.what}
        for one in due(submissions(whole))
    ]
    print_list(items, [*COLUMNS, "due"], as_json=as_json, nothing="There is no submission yet.")
