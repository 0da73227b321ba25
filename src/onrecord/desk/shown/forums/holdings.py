"""Say which of the things that a submission needs one person's case holds, and which it may share for a purpose.

What is shared rests on the consent of its letter for that purpose, or on a publication that a member confirmed. What is
there without such a basis is told apart from what is lacking: the first is asked for, the second looked for.

LIMIT: the desk keeps no record yet of a signed authority, of remedies tried, of where a person is now, of what the
family knows, or of another body that has the matter. These are shown as lacking, whatever lies in a drawer.
"""

from collections.abc import Callable, Iterable, Mapping

from onrecord.bundle.basis import GIVEN, PASS_IDENTITY
from onrecord.casework.consent import consent_of
from onrecord.casework.law.assessing import latest
from onrecord.casework.models import BundleRecord, Exhibit, Letter, Source
from onrecord.desk.shown.law.weighing import Held
from onrecord.law.forums import Have

CONTACT_AGAIN = "contact_again"
# Per thing the facts that it is made of: of each group one must be known.
OF_FACTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "citizenship": (("victim.nationality",), ("victim.power_citizenship",)),
    "when_and_where": (("event.date",), ("place.region", "place.status")),
    "actors": (("actor.kind", "perp.capacity", "hands.of"),),
    "losses": (("property.event", "liberty.deprived"),),
}


class Holdings:
    """What the texts behind one person's facts hold; asked once, then for each purpose."""

    def __init__(self, held: Held, case: str, person: str, *, may_leave: bool) -> None:
        self._held, self._case = held, case
        exhibits = {held.claims[claim].exhibit for claim in held.facts.evidence}
        self._origin = dict(Exhibit.objects.filter(pk__in=exhibits).values_list("id", "origin"))
        letters = list(Letter.objects.filter(pk__in=set(self._origin.values())))
        self._consents = {letter.id: consent_of(letter.id) for letter in letters}
        self._named = {letter.id for letter in letters if letter.identity_blob}
        described = Source.objects.filter(pk__in=set(self._origin.values()), is_described=True)
        self._public = set(described.values_list("id", flat=True))
        files = Exhibit.objects.filter(origin__in=self._consents, is_reading_text=False)
        self._with_files = set(files.values_list("origin", flat=True))
        self._is_assessed = latest(case, person) is not None
        self._law_may_leave = may_leave

    def of(self, purpose: str) -> dict[str, Have]:
        """Return what is held and what may be shared for a purpose; a thing that is not named is lacking."""

        def shared(origin: str) -> bool:
            return origin in self._public or self._consents.get(origin, {}).get(purpose) == GIVEN

        def may_name(origin: str) -> bool:
            return shared(origin) and self._consents[origin].get(PASS_IDENTITY) == GIVEN

        have = {thing: self._made_of(groups, shared) for thing, groups in OF_FACTS.items()}
        have["account"] = _have(self._consents, shared)
        have["papers"] = _have(self._with_files, shared)
        have["identity"] = _have(self._named, may_name)
        have["contact"] = _have([one for one, said in self._consents.items() if said.get(CONTACT_AGAIN) == GIVEN])
        have["proofs"] = _have(
            BundleRecord.objects.filter(subject=self._case, purpose=purpose).values_list("id", flat=True)
        )
        have["elements"] = _have([self._case] if self._is_assessed else [], lambda _: self._law_may_leave)
        return have

    def _made_of(self, groups: Iterable[tuple[str, ...]], shared: Callable[[str], bool]) -> Have:
        states = [_have(self._behind(group), shared) for group in groups]
        return next((state for state in (Have.LACKS, Have.NO_BASIS) if state in states), Have.HAS)

    def _behind(self, facts: tuple[str, ...]) -> list[str]:
        """Return the letters and sources from which one of these facts is known."""
        known = [fact for name in facts if (fact := self._held.facts.facts.get(name)) and not fact.is_missing]
        exhibits = [self._held.claims[claim].exhibit for fact in known for claim in fact.evidence]
        return [self._origin[exhibit] for exhibit in exhibits if exhibit in self._origin]


def _have(origins: Iterable[str], may_share: Callable[[str], bool] = lambda _: True) -> Have:
    shared = [may_share(origin) for origin in origins]
    if not shared:
        return Have.LACKS
    return Have.HAS if any(shared) else Have.NO_BASIS
