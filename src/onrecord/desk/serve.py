"""Serve the desk to this machine: one process holds every key that is unlocked, and answers every request.

granian runs one worker, which is forked from the process that the operator's passphrase was typed into. The docket is
opened anew in the worker, so that no database connection crosses the fork. Members sign in to the worker, so their
keys are in its memory alone. No key and no passphrase is ever in an argument, in the environment or on disk.

LIMIT: the parent process keeps the operator's keys (database, log, collector) too, for as long as it waits for the
worker.
"""

import multiprocessing
import socket
from contextlib import closing
from typing import Any

import django
from django.contrib.sessions.models import Session
from django.core.wsgi import get_wsgi_application
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from onrecord.casework.docket import Docket
from onrecord.casework.record.erase import finish_erasures
from onrecord.casework.record.sweep import sweep
from onrecord.desk import served
from onrecord.desk.collector import keep_collecting
from onrecord.errors import BadInput

LOOPBACK = "127.0.0.1"
# A page takes milliseconds; opening a letter or reading a picture in the sandbox takes seconds: a few may wait.
THREADS = 8
WAITING = 128


class PortTaken(BadInput):
    """Another program listens on the desk's port already."""

    next_step = "Stop it, or set desk_port in docket.toml to another number."


def serve(docket: Docket, port: int | None = None) -> None:
    """Serve a docket until SIGTERM or SIGINT; raise DocketBusy if another program serves it, or PortTaken."""
    port = port or docket.settings.desk_port
    with docket.serving():
        _check_port(port)
        connections.close_all()
        # Whatever holds open keys cannot be handed to a program that starts from nothing: the worker must be a fork.
        multiprocessing.set_start_method("fork", force=True)
        server = Granian(
            "onrecord.desk",
            address=LOOPBACK,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=THREADS,
            backpressure=WAITING,
            http=HTTPModes.http1,
            websockets=False,
            log_enabled=False,
            log_access=False,
        )
        server.serve(target_loader=lambda: application(docket), wrap_loader=False)


def application(docket: Docket) -> Any:
    """Return the desk as a WSGI application that serves a docket opened anew in this process, and begin to collect."""
    django.setup()
    docket = Docket.open(docket.folder, docket.keyring, docket.clock)
    here = served.begin(docket)
    # Sessions of an earlier process: their keys are forgotten, so they open nothing and only take room.
    Session.objects.all().delete()
    finish_erasures(docket)
    sweep(docket)
    keep_collecting(here)
    return get_wsgi_application()


def _check_port(port: int) -> None:
    with closing(socket.socket()) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            raise PortTaken from None
