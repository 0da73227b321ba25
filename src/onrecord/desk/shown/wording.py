"""Say in plain words what the desk holds as codes: tiers, reasons, kinds of entries, terms of the codebook."""

from django.utils.translation import get_language, gettext, gettext_lazy

from onrecord.errors import sentence_of
from onrecord.words.catalogue import declared_languages
from onrecord.words.codebook import load_codebook
from onrecord.words.fields import CLOSED, load_facts
from onrecord.words.vocabulary import FALLBACK_LANGUAGE

TIERS = {
    "A": gettext_lazy("sealed before it reached us"),
    "B": gettext_lazy("sealed in the page"),
    "C": gettext_lazy("sealed on arrival"),
}
TIER_LIMITS = {
    "A": gettext_lazy(
        "Sealed on the reporter's own device, before it reached any server of ours. Nobody on the way could read it; "
        "who sent it is not proven by that."
    ),
    "B": gettext_lazy(
        "Sealed in the browser by a script that our server gave out. An intruder there could have changed that script."
    ),
    "C": gettext_lazy(
        "Sealed when it reached the door. The words passed through that server's memory, may have stayed there until "
        "it restarted, and never reached its disk. The way there was not safe against future quantum computers, and "
        "who watched it saw the size. Whoever controlled the server then could have read or changed the words."
    ),
}
ENTRY_KINDS = {
    "ActOpened": gettext_lazy("Act added"),
    "AllowanceWithdrawn": gettext_lazy("Leave to go unsigned taken back"),
    "BundleMade": gettext_lazy("Bundle made"),
    "CaseAssessed": gettext_lazy("Facts held against the law data"),
    "CaseOpened": gettext_lazy("Case opened"),
    "ClaimCoded": gettext_lazy("Claim coded"),
    "ClaimWithdrawn": gettext_lazy("Claim withdrawn"),
    "ConsentConfirmed": gettext_lazy("Yes recorded, asked each time"),
    "DocketOpened": gettext_lazy("Docket opened"),
    "Erased": gettext_lazy("Subject erased"),
    "ErasureAsked": gettext_lazy("Erasure asked for: on hold"),
    "EventOpened": gettext_lazy("Event added"),
    "HoldLifted": gettext_lazy("Hold lifted"),
    "HoldingNoted": gettext_lazy("What a submission needs: a member's word"),
    "IdentityRead": gettext_lazy("Name and contact read"),
    "InvolvementAdded": gettext_lazy("Perpetrator tied to an act"),
    "LetterAcknowledged": gettext_lazy("Reporter told that it was opened"),
    "LetterOpened": gettext_lazy("Letter opened"),
    "LetterQuarantined": gettext_lazy("Letter held apart"),
    "LetterReceived": gettext_lazy("Letter received, sealed"),
    "MatrixPrinted": gettext_lazy("Law page printed"),
    "MemberAdded": gettext_lazy("Member added"),
    "OriginGraded": gettext_lazy("Letter or source graded"),
    "Padding": gettext_lazy("Padding"),
    "PassageMarked": gettext_lazy("Passage marked"),
    "PatternOpened": gettext_lazy("Pattern opened"),
    "PersonAdded": gettext_lazy("Person or group added"),
    "PersonNamed": gettext_lazy("Person named"),
    "PlaceStatusOverridden": gettext_lazy("Status of a place set by a member"),
    "ProvisionSigned": gettext_lazy("Provision signed by a lawyer"),
    "ReplyWritten": gettext_lazy("Reply sealed for the reporter"),
    "RolesGiven": gettext_lazy("Roles of a member set"),
    "SignatureWithdrawn": gettext_lazy("Lawyer's signature taken back"),
    "SourceCaptured": gettext_lazy("Source captured"),
    "SourceDescribed": gettext_lazy("Source described"),
    "SourcesRelated": gettext_lazy("Sources related"),
    "SubmissionNoted": gettext_lazy("News of a submission"),
    "SubmissionOpened": gettext_lazy("Submission begun"),
    "UnsignedLawAllowed": gettext_lazy("Unsigned law allowed to leave"),
}
LATER_LIMITS = gettext_lazy(
    "Written under a receipt typed at the door: the door could have written this. It may only narrow what was allowed "
    "before; a wider yes in it opens nothing, and a request to erase is a hold until a member decides."
)
PATHS = {
    "searched": gettext_lazy("where they may be searched or watched"),
    "safe": gettext_lazy("a safe place, or for somebody else"),
}
YES_OR_NO = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}


def tier_name(tier: str) -> str:
    """Return how a letter was sealed, in a few words."""
    return str(TIERS.get(tier, ""))


def tier_limits(tier: str, *, is_later: bool) -> str:
    """Return what a letter's way of sealing protected it from, and what not."""
    limits = str(TIER_LIMITS.get(tier, ""))
    return f"{LATER_LIMITS} {limits}" if is_later and tier == "C" else limits


def path_name(path: str) -> str:
    """Return where a reporter said they were writing from."""
    return str(PATHS.get(path, ""))


def language_name(tag: str) -> str:
    """Return what a language calls itself, and its tag; the tag alone where we do not know it."""
    known = declared_languages().get(tag)
    return f"{known['name']} ({tag})" if known else tag


def entry_kind(kind: str) -> str:
    """Return what an entry of the ledger records."""
    return str(ENTRY_KINDS.get(kind, kind))


def quarantine_sentence(reason: str) -> str:
    """Return why a letter was held apart: the sentence of the refusal that was recorded by its name."""
    return gettext(sentence_of(reason)) if reason else ""


def term(vocabulary: str, code: str) -> str:
    """Return what a term of the codebook is called, or its code if it is none."""
    terms = load_codebook().vocabularies.get(vocabulary)
    if terms is None or code not in terms.terms:
        return code
    return terms.term(code).label(get_language() or FALLBACK_LANGUAGE)


def field_name(field: str) -> str:
    """Return a field as people read it: `coercion.means` is a name of the law data, and stays one."""
    if field == CLOSED:
        return gettext("a list that is complete")
    return field.replace(".", ": ").replace("_", " ")


def value_name(field: str, value: str) -> str:
    """Return what a coded value is called."""
    if value in YES_OR_NO:
        return str(YES_OR_NO[value])
    if field == CLOSED:
        return field_name(value)
    fact = load_facts().get(field)
    return term((fact.vocabulary or "") if fact else field, value)


def mode_name(mode: str) -> str:
    """Return whether a means was threatened or done, as the codebook calls it."""
    return term("coercion_mode", mode) if mode else ""


def terms_of(vocabulary: str, *, with_universal: bool = False) -> list[tuple[str, str]]:
    """Return a vocabulary's terms that may still be used, as code and label; "other" and "not known" if wanted."""
    language = get_language() or FALLBACK_LANGUAGE
    terms = load_codebook().vocabulary(vocabulary).terms.values()
    return [
        (term.code, term.label(language))
        for term in terms
        if not term.is_deprecated and (with_universal or not term.is_universal)
    ]
