"""Decide whether an exhibit, or a value that rests on it, may leave, and on what ground.

A pure decision that fails closed: whatever is not allowed in words is withheld, with the reason. Only a consent that
was given opens a purpose; `ask_first`, `not_asked`, `expired` and every word not known here open none.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.bundle.content import Basis, BasisLine, Origin
from onrecord.ground.ids import ExhibitId
from onrecord.ledger.entry import Event

PASS_IDENTITY = "pass_identity"  # noqa: S105 (a purpose of the codebook, not a password)
GIVEN = "given"
# Whoever wants to be asked each time said yes, and a member recorded it.
CONFIRMED, CONFIRMING_KIND = "confirmed", "ConsentConfirmed"
# Said in a later letter of the same reporter, which is not part of the bundle: its reader has the desk's word for it.
GIVEN_LATER = "given_later"
PUBLISHED = "captured_publication"
BY_OPERATOR = "named_by_operator"

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
    is_on_hold: bool = False  # its reporter asks to erase it, and no member has decided yet
    is_published: bool = False  # a person confirmed that this source is a publication


def decide(standing: Standing, *, bases: Collection[Basis], purpose: str) -> Decision:
    """Say whether something of this standing may leave for a purpose, and on which of the bases named.

    Identity leaves on no basis unless the person agreed to pass it on: a page that is public is no identity part.
    """
    if standing.holds_identity and standing.consents.get(PASS_IDENTITY) != GIVEN:
        return Withheld("identity")
    if standing.is_on_hold:
        return Withheld("on_hold")
    if not bases:
        return Withheld("no_basis_named")
    state = standing.consents.get(purpose, "not_asked")
    if standing.is_published and Basis.PUBLIC_SOURCE in bases:
        return Allowed(Basis.PUBLIC_SOURCE, PUBLISHED)
    if standing.origin == Origin.LETTER and Basis.CONSENT in bases and state == GIVEN:
        return Allowed(Basis.CONSENT, f"{purpose}:{GIVEN}")
    # A court's order binds the organisation whatever the person said, so it comes after consent and is named as what
    # it is; the operator answers for the order's existence, the signed entry for having named it.
    if Basis.LAWFUL_ORDER in bases:
        return Allowed(Basis.LAWFUL_ORDER, BY_OPERATOR)
    if Basis.VITAL_INTEREST in bases and state not in SAID_NO:
        return Allowed(Basis.VITAL_INTEREST, BY_OPERATOR)
    return _why_not(standing.origin, state, bases)


def carried(events: Mapping[int, Event], purpose: str, bases: Collection[str]) -> Iterator[BasisLine]:
    """Yield every ground on which signed entries let an exhibit leave, each with the entry that carries it.

    A basis that the operator answers for is carried by the sealing entry, which names the bases.
    """
    for index, event in events.items():
        same = {n: one for n, one in events.items() if one.subject == event.subject}
        if event.kind == "LetterOpened":
            grounds = [*_consents(index, same, purpose)]
        elif event.kind == "SourceCaptured":
            described = [n for n, one in same.items() if one.kind == "SourceDescribed"]
            grounds = [(Basis.PUBLIC_SOURCE, PUBLISHED, str(n)) for n in described]
        else:
            continue
        grounds += [(basis, BY_OPERATOR, "") for basis in (Basis.LAWFUL_ORDER, Basis.VITAL_INTEREST)]
        for exhibit in event.body.get("exhibits", ()):
            for basis, why, entry in grounds:
                if basis in bases:
                    yield BasisLine(exhibit=ExhibitId(exhibit["id"]), basis=basis, reason=why, entry=entry)


def _consents(letter: int, same: Mapping[int, Event], purpose: str) -> Iterator[tuple[Basis, str, str]]:
    """Yield who said yes and where: the letter itself, a member who recorded a later yes, or neither of them here."""
    said = {one["purpose"]: one["state"] for one in same[letter].body.get("consent", ())}
    confirmed = [n for n, one in same.items() if one.kind == CONFIRMING_KIND and one.body["purpose"] == purpose]
    if said.get(purpose) == GIVEN:
        yield Basis.CONSENT, f"{purpose}:{GIVEN}", str(letter)
    yield from ((Basis.CONSENT, f"{purpose}:{CONFIRMED}", str(n)) for n in confirmed)
    if said.get(purpose) != GIVEN and not confirmed:
        yield Basis.CONSENT, f"{purpose}:{GIVEN_LATER}", ""


def _why_not(origin: Origin, state: str, bases: Collection[Basis]) -> Withheld:
    if origin == Origin.SOURCE:
        return Withheld("not_confirmed_as_published" if Basis.PUBLIC_SOURCE in bases else "public_source_not_named")
    if Basis.CONSENT not in bases and state not in SAID_NO:
        return Withheld("consent_not_named")
    # The state itself is shown only where it is one of ours; an unknown word could carry anything.
    return Withheld(f"consent_{state}" if state in _STATES else "consent_unknown")


_STATES = SAID_NO | {"not_asked", "ask_first", "expired", "cannot_ask"}
