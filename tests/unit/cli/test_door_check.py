"""`door check` finds nothing wrong with a door as it is, and names what stands in front of it or was changed."""

import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from onrecord.cli.app import run
from onrecord.cli.door.check import GOOD, LOOK, WRONG, look
from onrecord.cli.door.looking import Door, NotADoorAddress
from onrecord.ground.clock import SystemClock
from running_door import RunningDoor, running_door
from waiting import PATIENCE_SECONDS


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    with running_door(tmp_path_factory.mktemp("door"), free_port()) as running:
        yield running


def free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return int(server.server_address[1])


class InFront(BaseHTTPRequestHandler):
    """A web server before a door that takes whole uploads first, names itself, and sets a cookie."""

    door = ""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        answer = Door(self.door).get(self.path)
        self.send_response(answer.status)  # sends Server and Date too
        self.send_header("Set-Cookie", "seen=1")
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_error(404)


class AskingForMore(InFront):
    """One that asks for the rest of an upload, where the door would have refused it."""

    protocol_version = "HTTP/1.1"


class RefusingLarge(InFront):
    """One that has a limit of its own for uploads."""

    def do_POST(self) -> None:
        self.send_error(413)


@pytest.fixture(params=[InFront, AskingForMore, RefusingLarge])
def in_front(door: RunningDoor, request: pytest.FixtureRequest) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("InFront", (request.param,), {"door": door.address}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_nothing_is_wrong_with_a_door_as_it_is(door):
    findings = list(look(Door(door.address, patience_seconds=PATIENCE_SECONDS), SystemClock(), door.keys.file))

    assert [finding for finding in findings if finding.state == WRONG] == []
    seen = {finding.what: finding.state for finding in findings}
    assert seen["uploads"] == seen["mailbox"] == seen["root key"] == seen["clock"] == seen["keys end"] == GOOD
    assert seen["pages of /"] == seen["pages of en"] == seen["pages of ar"] == GOOD
    assert seen["languages"] == seen["script seal.js"] == GOOD
    assert seen["drafts"] == seen["transport"] == seen["kits"] == seen["onion"] == LOOK


def test_what_stands_in_front_of_a_door_is_found_out(in_front):
    findings = list(look(Door(in_front, patience_seconds=15), SystemClock()))

    wrong = {finding.what for finding in findings if finding.state == WRONG}
    assert {"uploads", "what stands in front", "pages of /", "pages of en", "mailbox"} <= wrong
    assert all(finding.todo for finding in findings if finding.state != GOOD)


def test_a_door_of_another_docket_is_found_out(door, tmp_path, capsys):
    from running_door import lasting_keys

    (tmp_path / "keyset.json").write_bytes(lasting_keys().file)

    code = run(["door", "check", door.address, "--keyset", str(tmp_path / "keyset.json"), "--json"])

    (wrong,) = [item for item in json.loads(capsys.readouterr().out)["items"] if item["state"] == WRONG]
    assert (code, wrong["what"]) == (1, "keyset")


def test_the_command_says_all_is_well_in_a_table_and_by_its_exit_code(door, capsys):
    code = run(["door", "check", door.address])

    assert code == 0
    assert "pages of en" in capsys.readouterr().out


NO_DOORS = ["ftp://door.example", "door.example", "http://door.example/en/", "http://", "http://door.example:port"]


def test_a_door_that_speaks_tls_itself_says_until_when_and_by_whom_it_is_vouched_for(tls_door, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(tls_door.certificate))

    seen = {finding.what: finding for finding in look(Door(tls_door.address), SystemClock())}

    assert [finding for finding in seen.values() if finding.state == WRONG] == []
    assert (seen["transport"].state, seen["uploads"].state) == (GOOD, GOOD)
    assert (seen["certificate"].state, "8 days left, from CN=Example authority") == (LOOK, seen["certificate"].seen)


def test_a_certificate_that_no_browser_takes_is_said_with_the_reason(tls_door, monkeypatch, capsys):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)

    code = run(["door", "check", tls_door.address])

    said = capsys.readouterr().err
    assert code == 1
    assert "not one that browsers take" in said and "self-signed" in said


@pytest.fixture(scope="module")
def tls_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDoor]:
    """A door that speaks TLS itself, with a certificate for nine days of an authority that nobody knows."""
    folder, port = tmp_path_factory.mktemp("tls"), free_port()
    subject = ["-subj", "/CN=Example authority", "-addext", "subjectAltName=DNS:localhost"]
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "9"]
    written = ["-keyout", folder / "key.pem", "-out", folder / "chain.pem"]
    subprocess.run([*new, *subject, *written], check=True, capture_output=True)
    with running_door(folder, port, tls=(folder / "chain.pem", folder / "key.pem")) as running:
        yield running


@pytest.mark.parametrize("url", [*NO_DOORS, "http://[door", "http://me@door.example", "http://door.example/#en"])
def test_what_is_not_the_address_of_a_door_is_refused(url):
    with pytest.raises(NotADoorAddress):
        Door(url)


def test_a_door_that_does_not_answer_is_said(capsys):
    code = run(["door", "check", "http://127.0.0.1:9"])

    assert code == 1
    assert "did not answer" in capsys.readouterr().err
