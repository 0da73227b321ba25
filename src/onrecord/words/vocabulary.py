"""Controlled words: what a term covers, what it is called in each language, and which broader term it falls under.

A code never changes its meaning and is never deleted; what should no longer be used is marked as deprecated and stays
readable in old records. Nothing here knows a state, a party or a case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from onrecord.errors import BadInput

FALLBACK_LANGUAGE = "en"


class NotInCodebook(BadInput):
    """This word is not in the codebook."""

    next_step = "Use one of the codes that docs/CODEBOOK.md tells how to list."

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.hint = hint  # names of our own data only, never what was typed: that may be a word of a case


class UnknownVocabulary(NotInCodebook):
    """The codebook has no vocabulary of this name."""


class UnknownTerm(NotInCodebook):
    """The vocabulary has no term of this code."""


@dataclass(frozen=True, slots=True)
class Term:
    """One controlled word of one vocabulary."""

    vocabulary: str
    code: str
    labels: Mapping[str, str]
    definition: str
    include: str | None
    exclude: str | None
    parent: str | None
    modes: tuple[str, ...]
    maps: Mapping[str, str]
    indicators: Mapping[str, tuple[str, ...]]
    signs: tuple[str, ...]
    is_deprecated: bool
    is_universal: bool

    def label(self, language: str) -> str:
        """Return what the term is called in a language, else in its base language, else in English."""
        for tag in (language, language.split("-")[0], FALLBACK_LANGUAGE):
            if tag in self.labels:
                return self.labels[tag]
        return self.code


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A list of terms of which a coder chooses; `mode` names the vocabulary that says in which mode each was used."""

    name: str
    about: str
    mode: str | None
    terms: Mapping[str, Term]

    def term(self, code: str) -> Term:
        """Return the term of a code; raise UnknownTerm with the nearest codes as a hint."""
        if code not in self.terms:
            raise UnknownTerm(nearest(code, self.terms))
        return self.terms[code]

    def lineage(self, code: str) -> Iterator[str]:
        """Yield a term's code, then that of its broader term, and so on to the broadest."""
        step: str | None = code
        while step is not None:
            yield step
            step = self.term(step).parent


@dataclass(frozen=True, slots=True)
class Codebook:
    """All vocabularies of one version."""

    version: str
    vocabularies: Mapping[str, Vocabulary]

    def vocabulary(self, name: str) -> Vocabulary:
        """Return a vocabulary; raise UnknownVocabulary with the nearest names as a hint."""
        if name not in self.vocabularies:
            raise UnknownVocabulary(nearest(name, self.vocabularies))
        return self.vocabularies[name]

    def covers(self, vocabulary: str, broader: str, narrower: str) -> bool:
        """Tell whether a rule or a search on `broader` also takes `narrower`: the same term or one below it."""
        words = self.vocabulary(vocabulary)
        return words.term(broader).code in words.lineage(narrower)


def nearest(name: str, names: Mapping[str, object]) -> str:
    """Return the names most like a mistyped one, for a hint; empty when none is near."""
    return ", ".join(get_close_matches(name, names, n=3, cutoff=0.5))
