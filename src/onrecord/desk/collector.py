"""Collect sealed letters from the spool and put boxes out, again and again, for as long as the desk is served.

A collection that fails is tried again; what failed is kept as a sentence and an id, without a word of a letter. The
thread may be stopped at any moment: intake.collect loses nothing and counts nothing twice.
"""

import threading
from datetime import timedelta

from django.db import connections
from django.db.utils import DatabaseError

from onrecord.desk.served import Served
from onrecord.errors import OnrecordError
from onrecord.ground.clock import utc_text
from onrecord.intake.boxes import place_of, put_boxes
from onrecord.intake.collect import collect

EVERY_SECONDS = 5.0
COMPARE_ALL_BOXES_EVERY = timedelta(hours=1)


class CollectingFailed(OnrecordError):
    """The letters in the spool could not be collected; they stay there."""

    next_step = "Look whether the disk is full and the spool can be read. It is tried again every few seconds."


class CollectingEnded(OnrecordError):
    """Letters are not collected any more, because of something nobody foresaw; they wait in the spool."""

    next_step = "Stop the desk and start it again. If it happens again, tell your operator the id shown here."


def keep_collecting(served: Served, every_seconds: float = EVERY_SECONDS) -> threading.Event:
    """Collect in a thread of its own until the returned event is set."""
    stop = threading.Event()

    def run() -> None:
        ended = CollectingEnded()
        try:
            while not stop.is_set():
                collect_once(served)
                served.unlocked.forget_idle()
                stop.wait(every_seconds)
        finally:
            # Said on the first page whichever way the thread ends; a page that keeps its last good hour would lie.
            served.collecting.failure, served.collecting.failure_id = ended.sentence(), ended.id

    threading.Thread(target=run, name="collector", daemon=True).start()
    return stop


def collect_once(served: Served) -> int:
    """Collect what waits, put out new boxes, return how many letters came; remember a failure, raise none."""
    docket, collecting = served.docket, served.collecting
    try:
        spool, boxes = place_of(docket)
        letters = sum(1 for _ in collect(docket, spool))
        now = docket.clock.now()
        if now - collecting.boxes_compared_at >= COMPARE_ALL_BOXES_EVERY:
            collecting.boxes_put_up_to, collecting.boxes_compared_at = -1, now
        collecting.boxes_put_up_to = put_boxes(boxes, after=collecting.boxes_put_up_to)
    except OnrecordError as error:
        collecting.failure, collecting.failure_id = error.sentence(), error.id
    except (OSError, DatabaseError):
        failed = CollectingFailed()
        collecting.failure, collecting.failure_id = failed.sentence(), failed.id
    else:
        collecting.failure = collecting.failure_id = ""
        collecting.last_ran_at = utc_text(docket.clock.now())
        return letters
    finally:
        connections.close_all()
    return 0
