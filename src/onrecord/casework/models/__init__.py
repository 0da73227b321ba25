"""All tables of casework: Django finds a table only when this file imports it."""

from onrecord.casework.models.cases import Act, Case, Event, Involvement, Pattern, Person
from onrecord.casework.models.claims import Attribution, Claim, ClaimValue, Passage
from onrecord.casework.models.custody import BundleRecord, Erasure
from onrecord.casework.models.drawn import Drawn
from onrecord.casework.models.law import (
    Assessment,
    Holding,
    MatrixPrint,
    PlaceOverride,
    ProvisionSignature,
    Submission,
    SubmissionNote,
    UnsignedAllowance,
)
from onrecord.casework.models.ledger import LedgerRow
from onrecord.casework.models.letters import Consent, Exhibit, Letter
from onrecord.casework.models.members import Member, RoleGrant
from onrecord.casework.models.replies import Confirmation, Hold, Reply
from onrecord.casework.models.sources import Grade, Source, SourceLink

__all__ = [
    "Act",
    "Assessment",
    "Attribution",
    "BundleRecord",
    "Case",
    "Claim",
    "ClaimValue",
    "Confirmation",
    "Consent",
    "Drawn",
    "Erasure",
    "Event",
    "Exhibit",
    "Grade",
    "Hold",
    "Holding",
    "Involvement",
    "LedgerRow",
    "Letter",
    "MatrixPrint",
    "Member",
    "Passage",
    "Pattern",
    "Person",
    "PlaceOverride",
    "ProvisionSignature",
    "Reply",
    "RoleGrant",
    "Source",
    "SourceLink",
    "Submission",
    "SubmissionNote",
    "UnsignedAllowance",
]
