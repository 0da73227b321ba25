"""From coded claims to what the law data says of them, and again after somebody else spoke: nothing is overwritten."""

from pathlib import Path
from typing import Any

from onrecord.casework.models import Assessment
from stories.conftest import Onrecord

ACCOUNT = """At the office in Fabeltown they said: sign, or you go to prison.
I signed. They put me with a rifle regiment.
She was asked how old she is and did not know the year.
"""
DENIAL = "Nobody in Fabeltown was threatened with prison, the press office of the regiment says.\n"
ECHO = "No threats were made in Fabeltown, the regiment's press office said.\n"


def test_from_claims_to_an_assessment_and_another_after_a_denial(onrecord: Onrecord, tmp_path: Path) -> None:
    case = onrecord("case", "new", "Lantern")["id"]
    account, denial, echo = (_captured(onrecord, tmp_path, text) for text in (ACCOUNT, DENIAL, ECHO))

    threat = _coded(onrecord, account, "sign, or you go to prison", "coercion.means=detention:threatened", case=case)
    stage = _coded(onrecord, account, "I signed", "recruit.stage=signed", on=threat["act"])
    _coded(onrecord, account, "She was asked how old she is", "victim.age=unknown", on=threat["act"])
    first = onrecord("law", "assess", case)

    assert _statuses(first) == {"compelled": "supported", "made_to_serve": "supported", "under_18": "unknown"}
    (means,) = [one for one in first["elements"]["compelled"]["facts"] if one["fact"] == "coercion.means"]
    assert (means["evidence"], means["origins"], means["best_grade"]) == ([threat["id"]], 1, "B2")
    assert {"maybe_minor"} <= {risk["id"] for risk in first["risks"]}

    for page, words in ((denial, "Nobody in Fabeltown was threatened with prison"), (echo, "No threats were made")):
        _coded(
            onrecord,
            page,
            words,
            "coercion.means=detention:threatened",
            on=threat["act"],
            kind="denial",
            by="Press Office",
        )
    second = onrecord("law", "assess", case)

    assert _statuses(second) == {"compelled": "unknown", "made_to_serve": "supported", "under_18": "unknown"}
    assert "conflicting_evidence" in second["elements"]["compelled"]["flags"]
    (means,) = [one for one in second["elements"]["compelled"]["facts"] if one["fact"] == "coercion.means"]
    assert (means["evidence"], means["origins"], len(means["against"])) == ([threat["id"]], 1, 2)

    onrecord("claim", "withdraw", stage["id"], "--reason", "a slip")
    onrecord("law", "assess", case)
    onrecord("law", "assess", case)
    history = list(Assessment.objects.order_by("entry"))

    assert [row.elements["compelled"] for row in history] == ["supported", "unknown", "unknown"]
    assert [row.elements["made_to_serve"] for row in history] == ["supported", "supported", "unknown"]
    assert [row.earlier for row in history] == ["", history[0].id, history[1].id]
    assert history[0].facts["victim.age"]["asked"] and history[0].facts["coercion.means"]["claims"] == [threat["id"]]
    assert onrecord("ledger", "audit")["whole"] is True


def test_denials_do_not_silence_the_danger_that_forbids_contact(onrecord: Onrecord, tmp_path: Path) -> None:
    case = onrecord("case", "new", "Lantern")["id"]
    account, denial = (_captured(onrecord, tmp_path, text) for text in (ACCOUNT, DENIAL))
    act = _coded(onrecord, account, "They put me", "liberty.deprived=yes", case=case)["act"]
    _coded(onrecord, account, "They put me with", "victim.status=detained_civilian", on=act)
    stated = onrecord("law", "assess", case)

    for value in ("liberty.deprived=yes", "victim.status=detained_civilian"):
        _coded(onrecord, denial, "Nobody in Fabeltown", value, on=act, kind="denial", by="Press Office")
    denied = onrecord("law", "assess", case)

    assert denied["elements"]["confined"]["status"] != stated["elements"]["confined"]["status"]
    for assessment in (stated, denied):
        (custody,) = [risk for risk in assessment["risks"] if risk["id"] == "in_custody"]
        assert "no_contact" in custody["effect"]


def _captured(onrecord: Onrecord, folder: Path, text: str) -> str:
    file = folder / "page.txt"
    file.write_text(text)
    return str(onrecord("source", "capture", file)["id"])


def _coded(
    onrecord: Onrecord,
    page: str,
    words: str,
    value: str,
    *,
    on: str = "",
    case: str = "",
    kind: str = "act",
    by: str = "",
) -> Any:
    about = ["--on", on] if on else ["--on", "new:act", "--victim", "new:person", "--case", case]
    grades = ["--reliability", "B", "--credibility", "2", "--by", page, *(["--by", by] if by else [])]
    return onrecord("claim", "code", page, "--words", words, "--kind", kind, "--value", value, *about, *grades)


def _statuses(assessment: Any) -> dict[str, str]:
    return {name: assessment["elements"][name]["status"] for name in ("compelled", "made_to_serve", "under_18")}
