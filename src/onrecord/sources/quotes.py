"""Find quotation marks without a partner: there a court could not tell whose words are whose."""

from collections.abc import Iterator

from onrecord.sources.lines import Line
from onrecord.sources.proposal import Proposed, Reason

STRAIGHT = '"'
OPENING = {"«": "»", "“": "”", "„": "“”"}
CLOSING = {"»", "”"}


def quote_defects(lines: tuple[Line, ...]) -> tuple[Proposed, ...]:
    """Return every mark without a partner, paragraph by paragraph.

    A quotation of several paragraphs opens each of them and closes the last only: that is a custom, not a defect.
    LIMIT: a page that writes ”…” on both sides is read as if each mark closed.
    """
    found: list[Proposed] = []
    for position, line in enumerate(lines):
        following = lines[position + 1].span.text if position + 1 < len(lines) else ""
        for defect in _defects_of(line):
            is_custom = defect.reason is Reason.OPENING_WITHOUT_CLOSING and following.startswith(defect.value)
            if not is_custom:
                found.append(defect)
    return tuple(found)


def _defects_of(line: Line) -> Iterator[Proposed]:
    text, start = line.span.text, line.span.start
    open_marks: list[tuple[str, int]] = []
    for offset, mark in enumerate(text, start):
        if open_marks and mark in OPENING[open_marks[-1][0]]:
            open_marks.pop()
        elif mark in OPENING:
            open_marks.append((mark, offset))
        elif mark in CLOSING:
            yield Proposed(mark, offset, offset + 1, Reason.CLOSING_WITHOUT_OPENING)
    for mark, offset in open_marks:
        yield Proposed(mark, offset, offset + 1, Reason.OPENING_WITHOUT_CLOSING)
    if text.count(STRAIGHT) % 2:
        last = start + text.rindex(STRAIGHT)
        yield Proposed(STRAIGHT, last, last + 1, Reason.ODD_NUMBER_OF_MARKS)
