"""What a case of the docket says to the law: assessed, signed, allowed, submitted; and what a change would move."""

from pathlib import Path
from shutil import copyfile, copytree

import pytest

from invented_commands import Filled, Onrecord
from invented_law import SCENARIOS
from onrecord.casework.docket import Docket
from onrecord.casework.models import Assessment, ProvisionSignature, UnsignedAllowance
from onrecord.law.load import FOLDER, load_law, read_law

SIGNED = ("--lawyer", "Ada Placeholder", "--qualification", "advocate, invented bar", "--on", "2026-03-01")


def test_a_case_is_assessed_in_the_form_of_any_other_facts(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("law", "assess", filled.case, "--json")

    assert answer.code == 0
    assert list(answer.json) == ["law", "elements", "provisions", "flags", "risks", "gaps"]
    assert answer.json["law"]["sha256"] == load_law().sha256
    assert {one["id"] for one in answer.json["risks"]} >= {"maybe_minor"}
    used = answer.json["elements"]["compelled"]
    assert used["status"] == "supported"
    assert used["facts"][0]["fact"] == "coercion.means" and used["facts"][0]["evidence"] == [filled.claim]


def test_what_changed_nothing_is_recorded_once(filled: Filled, onrecord: Onrecord) -> None:
    first, second = (onrecord("law", "assess", filled.case, "--json") for _ in range(2))

    assert first.out == second.out
    assert Assessment.objects.count() == 1


def test_for_a_person_dangers_come_first_and_limits_last(filled: Filled, onrecord: Onrecord) -> None:
    lines = onrecord("law", "assess", filled.case).out.split("\n")

    assert lines[1] == "Before anything else"
    assert load_law().sha256 in lines[-2] and "signed by no lawyer yet" in lines[-2]


def test_of_several_people_one_must_be_named(filled: Filled, onrecord: Onrecord) -> None:
    more = ("--kind", "act", "--on", "new:act", "--victim", "new:person", "--case", filled.case)
    coded = onrecord("claim", "code", filled.letter, "--words", "The list was long", *more, "--json").json

    unnamed = onrecord("law", "assess", filled.case, "--json")
    named = onrecord("law", "assess", filled.case, "--person", coded["person"], "--json")

    assert unnamed.code == 2 and unnamed.out == ""
    people = unnamed.error["hint"].split(", ")
    assert len(people) == 2 and coded["person"] in people
    assert named.code == 0 and named.json["elements"]["compelled"]["status"] == "unknown"


def test_of_several_events_one_may_be_named_and_together_they_are_told_apart(
    filled: Filled, onrecord: Onrecord
) -> None:
    coded = ("claim", "code", filled.letter, "--words", "The list was long", "--kind", "act", "--json")
    person = onrecord("case", "show", filled.case, "--json").json["people"][0]["id"]
    onrecord(*coded, "--on", onrecord("case", "show", filled.case, "--json").json["acts"][0]["id"], *value("signed"))
    new = ("--on", "new:act", "--victim", person, "--case", filled.case, "--event", "new:event")
    assert onrecord(*coded, *new, *value("refused")).code == 0
    events = [act["event"] for act in onrecord("case", "show", filled.case, "--json").json["acts"]]

    together = onrecord("law", "assess", filled.case, "--brief").out
    alone = onrecord("law", "assess", filled.case, "--event", events[1][:8]).out
    statuses = [
        onrecord("law", "assess", filled.case, *event, "--json").json["elements"]["made_to_serve"]["status"]
        for event in ((), ("--event", events[0]), ("--event", events[1]))
    ]
    wrong = onrecord("law", "assess", filled.case, "--event", "f" * 32, "--json")

    assert "All 2 events are taken together" in together and f"--event ID: {', '.join(events)}" in together
    assert "no source disagrees about one of them, in: recruit.stage" in together
    assert f"about event {events[1]} alone, one of 2" in alone and "taken together. For one" not in alone
    assert statuses == ["unknown", "supported", "contradicted"]
    assert wrong.code == 2 and wrong.error["hint"] == ", ".join(events)
    assert "in an event of this identifier" in wrong.error["error"]


def value(stage: str) -> tuple[str, str]:
    return "--value", f"recruit.stage={stage}"


def test_one_thing_is_assessed_at_a_time(filled: Filled, onrecord: Onrecord) -> None:
    Path("facts.json").write_text('{"facts": {}}')

    other = [(option, "f" * 32, "--facts", "facts.json") for option in ("--person", "--event")]
    for wrong in ((), (filled.case, "--facts", "facts.json"), *other):
        assert onrecord("law", "assess", *wrong).code == 2
    assert onrecord("law", "assess", "f" * 32).code == 2


def test_a_signature_and_an_allowance_are_recorded_with_their_reasons(filled: Filled, onrecord: Onrecord) -> None:
    hashes = sha256_of("gc4-31", "gc4-33")
    refused = onrecord("law", "sign", "gc4-31", "--lawyer", "Ada Placeholder", *sha256_of("gc4-31"))
    signed = onrecord("law", "sign", "gc4-31", "gc4-33", *SIGNED, *hashes, "--json")
    silent = onrecord("law", "allow", filled.case)
    allowed = onrecord("law", "allow", filled.case, "--reason", "The deadline is tomorrow.", "--json")

    assert (refused.code, silent.code) == (2, 2)
    assert [one["provision"] for one in signed.json["items"]] == ["gc4-31", "gc4-33"]
    assert allowed.code == 0 and "gc4-31" not in allowed.json["unsigned"] and "gc4-40" in allowed.json["unsigned"]


def sha256_of(*provisions: str) -> list[str]:
    """Return the options that say which text of each was read: how its hash begins, as the review form prints it."""
    return [word for name in provisions for word in ("--sha256", load_law().provisions[name].sha256[:12])]


def test_a_lawyer_signs_the_text_they_read_and_no_other(filled: Filled, onrecord: Onrecord) -> None:
    silent = onrecord("law", "sign", "gc4-31", *SIGNED, "--json")
    other = onrecord("law", "sign", "gc4-31", *SIGNED, *sha256_of("gc4-33"), "--json")
    one_of_two = onrecord("law", "sign", "gc4-31", "gc4-33", *SIGNED, *sha256_of("gc4-31"), "--json")
    before = ProvisionSignature.objects.count()

    signed = onrecord("law", "sign", "gc4-31", *SIGNED, *sha256_of("gc4-31"))
    again = onrecord("law", "sign", "gc4-31", *SIGNED, *sha256_of("gc4-31"), "--json")

    assert (silent.code, other.code, one_of_two.code, before) == (2, 2, 2, 0)
    assert "--sha256" in silent.error["next_step"] and "not what the law data says now" in other.error["error"]
    assert (signed.code, again.code, again.error["hint"]) == (0, 2, "gc4-31")
    assert ProvisionSignature.objects.count() == 1


def test_a_signature_and_an_allowance_are_taken_back(filled: Filled, onrecord: Onrecord) -> None:
    signed = onrecord("law", "sign", "gc4-31", *SIGNED, *sha256_of("gc4-31"), "--json").json["items"][0]["id"]
    allowed = onrecord("law", "allow", filled.case, "--reason", "The deadline is tomorrow.", "--json").json["id"]

    silent = onrecord("law", "withdraw", signed)
    codes = [onrecord("law", "withdraw", what, "--reason", "a slip").code for what in (signed[:8], allowed, signed)]

    assert (silent.code, codes) == (2, [0, 0, 2])
    assert ProvisionSignature.objects.get().withdrawn_because == "a slip"
    assert UnsignedAllowance.objects.get().withdrawn_because == "a slip"


def test_a_place_set_by_hand_is_in_the_next_assessment(filled: Filled, onrecord: Onrecord) -> None:
    before = onrecord("law", "assess", filled.case, "--json").json["elements"]["in_occupied"]["status"]

    placed = onrecord("law", "place", filled.case, "occupied", "--reason", "The curfew order of that week.", "--json")
    now = onrecord("law", "assess", filled.case, "--json").json["elements"]["in_occupied"]

    assert (before, placed.code, now["status"]) == ("unknown", 0, "supported")
    [used] = [fact for fact in now["facts"] if fact["fact"] == "place.status"]
    assert (used["evidence"], used["origins"]) == ([], 0)
    for brief in ((), ("--brief",)):
        assert "occupied, because: The curfew order of that week." in onrecord("law", "assess", filled.case, *brief).out
    assert onrecord("law", "place", filled.case, "occupied").code == 2
    assert onrecord("law", "place", "f" * 32, "occupied", "--reason", "because").code == 2


def test_a_change_of_the_law_data_names_the_cases_it_would_move(filled: Filled, onrecord: Onrecord) -> None:
    changed = copytree(FOLDER, "changed")
    classes = Path("changed/classes.yaml")
    classes.write_text(classes.read_text().replace("threatened: [violence, detention,", "threatened: [violence,"))

    moved = onrecord("law", "diff", FOLDER, changed, "-d", filled.folder, "--json").json["moved"]
    told = onrecord("law", "diff", FOLDER, changed, "-d", filled.folder).out
    alone = onrecord("law", "diff", FOLDER, changed, "--json").json

    assert [one["case"] for one in moved] == [filled.case]
    assert moved[0]["elements"]["compelled"] == ["supported", "unknown"]
    assert "elements: compelled: supported -> unknown" in told and "moved" not in alone


def test_a_change_is_read_with_the_table_by_which_the_docket_reads_the_law(
    filled: Filled, onrecord: Onrecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(copytree(FOLDER, "changed"))
    copyfile(SCENARIOS.parent / "invented" / "conflict.yaml", folder / "conflicts" / "islands.yaml")
    law = read_law(folder, "islands")
    monkeypatch.setattr(Docket, "law", property(lambda _docket: law))

    told = onrecord("law", "diff", folder, folder, "-d", filled.folder, "--json").json
    by_name = onrecord("law", "diff", folder, folder, "-d", filled.folder, "--conflict", "ua_ru", "--json").json

    assert (told["old"]["sha256"], told["moved"]) == (law.sha256, [])
    assert by_name["old"]["sha256"] == read_law(folder).sha256


def test_a_change_names_all_events_together_and_each_that_it_would_move(filled: Filled, onrecord: Onrecord) -> None:
    act = onrecord("case", "show", filled.case, "--json").json["acts"][0]
    new = ("--on", "new:act", "--victim", act["victim"], "--case", filled.case, "--event", "new:event")
    onrecord("claim", "code", filled.letter, "--words", "The list was long", "--kind", "act", *new, *value("refused"))
    changed = copytree(FOLDER, "changed")
    classes = Path("changed/classes.yaml")
    classes.write_text(classes.read_text().replace("threatened: [violence, detention,", "threatened: [violence,"))

    moved = onrecord("law", "diff", FOLDER, changed, "-d", filled.folder, "--json").json["moved"]
    told = onrecord("law", "diff", FOLDER, changed, "-d", filled.folder).out

    assert [(one["event"], one["elements"]["compelled"]) for one in moved] == [
        (event, ["supported", "unknown"]) for event in ("", act["event"])
    ]
    assert f"person {act['victim']}, event {act['event']} alone would move:" in told


def test_a_submission_is_begun_noted_and_listed(filled: Filled, onrecord: Onrecord) -> None:
    begun = onrecord("law", "submission", "open", filled.case, "wgeid", "--language", "en", "--json").json["id"]

    noted = onrecord("law", "submission", "note", begun[:8], "--reference", "INVENTED 12", "--next-date", "2026-06")
    listed = onrecord("law", "submission", "list", "--case", filled.case, "--json").json["items"]

    assert noted.code == 0 and onrecord("law", "submission", "note", begun).code == 2
    assert [(one["forum"], one["reference"], one["next_date"]) for one in listed] == [
        ("wgeid", "INVENTED 12", "2026-06")
    ]
    assert "wgeid" in onrecord("law", "submission", "open", filled.case, "the moon").err


def test_in_brief_the_dangers_the_counts_and_the_limits_are_left(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("law", "assess", filled.case, "--brief")

    titles = [line for line in answer.out.split("\n") if line and not line.startswith(" ")]
    assert titles == ["Before anything else", "On file", "What to find out first", "Limits"]
    law = load_law()
    counted = sum(
        int(word)
        for line in answer.out.split("\n")
        if "supported   " in line
        for word in line.split()
        if word.isdigit()
    )
    assert counted == len(law.elements) + sum(not one.safeguard for one in law.provisions.values())
    assert law.sha256 in answer.out and "%" not in answer.out
