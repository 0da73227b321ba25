"""What passes between desk and reporter: replies with their sealed boxes, requests to erase, yeses given when asked."""

from django.db import models

from onrecord.casework.models.drawn import Drawn, Reference


class Reply(Drawn):
    """A box that was sealed for the writer of a first letter, and the message that was new in it, if any."""

    letter = Reference()
    counter = models.BigIntegerField()
    mailbox = Reference()
    month = models.CharField(max_length=7)
    opened = models.CharField(max_length=7)
    box = models.TextField()
    number = models.BigIntegerField()  # 0 where no message is new: the acknowledgement
    kind = models.CharField(max_length=10)
    text = models.TextField()
    why = models.TextField()


class Hold(Drawn):
    """A request to erase, by the later letter that makes it; in force until it is lifted with a reason."""

    letter = Reference()
    tier = models.CharField(max_length=1)
    lifted_because = models.TextField()


class Confirmation(Drawn):
    """A yes to one purpose from a reporter who wants to be asked each time."""

    letter = Reference()
    purpose = models.CharField(max_length=64)
    said_in = Reference()
