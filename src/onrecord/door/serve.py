"""Run one door, saying nothing about anybody who comes.

The door refuses to start beside docket keys: on one machine they would make "the door cannot read" untrue. It speaks
TLS itself or listens on loopback behind an onion service. A proxy in between would hold uploads on its disk, in
clear.
"""

import ipaddress
import os
import resource
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from onrecord.door.connection import PatientConnection
from onrecord.door.processes import answer_in
from onrecord.errors import BadInput, Refused
from onrecord.settings import FILE_NAME, DocketSettings

# Nothing about a request is ever written, wherever a library would like to: the root of all logs leads nowhere.
_SILENT: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["nowhere"], "level": "CRITICAL"},
}
_SECONDS_TO_FINISH: Final = 30
_CONNECTIONS_WAITING: Final = 1024

# Where programs and their data usually lie. The folders in them are looked at, and nothing below those.
_ROOMS: Final = (Path("/srv"), Path("/var/lib"), Path("/opt"))
_FOLDERS_LOOKED_AT: Final = 10_000


class CannotListen(BadInput):
    """The door cannot listen at this address: another program does, or this machine does not have it."""

    next_step = "Stop the other program, or give another --host and --port."


class DocketKeysHere(Refused):
    """Keys of a docket lie on this machine, so no door opens here."""

    next_step = "Run the door on another machine, with what `onrecord door export` writes."


class NotEncrypted(Refused):
    """This door would be reached from elsewhere without encryption."""

    next_step = "Give --certificate and --key, or listen on 127.0.0.1 behind an onion service."


class CertificateIncomplete(Refused):
    """A certificate and its key belong together, and one of them is missing."""

    next_step = "Give both --certificate and --key."


@dataclass(frozen=True, slots=True)
class Address:
    """Where a door listens."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine reaches the address."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def check_place(
    address: Address,
    *,
    folders: tuple[Path, ...],
    is_example: bool,
    environment: Mapping[str, str] = os.environ,
    rooms: tuple[Path, ...] = _ROOMS,
) -> None:
    """Raise a Refused where a door must not open: beside docket keys, or open to others without encryption.

    Docket keys are looked for above the door's folders and above the working folder, in the user's home, and in rooms.
    An example door that only this machine reaches may stand beside example dockets, and beside no other.
    LIMIT: one that lies deeper or elsewhere, on a disk not mounted, or where this user may not read is missed.
    """
    if (address.certificate is None) != (address.key is None):
        raise CertificateIncomplete
    if not address.is_loopback and address.certificate is None:
        raise NotEncrypted
    for docket in _dockets(folders, environment, rooms):
        if not (is_example and address.is_loopback and _is_example(docket)):
            raise DocketKeysHere


def swap_is_on(table: Path = Path("/proc/swaps")) -> bool:
    """Tell whether this machine may write its memory to a disk, and words of tier C with it."""
    return table.exists() and len(table.read_text(encoding="utf-8").splitlines()) > 1


def listen(address: Address) -> list[socket.socket]:
    """Take the address, so that nobody else can; raise CannotListen. A name may stand for several addresses."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        places = {(family, place) for family, _, _, _, place in found}
        listeners = [socket.create_server(place, family=family) for family, place in places]
    except OSError:
        raise CannotListen from None
    for listener in listeners:
        # Connections inherit it. Without it an answer in two pieces waits 40 ms for the first to be acknowledged.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listeners


def serve(application: ASGIApp, address: Address, listeners: list[socket.socket], *, processes: int = 1) -> None:
    """Answer requests until the process is told to stop."""
    os.umask(0o077)
    # A crash must not write what is in memory to a disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    config = uvicorn.Config(
        application,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
        log_config=_SILENT,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        http=PatientConnection,
        loop="asyncio",
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        backlog=1,
    )
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a door is closed
        answer_in(processes, lambda: _Server(config).run(listeners))


class _Server(uvicorn.Server):
    """Takes one waiting connection at a time, so that another process takes the next; many may wait."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # asyncio takes as many connections at once as it lets wait, so what may wait is set anew behind its back.
        for each in sockets or ():
            each.listen(_CONNECTIONS_WAITING)


def _dockets(folders: tuple[Path, ...], environment: Mapping[str, str], rooms: tuple[Path, ...]) -> Iterator[Path]:
    """Yield every folder that is named as a docket, looks like one, or holds keys above the door's own folders."""
    if "ONRECORD_DOCKET" in environment:
        yield Path(environment["ONRECORD_DOCKET"])
    for place in (folder.resolve() for folder in folders):
        yield from (above for above in (place, *place.parents) if _has_settings(above) or _has_keys(above))
    near = (Path.cwd(), *Path.cwd().parents, *_with_what_is_in((*_homes(environment), *rooms)))
    # In other people's folders `keys` alone may mean anything.
    yield from (folder for folder in near if _has_settings(folder) and _has_keys(folder))


def _has_settings(folder: Path) -> bool:
    with suppress(OSError):
        return (folder / FILE_NAME).exists()
    return False


def _has_keys(folder: Path) -> bool:
    with suppress(OSError):
        return (folder / "keys").is_dir()
    return False


def _is_example(docket: Path) -> bool:
    with suppress(OSError, BadInput):
        return DocketSettings.read(docket).example
    return False


def _homes(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the user's home folder; a service may run without one."""
    with suppress(RuntimeError):
        yield Path(environment["HOME"]) if "HOME" in environment else Path.home()


def _with_what_is_in(rooms: Iterable[Path]) -> Iterator[Path]:
    for room in rooms:
        yield room
        with suppress(OSError):
            yield from islice(room.iterdir(), _FOLDERS_LOOKED_AT)
