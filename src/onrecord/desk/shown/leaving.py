"""Show what a bundle would hold beside what stays, line by line, each with its basis or the rule that keeps it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from onrecord.bundle.basis import Allowed
from onrecord.bundle.content import Basis, Claim, Exhibit, Origin
from onrecord.bundle.gather import Gathered
from onrecord.bundle.redact import NothingMayLeave, keep_what_may_leave
from onrecord.casework.models import Exhibit as ExhibitRow
from onrecord.desk.shown.wording import field_name, term, value_name

BASES = {
    Basis.CONSENT: (
        gettext_lazy("Consent"),
        gettext_lazy("What reporters allowed for this recipient. A blank is a no. Checked again when it is made."),
    ),
    Basis.PUBLIC_SOURCE: (
        gettext_lazy("Public source"),
        gettext_lazy("Captured publications go in as they were published. Letters stay."),
    ),
    Basis.LAWFUL_ORDER: (
        gettext_lazy("Lawful order"),
        gettext_lazy("Everything goes, whatever a person said. You answer for the order; its reference is recorded."),
    ),
    Basis.VITAL_INTEREST: (
        gettext_lazy("Vital interest"),
        gettext_lazy("To save a life: what nobody has refused may go. Say whose danger in a sentence, without a name."),
    ),
}
RULES = {
    "no_basis_named": gettext_lazy("no basis is chosen"),
    "consent_not_named": gettext_lazy("consent is not chosen as a basis"),
    "not_confirmed_as_published": gettext_lazy("nobody has confirmed yet that this was published"),
    "public_source_not_named": gettext_lazy("public source is not chosen as a basis"),
    "consent_refused": gettext_lazy("the reporter said no"),
    "consent_never": gettext_lazy("the reporter said never"),
    "consent_withdrawn": gettext_lazy("the reporter took the consent back"),
    "consent_expired": gettext_lazy("the consent has expired"),
    "consent_ask_first": gettext_lazy("the reporter wants to be asked first"),
    "consent_not_asked": gettext_lazy("the reporter did not allow it for this recipient"),
    "consent_cannot_ask": gettext_lazy("the reporter cannot be asked"),
    "consent_unknown": gettext_lazy("what the reporter said is not known here"),
    "on_hold": gettext_lazy("its reporter asks to erase it, and no member has decided"),
    "identity": gettext_lazy("it would tell who somebody is"),
    "rests_on_withheld_exhibit": gettext_lazy("it rests on a text that stays"),
}
BY_CONSENT = gettext_lazy("the reporter")
BY_MEMBER = gettext_lazy("you, if the basis truly applies")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what it is, more about it, and its basis or who can change that it stays."""

    id: str
    what: str
    more: str
    note: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """The two lists of a bundle, and how many entries of the ledger open with it or stay closed."""

    goes: tuple[Line, ...]
    stays: tuple[Line, ...]
    opened: int
    closed: int


def leaving(gathered: Gathered) -> Leaving:
    """Return what would leave and what would stay; nothing leaves where nothing has a basis."""
    content, decisions = gathered.content, gathered.decisions
    try:
        kept = keep_what_may_leave(content, decisions, with_identity=gathered.with_identity)
    except NothingMayLeave:
        claims, opened = set(), 0
    else:
        claims, opened = {claim.id for claim in kept.claims}, len(kept.opened)
    originals = _originals([exhibit.id for exhibit in content.exhibits])
    goes, stays = [], []
    for exhibit in content.exhibits:
        fate = decisions.get(exhibit.id)
        if isinstance(fate, Allowed):
            goes.append(Line(exhibit.id, exhibit.file_name, _kind(exhibit, originals), str(BASES[fate.basis][0])))
        else:
            rule = fate.reason if fate else "no_basis_named"
            stays.append(Line(exhibit.id, exhibit.file_name, str(RULES.get(rule, rule)), _who(rule)))
    for claim in content.claims:
        if claim.id in claims:
            goes.append(Line(claim.id, _claim(claim), gettext("claim"), gettext("as the text it rests on")))
        else:
            stays.append(Line(claim.id, _claim(claim), str(RULES["rests_on_withheld_exhibit"]), gettext("as the text")))
    return Leaving(tuple(goes), tuple(stays), opened, len(content.opened) - opened)


def counted_by_basis(bases: Iterable[Basis]) -> list[tuple[str, int]]:
    """Return on which bases claims leave, each in words with how many."""
    numbers = Counter(bases)
    return [(str(name), numbers[basis]) for basis, (name, _) in BASES.items() if numbers[basis]]


def counted_by_rule(left_out: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return which rules keep claims here, each in words with how many."""
    return [(str(RULES.get(rule, rule)), number) for rule, number in left_out.items()]


def _originals(exhibits: Sequence[str]) -> Mapping[str, str]:
    return dict(ExhibitRow.objects.filter(pk__in=exhibits).values_list("id", "origin"))


def _kind(exhibit: Exhibit, originals: Mapping[str, str]) -> str:
    origin = gettext("letter") if exhibit.origin == Origin.LETTER else gettext("source")
    return f"{exhibit.media_type}, {origin} {originals.get(exhibit.id, '')[:6]}"


def _claim(claim: Claim) -> str:
    values = [f"{field_name(v.field)}: {value_name(v.field, v.value.partition(':')[0])}" for v in claim.values]
    return " · ".join(values) or term("claim_kind", claim.kind)


def _who(rule: str) -> str:
    if rule.startswith("consent_") and rule != "consent_not_named":
        return str(BY_CONSENT)
    return str(BY_MEMBER)
