"""A docket in which everything that can happen has happened once, with words in it that no file may show."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from invented_letters import InventedLetter, drop, sealed_part, spool_of
from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.bundle.make import make_bundle
from onrecord.casework.coding import Coded, Coding, code_claim, withdraw_claim
from onrecord.casework.corroboration.grades import grade_origin
from onrecord.casework.docket import Docket
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
from onrecord.casework.models import Act, Letter
from onrecord.casework.opening import add_person, involve, name_person, open_case, open_pattern
from onrecord.casework.record.append import record
from onrecord.casework.record.padding import pad
from onrecord.casework.sourcing import CapturedFile, Description, capture_source, describe_source, relate_sources
from onrecord.ground.ids import CaseId, LetterId, PatternId, PersonId, SourceId, new_id
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.seal.letter.content import Part
from onrecord.seal.receipt import Receipt
from onrecord.words.fields import check_value

ACCOUNT = "They came to Zyxlantern at night. The officer said: sign, or you go to Prizonquill."
UKRAINIAN = "Вночі прийшли до гуртожитку Вигадкограду зі списком."
ARABIC = "جاؤوا ليلا إلى مدينة خيالستان ومعهم قائمة"
ARTICLE = (
    "Workers of Fabeltown pressed into contracts\n\n"
    "By Ada Placeholder\nThe Example Monitor says men were told to sign.\n"
)

# Words that stand in a letter, a file, a file's name, a name, a passage, a claim, a source: each in one place only.
CANARIES = (
    "Zyxlantern",
    "Prizonquill",
    "Вигадкограду",
    "خيالستان",
    "Fabeltown",
    "Placeholderovich",
    "quibblephone",
    "photo-of-xanadoor",
    "VOICEOFNOBODY",
    "murmured-sideways",
    "Inkwellov",
    "Umbrellastan",
    "Lampwickville",
    "Goosequill",
    "Drawer-Nougat",
    "Aunt Thimble",
    "Folder-Marzipan",
    "Thimbleford",
    "Nettlewick",
)


@dataclass(frozen=True)
class Story:
    """What the story left in the docket."""

    letter: LetterId
    later_letter: LetterId
    ukrainian_letter: LetterId
    quarantined: LetterId
    source: SourceId
    copy: SourceId
    pattern: PatternId
    case: CaseId
    claim: Coded
    perpetrator: PersonId
    bundle: Path


def tell_story(docket: Docket, bundles: Path) -> Story:
    """Let everything happen once; bundles are written to a folder outside the docket."""
    letter, later, ukrainian, quarantined = receive_letters(docket)
    source, copy = capture_sources(docket)
    pattern = open_pattern(docket, "Construction sites")
    code_claim(docket, Coding(source, 0, 44, "context", pattern, by=(source, "Inkwellov")))
    case = open_case(docket, "Lantern")
    claim = code_letter(docket, letter, case)
    contradicting = Coding(source, 66, 80, "denial", claim.act, by=(source,), stance="contradicts", reliability="C")
    code_claim(docket, contradicting)
    about_case = code_claim(docket, Coding(later, 0, 10, "context", case, by=("reporter",)))
    withdraw_claim(docket, about_case.claim, "coded twice")
    perpetrator = add_person(docket, case, "person", "a uniform")
    involve(docket, claim.act, perpetrator, "carried_out")
    name_person(docket, perpetrator, "Umbrellastan Inkwell", "Умбрелластан")
    hold_against_the_law(docket, case, claim)
    prepare_a_submission(docket, case, claim)
    print_a_sheet(docket, case, claim, letter)
    request = Request(case, (Basis.LAWFUL_ORDER,), "share_international_court", "order 12")
    made = make_bundle(docket, request, bundles / "bundle")
    pad(docket)
    return Story(letter, later, ukrainian, quarantined, source, copy, pattern, case, claim, perpetrator, made.folder)


def receive_letters(docket: Docket) -> tuple[LetterId, LetterId, LetterId, LetterId]:
    """Collect and open a letter with everything in it, one that continues it, one in two scripts, and half a letter."""
    receipt = Receipt.new().keys()
    files = (("photo-of-xanadoor.jpg", b"\xff\xd8\xff\xe0 not a photo"), ("voice.ogg", b"OggS VOICEOFNOBODY"))
    first = InventedLetter(
        account=ACCOUNT,
        files=files,
        name="Placeholderovich",
        contact="quibblephone 12",
        consent=(("share_international_court", "given"), ("publish_story", "refused")),
        receipt=receipt,
    ).sealed(docket)
    part = sealed_part(docket, b"a film of nothing")
    later = InventedLetter(
        account="One thing more: the list had forty names.",
        parts=(Part("film.mp4", hashlib.sha256(part).hexdigest(), 17),),
        counter=1,
        first_sha256=hashlib.sha256(first).hexdigest(),
        signed_by=receipt,
    ).sealed(docket)
    ukrainian = InventedLetter(account=f"{UKRAINIAN} {ARABIC}", language="uk").sealed(docket)
    half = InventedLetter(account="Cut off").sealed(docket)[:5000]
    drop(docket, later, parts=[part])
    for sealed in (first, ukrainian, half):
        drop(docket, sealed)
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    return tuple(_letter_of(sealed) for sealed in (first, later, ukrainian, half))  # type: ignore[return-value]


def capture_sources(docket: Docket) -> tuple[SourceId, SourceId]:
    """Capture an article and a file that no reader opens, which repeats it."""
    source = capture_text(docket, ARTICLE)
    describe_source(
        docket, source, Description("Workers pressed", "Ada Placeholder", "", "2025-02~", "Feb", "day_first")
    )
    scan = b"%PDF-1.7 nothing to read"
    copy = capture_source(docket, CapturedFile("scan.pdf", "application/pdf", _sha256(scan), "onrecord"), [scan])
    relate_sources(docket, copy, "derived_from", source)
    grade_origin(docket, source, "Nettlewick was there", reliability="B", credibility="3")
    return source, copy


def capture_text(docket: Docket, text: str, name: str = "article.txt") -> SourceId:
    """Capture a text as a source, as the command line does after reading it."""
    data = text.encode()
    proposal = {"title": {"value": text.splitlines()[0]}} if text else {}
    file = CapturedFile(name, "text/plain", _sha256(data), "onrecord 0", reading_text=text, proposal=proposal)
    return capture_source(docket, file, [data])


def code_letter(docket: Docket, letter: LetterId, case: CaseId) -> Coded:
    """Code the threat in the first letter into a new act done to a new person."""
    start = ACCOUNT.index("The officer")
    values = [
        check_value("act_type", "coerced_contract"),
        check_value("coercion.means", "detention:threatened"),
        check_value("event.date", "2025-02~"),
    ]
    return code_claim(
        docket,
        Coding(
            letter,
            start,
            len(ACCOUNT),
            "act",
            "new:act",
            values=values,
            by=("reporter",),
            case=case,
            victim="new:person",
            connection="saw",
            manner="murmured-sideways",
            reliability="B",
            credibility="2",
        ),
    )


def hold_against_the_law(docket: Docket, case: CaseId, claim: Coded) -> None:
    """Record what is decided between a case and the law, with words of its own."""
    act, law = Act.objects.get(pk=claim.act), {"law_version": "0", "law_sha256": "0" * 64}
    allowance, signature = new_id(), new_id()
    fact = {"values": ["yes"], "claims": [claim.claim], "conflict": False, "asked": False, "closed": False}
    record(
        docket,
        PlaceStatusOverridden(case=case, override=new_id(), event=act.event, status="occupied", reason="Lampwickville"),
        CaseAssessed(
            case=case,
            assessment=new_id(),
            person=claim.person,
            event="",
            **law,
            facts={"oath.demanded": fact},
            evidence={claim.claim: {"origin": "a", "grade": "B2"}},
            derived={"place.status": "occupied"},
            elements={"compelled": "supported"},
            provisions={"gc4-31": "unknown"},
            flags=("attempt",),
            open_points={"compelled": ["attempt"]},
            risks=(),
            earlier="",
        ),
        UnsignedLawAllowed(case=case, allowance=allowance, law_sha256="0" * 64, reason="deadline"),
        AllowanceWithdrawn(case=case, allowance=allowance, reason="put off"),
        ProvisionSigned(
            docket=docket.id,
            signature=signature,
            provision="gc4-31",
            **law,
            text_sha256="1" * 64,
            lawyer="Goosequill",
            qualification="invented bar",
            on="2026-03-01",
            remarks="",
        ),
        SignatureWithdrawn(docket=docket.id, signature=signature, reason="a slip"),
    )


def prepare_a_submission(docket: Docket, case: CaseId, claim: Coded) -> None:
    """Say what is there for a submission, begin it, and note what became of it."""
    record(
        docket,
        HoldingNoted(
            case=case,
            holding=new_id(),
            person=claim.person,
            thing="authority",
            state="held",
            item="",
            where="Drawer-Nougat",
            reason="",
            purposes=("share_un",),
            agreed_by="Aunt Thimble",
            agreed_on="2026-02",
        ),
        opened := SubmissionOpened(case, new_id(), claim.person, forum="wgeid", language="en", deadline=""),
        SubmissionNoted(
            case=case,
            note=new_id(),
            submission=opened.submission,
            language="",
            deadline="2026-05",
            sent_on="",
            reference="Folder-Marzipan",
            reply="",
            next_date="",
            remarks="",
        ),
    )


def print_a_sheet(docket: Docket, case: CaseId, claim: Coded, letter: LetterId) -> None:
    """Record that a sheet of the law was printed, with a reason of its own."""
    sheet = MatrixPrinted(
        case=case,
        sheet=new_id(),
        person=claim.person,
        event="",
        law_version="0",
        law_sha256="0" * 64,
        purpose="share_international_court",
        basis=("lawful_order",),
        reason="Order of Thimbleford",
        claims={claim.claim: "lawful_order"},
        texts=(letter,),
        left_out={"on_hold": 1},
        elements={"compelled": "supported"},
        provisions={"gc4-31": "unknown"},
        shown={"limits": "Working analysis."},
        allowance="",
        log_size=1,
    )
    record(docket, sheet)


def _letter_of(sealed: bytes) -> LetterId:
    return LetterId(Letter.objects.get(sealed_sha256=_sha256(sealed)).id)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
