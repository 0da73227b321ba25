"""Decide whether an exhibit, or a value that rests on it, may leave, and on what ground.

A pure decision that fails closed: whatever is not allowed in words is withheld, with the reason. Only a consent that
was given opens a purpose; `ask_first`, `not_asked`, `expired` and every word not known here open none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from onrecord.bundle.content import Basis, Origin

PASS_IDENTITY = "pass_identity"  # noqa: S105 (a purpose of the codebook, not a password)
GIVEN = "given"

# Whoever said one of these has answered. To save a life may not wait for an answer, but it does not overrule one.
SAID_NO = frozenset({"refused", "never", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may leave, on this ground."""

    basis: Basis
    reason: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """It stays, for this reason (a word of the bundle format, never words from a case)."""

    reason: str


Decision = Allowed | Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a decision needs to know of an exhibit: where it came from, who said yes to what, and whom it would name."""

    origin: Origin
    consents: Mapping[str, str] = field(default_factory=dict)
    holds_identity: bool = False
    is_published: bool = False  # a person confirmed that this source is a publication


def decide(standing: Standing, *, bases: Collection[Basis], purpose: str) -> Decision:
    """Say whether something of this standing may leave for a purpose, and on which of the bases named.

    Identity leaves on no basis unless the person agreed to pass it on: a page that is public is no identity part.
    """
    if standing.holds_identity and standing.consents.get(PASS_IDENTITY) != GIVEN:
        return Withheld("identity")
    if not bases:
        return Withheld("no_basis_named")
    state = standing.consents.get(purpose, "not_asked")
    if standing.is_published and Basis.PUBLIC_SOURCE in bases:
        return Allowed(Basis.PUBLIC_SOURCE, "captured_publication")
    if standing.origin == Origin.LETTER and Basis.CONSENT in bases and state == GIVEN:
        return Allowed(Basis.CONSENT, f"{purpose}:{GIVEN}")
    # A court's order binds the organisation whatever the person said, so it comes after consent and is named as what
    # it is; the operator answers for the order's existence, the signed entry for having named it.
    if Basis.LAWFUL_ORDER in bases:
        return Allowed(Basis.LAWFUL_ORDER, "named_by_operator")
    if Basis.VITAL_INTEREST in bases and state not in SAID_NO:
        return Allowed(Basis.VITAL_INTEREST, "named_by_operator")
    return _why_not(standing.origin, state, bases)


def _why_not(origin: Origin, state: str, bases: Collection[Basis]) -> Withheld:
    if origin == Origin.SOURCE:
        return Withheld("not_confirmed_as_published" if Basis.PUBLIC_SOURCE in bases else "public_source_not_named")
    if Basis.CONSENT not in bases and state not in SAID_NO:
        return Withheld("consent_not_named")
    # The state itself is shown only where it is one of ours; an unknown word could carry anything.
    return Withheld(f"consent_{state}" if state in _STATES else "consent_unknown")


_STATES = SAID_NO | {"not_asked", "ask_first", "expired", "cannot_ask"}
