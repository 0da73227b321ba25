"""Write one vector for each version of every kind of entry: its body, and the canonical bytes of the event with it.

Run `python tests/vectors/make_entries.py` after a kind was added. A vector that is already there never changes: a kind
that was released is never reinterpreted, a changed meaning is a new version with a vector of its own.
"""

import json
import sys
from pathlib import Path
from typing import Any

from onrecord.cli.opening import start_django
from onrecord.ledger.entry import Event, event_bytes

start_django()  # what an entry draws is imported with its kind

from onrecord.casework.drawers.draw import KINDS  # noqa: E402

HERE = Path(__file__).parent / "entry"
ID = {
    name: f"{number:032x}"
    for number, name in enumerate(["letter", "source", "case", "pattern", "person", "act", "event", "claim"], 1)
}
PASSAGE, EXHIBIT, OTHER, MEMBER, DOCKET, EVENT = (f"{number:032x}" for number in range(100, 106))
HASH = "ab" * 32

EXHIBIT_RECEIVED = {
    "id": EXHIBIT,
    "name": "account.txt",
    "media_type": "text/plain",
    "size_bytes": 19,
    "sha256": HASH,
    "blob": HASH,
    "made_from": OTHER,
    "tool": "onrecord letter reader 1",
    "is_reading_text": True,
}

BOX = {"counter": 1, "mailbox": OTHER, "month": "2026-03", "opened": "2026-03", "box": "YWdl"}

