"""Ask a live door for one thing at a time, as a stranger would, and note what came: status, headers, bytes.

Nothing is followed and nothing is kept: what a redirect or a cookie would do to a reporter is what is looked for.
"""

import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from onrecord.errors import BadInput, CheckFailed
from onrecord.ground.bounds import MIB

_PATIENCE_SECONDS = 60
_MOST_BYTES = 4 * MIB
_GZIP = 31
_KINDS: Mapping[str, type[HTTPConnection]] = {"http": HTTPConnection, "https": HTTPSConnection}


class NotADoorAddress(BadInput):
    """This is not the address of a door."""

    next_step = "It begins with http:// or https:// and names nothing below the host."


class DoorSilent(CheckFailed):
    """The door did not answer, or not as a web server does."""

    next_step = "Look whether it runs and whether its certificate is right. For an onion address, use torsocks."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door said."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    sent_bytes: int

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")


class Door:
    """A door, seen from outside."""

    def __init__(self, url: str, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        address = urlsplit(url)
        if address.scheme not in _KINDS or not address.hostname or address.path.strip("/") or address.query:
            raise NotADoorAddress
        self.address: SplitResult = address
        self._patience_seconds = patience_seconds

    def get(self, path: str) -> Answer:
        """Ask for a page; raise DoorSilent."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a small form as a page would; raise DoorSilent."""
        boundary = "-----------------------------onrecord"
        part = '--{}\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        body = "".join(part.format(boundary, *field) for field in fields.items()) + f"--{boundary}--\r\n"
        return self._ask("POST", path, body.encode(), f"multipart/form-data; boundary={boundary}")

    def answers_before_the_body_has_come(self) -> bool:
        """Tell whether a refused upload is refused at once. What waits for all of it keeps it somewhere, in clear."""
        connection = self._connection()
        connection.timeout = self._patience_seconds
        try:
            connection.putrequest("POST", "/nothing/here/at/all", skip_accept_encoding=True)
            connection.putheader("Content-Length", str(64 * MIB))
            connection.putheader("Content-Type", "application/octet-stream")
            connection.endheaders(b"the beginning and no more")
            return connection.getresponse().status >= 400
        except TimeoutError:
            return False
        except (OSError, HTTPException):
            raise DoorSilent from None
        finally:
            connection.close()

    def tls(self) -> str | None:
        """Return the version of TLS that is spoken, or None without any; raise DoorSilent."""
        if self.address.scheme != "https":
            return None
        host = self.address.hostname or ""
        try:
            with (
                socket.create_connection((host, self.address.port or 443), self._patience_seconds) as plain,
                ssl.create_default_context().wrap_socket(plain, server_hostname=host) as spoken,
            ):
                return spoken.version()
        except OSError:
            raise DoorSilent from None

    def _ask(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> Answer:
        connection = self._connection()
        named: dict[str, str] = {}
        headers = {"Accept-Encoding": "gzip"} | ({"Content-Type": content_type} if body else {})
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                named[name.lower()] = f"{named[name.lower()]}, {value}" if name.lower() in named else value
            sent = answer.read(_MOST_BYTES)
            body = zlib.decompressobj(_GZIP).decompress(sent, _MOST_BYTES) if named.get("content-encoding") else sent
            return Answer(answer.status, named, body, len(sent))
        except (OSError, HTTPException, zlib.error):
            raise DoorSilent from None
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        kind = _KINDS[self.address.scheme]
        return kind(self.address.hostname or "", self.address.port, timeout=self._patience_seconds)
