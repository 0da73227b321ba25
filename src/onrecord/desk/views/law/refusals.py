"""Say on the page of a form why it was not recorded: what was typed is still there, and the field is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from onrecord.casework.record.append import StaleRecord
from onrecord.desk.served import DeskRequest
from onrecord.errors import BadInput, Refused


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
        return HTTPStatus.CONFLICT if self.is_stale else HTTPStatus.UNPROCESSABLE_ENTITY


def refusal(request: DeskRequest, error: BadInput | Refused, about: str) -> Refusal:
    """Return the refusal of what a request posted."""
    return Refusal(error, "" if isinstance(error, StaleRecord) else about, request.POST.dict())


def seen(request: DeskRequest) -> int | None:
    """Return the newest entry that the page showed when its form was filled in."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() else None
