"""Say on the page of a form why it was not recorded: what was typed is still there, and the field is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from onrecord.casework.record.append import StaleRecord, newest_entry
from onrecord.desk.served import DeskRequest
from onrecord.errors import BadInput, Refused

# An entry's number as a page writes it. A longer one was never given, and Python is slow to read thousands of digits.
ENTRY = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was not recorded, which field it is about (none: what the page showed is old), and what was typed."""

    error: BadInput | Refused
    field: str
    typed: Mapping[str, Any]

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody else changed what the page showed."""
        return isinstance(self.error, StaleRecord)

    @property
    def http_status(self) -> int:
        """Return the status of the answer."""
        return status_of(self.error)


class FormNotWhole(BadInput):
    """This form does not say on which page it was filled in, so nobody can tell what changed since."""

    next_step = "Open the page again and fill in its form: nothing was recorded."


def status_of(error: BadInput | Refused) -> int:
    """Return the status of the answer to a form that was not recorded: what cannot be used is 422 on every one."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if isinstance(error, BadInput) else error.http_status


def refusal(request: DeskRequest, error: BadInput | Refused, about: str) -> Refusal:
    """Return the refusal of what a request posted."""
    return Refusal(error, "" if isinstance(error, StaleRecord | FormNotWhole) else about, request.POST.dict())


def seen(request: DeskRequest) -> int:
    """Return the newest entry that the page showed when its form was filled in; raise FormNotWhole."""
    said = request.POST.get("seen", "")
    if not ENTRY.fullmatch(said) or int(said) > newest_entry():
        raise FormNotWhole
    return int(said)
