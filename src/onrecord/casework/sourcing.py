"""Record sources: the captured bytes, what a person confirmed about them, and how they depend on each other.

What a tool proposes is kept beside the source and never becomes a value by itself: a person confirms it, or leaves
it empty.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from onrecord.casework import search
from onrecord.casework.docket import Docket
from onrecord.casework.entries.exhibits import ExhibitReceived
from onrecord.casework.entries.sources import SourceCaptured, SourceDescribed, SourcesRelated
from onrecord.casework.models import Source
from onrecord.casework.record.append import record
from onrecord.casework.texts import recordable
from onrecord.errors import BadInput, NotThere
from onrecord.ground.bounds import KIB
from onrecord.ground.canon import canonical
from onrecord.ground.clock import utc_text
from onrecord.ground.date_words import Order
from onrecord.ground.dates import parse_edtf
from onrecord.ground.ids import SourceId, SubjectId, new_id
from onrecord.ground.text import nfc
from onrecord.words.codebook import load_codebook

# A page with hundreds of captions fits; one that was made to fill the ledger does not.
PROPOSAL_BYTES = 128 * KIB


class NoSuchSource(NotThere):
    """There is no source of this identifier."""

    next_step = "List the sources with `onrecord source list`."


class RelatedToItself(BadInput):
    """A source cannot be related to itself."""

    next_step = "Name the other source."


class OrderUnknown(BadInput):
    """This is not an order in which a date can be read."""

    next_step = "Use day_first, month_first, year_first or month_named."


class FileChangedMeanwhile(BadInput):
    """The file changed while it was being captured; nothing was recorded."""

    next_step = "Wait until the program that writes it has finished, then capture it again."


@dataclass(frozen=True, slots=True)
class CapturedFile:
    """A captured file: what it is, its hash, and the text that a reader drew from it if it could be read."""

    name: str
    media_type: str
    sha256: str
    tool: str
    reading_text: str | None = None
    proposal: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """What a person confirms about a source. An empty text means: not known. `published` is EDTF."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    published_raw: str = ""
    reading_order: str = ""


def capture_source(docket: Docket, file: CapturedFile, content: Iterable[bytes]) -> SourceId:
    """Keep a captured file in the vault and record it as a source; raise FileChangedMeanwhile."""
    with docket.receiving():
        return _capture(docket, file, content)


def _capture(docket: Docket, file: CapturedFile, content: Iterable[bytes]) -> SourceId:
    source = SourceId(new_id())
    key = docket.subjects.create(SubjectId(source), "source")
    # A text that is the file itself, byte for byte, is read where it lies; any other is kept beside the file.
    text = None if file.reading_text is None else file.reading_text.encode()
    is_text = text is not None and hashlib.sha256(text).hexdigest() == file.sha256
    exhibits = [_receive(docket, key, file.name, file.media_type, content, is_reading_text=is_text)]
    if exhibits[0].sha256 != file.sha256:
        docket.vault.remove(exhibits[0].blob)
        raise FileChangedMeanwhile
    if text is not None and not is_text:
        made = {"made_from": exhibits[0].id, "tool": file.tool, "is_reading_text": True}
        exhibits.append(_receive(docket, key, "reading.txt", "text/plain", [text], **made))
    record(
        docket,
        SourceCaptured(
            source=source,
            captured_at=utc_text(docket.clock.now()),
            collector=docket.actor,
            tool=file.tool,
            media_type=file.media_type,
            proposal=_proposal(file.proposal),
            exhibits=tuple(exhibit.plain() for exhibit in exhibits),
        ),
        words=() if file.reading_text is None else [search.Words(source, exhibits[-1].id, file.reading_text)],
    )
    return source


def describe_source(docket: Docket, source: SourceId, description: Description) -> None:
    """Record what a person confirmed about a source; raise NoSuchSource, NotADate or OrderUnknown."""
    _existing(source)
    if description.reading_order not in ("", *Order):
        raise OrderUnknown
    if description.published:
        parse_edtf(description.published)
    record(
        docket,
        SourceDescribed(
            source=source,
            title=recordable(description.title),
            author=recordable(description.author),
            publisher=recordable(description.publisher),
            published=description.published,
            published_raw=recordable(description.published_raw),
            reading_order=description.reading_order,
        ),
    )


def relate_sources(docket: Docket, source: SourceId, relation: str, other: SourceId) -> None:
    """Record how one source stands to another, with a relation of the codebook (source_relation)."""
    load_codebook().vocabulary("source_relation").term(relation)
    if source == other:
        raise RelatedToItself
    _existing(source)
    _existing(other)
    record(docket, SourcesRelated(link=new_id(), source=source, relation=relation, other=other))


def _receive(
    docket: Docket, key: bytes, name: str, media_type: str, chunks: Iterable[bytes], **about: Any
) -> ExhibitReceived:
    received = docket.vault.receive(chunks, key)
    return ExhibitReceived(
        id=new_id(),
        name=nfc(name),
        media_type=media_type,
        size_bytes=received.size_bytes,
        sha256=received.sha256,
        blob=received.ct_sha256,
        **about,
    )


def _existing(source: str) -> Source:
    row = Source.objects.filter(pk=source).first()
    if row is None:
        raise NoSuchSource
    return row


def _proposal(proposal: dict[str, Any]) -> dict[str, Any]:
    """Return what a tool proposed; nothing where a page says so much of itself that no person could confirm it."""
    normal: dict[str, Any] = _in_normal_form(proposal)
    return normal if len(canonical(normal)) <= PROPOSAL_BYTES else {}


def _in_normal_form(value: Any) -> Any:
    if isinstance(value, str):
        return recordable(value)
    if isinstance(value, dict):
        return {key: _in_normal_form(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_in_normal_form(item) for item in value]
    return value
