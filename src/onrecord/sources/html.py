"""Read a saved web page: what it says about itself in its metadata, beside what its visible text says.

The page is opened in the sandbox (vault.derive); only plain words and facts come here. Metadata stands first, because
it is whole where the visible line is not, and is marked as metadata, because no reader of the page ever saw it.
"""

from collections.abc import Mapping
from dataclasses import replace

from onrecord.ground.date_words import DateProposal, Order, read_dates
from onrecord.sources.page import read_pasted_article
from onrecord.sources.proposal import Proposal, Proposed, Reason


def read_saved_page(facts: Mapping[str, str], text: str, *, locale: str = "", order: Order | None = None) -> Proposal:
    """Return what a saved page says about itself, from the facts and the text that vault.derive made of it."""
    locale = locale or facts.get("language", "")
    seen = read_pasted_article(text, locale=locale, order=order)
    return replace(
        seen,
        title=_metadata(facts, "title") or seen.title,
        author=_metadata(facts, "author") or seen.author,
        publisher=_metadata(facts, "sitename") or seen.publisher,
        published=(*_metadata_dates(facts), *seen.published),
        standfirst=_metadata(facts, "description") or seen.standfirst,
    )


def _metadata(facts: Mapping[str, str], name: str) -> Proposed | None:
    value = facts.get(name, "").strip()
    return Proposed(value, None, None, Reason.PAGE_METADATA) if value else None


def _metadata_dates(facts: Mapping[str, str]) -> tuple[DateProposal, ...]:
    """Return the date of the metadata.

    LIMIT: the deriver also takes a date from the address or the text where the page declares none, and does not say so;
    a date in the future it drops.
    """
    return tuple(replace(proposal, start=None, end=None) for proposal in read_dates(facts.get("date", "")))