BODIES: dict[str, dict[str, Any]] = {
    "ActOpened": {"case": ID["case"], "act": ID["act"], "event": ID["event"], "victim": ID["person"]},
    "AllowanceWithdrawn": {"case": ID["case"], "allowance": OTHER, "reason": "The hearing was put off."},
    "BundleMade": {
        "holder": ID["case"],
        "bundle": OTHER,
        "basis": ["consent", "public_source"],
        "purpose": "share_international_court",
        "reason": "",
        "manifest_sha256": HASH,
        "counts": {ID["case"]: 7, ID["letter"]: 3},
        "left_out": 2,
        "log_size": 12,
    },
    "CaseAssessed": {
        "case": ID["case"],
        "assessment": OTHER,
        "person": ID["person"],
        "law_version": "1.0.0",
        "law_sha256": HASH,
        "facts": {
            "coercion.means": {
                "values": [{"means": "detention", "mode": "threatened"}],
                "claims": [ID["claim"]],
                "conflict": False,
                "asked": False,
                "closed": True,
            },
            "event.date": {
                "values": [{"min": "2025-02-01", "max": "2025-02-28"}],
                "claims": [ID["claim"]],
                "conflict": False,
                "asked": False,
                "closed": False,
            },
            "victim.age": {"values": [], "claims": [ID["claim"]], "conflict": False, "asked": True, "closed": False},
        },
        "evidence": {ID["claim"]: {"origin": ID["letter"], "grade": "B2"}},
        "derived": {"victim.bond": "enemy_national"},
        "elements": {"compelled": "supported", "made_to_serve": "contradicted", "under_18": "unknown"},
        "provisions": {"gc4-51-1a": "contradicted"},
        "flags": ["attempt"],
        "risks": ["maybe_minor"],
        "earlier": PASSAGE,
    },
    "CaseOpened": {"case": ID["case"], "name": "Lantern"},
    "ClaimCoded": {
        "holder": ID["case"],
        "holder_kind": "case",
        "claim": ID["claim"],
        "act": ID["act"],
        "person": ID["person"],
        "kind": "act",
        "passage": PASSAGE,
        "exhibit": EXHIBIT,
        "values": [{"field": "coercion.means", "value": "detention", "mode": "threatened"}],
        "by": [{"kind": "source", "source": ID["source"], "name": ""}, {"kind": "reporter", "source": "", "name": ""}],
        "connection": "saw",
        "manner": "direct quotation",
        "stance": "supports",
        "reliability": "B",
        "credibility": "2",
    },
    "ClaimWithdrawn": {"holder": ID["case"], "claim": ID["claim"], "reason": "coded twice"},
    "ConsentConfirmed": {"letter": ID["letter"], "purpose": "share_un", "said_in": OTHER},
    "DocketOpened": {"docket": DOCKET, "origin": "onrecord/0011223344556677"},
    "Erased": {
        "docket": DOCKET,
        "erased": ID["letter"],
        "erased_kind": "letter",
        "reason": "asked_by_the_person",
        "complete_after": "2026-08-28",
        "sealed_sha256": HASH,
    },
    "ErasureAsked": {"letter": ID["letter"], "said_in": OTHER, "tier": "C"},
    "EventOpened": {"case": ID["case"], "event": ID["event"], "title": ""},
    "HoldLifted": {"letter": ID["letter"], "said_in": OTHER, "reason": "She wrote again: it was not she who asked."},
    "HoldingNoted": {
        "case": ID["case"],
        "holding": OTHER,
        "person": ID["person"],
        "thing": "authority",
        "state": "held",
        "item": "",
        "where": "On paper, in the safe of the invented office.",
        "reason": "",
        "purposes": ["share_un", "pass_identity"],
        "agreed_by": "the person, by telephone",
        "agreed_on": "2026-02",
    },
    "IdentityRead": {"letter": ID["letter"]},
    "InvolvementAdded": {
        "case": ID["case"],
        "involvement": OTHER,
        "act": ID["act"],
        "perpetrator": ID["person"],
        "degree": "carried_out",
    },
    "LetterAcknowledged": {"letter": ID["letter"], **BOX},
    "LetterOpened": {
        "letter": ID["letter"],
        "form": "report_form.1",
        "tier": "A",
        "language": "uk",
        "path": "safe",
        "written_on": "2026-02-27",
        "answers": {"account": "Вигаданий лист.", "sure": True, "who": ["officer", "recruiter"]},
        "prompted": ["who"],
        "consent": [{"purpose": "publish_facts", "state": "refused", "wording_sha256": HASH}],
        "reporter": {"mailbox": OTHER, "recipient": "age1pq1invented", "verify_key": "A" * 43 + "="},
        "continues": "",
        "counter": 0,
        "body_sha256": HASH,
        "identity_blob": HASH,
        "exhibits": [EXHIBIT_RECEIVED],
    },
    "LetterQuarantined": {"letter": ID["letter"], "reason": "PayloadTruncated"},
    "LetterReceived": {
        "letter": ID["letter"],
        "sealed_sha256": HASH,
        "size_bytes": 65536,
        "blob": HASH,
        "parts": [{"sealed_sha256": HASH, "size_bytes": 65536, "blob": HASH}],
        "arrived_on": "2026-03-01",
    },
    "MatrixPrinted": {
        "case": ID["case"],
        "sheet": OTHER,
        "person": ID["person"],
        "event": "",
        "law_version": "1.0.0",
        "law_sha256": HASH,
        "purpose": "share_international_court",
        "basis": ["consent"],
        "reason": "",
        "claims": {ID["claim"]: "consent"},
        "texts": [ID["letter"]],
        "left_out": {"consent_refused": 2},
        "elements": {"oath_demanded": "supported"},
        "provisions": {"hr-45": "unknown"},
        "shown": {
            "limits": "Working analysis.",
            "provisions": [
                {
                    "id": "hr-45",
                    "instrument": "Hague IV",
                    "article": "45",
                    "word": "oath",
                    "label": "Oath of allegiance",
                    "mark": "u",
                    "supported": 1,
                    "needed": 2,
                    "signed": None,
                }
            ],
        },
        "allowance": PASSAGE,
        "log_size": 12,
    },
    "MemberAdded": {"docket": DOCKET, "member": MEMBER, "name": "Mira Example", "verify_key": "A" * 43 + "="},
    "OriginGraded": {
        "grade": OTHER,
        "origin": ID["source"],
        "reliability": "B",
        "credibility": "3",
        "reason": "Its photographs of that week were checked against two others.",
    },
    "Padding": {"docket": DOCKET},
    "PassageMarked": {
        "passage": PASSAGE,
        "owner": ID["letter"],
        "exhibit": EXHIBIT,
        "start": 0,
        "end": 9,
        "quote": "Вигаданий",
        "quote_sha256": HASH,
    },
    "PatternOpened": {"pattern": ID["pattern"], "name": "Construction sites", "code": "construction_to_trench"},
    "PersonAdded": {
        "case": ID["case"],
        "person": ID["person"],
        "counting_unit": "group",
        "number_min": 30,
        "number_best": None,
        "number_max": 40,
        "basis": "as the reporter counted",
    },
    "PersonNamed": {"person": ID["person"], "forms": ["Zyxwen Placeholderovich", "Зиксвен Плейсхолдерович"]},
    "PlaceStatusOverridden": {
        "case": ID["case"],
        "override": OTHER,
        "event": ID["event"],
        "status": "occupied",
        "reason": "An officer of the Power signed the curfew order of that week.",
    },
    "ProvisionSigned": {
        "docket": DOCKET,
        "signature": OTHER,
        "provision": "gc4-51-1b",
        "law_version": "1.0.0",
        "law_sha256": HASH,
        "text_sha256": "cd" * 32,
        "lawyer": "Ada Placeholder",
        "qualification": "advocate, invented bar",
        "on": "2026-03-01",
        "remarks": "",
    },
    "ReplyWritten": {
        "letter": ID["letter"],
        **BOX,
        "counter": 2,
        "number": 1,
        "kind": "question",
        "text": "Котрий це був місяць?",
        "why": "A court asks when.",
    },
    "RolesGiven": {"docket": DOCKET, "grant": OTHER, "member": MEMBER, "roles": ["lead", "analyst"]},
    "SignatureWithdrawn": {"docket": DOCKET, "signature": OTHER, "reason": "Recorded under the wrong provision."},
    "SourceCaptured": {
        "source": ID["source"],
        "captured_at": "2026-03-01T09:30:00Z",
        "collector": MEMBER,
        "tool": "onrecord 0.1.0",
        "media_type": "text/plain",
        "proposal": {"title": {"value": "Workers pressed", "start": 0, "end": 15, "reason": "first_line"}},
        "exhibits": [EXHIBIT_RECEIVED | {"made_from": "", "is_reading_text": True}],
    },
    "SourceDescribed": {
        "source": ID["source"],
        "title": "Workers pressed",
        "author": "Ada Placeholder",
        "publisher": "",
        "published": "2025-02-09",
        "published_raw": "09/02/2025",
        "reading_order": "day_first",
    },
    "SourcesRelated": {"link": OTHER, "source": ID["source"], "relation": "derived_from", "other": ID["pattern"]},
    "SubmissionNoted": {
        "case": ID["case"],
        "note": OTHER,
        "submission": PASSAGE,
        "language": "",
        "deadline": "",
        "sent_on": "2026-03-02",
        "reference": "INVENTED 12/2026",
        "reply": "received",
        "next_date": "2026-06-02",
        "remarks": "",
    },
    "SubmissionOpened": {
        "case": ID["case"],
        "submission": PASSAGE,
        "person": ID["person"],
        "forum": "wgeid",
        "language": "en",
        "deadline": "2026-05",
    },
    "UnsignedLawAllowed": {
        "case": ID["case"],
        "allowance": OTHER,
        "law_sha256": HASH,
        "reason": "The deadline is tomorrow; the lawyer reads it after.",
    },
}

