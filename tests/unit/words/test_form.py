"""The reporter's form: its order, its codes, and what each path leaves out."""

from typing import Any

from onrecord.words.codebook import load_codebook
from onrecord.words.form import FILE, load_form
from onrecord.words.strict_yaml import read_data_file

WRITTEN: dict[str, Any] = read_data_file(FILE).values


def test_every_answer_that_can_be_ticked_is_a_code_of_the_codebook_but_those_of_one_question() -> None:
    vocabularies = load_codebook().vocabularies
    lists = [part for question in WRITTEN["questions"].values() for part in (question, question.get("columns", {}))]
    codes = {(part.get("of"), option["code"]) for part in lists for option in part.get("options", ())}

    of_the_form = {code for vocabulary, code in codes if vocabulary is None}
    known = {
        (name, term.code)
        for name in vocabularies
        for term in vocabularies[name].terms.values()
        if not term.is_deprecated
    }

    assert {(vocabulary, code) for vocabulary, code in codes if vocabulary} <= known
    assert of_the_form == {option.code for option in load_form().questions["paper_understood"].options}


def test_every_row_of_a_grid_has_columns_that_its_grid_has() -> None:
    for question in load_form().questions.values():
        columns = {column.code for column in question.columns}

        assert all(set(row.columns) <= columns and bool(row.columns) == bool(columns) for row in question.options)


def test_only_what_happened_is_required_and_both_paths_ask_it() -> None:
    form = load_form()

    assert [question.id for question in form.questions.values() if question.required] == ["account"]
    for path in ("searched", "safe"):
        assert "account" in [question.id for screen in form.screens(path) for question in screen.questions]


def test_the_searched_path_is_short_and_asks_for_no_file_and_no_name() -> None:
    asked = [question for screen in load_form().screens("searched", has_rota=True) for question in screen.questions]

    assert len(asked) <= 5
    assert not [question for question in asked if question.kind == "files" or question.sealed_apart]


def test_safety_comes_before_the_story_and_identity_after_everything_that_is_asked_about_it() -> None:
    order = [screen.id for screen in load_form().screens("safe", has_rota=True)]

    assert order.index("limits") < order.index("story") < order.index("means") < order.index("identity")
    assert order[order.index("identity") + 1 :] == ["more", "before_sending"]


def test_danger_is_asked_only_where_letters_are_read_every_day() -> None:
    form = load_form()

    for path in ("searched", "safe"):
        assert "danger" not in [screen.id for screen in form.screens(path)]
        assert "danger" in [screen.id for screen in form.screens(path, has_rota=True)]


def test_consent_offers_neither_the_home_state_nor_a_consulate_and_says_what_each_yes_means() -> None:
    consent = load_form().questions["consent"]

    assert not {"share_home_state", "share_consulate"} & {purpose.code for purpose in consent.options}
    assert [state.code for state in consent.columns] == ["given", "ask_first", "never"]
    assert all(purpose.help for purpose in consent.options)


def test_every_question_of_the_file_is_asked_somewhere() -> None:
    form = load_form()
    asked = {question.id for path in form.paths.values() for screen in path for question in screen.questions}

    assert asked == set(form.questions)
    assert {screen.id for path in form.paths.values() for screen in path} == set(WRITTEN["screens"])


def test_a_notice_that_belongs_to_an_answer_names_an_answer_of_the_same_screen() -> None:
    for screens in load_form().paths.values():
        for screen in screens:
            answers = {(question.id, option.code) for question in screen.questions for option in question.options}

            assert all((rule.question, rule.code) in answers for rule in screen.notices_if)
