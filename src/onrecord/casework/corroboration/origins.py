"""Name the origin of each claim, so that what says the same again does not count again.

Letters and sources are joined as far as somebody recorded how they depend (corroboration/provenance.py), and as far as
claims say whom they quote: two outlets that quote one press office are one origin.

LIMIT: who is quoted is known by the words of the coder. One vague name under two outlets ("a neighbour") joins what may
be two people: the count is then lower than it could be, never higher.
"""

from collections.abc import Iterable, Iterator, Set

from django.db.models import Q

from onrecord.casework.corroboration.provenance import ONE_ORIGIN, Kind, Origin, Relation, origins
from onrecord.casework.models import Exhibit, Letter, Source, SourceLink
from onrecord.casework.overview import ClaimShown

QUOTES = "derived_from"


class Origins:
    """The origins of some claims; a withdrawn claim has one too, and whoever counts leaves it out."""

    def __init__(self, claims: Iterable[ClaimShown]) -> None:
        claims = list(claims)
        self._held_by = dict(Exhibit.objects.filter(pk__in={c.exhibit for c in claims}).values_list("id", "origin"))
        ids = set(self._held_by.values())
        letters = Letter.objects.filter(pk__in=ids).values_list("id", flat=True)
        sources = Source.objects.filter(pk__in=ids).values_list("id", flat=True)
        kinds = {**dict.fromkeys(letters, Kind.ANONYMOUS), **dict.fromkeys(sources, Kind.NAMED)}
        quoted = [link for claim in claims for link in self._quoted(claim, kinds)]
        relations = [*quoted, *_recorded({*ids, *(link.to for link in quoted)})]
        groups = origins([Origin(*item) for item in kinds.items()], relations)
        self._names = {id_: min(group) for group in groups for id_ in group}

    def of(self, claim: ClaimShown) -> str:
        """Return the name of a claim's origin; empty where what it rests on was erased."""
        return self._names.get(self.holder(claim), "")

    def holder(self, claim: ClaimShown) -> str:
        """Return the letter or source whose words a claim rests on; empty where these were erased."""
        return self._held_by.get(claim.exhibit, "")

    def count(self, claims: Iterable[ClaimShown]) -> int:
        """Return how many independent origins some of the claims have between them; withdrawn ones have none."""
        return len({self.of(claim) for claim in claims if not claim.withdrawn_because} - {""})

    def _quoted(self, claim: ClaimShown, kinds: dict[str, Kind]) -> Iterator[Relation]:
        """Yield whom a source quotes. Letters are one origin already, until somebody records that one stands alone."""
        source = self.holder(claim)
        if claim.withdrawn_because or kinds.get(source) is not Kind.NAMED:
            return
        for link in claim.by:
            quoted = link.source or " ".join(link.name.casefold().split())
            if quoted and quoted != source:
                yield Relation(source, QUOTES, quoted)


def _recorded(sources: Set[str]) -> Iterator[Relation]:
    """Yield the recorded relations by which sources, and those behind them, go back to one origin."""
    seen, next_ = set[str](), set(sources)
    while next_:
        touching = Q(source__in=next_) | Q(other__in=next_)
        links = SourceLink.objects.filter(touching, relation__in=ONE_ORIGIN).values_list("source", "relation", "other")
        found = [Relation(*link) for link in links]
        yield from found
        seen |= next_
        next_ = {end for one in found for end in (one.source, one.to)} - seen
