"""Run one door in one process, saying nothing about anybody who comes.

The door refuses to start beside docket keys: on one machine they would make "the door cannot read" untrue. It speaks
TLS itself or listens on loopback behind an onion service. A proxy in between would hold uploads on its disk, in
clear.
"""

import ipaddress
import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from onrecord.errors import Refused

# Nothing about a request is ever written, wherever a library would like to: the root of all logs leads nowhere.
_SILENT: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["nowhere"], "level": "CRITICAL"},
}
_SECONDS_TO_FINISH: Final = 30


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
    address: Address, *, folders: tuple[Path, ...], is_example: bool, environment: Mapping[str, str] = os.environ
) -> None:
    """Raise a Refused where a door must not open: beside docket keys, or open to others without encryption."""
    if (address.certificate is None) != (address.key is None):
        raise CertificateIncomplete
    if not address.is_loopback and address.certificate is None:
        raise NotEncrypted
    is_practice = is_example and address.is_loopback
    if not is_practice and ("ONRECORD_DOCKET" in environment or any(map(_lies_in_docket, folders))):
        raise DocketKeysHere


def swap_is_on(table: Path = Path("/proc/swaps")) -> bool:
    """Tell whether this machine may write its memory to a disk, and words of tier C with it."""
    return table.exists() and len(table.read_text(encoding="utf-8").splitlines()) > 1


def serve(application: ASGIApp, address: Address) -> None:
    """Answer requests until the process is told to stop."""
    os.umask(0o077)
    # A crash must not write what is in memory to a disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    uvicorn.run(
        application,
        host=address.host,
        port=address.port,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
        log_config=_SILENT,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        http="h11",
        loop="asyncio",
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )


def _lies_in_docket(folder: Path) -> bool:
    place = folder.resolve()
    return any((parent / "docket.toml").exists() or (parent / "keys").is_dir() for parent in (place, *place.parents))
