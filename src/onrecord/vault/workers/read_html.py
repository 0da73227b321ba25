"""Read a saved page's words and what it says about itself: title, author, site, date, language. Asks no network.

All of it is a proposal for a person to confirm: pages lie about their dates, and so do the programs that read them.
"""

import trafilatura

FACTS = ("title", "author", "sitename", "date", "language", "description", "url")


def work(data: bytes) -> tuple[bytes, dict[str, str | None]]:
    """Return the page's text and facts; raise ValueError if there is no text to be found."""
    document = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
    if document is None:
        raise ValueError("no text")
    found = document if isinstance(document, dict) else document.as_dict()
    return (found["text"] or "").encode("utf-8"), {name: found.get(name) for name in FACTS}
