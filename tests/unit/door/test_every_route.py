"""Every address of the door, asked by Schemathesis with what its description allows and with what it forbids.

The description is made from the door's own routes, so an address that is added later is asked too. The door runs in
this process. A person reads the answers: none is a failure of the server, and none repeats what came beside a form.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from starlette.routing import Route

from invented_door import InventedDoor
from onrecord.door.headers import HEADERS
from onrecord.ground.bounds import KIB

CANARY = "invented-canary"
BESIDE = dict.fromkeys(("user-agent", "referer", "cookie", "accept-language", "x-forwarded-for"), CANARY)
# What the longest page and a box weigh before anything typed is shown again.
PAGE_BYTES = 128 * KIB
ANSWERS = {200, 400, 404, 413, 415, 422}
TEXT = {"type": "string", "maxLength": 200}
BYTES = {"type": "string", "format": "binary"}
WRITTEN = {"account": TEXT, "when": TEXT, "name": TEXT, "receipt": {"enum": ["yes", "no"]}, "subject": {"const": ""}}
FIELDS = {
    "searched": WRITTEN,
    "safe": WRITTEN | {"files": BYTES},
    "sealed": {"work": TEXT, "hour": TEXT, "letter": BYTES},
    "check": {"proof": TEXT, "words": TEXT},
    "return": {"words": TEXT},
    "box": {"box": {"type": "string", "pattern": "^[0-9a-f]{22}$"}, "more": TEXT, "erase": {"const": "yes"}},
}
PLACES = {
    "language": {"enum": ["en", "uk", "ar"]},
    "page": {"enum": ["how", "rights", "limits"]},
    "script": {"enum": ["seal", "return", "looks"]},
    "mailbox": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
}

# Chance makes no sealed letter, and this door has no kit.
NOT_INVENTED = {"POST /{language}/sealed", "GET /kit/{language}.html", "GET /.well-known/onrecord/kits"}
# The same cases in every run: what else may be wrong is looked for by the tests of hostile bodies.
BOUNDED = settings(
    max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> InventedDoor:
    return InventedDoor(tmp_path_factory.mktemp("door"), example=True)


def routes(door: InventedDoor) -> list[Route]:
    application: Any = door.app
    return list(application._application.routes)


def described(route: Route) -> dict[str, Any]:
    """Return what an OpenAPI description says of one address."""
    named = re.findall(r"\{(\w+)", route.path)
    about: dict[str, Any] = {
        "parameters": [{"name": name, "in": "path", "required": True, "schema": PLACES[name]} for name in named]
    }
    methods = {method.lower() for method in route.methods or ()} - {"head"}
    about |= {method: {"responses": {"default": {"description": "a page"}}} for method in methods}
    if "post" in methods:
        fields = FIELDS[route.path.rpartition("/")[2]]
        form = {"type": "object", "properties": fields, "required": [min(fields)], "additionalProperties": False}
        about["post"]["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": form}}}
    return about


def operations(door: InventedDoor) -> Iterator[Any]:
    paths = {re.sub(r":\w+", "", route.path): described(route) for route in routes(door)}
    schema = schemathesis.openapi.from_dict(
        {"openapi": "3.1.0", "info": {"title": "door", "version": "1"}, "paths": paths}
    )
    schema.app = door.app
    return (found.ok() for found in schema.get_all_operations())


def test_every_address_answers_what_it_may_be_asked_and_what_it_may_not(door):
    seen: Counter[tuple[str, int]] = Counter()

    def ask(case: Case) -> None:
        before = len(door.spool.arrivals())
        answer = case.call(headers=BESIDE, params={"q": CANARY})
        headers = {name.lower(): " ".join(values) for name, values in answer.headers.items()}
        seen[case.operation.label, answer.status_code] += 1

        assert answer.status_code in ANSWERS
        assert HEADERS.keys() <= headers.keys()
        assert "set-cookie" not in headers
        assert CANARY not in str(headers) and CANARY.encode() not in answer.content
        assert len(answer.content) <= PAGE_BYTES
        is_letter = case.method == "POST" and answer.status_code == 200 and _takes_letters(case)
        assert len(door.spool.arrivals()) - before == is_letter

    for operation in operations(door):
        for mode in GenerationMode:
            # An address without a place to fill in can be asked in one way only.
            if mode is GenerationMode.POSITIVE or "{" in operation.path:
                BOUNDED(given(operation.as_strategy(generation_mode=mode))(ask))()

    labels = {label for label, _ in seen}
    assert len(labels) == sum(len((route.methods or set()) - {"HEAD"}) for route in routes(door))
    assert labels - {label for label, status in seen if status == 200} == NOT_INVENTED


def _takes_letters(case: Case) -> bool:
    return case.path.rpartition("/")[2] in ("searched", "safe", "sealed", "box")
