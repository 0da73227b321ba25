"""What must hold whatever was coded: claims of several events and people, drawn at random, without a database."""

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.casework.law.facts import CaseFacts
from onrecord.casework.overview import ClaimShown, ValueShown
from onrecord.law.assess import assess, risks_of
from onrecord.law.claims.mapping import read_claim_map
from onrecord.law.load import load_law
from onrecord.law.model import Evidence, Status
from onrecord.words.fields import check_value

LAW = load_law()
TABLE = read_claim_map(LAW)
A, B = "a", "b"
# Each act with its event and its victim: two events of A, one of B.
ACTS = {"act1": ("event1", A), "act2": ("event2", A), "act3": ("event3", B)}
DECIDED = {Status.SUPPORTED: Status.CONTRADICTED, Status.CONTRADICTED: Status.SUPPORTED}
# Dangers that say yes to something; the others fire on what is not known, so that an answer ends them.
OF_WHAT_IS_SAID = {
    "minor",
    "in_custody",
    "still_serving",
    "home_state_mercenary_law",
    "ukraine_charges",
    "family_in_reach",
}
VALUES = (
    *(f"victim.age={age}" for age in ("15", "20", "15..20", "16..30", "18..40", "unknown")),
    *("age_band=from_15_to_17", "age_band=from_18_to_29", "victim_group=child", "victim_group=prisoner_of_war"),
    *(f"act_type={act}" for act in ("child_recruitment", "unlawful_confinement", "conscription", "coerced_contract")),
    *("act_status=attempted", "act_status=unknown", "act_status=completed"),
    *(f"victim.nationality={country}" for country in ("UA", "RU", "TJ", "unknown")),
    *("victim.power_citizenship=imposed", "victim.power_citizenship=by_choice", "victim.power_citizenship_since=2021"),
    *("event.date=2020-05-01", "event.date=2023-01", "place.region=crimea", "place.region=russia"),
    *("place.status=occupied", "place.status=territory_of_power", "context.iac=no"),
    *(f"recruit.stage={stage}" for stage in ("refused", "signed", "deployed")),
    *("liberty.deprived=yes", "liberty.deprived=no", "victim.status=civilian", "victim.status=detained_civilian"),
    *(
        "coercion.means=violence:carried_out",
        "coercion.means=beating:both",
        "coercion.means=family_targeted:threatened",
    ),
    *("coercion.means=unknown:unknown", "closed=coercion.means", "closed=victim.nationality"),
)


WORDS = [one for one in VALUES if one.startswith(("victim.age", "age_band", "victim_group", "act_type", "act_status"))]
PLACES = [one for one in VALUES if one.startswith(("event.date", "place", "context", "victim.age", "victim.power"))]


@st.composite
def claims(
    draw: st.DrawFn, act: str | None = None, person: str | None = None, pool: Sequence[str] = VALUES
) -> ClaimShown:
    """Draw a claim on an act, which is about its victim, or on the case; about a person or nobody in particular."""
    on = draw(st.sampled_from([*ACTS, ""])) if act is None else act
    about = (ACTS[on][1] if on else draw(st.sampled_from([A, B, ""]))) if person is None else person
    number = draw(st.integers(1, 10**6))
    values = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
    return ClaimShown(
        id=f"claim{number}",
        entry=number,
        holder="case",
        act=on,
        person=about,
        kind=draw(st.sampled_from(["act", "act", "act", "denial"])),
        values=tuple(_value(one) for one in values),
        by=(),
        connection="",
        manner="",
        stance="supports",
        reliability="",
        credibility="",
        exhibit="exhibit",
        passage=SimpleNamespace(),  # type: ignore[arg-type]
        withdrawn_because="",
    )


def _value(pair: str) -> ValueShown:
    coded = check_value(*pair.split("=", 1))
    return ValueShown(coded.field, coded.value, coded.mode or "")


def many(**about: Any) -> st.SearchStrategy[list[ClaimShown]]:
    return st.lists(claims(**about), max_size=8, unique_by=lambda claim: claim.id)


MANY = many()


def case_of(*told: ClaimShown, held: tuple[ClaimShown, ...] = ()) -> CaseFacts:
    """Return a case as if these claims had been read."""
    acts: Any = {act: SimpleNamespace(id=act, event=event, victim=who) for act, (event, who) in ACTS.items()}
    return CaseFacts(
        case="case",
        people=(A, B),
        told_of=(A, B),
        claims=tuple(sorted(told, key=lambda claim: claim.entry)),
        held=held,
        mapping=TABLE,
        conflict=LAW.conflict,
        evidence={claim.id: Evidence(claim.id, claim.id) for claim in (*told, *held)},
        acts=acts,
        places={},
    )


def dangers(case: CaseFacts, person: str = A) -> set[str]:
    return {risk.id for risk in risks_of(case.in_danger(person), LAW)}


def statuses(case: CaseFacts, event: str = "") -> dict[str, Any]:
    return {name: (one.status, one.flags) for name, one in assess(case.of(A, event), LAW).elements.items()}


@given(MANY | many(pool=WORDS), claims() | claims(pool=WORDS))
@settings(max_examples=300)
def test_no_claim_takes_away_a_danger_of_which_another_tells(told: list[ClaimShown], added: ClaimShown) -> None:
    more = [claim for claim in told if claim.id != added.id]

    lost = dangers(case_of(*more)) - dangers(case_of(*more, added))

    assert not lost & OF_WHAT_IS_SAID


@given(MANY, claims())
def test_a_denial_or_a_letter_to_be_erased_takes_away_no_danger(told: list[ClaimShown], added: ClaimShown) -> None:
    more = [claim for claim in told if claim.id != added.id]
    before = dangers(case_of(*more))

    assert before <= dangers(case_of(*more, held=(added,)))
    denied = replace(added, kind="denial", values=tuple(one for one in added.values if one.field not in _YES_OR_NO))
    assert before <= dangers(case_of(*more, denied))


# Who denies one of these states the contrary, which is an answer.
_YES_OR_NO = {"liberty.deprived", "context.iac"}


@given(MANY | many(pool=WORDS), claims(person=B, pool=WORDS))
@settings(max_examples=300)
def test_what_is_told_of_another_person_changes_no_status(told: list[ClaimShown], added: ClaimShown) -> None:
    more = [claim for claim in told if claim.id != added.id]

    assert statuses(case_of(*more, added)) == statuses(case_of(*more))


@given(MANY | many(pool=PLACES, person=A))
@settings(max_examples=300)
def test_of_several_events_together_none_is_gone_against_in_silence(told: list[ClaimShown]) -> None:
    case = case_of(*told)
    together = statuses(case)
    told_of = {ACTS[claim.act][0] for claim in told if claim.act}
    alone = [statuses(case, event) for event in sorted(told_of - {"event3"})]

    for name, (status, flags) in together.items():
        assert flags or not any(DECIDED.get(status) == one[name][0] for one in alone), name
