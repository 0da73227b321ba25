"""Letters as received and opened, the consent they carry, and every exhibit in the vault."""

from django.db import models

from onrecord.casework.models.drawn import Drawn, Reference


class Letter(Drawn):
    """A letter that arrived at the door: sealed, opened or quarantined."""

    class State(models.TextChoices):
        """How far the letter has come."""

        SEALED = "sealed", "sealed"
        OPENED = "opened", "opened"
        QUARANTINED = "quarantined", "quarantined"

    sealed_sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.BigIntegerField()
    blob = models.CharField(max_length=64)
    parts = models.JSONField()
    arrived_on = models.CharField(max_length=10)
    state = models.CharField(max_length=12, choices=State.choices, db_index=True)
    reason = models.CharField(max_length=40)
    form = models.CharField(max_length=64)
    tier = models.CharField(max_length=1)
    language = models.CharField(max_length=35)
    path = models.CharField(max_length=12)
    answers = models.JSONField()
    prompted = models.JSONField()
    identity_blob = models.CharField(max_length=64)
    reporter = models.JSONField(null=True)
    mailbox = Reference(blank=True)
    continues = Reference(blank=True)
    counter = models.BigIntegerField()
    body_sha256 = models.CharField(max_length=64)


class Consent(Drawn):
    """What a reporter allows for one purpose, with the hash of the wording that was shown."""

    letter = Reference()
    purpose = models.CharField(max_length=64)
    state = models.CharField(max_length=64)
    wording_sha256 = models.CharField(max_length=64)


class Exhibit(Drawn):
    """A file or text kept bit-exact in the vault."""

    origin = Reference()
    origin_kind = models.CharField(max_length=10)
    place = models.IntegerField()
    name = models.TextField()
    media_type = models.CharField(max_length=100)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    blob = models.CharField(max_length=64)
    made_from = Reference(blank=True)
    tool = models.CharField(max_length=100)
    is_reading_text = models.BooleanField()
