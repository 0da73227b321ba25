"""A case about one invented person, and a way to code many claims in few words."""

from collections.abc import Callable

import pytest

from onrecord.casework.coding import Coded, Coding, code_claim
from onrecord.casework.docket import Docket
from onrecord.casework.opening import open_case
from onrecord.ground.ids import CaseId, SourceId
from onrecord.words.fields import check_value
from whole_story import capture_text

Code = Callable[..., Coded]


@pytest.fixture
def case(docket: Docket) -> CaseId:
    """Return a case without an act."""
    return open_case(docket, "Lantern")


@pytest.fixture
def source(docket: Docket) -> SourceId:
    """Return a page of invented words."""
    return capture_text(docket, "Workers of Fabeltown were told to sign.")


@pytest.fixture
def code(docket: Docket, case: CaseId, source: SourceId) -> Code:
    """Return what codes `FIELD=VALUE`s on the page, on one act done to one person unless told otherwise."""
    first: list[Coded] = []

    def code(*pairs: str, on: str = "", kind: str = "act", text: str = source, **more: object) -> Coded:
        values = [check_value(*pair.split("=", 1)) for pair in pairs]
        if on == "" and not first:
            more |= {"victim": "new:person", "case": case}
        target = on or (first[0].act if first else "new:act")
        coded = code_claim(docket, Coding(text, 0, 7, kind, target, values=values, **more))  # type: ignore[arg-type]
        if on == "" and not first:
            first.append(coded)
        return coded

    return code
