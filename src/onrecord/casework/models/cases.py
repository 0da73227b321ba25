"""Who did what to whom: cases, events, acts, people, involvements; and patterns, which have no victim and no act.

Event, act and involvement are HURIDOCS' words with HURIDOCS' meaning.
"""

from django.db import models

from onrecord.casework.models.drawn import Drawn, Reference


class Case(Drawn):
    """A case of one or more events, under a name that says nothing about anybody in it."""

    name = models.CharField(max_length=100)


class Pattern(Drawn):
    """What recurs: indicators, area, period, groups and sources; no victim and no act."""

    name = models.CharField(max_length=100)
    code = models.CharField(max_length=60)


class Event(Drawn):
    """Something that happened, made up of one or more acts."""

    case = Reference()
    title = models.CharField(max_length=200)


class Person(Drawn):
    """An individual or a group; the name lies apart under the identity key."""

    case = Reference()
    counting_unit = models.CharField(max_length=20)
    number_min = models.IntegerField(null=True)
    number_best = models.IntegerField(null=True)
    number_max = models.IntegerField(null=True)
    basis = models.TextField()


class Act(Drawn):
    """One act done to one victim in one event; its type, time, place and means are claims."""

    case = Reference()
    event = Reference()
    victim = Reference()


class Involvement(Drawn):
    """A tie between a perpetrator and an act, with a degree."""

    act = Reference()
    perpetrator = Reference()
    degree = models.CharField(max_length=60)
