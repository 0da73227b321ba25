"""Forums: what each of them needs, and what of it a case has, lacks, or has without a basis to share."""

from typing import Annotated, Any

import typer

from onrecord.cli.opening import Folder, open_docket, whole_id
from onrecord.cli.show import AsJson, print_list
from onrecord.errors import BadInput

COLUMNS = ("forum", "requirement", "text", "source", "verified")
OF_A_CASE = ("forum", "requirement", "have", "missing", "by_word", "verified")


class PersonWithoutCase(BadInput):
    """A person was named and not their case."""

    next_step = "Name the case too: `onrecord law forums CASE --person ID`."


def forums(
    case: Annotated[str, typer.Argument(metavar="[CASE]")] = "",
    person: Annotated[str, typer.Option("--person", metavar="ID", help="Whom it is about, in a case of several.")] = "",
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List what every forum needs and where that is said; of a case, what it has, lacks or has no basis to share."""
    from onrecord.law.forums import load_forums

    if person and not case:
        raise PersonWithoutCase
    stands = _stands(folder, case, person) if case else {}
    items = [
        {
            "forum": forum.id,
            "requirement": one.id,
            "text": one.text,
            "source": one.source,
            "verified": f"{one.verified.at}, {one.verified.on}" if one.verified else "no",
            **stands.get((forum.id, one.id), {}),
        }
        for forum in load_forums().values()
        for one in forum.requirements
    ]
    print_list(items, OF_A_CASE if case else COLUMNS, as_json=as_json, nothing="The law data names no forum.")


def _stands(folder: Any, case: str, person: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return for each requirement how one person's case stands to it."""
    docket = open_docket(folder)
    from onrecord.casework.law.facts import read_case, the_person
    from onrecord.casework.law.signing import may_leave
    from onrecord.casework.models import Case, Person
    from onrecord.desk.shown.forums.holdings import Holdings
    from onrecord.law.forums import load_forums, readiness

    law, whole = docket.law, whole_id(case, Case)
    facts = read_case(whole, law)
    about = the_person(facts, whole_id(person, Person))
    holdings = Holdings(facts, about, may_leave=may_leave(whole, law).is_allowed)
    stands = {}
    for forum in load_forums().values():
        found = holdings.of(forum.purpose)
        for ready in readiness(forum, {thing: one.have for thing, one in found.items()}):
            by_word = [thing for thing in ready.requirement.needs if found[thing].is_by_word]
            how = {"have": ready.have.value, "missing": list(ready.missing), "by_word": by_word}
            stands[forum.id, ready.requirement.id] = how
    return stands
