"""Draw what was held against the law: a new assessment stands beside the old one, and so does a new signature."""

from dataclasses import asdict

from onrecord.casework.drawers.canvas import Canvas
from onrecord.casework.entries.law import (
    AllowanceWithdrawn,
    CaseAssessed,
    HoldingNoted,
    MatrixPrinted,
    PlaceStatusOverridden,
    ProvisionSigned,
    SignatureWithdrawn,
    SubmissionNoted,
    SubmissionOpened,
    UnsignedLawAllowed,
)
from onrecord.casework.models import (
    Assessment,
    Holding,
    MatrixPrint,
    PlaceOverride,
    ProvisionSignature,
    Submission,
    SubmissionNote,
    UnsignedAllowance,
)


def case_assessed(canvas: Canvas, index: int, entry: CaseAssessed) -> None:
    """Draw an assessment."""
    values = asdict(entry) | {"flags": list(entry.flags), "risks": list(entry.risks)}
    canvas.add(Assessment, id=values.pop("assessment"), subject=entry.case, entry=index, **values)


def place_status_overridden(canvas: Canvas, index: int, entry: PlaceStatusOverridden) -> None:
    """Draw what a member said about a place."""
    values = asdict(entry)
    canvas.add(PlaceOverride, id=values.pop("override"), subject=entry.case, entry=index, **values)


def unsigned_law_allowed(canvas: Canvas, index: int, entry: UnsignedLawAllowed) -> None:
    """Draw a lead's decision."""
    values = asdict(entry) | {"withdrawn_because": ""}
    canvas.add(UnsignedAllowance, id=values.pop("allowance"), subject=entry.case, entry=index, **values)


def allowance_withdrawn(canvas: Canvas, index: int, entry: AllowanceWithdrawn) -> None:  # noqa: ARG001
    """Draw over a lead's decision that was taken back."""
    canvas.change(UnsignedAllowance, entry.allowance, withdrawn_because=entry.reason)


def matrix_printed(canvas: Canvas, index: int, entry: MatrixPrinted) -> None:
    """Draw a sheet that was printed."""
    values = asdict(entry) | {"basis": list(entry.basis), "texts": list(entry.texts)}
    canvas.add(MatrixPrint, id=values.pop("sheet"), subject=entry.case, entry=index, **values)


def provision_signed(canvas: Canvas, index: int, entry: ProvisionSigned) -> None:
    """Draw a lawyer's signature."""
    values = asdict(entry) | {"withdrawn_because": "", "withdrawn_entry": None}
    docket = values.pop("docket")
    canvas.add(ProvisionSignature, id=values.pop("signature"), subject=docket, entry=index, **values)


def signature_withdrawn(canvas: Canvas, index: int, entry: SignatureWithdrawn) -> None:
    """Draw over a signature that was taken back."""
    canvas.change(ProvisionSignature, entry.signature, withdrawn_because=entry.reason, withdrawn_entry=index)


def holding_noted(canvas: Canvas, index: int, entry: HoldingNoted) -> None:
    """Draw what a member said about a thing."""
    values = asdict(entry) | {"purposes": list(entry.purposes)}
    canvas.add(Holding, id=values.pop("holding"), subject=entry.case, entry=index, **values)


def submission_opened(canvas: Canvas, index: int, entry: SubmissionOpened) -> None:
    """Draw a submission of which nothing is known yet but what was begun."""
    values = asdict(entry) | {"sent_on": "", "reference": "", "reply": "", "next_date": ""}
    canvas.add(Submission, id=values.pop("submission"), subject=entry.case, entry=index, **values)


def submission_noted(canvas: Canvas, index: int, entry: SubmissionNoted) -> None:
    """Draw a piece of news, and what it changes in the submission."""
    values = asdict(entry)
    case = values.pop("case")
    canvas.add(SubmissionNote, id=values.pop("note"), subject=case, entry=index, **values)
    news = {name: values[name] for name in entry.NEWS if values[name]}
    if news:
        canvas.change(Submission, entry.submission, **news)
