"""Write an assessment as JSON: the same keys for every reader, each status beside what it rests on."""

from typing import Any

from onrecord.law.model import Assessment, ElementStatus, UsedFact


def assessment_json(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as a JSON object; the disclaimer belongs beside it wherever it is shown."""
    return {
        "law": {"version": assessment.law_version, "sha256": assessment.law_sha256},
        "elements": {name: _element(status) for name, status in assessment.elements.items()},
        "provisions": {
            name: {"status": status.status.value, "counts": dict(status.counts), "flags": list(status.flags)}
            for name, status in assessment.provisions.items()
        },
        "flags": list(assessment.flags),
        "risks": [{"id": risk.id, "effect": list(risk.effect), "reason": risk.reason} for risk in assessment.risks],
        "gaps": [
            {"element": gap.element, "check": gap.check, "ask": gap.ask, "provisions": list(gap.provisions)}
            for gap in assessment.gaps
        ],
    }


def _element(status: ElementStatus) -> dict[str, Any]:
    return {
        "status": status.status.value,
        "flags": list(status.flags),
        "facts": [_fact(fact) for fact in status.facts],
        "check": status.check,
        "ask": status.ask,
    }


def _fact(fact: UsedFact) -> dict[str, Any]:
    return {
        "fact": fact.name,
        "evidence": list(fact.evidence),
        "against": list(fact.against),
        "origins": fact.origins,
        "best_grade": fact.best_grade,
        "derived": fact.derived,
    }
