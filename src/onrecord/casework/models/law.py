"""What was held against the law: assessments, signatures, overrides, prints, and submissions with what is known."""

from django.db import models

from onrecord.casework.models.drawn import Drawn, Reference


class Assessment(Drawn):
    """The facts on file about one victim, held against one version of the law data. Never changed, only followed."""

    case = Reference()
    person = Reference()
    event = Reference(blank=True)  # empty: all that was done to the person, taken together
    law_version = models.CharField(max_length=40)
    law_sha256 = models.CharField(max_length=64)
    facts = models.JSONField()
    evidence = models.JSONField()
    derived = models.JSONField()
    elements = models.JSONField()
    provisions = models.JSONField()
    flags = models.JSONField()
    open_points = models.JSONField()
    risks = models.JSONField()
    earlier = Reference(blank=True)


class PlaceOverride(Drawn):
    """What a member said the status of an event's place was, and why. The newest one of an event counts."""

    case = Reference()
    event = Reference()
    status = models.CharField(max_length=40)
    reason = models.TextField()


class UnsignedAllowance(Drawn):
    """A lead's decision that unsigned law may be printed and leave with this case, and why."""

    case = Reference()
    law_sha256 = models.CharField(max_length=64)
    reason = models.TextField()
    withdrawn_because = models.TextField()


class MatrixPrint(Drawn):
    """A sheet that was printed: for whom, on which bases, what stood on it and what was left out."""

    case = Reference()
    person = Reference()
    event = Reference(blank=True)
    law_version = models.CharField(max_length=40)
    law_sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    basis = models.JSONField()
    reason = models.TextField()
    claims = models.JSONField()
    texts = models.JSONField()
    left_out = models.JSONField()
    elements = models.JSONField()
    provisions = models.JSONField()
    shown = models.JSONField()
    allowance = Reference(blank=True)
    log_size = models.BigIntegerField()


class ProvisionSignature(Drawn):
    """A named lawyer's signature under one version of a provision."""

    provision = models.CharField(max_length=60, db_index=True)
    law_version = models.CharField(max_length=40)
    law_sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    lawyer = models.TextField()
    qualification = models.TextField()
    on = models.CharField(max_length=10)
    remarks = models.TextField()
    withdrawn_because = models.TextField()
    withdrawn_entry = models.BigIntegerField(null=True)


class Holding(Drawn):
    """What a member said about a thing that submissions need. The newest word counts; the earlier ones stay."""

    case = Reference()
    person = Reference(blank=True)
    thing = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    item = Reference(blank=True)
    where = models.TextField()
    reason = models.TextField()
    purposes = models.JSONField()
    agreed_by = models.TextField()
    agreed_on = models.CharField(max_length=60)


class Submission(Drawn):
    """A submission to a forum, with the newest of what is known about it."""

    case = Reference()
    person = Reference(blank=True)
    forum = models.CharField(max_length=60)
    language = models.CharField(max_length=35)
    deadline = models.CharField(max_length=60)
    sent_on = models.CharField(max_length=60)
    reference = models.TextField()
    reply = models.TextField()
    next_date = models.CharField(max_length=60)


class SubmissionNote(Drawn):
    """One piece of news about a submission, as it was noted."""

    submission = Reference()
    language = models.CharField(max_length=35)
    deadline = models.CharField(max_length=60)
    sent_on = models.CharField(max_length=60)
    reference = models.TextField()
    reply = models.TextField()
    next_date = models.CharField(max_length=60)
    remarks = models.TextField()
