"""Ask a live door for one thing at a time, as a stranger would, and note what came: status, headers, bytes.

Nothing is followed and nothing is kept: what a redirect or a cookie would do to a reporter is what is looked for.
"""

import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection, parse_headers
from urllib.parse import SplitResult, urlsplit

from cryptography.x509 import load_der_x509_certificate

from onrecord.errors import BadInput, CheckFailed
from onrecord.ground.bounds import MIB

_PATIENCE_SECONDS = 60
_MOST_BYTES = 4 * MIB
_GZIP = 31
_SCHEMES = ("http", "https")
# An upload small enough that a web server's own limit does not refuse it before it is asked what to do with it.
_BEGUN_BYTES = MIB // 2
_MOST_LINE_BYTES = 1024


class NotADoorAddress(BadInput):
    """This is not the address of a door."""

    next_step = "It begins with http:// or https:// and names nothing below the host."


class DoorSilent(CheckFailed):
    """The door did not answer, or not as a web server does."""

    next_step = "Look whether it runs. For an onion address, use torsocks."


class CertificateRefused(CheckFailed):
    """The certificate of this door is not one that browsers take."""

    next_step = "Renew it and restart the door. To try an authority of your own, name its file in SSL_CERT_FILE."

    def __init__(self, why: str) -> None:
        super().__init__()
        self.hint = why


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


def door_address(url: str) -> SplitResult:
    """Read the address of a door, without the stroke at its end; raise NotADoorAddress."""
    try:
        address = urlsplit(url.rstrip("/"))
        is_one = address.scheme in _SCHEMES and address.hostname and address.port != 0 and not address.username
    except ValueError:
        raise NotADoorAddress from None
    if not is_one or address.path or address.query or address.fragment:
        raise NotADoorAddress
    return address


@dataclass(frozen=True, slots=True)
class Tls:
    """How a door is encrypted, and by whom and until when it is vouched for."""

    version: str
    protocol: str
    ends: datetime
    issuer: str


class Door:
    """A door, seen from outside."""

    def __init__(self, url: str, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        self.address = door_address(url)
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

    def answers_before_the_body_has_come(self) -> Answer | None:
        """Return what is said to an upload of which only the beginning has come, or None if nothing is said.

        A door looks at the address first, and answers. What stands in front of one and takes whole uploads first says
        nothing, or asks for the rest before the door could have refused it.
        """
        connection = self._connection()
        host, connection.timeout = self.address.netloc, self._patience_seconds
        head = f"POST /nothing/here/at/all HTTP/1.1\r\nHost: {host}\r\nContent-Length: {_BEGUN_BYTES}\r\n"
        try:
            connection.connect()
            connection.sock.sendall(f"{head}Expect: 100-continue\r\n\r\nthe beginning".encode())
            with connection.sock.makefile("rb") as answer:
                status = answer.readline(_MOST_LINE_BYTES).split()
                headers = {name.lower(): value for name, value in parse_headers(answer).items()}
            return Answer(int(status[1]), headers, b"", 0)
        except TimeoutError:
            return None
        except (OSError, HTTPException, ValueError, IndexError):
            raise DoorSilent from None
        finally:
            connection.close()

    def tls(self) -> Tls | None:
        """Return how this door is encrypted, or None without any; raise DoorSilent or CertificateRefused."""
        if self.address.scheme != "https":
            return None
        host, port = self.address.hostname or "", self.address.port or 443
        context = _context(host)
        context.set_alpn_protocols(["h2", "http/1.1"])
        try:
            with (
                socket.create_connection((host, port), self._patience_seconds) as plain,
                context.wrap_socket(plain, server_hostname=host) as spoken,
            ):
                certificate = load_der_x509_certificate(spoken.getpeercert(binary_form=True) or b"")
                issuer = certificate.issuer.rfc4514_string()
                version, protocol = spoken.version() or "", spoken.selected_alpn_protocol() or ""
                return Tls(version, protocol, certificate.not_valid_after_utc, issuer)
        except ssl.SSLCertVerificationError as error:
            raise CertificateRefused(error.verify_message) from None
        except (OSError, ValueError):
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
        host, port = self.address.hostname or "", self.address.port
        if self.address.scheme == "https":
            return HTTPSConnection(host, port, timeout=self._patience_seconds, context=_context(host))
        return HTTPConnection(host, port, timeout=self._patience_seconds)


def _context(host: str) -> ssl.SSLContext:
    """Return what judges a certificate: the authorities of this machine, or for an onion the address itself."""
    context = ssl.create_default_context()
    if host.endswith(".onion"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
