"""Everything that the law data has a row or a column for has a short name, and no short name is left over."""

from onrecord.desk.shown.law.dangers import EFFECTS
from onrecord.desk.shown.law.names import GROUPS, INSTRUMENTS, PROVISIONS, short_name
from onrecord.law.load import load_law


def test_every_element_stands_in_one_group_with_a_short_name() -> None:
    named = [element for _, elements in GROUPS.values() for element in elements]

    assert sorted(named) == sorted(load_law().elements)


def test_every_provision_and_its_instrument_have_short_names_that_tell_them_apart() -> None:
    law = load_law()

    assert set(PROVISIONS) == set(law.provisions)
    assert {str(one.text["instrument"]) for one in law.provisions.values()} <= set(INSTRUMENTS)
    names = [short_name(one) for one in law.provisions.values()]
    assert sorted(set(names)) == sorted(names)


def test_every_effect_of_a_danger_is_said_in_words() -> None:
    effects = {effect for risk in load_law().risks for effect in risk.effect}

    assert effects <= set(EFFECTS)
