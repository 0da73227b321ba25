"""An invented case that reaches far into the law: one person's account, an article that denies part of it, passages."""

import hashlib
from collections.abc import Sequence

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.coding import Coded, Coding, code_claim
from onrecord.casework.docket import Docket
from onrecord.casework.models import Letter
from onrecord.casework.opening import open_case
from onrecord.casework.sourcing import CapturedFile, Description, capture_source, describe_source
from onrecord.casework.texts import reading_exhibit, reading_text
from onrecord.ground.ids import CaseId
from onrecord.intake.collect import collect
from onrecord.intake.unseal import unseal_all
from onrecord.words.fields import check_value

ACCOUNT = """I came from Tarazan in the spring to build houses in Port Sampel. The agent said two years of \
construction, good pay, no army.

The firm was Granit-Example. They kept our passports for registration. I am thirty-one.

At night soldiers put eleven of us on a bus. Port Sampel was held by them then.

At the enlistment office Captain Muster told us: sign, or you will be charged and go to prison.

I put my name. They gave us uniforms and nine days of training. I did not want it.

They asked for my passport of Tarazan and said that theirs would come. I never asked for theirs."""

ARTICLE = """Firm denies pressure in Port Sampel

By Ann Example

Every man signed of his own will and was well paid, the firm Granit-Example said on Monday.

The men were sent for training in February, a spokesman said."""

# Words of the account, then what is coded on them.
SAID: Sequence[tuple[str, str]] = (
    ("I came from Tarazan in the spring", "victim.nationality=TJ"),
    ("construction, good pay, no army", "deception.means=false_role_or_purpose trafficking.act=recruitment"),
    ("They kept our passports", "coercion.means=document_retention:carried_out"),
    ("I am thirty-one", "victim.age=31 victim.status=civilian"),
    ("Port Sampel was held by them then", "place.region=other_ua place.status=occupied event.date=2025-02-12"),
    ("soldiers put eleven of us on a bus", "actor.kind=armed_forces hands.of=power coercion.means=roundup:carried_out"),
    ("or you will be charged and go to prison", "coercion.means=prosecution:threatened"),
    ("Captain Muster told us", "perp.capacity=officer_or_commander"),
    ("uniforms and nine days of training", "recruit.stage=in_training recruit.force=armed_forces"),
    ("I did not want it", "consent.account=coerced"),
    ("I never asked for theirs", "victim.power_citizenship=none"),
    ("They asked for my passport", "movement.occurred=unknown"),
)
DENIED = ("Every man signed of his own will", "consent.account=voluntary_claimed")


def open_legal_case(docket: Docket, name: str = "Lantern") -> tuple[CaseId, str]:
    """Open a case with everything above coded in it; return it with the person it is about."""
    case = open_case(docket, name)
    letter = _letter(docket)
    first, *rest = SAID
    coded = _code(docket, letter, "new:act", *first, case=case)
    for words, values in rest:
        _code(docket, letter, coded.act, words, values)
    article = _article(docket)
    _code(docket, article, coded.act, *DENIED, by=(article, "Granit-Example"))
    return case, coded.person


def _letter(docket: Docket) -> str:
    sealed = InventedLetter(ACCOUNT, tier="B", consent=[("share_international_court", "given")]).sealed(docket)
    drop(docket, sealed)
    list(collect(docket, spool_of(docket)))
    list(unseal_all(docket))
    return Letter.objects.get(sealed_sha256=hashlib.sha256(sealed).hexdigest()).id


def _article(docket: Docket) -> str:
    data = ARTICLE.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    source = capture_source(
        docket, CapturedFile("a.txt", "text/plain", sha256, "reader 1", reading_text=ARTICLE), [data]
    )
    confirmed = Description("Firm denies pressure", publisher="Example Monitor", published="2025-03-03")
    describe_source(docket, source, confirmed)
    return source


def _code(
    docket: Docket, text: str, on: str, words: str, values: str, *, by: Sequence[str] = ("reporter",), case: str = ""
) -> Coded:
    start = reading_text(docket, reading_exhibit(text)).index(words)
    coding = Coding(
        text,
        start,
        start + len(words),
        "act",
        on,
        values=[check_value(*value.split("=")) for value in values.split()],
        by=by,
        case=case,
        victim="new:person" if case else "",
        connection="saw",
        reliability="C",
        credibility="2" if by == ("reporter",) else "5",
    )
    return code_claim(docket, coding)
