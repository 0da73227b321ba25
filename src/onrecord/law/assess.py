"""Say what is on file for each element and each provision of the law, for one person, and what is missing.

Values in, a value out: no file, no clock, no chance. The same facts and the same law give the same assessment. It is
never a finding; it never ranks people and never closes a case.
"""

from collections.abc import Collection, Iterable, Mapping

from onrecord.law.derive import complete
from onrecord.law.gaps import find_gaps
from onrecord.law.model import (
    NO_CONTACT,
    OPEN,
    STATUS_OF,
    TRUE,
    Assessment,
    Condition,
    Element,
    ElementStatus,
    Facts,
    Law,
    Provision,
    ProvisionStatus,
    Risk,
    Seen,
    Status,
)
from onrecord.law.strength import Strengths
from onrecord.law.working import judge, roll_up, worst_case


def assess(facts: Facts, law: Law, in_danger: Collection[Facts] = ()) -> Assessment:
    """Assess one person's facts under one version of the law.

    A danger is the person's, and no choice of facts silences it: `in_danger` is all else that is known about them, such
    as what was so in each of several events. Without it, dangers are those of the facts themselves.
    """
    known, derived = complete(facts.facts, law.conflict)
    seen = Seen(known, {}, {})
    both_ways = judge(law, seen, law.order)
    most = worst_case(law, seen)
    risks = risks_of(in_danger, law) if in_danger else _risks(law, (most,))
    may_ask = not any(NO_CONTACT in risk.effect for risk in risks)
    asked = frozenset(name for name, fact in facts.facts.items() if fact.is_missing and (fact.asked or fact.values))
    still_open = _still_open(law, seen, both_ways)
    strengths = Strengths(law, facts, seen, derived)
    elements = {
        name: ElementStatus(
            status=STATUS_OF[seen.elements[name]],
            flags=_flags(element, seen, most, goes_both_ways=name in both_ways),
            facts=strengths.beside(element),
            check=element.check,
            ask=element.ask if may_ask and not still_open[name] & asked else None,
            asked=bool(still_open[name] & asked),
        )
        for name, element in law.elements.items()
    }
    provisions = {name: _provision(provision, law, seen, elements) for name, provision in law.provisions.items()}
    raised = {flag for status in elements.values() for flag in status.flags}
    return Assessment(
        law_version=law.version,
        law_sha256=law.sha256,
        elements=elements,
        provisions=provisions,
        flags=tuple(flag for flag in law.flag_texts if flag in raised),
        risks=risks,
        gaps=find_gaps(law, seen, still_open, asked, may_ask=may_ask),
        derived=derived,
    )


def risks_of(in_danger: Iterable[Facts], law: Law) -> tuple[Risk, ...]:
    """Return the dangers to one person, of whom some facts hold in one event and some in another."""
    return _risks(law, [_at_worst(facts, law) for facts in in_danger])


def _at_worst(facts: Facts, law: Law) -> Seen:
    known, _ = complete(facts.facts, law.conflict)
    seen = Seen(known, {}, {})
    judge(law, seen, law.order)
    return worst_case(law, seen)


def _risks(law: Law, worst: Collection[Seen]) -> tuple[Risk, ...]:
    """Return what fires. A dispute never silences a danger, for doing no harm stands above being complete."""
    return tuple(
        Risk(rule.id, rule.effect, rule.reason, rule.of_event)
        for rule in law.risks
        if any(rule.condition.value(seen) == TRUE for seen in worst)
    )


def _still_open(law: Law, seen: Seen, both_ways: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return for each element the facts that could still decide it, and those from which one of them could be drawn."""
    return {
        name: _with_bases(frozenset().union(*(clause.open_facts(seen) for clause in _clauses(element))), law, seen)
        if seen.elements[name] == OPEN and name not in both_ways
        else frozenset()
        for name, element in law.elements.items()
    }


def _with_bases(facts: frozenset[str], law: Law, seen: Seen) -> frozenset[str]:
    bases = {base for fact in facts for base in law.conflict.rests_on.get(fact, ())}
    return facts | {base for base in bases if base not in seen.facts or seen.facts[base].is_disputed}


def _flags(element: Element, seen: Seen, most: Seen, *, goes_both_ways: bool) -> tuple[str, ...]:
    flags = [rule.flag for rule in element.flags if rule.condition.value(seen) == TRUE]
    is_in_conflict = any(name in seen.facts and seen.facts[name].conflict for name in element.facts)
    # With a disputed item of a list or without it, the status would be another one.
    if is_in_conflict or most.elements[element.id] != most.turned.elements[element.id]:
        flags.append("conflicting_evidence")
    if goes_both_ways:
        flags.append("conflicting_indicia")
    return tuple(dict.fromkeys(flags))


def _provision(provision: Provision, law: Law, seen: Seen, elements: Mapping[str, ElementStatus]) -> ProvisionStatus:
    statuses = [STATUS_OF[roll_up((group,), seen)] for group in provision.groups]
    return ProvisionStatus(
        status=STATUS_OF[seen.provisions[provision.id]],
        counts={status.value: statuses.count(status) for status in Status},
        flags=tuple(dict.fromkeys(flag for name in provision.elements for flag in elements[name].flags)),
        not_reached=tuple(
            name
            for group, status in zip(provision.groups, statuses, strict=True)
            for name in group
            if status == Status.CONTRADICTED and law.elements[name].reach
        ),
    )


def _clauses(element: Element) -> Iterable[Condition]:
    return (clause for clause in (element.supported_if, element.contradicted_if) if clause is not None)
