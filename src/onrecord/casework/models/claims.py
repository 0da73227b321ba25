"""Claims: one attributed assertion each, resting on a passage; values, attribution and grades hang on it."""

from django.db import models

from onrecord.casework.models.drawn import Drawn, Reference


class Passage(Drawn):
    """A span of an exhibit's text: character offsets, the words and their hash."""

    exhibit = Reference()
    start = models.IntegerField()
    end = models.IntegerField()
    quote = models.TextField()
    quote_sha256 = models.CharField(max_length=64)


class Claim(Drawn):
    """One attributed assertion in a case or a pattern."""

    holder = Reference()
    holder_kind = models.CharField(max_length=10)
    act = Reference(blank=True)
    person = Reference(blank=True)
    kind = models.CharField(max_length=40)
    passage = Reference()
    exhibit = Reference()
    connection = models.CharField(max_length=40)
    manner = models.TextField()
    stance = models.CharField(max_length=12)
    reliability = models.CharField(max_length=1)
    credibility = models.CharField(max_length=1)
    withdrawn_because = models.TextField()


class ClaimValue(Drawn):
    """One coded value of a claim: a field of the law's facts or of the codebook, and its mode where it has one."""

    claim = Reference()
    place = models.IntegerField()
    field = models.CharField(max_length=80, db_index=True)
    value = models.TextField()
    mode = models.CharField(max_length=20)


class Attribution(Drawn):
    """One link of the chain by which a claim reached us, nearest to the words first."""

    claim = Reference()
    place = models.IntegerField()
    kind = models.CharField(max_length=10)
    source = Reference(blank=True)
    name = models.TextField()
