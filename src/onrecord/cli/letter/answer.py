"""Read what a door's answer says to a person, whether it comes as a plain text or as a page."""

from html.parser import HTMLParser
from http.client import HTTPResponse

# What is read of an answer, and shown of the words in it. A door's whole page is about ten kilobytes.
ANSWER_BYTES = 64 * 1024
WORDS_CHARACTERS = 600


def words_of(answer: HTTPResponse) -> str:
    """Return what an answer says to a person: a plain text, or the first lines of a page; empty if it says nothing."""
    text = answer.read(ANSWER_BYTES).decode("utf-8", errors="replace")
    if answer.headers.get_content_type() == "text/html":
        page = _FirstWords()
        page.feed(text)
        text = " ".join(page.paragraphs or page.heading)
    return " ".join(text.split())[:WORDS_CHARACTERS]


class _FirstWords(HTMLParser):
    """Collects the first heading of a page's main part and the paragraphs right after it, without their links."""

    def __init__(self) -> None:
        super().__init__()
        self.heading: list[str] = []
        self.paragraphs: list[str] = []
        self._open: list[str] = []
        self._has_ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._has_ended |= bool(self.heading) and tag in ("h1", "h2", "h3", "form")
        if tag == "p":  # a page may leave the end of a paragraph to the next one
            self.handle_endtag("p")
        if tag in ("main", "h1", "p", "a"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[self._open.index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._has_ended:
            return
        if self._open == ["main", "h1"]:
            self.heading.append(data)
        elif self._open == ["main", "p"]:
            self.paragraphs.append(data)
