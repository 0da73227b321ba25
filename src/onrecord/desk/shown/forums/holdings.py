"""Say which of the things that a submission needs one person's case holds, and which it may share for a purpose.

The desk sees some things for itself: an account, papers, what the facts on file say. Of others it has a member's word,
which adds to what it sees, never takes from it, and is marked as a word. What is shared rests on the consent of its
letter for that purpose, on a publication that a member confirmed, or on what the member says that the person agreed
to. What is there without such a basis is told apart from what is lacking: one is asked for, the other looked for.

LIMIT: a word is believed: that a paper lies in a safe, and that the person agreed, is known to the member who says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from onrecord.bundle.basis import GIVEN, PASS_IDENTITY, Allowed, Standing, decide
from onrecord.bundle.content import Basis, Origin
from onrecord.casework.consent import consents_of
from onrecord.casework.holds import on_hold
from onrecord.casework.law.assessing import latest
from onrecord.casework.law.facts import CaseFacts
from onrecord.casework.law.holdings import CANNOT_BE_HAD, HELD, holdings, newest, origins_of
from onrecord.casework.models import BundleRecord, Exhibit, Holding, Letter, Source
from onrecord.law.forums import WORST_FIRST, Have, Part, load_things
from onrecord.law.model import Fact

CONTACT_AGAIN = "contact_again"
# What would name the person: it goes nowhere without their consent to pass identity on.
NAMES = frozenset({"identity", "contact"})
SHARED_ON = (Basis.CONSENT, Basis.PUBLIC_SOURCE)
# What the desk sees beside what is made of facts.
SEEN_WITHOUT_FACTS = frozenset({"account", "papers", "identity", "contact", "proofs", "elements"})


@dataclass(frozen=True, slots=True)
class Found:
    """How a thing stands for one purpose: by what the desk sees, and by a member's word."""

    seen: Have
    said: Have

    @property
    def have(self) -> Have:
        """Return the better of the two: a word adds, and takes nothing away."""
        return max(self.seen, self.said, key=WORST_FIRST.index)

    @property
    def is_by_word(self) -> bool:
        """Tell whether it stands so because a member says so."""
        return self.have != self.seen


class Holdings:
    """What one person's case holds; asked once, then for each purpose."""

    def __init__(self, read: CaseFacts, person: str, event: str = "", *, may_leave: bool) -> None:
        case = read.case
        self._case, self._law_may_leave = case, may_leave
        # A place set by hand is a word: the claims that it overrides still show where and when it was.
        self._facts = read.without_overrides().of(person, event)
        self._exhibits = {claim.id: claim.exhibit for claim in read.claims}
        self.words = holdings(case, person)
        self.said = newest(self.words)
        self._place = origins_of({row.item for row in self.words if row.item})
        exhibits = {self._exhibits[claim] for claim in self._facts.evidence}
        self._origin = dict(Exhibit.objects.filter(pk__in=exhibits).values_list("id", "origin"))
        letters = list(Letter.objects.filter(pk__in=set(self._origin.values())))
        self._letters = {letter.id for letter in letters}
        self._named = {letter.id for letter in letters if letter.identity_blob}
        self._standing = _standings({*self._origin.values(), *self._place.values()})
        files = Exhibit.objects.filter(origin__in=self._letters, is_reading_text=False)
        self._with_files = set(files.values_list("origin", flat=True))
        self._bundled_for = set(BundleRecord.objects.filter(subject=case).values_list("purpose", flat=True))
        self._is_assessed = latest(case, person) is not None

    def of(self, purpose: str) -> dict[str, Found]:
        """Return for every thing how it stands for a purpose."""
        seen = self._seen(purpose)
        return {
            thing: Found(seen.get(thing, Have.LACKS), self._by_word(thing, self.said.get(thing), purpose))
            for thing in load_things()
        }

    def is_gone(self, row: Holding) -> bool:
        """Tell whether what a word names is no longer there: it was erased."""
        return bool(row.item) and row.item not in self._place

    def _seen(self, purpose: str) -> dict[str, Have]:
        def shared(origin: str) -> bool:
            return self._may_share(origin, purpose)

        have = {name: self._made_of(thing.facts, shared) for name, thing in load_things().items() if thing.facts}
        have["account"] = _have(self._letters, shared)
        have["papers"] = _have(self._with_files, shared)
        have["identity"] = _have(self._named, lambda origin: self._may_share(origin, purpose, names=True))
        answers = {letter: self._standing[letter].consents.get(CONTACT_AGAIN) for letter in self._letters}
        have["contact"] = _have(letter for letter, answer in answers.items() if answer == GIVEN)
        have["proofs"] = _have([self._case] if purpose in self._bundled_for else [])
        have["elements"] = _have([self._case] if self._is_assessed else [], lambda _: self._law_may_leave)
        return have

    def _by_word(self, thing: str, row: Holding | None, purpose: str) -> Have:
        stands = row is not None and (
            row.state == HELD or (row.state == CANNOT_BE_HAD and load_things()[thing].or_reason)
        )
        if row is None or not stands or self.is_gone(row):
            return Have.LACKS
        if thing == "elements" and not self._law_may_leave:
            return Have.NO_BASIS
        if row.item:
            may_share = self._may_share(self._place[row.item], purpose, names=thing in NAMES)
        else:
            # What was said of a whole case is no one person's agreement, whatever an older docket holds.
            agreed = set(row.purposes) if row.person else set()
            may_share = {purpose, *([PASS_IDENTITY] if thing in NAMES else [])} <= agreed
        return Have.HAS if may_share else Have.NO_BASIS

    def _may_share(self, origin: str, purpose: str, *, names: bool = False) -> bool:
        standing = replace(self._standing[origin], holds_identity=names)
        return isinstance(decide(standing, bases=SHARED_ON, purpose=purpose), Allowed)

    def _made_of(self, groups: Iterable[tuple[Part, ...]], shared: Callable[[str], bool]) -> Have:
        states = [_have(self._behind(group), shared) for group in groups]
        return min(states, key=WORST_FIRST.index)

    def _behind(self, parts: tuple[Part, ...]) -> list[str]:
        """Return the letters and sources that state one of these facts, in a value that counts: not those that deny."""
        said = [one for part in parts for one in self._facts.facts.get(part.fact, Fact()).said if part.is_met_by(one)]
        exhibits = [self._exhibits[one.claim] for one in said]
        return [self._origin[exhibit] for exhibit in exhibits if exhibit in self._origin]


def _standings(origins: set[str]) -> dict[str, Standing]:
    """Return what decides whether something of a letter or source may be shared."""
    published = set(Source.objects.filter(pk__in=origins, is_described=True).values_list("id", flat=True))
    letters = set(Letter.objects.filter(pk__in=origins).values_list("id", flat=True))
    consents, held = consents_of(letters), on_hold(letters)
    return {
        origin: Standing(origin=Origin.LETTER, consents=consents[origin], is_on_hold=origin in held)
        if origin in letters
        else Standing(origin=Origin.SOURCE, is_published=origin in published)
        for origin in origins
    }


def _have(origins: Iterable[str], may_share: Callable[[str], bool] = lambda _: True) -> Have:
    shared = [may_share(origin) for origin in origins]
    if not shared:
        return Have.LACKS
    return Have.HAS if any(shared) else Have.NO_BASIS
