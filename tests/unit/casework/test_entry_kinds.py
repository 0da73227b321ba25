"""Every kind of entry reads back what it wrote, for ever; what is not known stops a redraw and changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.casework.docket import Docket
from onrecord.casework.drawers.draw import KINDS, KindUnknown, read_entry
from onrecord.casework.entries.form import BodyUnreadable
from onrecord.casework.models import Case, LedgerRow
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.sealing import entry_cipher, seal_entry
from onrecord.ground.canon import parse_canonical
from onrecord.ground.ids import SubjectId
from onrecord.ledger.entry import Event, commit, event_bytes, new_salt, sign_event

VECTORS = Path(__file__).parents[2] / "vectors/entry"
READ = sorted(VECTORS.glob("*.[0-9].json"))
NEWEST = [path for path in READ if path.name in {f"{name}.{kind.VERSION}.json" for name, kind in KINDS.items()}]
REFUSED = sorted(VECTORS.glob("refused-*.json"))
ERRORS = {error.__name__: error for error in (KindUnknown, BodyUnreadable)}


def vector(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value


def event_of(found: dict[str, Any]) -> Event:
    return Event(**parse_canonical(found["event"].encode()))


def test_every_version_of_every_kind_has_a_vector_and_each_kind_its_own_name() -> None:
    versions = {f"{name}.{v}.json" for name, kind in KINDS.items() for v in range(1, kind.VERSION + 1)}

    assert {path.name for path in READ} == versions
    assert all(name == kind.__name__ for name, kind in KINDS.items())


def test_an_assessment_of_the_first_version_is_about_all_events_and_keeps_its_facts() -> None:
    found = vector(VECTORS / "CaseAssessed.1.json")

    entry = read_entry(event_of(found))

    assert entry.body() == found["body"] | {"event": "", "open_points": {}}


@pytest.mark.parametrize("path", NEWEST, ids=lambda path: path.stem)
def test_a_kind_reads_its_vector_and_writes_the_same_bytes(path: Path) -> None:
    found = vector(path)

    event = event_of(found)
    entry = read_entry(event)

    assert type(entry).__name__ == found["kind"] and entry.subject == found["subject"]
    assert entry.body() == found["body"]
    assert event_bytes(event) == found["event"].encode()


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_this_version_does_not_know_is_refused(path: Path) -> None:
    found = vector(path)

    with pytest.raises(ERRORS[found["refused_as"]]):
        read_entry(event_of(found))


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_what_this_version_does_not_know_stops_a_redraw_and_the_tables_stay(docket: Docket, path: Path) -> None:
    found = vector(path)
    case = open_case(docket, "Lantern")
    _replace_last_entry(docket, kind=found["kind"], v=found["v"], body=event_of(found).body)

    with pytest.raises(ERRORS[found["refused_as"]]):
        redraw.redraw(docket)

    assert Case.objects.get().id == case


def _replace_last_entry(docket: Docket, **changes: Any) -> None:
    """Put an entry of a newer version in the place of the last one, signed and sealed as it should be."""
    row = LedgerRow.objects.order_by("-index")[0]
    event = Event(
        id="f" * 32,
        at=row.at,
        actor=row.actor,
        actor_seq=row.actor_seq,
        subject=row.subject,
        subject_seq=row.subject_seq,
        **changes,
    )
    envelope, salt = sign_event(event, docket.keyring.signing_key), new_salt()
    row.leaf = commit(salt, envelope)
    cipher = entry_cipher(docket.subjects.open(SubjectId(row.subject), docket.keyring))
    row.sealed = seal_entry(cipher, salt=salt, envelope=envelope, leaf=row.leaf)
    row.save()
