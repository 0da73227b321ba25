"""Draw sources: captured, described by a person, related to each other, graded."""

from dataclasses import asdict

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.drawers.exhibits import draw_exhibits
from onrecord.casework.entries.sources import OriginGraded, SourceCaptured, SourceDescribed, SourcesRelated
from onrecord.casework.models import Grade, Source, SourceLink
from onrecord.ground.dates import parse_edtf


def source_captured(canvas: Canvas, index: int, entry: SourceCaptured) -> None:
    """Draw a captured source with its exhibits; what a tool proposed stays a proposal."""
    canvas.add(
        Source,
        id=entry.source,
        subject=entry.source,
        entry=index,
        captured_at=entry.captured_at,
        collector=entry.collector,
        tool=entry.tool,
        media_type=entry.media_type,
        proposal=entry.proposal,
        is_described=False,
        title="",
        author="",
        publisher="",
        published="",
        published_earliest=None,
        published_latest=None,
        published_raw="",
        reading_order="",
    )
    draw_exhibits(canvas, index, entry.source, "source", entry.exhibits)


def source_described(canvas: Canvas, index: int, entry: SourceDescribed) -> None:  # noqa: ARG001
    """Draw what a person confirmed about a source."""
    date = parse_edtf(entry.published) if entry.published else None
    canvas.change(
        Source,
        entry.source,
        is_described=True,
        title=entry.title,
        author=entry.author,
        publisher=entry.publisher,
        published=entry.published,
        published_earliest=date.earliest if date else None,
        published_latest=date.latest if date else None,
        published_raw=entry.published_raw,
        reading_order=entry.reading_order,
    )


def sources_related(canvas: Canvas, index: int, entry: SourcesRelated) -> None:
    """Draw how one source stands to another."""
    canvas.add(
        SourceLink,
        id=entry.link,
        subject=entry.source,
        entry=index,
        source=entry.source,
        relation=entry.relation,
        other=entry.other,
    )


def origin_graded(canvas: Canvas, index: int, entry: OriginGraded) -> None:
    """Draw the grade of a letter or a source."""
    values = asdict(entry)
    canvas.add(Grade, id=values.pop("grade"), subject=entry.origin, entry=index, **values)
