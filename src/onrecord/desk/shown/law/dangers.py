"""Say a danger to a person in words: what follows from it, why, and whether it speaks of the event or of now.

LIMIT: whether a person may be contacted today is judged on the present situation. The desk has no such gate yet; the
page says that a rule about contact speaks of the time of the event.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from onrecord.casework.law.facts import CaseFacts, read_case
from onrecord.casework.models import Case, Person
from onrecord.casework.overview import ClaimShown
from onrecord.desk.shown.case_table import person_names
from onrecord.law.assess import risks_of
from onrecord.law.model import NO_CONTACT, Law, Risk

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
    """One danger: what follows from it and why; `whom` names people only where a page is about several."""

    id: str
    effects: tuple[str, ...]
    reason: str
    of_event: bool
    is_no_contact: bool
    whom: tuple[str, ...] = ()


def dangers(risks: Iterable[Risk]) -> tuple[Danger, ...]:
    """Return the dangers that an assessment raised, in words: first those in which nobody may be in touch."""
    return tuple(
        Danger(
            risk.id,
            tuple(str(EFFECTS.get(one, one.replace("_", " "))) for one in risk.effect),
            risk.reason,
            risk.of_event,
            is_no_contact=NO_CONTACT in risk.effect,
        )
        for risk in sorted(risks, key=lambda risk: NO_CONTACT not in risk.effect)
    )


def on_top(found: tuple[Danger, ...]) -> dict[str, object]:
    """Return what a page says above everything else, and whether any of it speaks of the time of the event."""
    return {"dangers": found, "speaks_of_event": any(danger.of_event for danger in found)}


def dangers_in(case: CaseFacts, law: Law, of: str = "") -> tuple[Danger, ...]:
    """Return the dangers to the people of a case, each once with the names of those people; `of` names the case.

    The case was read once, and the people are named at once, however many they are.
    """
    names = person_names(Person.objects.filter(case=case.case).order_by("entry", "id"))
    risks: dict[str, Risk] = {}
    whom = defaultdict[str, list[str]](list)
    for person in case.told_of:
        for risk in risks_of(case.in_danger(person), law):
            risks[risk.id] = risk
            whom[risk.id].append(f"{of} / {names[person]}" if of else names[person])
    in_order = (risks[rule.id] for rule in law.risks if rule.id in risks)
    return tuple(replace(danger, whom=tuple(whom[danger.id])) for danger in dangers(in_order))


def dangers_of(case: str, law: Law) -> tuple[Danger, ...]:
    """Return the dangers to the people of a case that was not read yet; of a pattern, in which nobody is, none."""
    return dangers_in(read_case(case, law), law) if Case.objects.filter(pk=case).exists() else ()


def dangers_beside(claims: Iterable[ClaimShown], law: Law) -> tuple[Danger, ...]:
    """Return the dangers to the people of every case that the claims on a text are about."""
    cases = Case.objects.filter(pk__in={claim.holder for claim in claims}).order_by("entry")
    of_each = [dangers_in(read_case(one.id, law), law, one.name if len(cases) > 1 else "") for one in cases]
    return tuple(sorted(chain(*of_each), key=lambda danger: not danger.is_no_contact))
