"""Say a danger to a person in words: what follows from it, why, and whether it speaks of the event or of now.

LIMIT: whether a person may be contacted today is judged on the present situation. The desk has no such gate yet; the
page says that a rule about contact speaks of the time of the event.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from onrecord.law.model import Risk

EFFECTS: Mapping[str, str | Promise] = {
    "no_contact": gettext_lazy("there could be no contact that a holder would see"),
    "no_publication": gettext_lazy("nothing about this person is published"),
    "safeguards_minor": gettext_lazy("a child: the safeguards for children apply"),
    "two_person_approval": gettext_lazy("two people approve each step"),
    "ask_age_first": gettext_lazy("find out the age before anything else"),
    "desertion_risk": gettext_lazy("exposure could bring a charge of desertion"),
    "self_incrimination_warning": gettext_lazy("warn before asking: an answer could be used against this person"),
    "lawyer_offered": gettext_lazy("offer a lawyer before asking"),
    "family_security_assessment": gettext_lazy("look at the safety of the family first"),
    "mercenary_label_not_open": gettext_lazy("nobody here calls this person a mercenary"),
}


@dataclass(frozen=True, slots=True)
class Danger:
    """One danger to a person."""

    id: str
    effects: tuple[str, ...]
    reason: str
    of_event: bool


def dangers(risks: Iterable[Risk]) -> tuple[Danger, ...]:
    """Return the dangers that an assessment raised, in words."""
    return tuple(
        Danger(
            risk.id,
            tuple(str(EFFECTS.get(one, one.replace("_", " "))) for one in risk.effect),
            risk.reason,
            risk.of_event,
        )
        for risk in risks
    )
