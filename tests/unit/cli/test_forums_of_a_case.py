"""Where a case can be taken, from the command line: what it holds for that, what was sent, and what is due next."""

from invented_commands import Filled, Onrecord

AGREED = ("--purpose", "share_un", "--agreed-by", "the person", "--agreed-on", "2026-02", "--where", "A safe")


def test_what_a_case_holds_is_noted_listed_and_counted_for_each_forum(filled: Filled, onrecord: Onrecord) -> None:
    person = onrecord("case", "show", filled.case, "--json").json["acts"][0]["victim"]
    agreed = ("--person", person, *AGREED)
    of_her = ("--person", person)
    first = onrecord("law", "holding", "note", filled.case, "authority", "not_held", *of_her, "--json")
    second = onrecord("law", "holding", "note", filled.case, "authority", "held", *agreed, "--json")

    words = onrecord("law", "holding", "list", filled.case, "--json").json["items"]
    stands = onrecord("law", "forums", filled.case, "--json").json["items"]

    assert [(one["id"], one["counts"]) for one in words] == [(first.json["id"], False), (second.json["id"], True)]
    assert (words[1]["where"], words[1]["purposes"], words[1]["agreed_on"]) == ("A safe", ["share_un"], "2026-02")
    by_word = {one["forum"] for one in stands if "authority" in one["by_word"] and "authority" not in one["missing"]}
    assert by_word == {"treaty_body"}
    assert {one["have"] for one in stands} == {"has", "lacks", "no_basis_to_share"}


def test_an_agreement_of_nobody_in_particular_is_refused(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("law", "holding", "note", filled.case, "authority", "held", *AGREED)

    assert answer.code == 2 and "one person's own" in answer.err and "--person ID" in answer.err
    assert onrecord("law", "holding", "list", filled.case, "--json").json["items"] == []


def test_of_a_person_their_own_word_counts_before_a_later_one_about_everybody(
    filled: Filled, onrecord: Onrecord
) -> None:
    person = onrecord("case", "show", filled.case, "--json").json["acts"][0]["victim"]
    for of_whom in (("--person", person), ()):
        onrecord("law", "holding", "note", filled.case, "authority", "not_held", *of_whom)

    words = onrecord("law", "holding", "list", filled.case, "--person", person, "--json").json["items"]

    assert [(one["person"], one["counts"]) for one in words] == [(person, True), ("", False)]


def test_a_word_that_does_not_fit_is_refused_without_repeating_it(filled: Filled, onrecord: Onrecord) -> None:
    answer = onrecord("law", "holding", "note", filled.case, "authority", "held", "--reason", "Quibblestan", "--json")

    assert answer.code == 2 and answer.out == ""
    assert "Quibblestan" not in answer.err
    assert onrecord("law", "holding", "list", filled.case, "--json").json["items"] == []


def test_nobody_agreed_on_a_day_to_come(filled: Filled, onrecord: Onrecord) -> None:
    person = onrecord("case", "show", filled.case, "--json").json["acts"][0]["victim"]
    to_come = (*AGREED[:4], "--agreed-on", "2099-02", "--where", "A safe", "--person", person)

    answer = onrecord("law", "holding", "note", filled.case, "authority", "held", *to_come)

    assert answer.code == 2 and "a day that has not come yet" in answer.err
    assert onrecord("law", "holding", "list", filled.case, "--json").json["items"] == []


def test_of_a_case_or_person_that_is_not_there_nothing_is_listed(filled: Filled, onrecord: Onrecord) -> None:
    said = {
        "There is no case of this identifier.": [
            onrecord("law", "holding", "list", "nope"),
            onrecord("law", "submission", "list", "--case", "nope"),
        ],
        "There is no person of this identifier in this case.": [
            onrecord("law", "holding", "list", filled.case, "--person", "nope"),
            onrecord("law", "holding", "note", filled.case, "authority", "not_held", "--person", "nope"),
            onrecord("law", "submission", "open", filled.case, "wgeid", "--person", "nope"),
        ],
        "A person was named and not their case.": [onrecord("law", "forums", "--person", "nope")],
    }

    for sentence, answers in said.items():
        assert [(one.code, one.out, sentence in one.err) for one in answers] == [(2, "", True)] * len(answers)


def test_a_forum_or_thing_that_is_not_there_is_refused_with_those_there_are(filled: Filled, onrecord: Onrecord) -> None:
    forum = onrecord("law", "submission", "open", filled.case, "the moon")
    thing = onrecord("law", "holding", "note", filled.case, "the moon", "not_held")

    assert (forum.code, thing.code) == (2, 2)
    assert "icc_otp, " in forum.err and "authority, " in thing.err
    assert "erased" not in forum.err + thing.err


def test_every_requirement_names_where_it_is_said_and_whether_that_was_checked(onrecord: Onrecord) -> None:
    items = onrecord("law", "forums", "--json").json["items"]

    assert items and all(one["source"] and one["verified"] for one in items)


def test_what_is_due_next_is_listed_first(filled: Filled, onrecord: Onrecord) -> None:
    later = onrecord("law", "submission", "open", filled.case, "wgeid", "--deadline", "2026-09", "--json").json["id"]
    sooner = onrecord("law", "submission", "open", filled.case, "icc_otp", "--deadline", "none", "--json").json["id"]
    onrecord("law", "submission", "note", sooner, "--next-date", "2026-05")

    items = onrecord("law", "submission", "list", "--json").json["items"]

    assert [(one["id"], one["due"], one["due_as"]) for one in items] == [
        (sooner, "2026-05", "next_date"),
        (later, "2026-09", "deadline"),
    ]
