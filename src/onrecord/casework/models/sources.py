"""Captured publications: what they say of themselves, what a person confirmed, how they depend on each other."""

from django.db import models

from onrecord.casework.models.drawn import Drawn, Reference


class Source(Drawn):
    """A captured publication or document."""

    captured_at = models.CharField(max_length=20)
    collector = models.CharField(max_length=32)
    tool = models.CharField(max_length=100)
    media_type = models.CharField(max_length=100)
    proposal = models.JSONField()
    is_described = models.BooleanField()
    title = models.TextField()
    author = models.TextField()
    publisher = models.TextField()
    published = models.CharField(max_length=60)
    published_earliest = models.DateField(null=True)
    published_latest = models.DateField(null=True)
    published_raw = models.TextField()
    reading_order = models.CharField(max_length=20)


class SourceLink(Drawn):
    """How one source stands to another: a copy never counts as corroboration."""

    source = Reference()
    relation = models.CharField(max_length=40)
    other = Reference()


class Grade(Drawn):
    """How a person graded a letter or a source, and why. The newest one counts, for every claim that has none."""

    origin = Reference()
    reliability = models.CharField(max_length=1)
    credibility = models.CharField(max_length=1)
    reason = models.TextField()
