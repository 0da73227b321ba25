"""Every danger of the law data is shown with words for what follows from it."""

from onrecord.desk.shown.law.dangers import EFFECTS
from onrecord.law.load import load_law


def test_every_effect_of_a_danger_is_said_in_words() -> None:
    effects = {effect for risk in load_law().risks for effect in risk.effect}

    assert effects <= set(EFFECTS)
