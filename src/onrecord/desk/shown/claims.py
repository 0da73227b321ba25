"""Show claims as cards: what is claimed, of which act, who said it and how they know, and the words it rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from onrecord.casework.corroboration.grades import NOT_GRADED, Graded, grades_of
from onrecord.casework.models import Case, Exhibit, Pattern, Source
from onrecord.casework.overview import ClaimShown, LinkShown, ValueShown
from onrecord.desk.shown.categories import is_trick, letter_of
from onrecord.desk.shown.wording import field_name, mode_name, term, value_name

SHORT = 6


@dataclass(frozen=True, slots=True)
class Value:
    """One coded value in words."""

    field: str
    value: str
    mode: str


@dataclass(frozen=True, slots=True)
class Holder:
    """The case or pattern that a claim belongs to."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Card:
    """A claim, ready to be shown. `words` is empty where what it rests on was erased.

    `grades` are its letter and number, a dash for what nobody judged; `inherited` names those of its letter or source.
    """

    claim: ClaimShown
    letter: str
    is_trick: bool
    kind: str
    values: tuple[Value, ...]
    said_by: tuple[str, ...]
    connection: str
    holder: Holder | None
    words: str
    address: str
    grades: str
    inherited: str


def cards(claims: Iterable[ClaimShown]) -> list[Card]:
    """Return the cards of some claims, in their order."""
    claims = list(claims)
    sources = _titles(link.source for claim in claims for link in claim.by if link.source)
    holders = _holders({claim.holder for claim in claims})
    origins = dict(Exhibit.objects.filter(pk__in={claim.exhibit for claim in claims}).values_list("id", "origin"))
    graded = grades_of(set(origins.values()))
    return [
        Card(
            claim=claim,
            letter=letter_of(claim),
            is_trick=is_trick(claim),
            kind=term("claim_kind", claim.kind),
            values=tuple(_value(value) for value in claim.values),
            said_by=tuple(_said(link, sources) for link in claim.by),
            connection=term("basis_of_knowledge", claim.connection) if claim.connection else "",
            holder=holders.get(claim.holder),
            words=claim.passage.quote if claim.passage else "",
            address=passage_address(claim),
            **_grades(claim, graded.get(origins.get(claim.exhibit, ""), NOT_GRADED)),
        )
        for claim in claims
    ]


def passage_address(claim: ClaimShown) -> str:
    """Return the address of the words that a claim rests on; empty where they were erased."""
    return f"{reverse('read', args=[claim.exhibit])}#p{claim.passage.id}" if claim.passage else ""


def _grades(claim: ClaimShown, inherited: Graded) -> dict[str, str]:
    own = (claim.reliability, claim.credibility)
    above = (inherited.reliability, inherited.credibility)
    marks = [mine or theirs for mine, theirs in zip(own, above, strict=True)]
    return {
        "grades": "".join(mark or "–" for mark in marks) if any(marks) else "",
        "inherited": "".join(theirs for mine, theirs in zip(own, above, strict=True) if not mine),
    }


def _value(value: ValueShown) -> Value:
    return Value(field_name(value.field), value_name(value.field, value.value), mode_name(value.mode))


def _said(link: LinkShown, sources: Mapping[str, str]) -> str:
    if link.kind == "reporter":
        return gettext("the reporter")
    return sources.get(link.source, gettext("an erased source")) if link.kind == "source" else link.name


def _titles(sources: Iterable[str]) -> dict[str, str]:
    rows = Source.objects.filter(pk__in=set(sources))
    return {row.id: row.publisher or row.title or gettext("source %(id)s") % {"id": row.id[:SHORT]} for row in rows}


def _holders(ids: set[str]) -> dict[str, Holder]:
    found = {row.id: Holder(row.name, reverse("case", args=[row.id])) for row in Case.objects.filter(pk__in=ids)}
    patterns = Pattern.objects.filter(pk__in=ids)
    return found | {row.id: Holder(row.name, reverse("pattern", args=[row.id])) for row in patterns}