# What later versions of a kind added to version 1, whose bodies are those above.
CASE_ASSESSED_2 = BODIES["CaseAssessed"] | {
    "event": ID["event"],
    "facts": {
        "coercion.means": {
            "values": [{"means": "detention", "mode": "threatened"}, {"means": "violence", "mode": "carried_out"}],
            "claims": [ID["claim"]],
            "conflict": False,
            "disputed": [{"means": "violence", "mode": "carried_out"}],
            "asked": False,
            "closed": True,
        },
    },
    "open_points": {"made_to_serve": ["attempt"]},
}
MEANS_2 = CASE_ASSESSED_2["facts"]["coercion.means"]
MEANS_SAID = [
    {"claim": ID["claim"], "entry": 4, "value": MEANS_2["values"][0], "how": []},
    {"claim": ID["claim"], "entry": 4, "value": MEANS_2["values"][1], "how": []},
    {"claim": OTHER, "entry": 5, "value": MEANS_2["values"][1], "how": ["denies"]},
    {"claim": OTHER, "entry": 5, "value": "", "how": ["closes"]},
]
CASE_ASSESSED_3 = CASE_ASSESSED_2 | {
    "facts": {"coercion.means": MEANS_2 | {"claims": [ID["claim"], OTHER], "said": MEANS_SAID}}
}
WRITTEN = {(kind, 1): body for kind, body in BODIES.items()} | {
    ("CaseAssessed", 2): CASE_ASSESSED_2,
    ("CaseAssessed", 3): CASE_ASSESSED_3,
}

REFUSED = {
    "unknown-kind": ("KindUnknown", "CaseDreamt", 1, {"case": ID["case"]}),
    "unknown-version": ("KindUnknown", "CaseOpened", 2, BODIES["CaseOpened"]),
    "a-field-too-many": ("BodyUnreadable", "CaseOpened", 1, BODIES["CaseOpened"] | {"victim": "nobody"}),
    "a-field-too-few": ("BodyUnreadable", "CaseOpened", 1, {"case": ID["case"]}),
    "a-field-of-a-later-version": ("BodyUnreadable", "CaseAssessed", 1, CASE_ASSESSED_2),
}


def event(kind: str, version: int, body: dict[str, Any], subject: str) -> Event:
    return Event(
        kind=kind,
        id=EVENT,
        at="2026-03-01T09:30:00Z",
        actor=MEMBER,
        actor_seq=5,
        subject=subject,
        subject_seq=2,
        body=body,
        v=version,
    )


def write(name: str, vector: dict[str, Any]) -> None:
    path = HERE / f"{name}.json"
    text = json.dumps(vector, ensure_ascii=False, indent=1) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") != text:
        sys.exit(f"{path.name} would change: a released kind never does. Give it a new version.")
    path.write_text(text, encoding="utf-8")


def main() -> None:
    for (kind, version), body in WRITTEN.items():
        subject = KINDS[kind].read(KINDS[kind].lift(body, version)).subject
        data = event_bytes(event(kind, version, body, subject)).decode()
        write(f"{kind}.{version}", {"kind": kind, "v": version, "subject": subject, "body": body, "event": data})
    for name, (error, kind, version, body) in REFUSED.items():
        data = event_bytes(event(kind, version, body, ID["case"])).decode()
        write(f"refused-{name}", {"refused_as": error, "kind": kind, "v": version, "event": data})


if __name__ == "__main__":
    main()
