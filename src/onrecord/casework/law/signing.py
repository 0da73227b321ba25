"""Say which provisions a lawyer has signed, and whether what the law data says of a case may leave.

A signature binds one provision's text with all that it rests on. A change elsewhere in the law data leaves it good; a
change in what was read ends it. Until all that is shown is signed, nothing leaves and nothing is printed, unless a lead
allows it and says why: the reason is printed with it. Asking for a lead is access control (casework/members/roles.py).
Who may record a signature, or a lead's leave, may take one back and says why: both stay on record, as does what left.

LIMIT: that the lawyer is who they say is known to the member who records it, and to nobody else.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onrecord.casework.docket import Docket
from onrecord.casework.entries.law import AllowanceWithdrawn, ProvisionSigned, SignatureWithdrawn, UnsignedLawAllowed
from onrecord.casework.members.roles import check_lead
from onrecord.casework.models import Case, ProvisionSignature, UnsignedAllowance
from onrecord.casework.overview import NoSuchCase
from onrecord.casework.record.append import StaleRecord, record
from onrecord.casework.texts import typed
from onrecord.errors import BadInput, NotThere, Refused
from onrecord.ground.bounds import FIRST_YEAR_OF_LAW_DATA, SHA256_LETTERS
from onrecord.ground.dates import is_to_come
from onrecord.ground.ids import new_id
from onrecord.law.model import Law


class NoSuchProvision(NotThere):
    """The law data has no provision of this name."""

    next_step = "List those it has with `onrecord law list`."


class LawyerNotNamed(BadInput):
    """A provision is signed by a named lawyer with a qualification, on a day."""

    next_step = "Add --lawyer NAME, --qualification TEXT and --on YYYY-MM-DD."


class SignedInTheFuture(BadInput):
    """Nobody has signed on a day that has not come yet."""

    next_step = "Give the day on which the lawyer signed: today's, or an earlier one."


class SignedTooEarly(BadInput):
    """Nobody can have signed on that day: no text of any law data is so old."""

    next_step = "Give the day on which the lawyer signed, YYYY-MM-DD, and look at its year."


class SignedAlready(BadInput):
    """This lawyer signed this text on this day already: it is on record, and was not recorded again."""

    next_step = "Nothing is left to do for it. Where several were named, name the others alone."

    def __init__(self, provisions: Iterable[str]) -> None:
        super().__init__()
        self.hint = ", ".join(provisions)


class HashNotGiven(BadInput):
    """A signature binds a lawyer to the text that they read, and the SHA-256 of that text was not given."""

    next_step = "Add --sha256 for each provision, with 12 letters of it or more: the review form prints it."


class TextChanged(BadInput):
    """What was read before signing is not what the law data says now, so nothing was signed."""

    next_step = "Read it again as it stands, compare its SHA-256, and sign it then."


class AllowanceNeedsReason(BadInput):
    """What no lawyer signed leaves for a reason, and none was given."""

    next_step = "Say in a sentence why it cannot wait: the reason is printed on what leaves."


class NothingToTakeBack(NotThere):
    """There is no such signature or decision, or it was taken back before."""

    next_step = "Look at the signatures of the provision, or at what the law page of the case says."


class WithdrawalNeedsReason(BadInput):
    """What was recorded is taken back for a reason that stays on record, and none was given."""

    next_step = "Say in a sentence why it does not stand."


class LawNotSigned(Refused):
    """No lawyer has signed all of what this shows, so it is neither printed nor sent."""

    next_step = "Have it signed (`onrecord law sign`), or allow it for this case with a reason (`onrecord law allow`)."


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether what the law data says of a case may leave: what is not signed, and why it may all the same."""

    unsigned: tuple[str, ...]
    allowance: UnsignedAllowance | None

    @property
    def is_allowed(self) -> bool:
        """Tell whether it may be printed and leave."""
        return not self.unsigned or self.allowance is not None


def signed(law: Law) -> dict[str, ProvisionSignature]:
    """Return for each provision whose text was signed as it stands the newest signature under it."""
    texts = [one.sha256 for one in law.provisions.values()]
    rows = ProvisionSignature.objects.filter(text_sha256__in=texts, withdrawn_because="")
    return {
        row.provision: row
        for row in rows.order_by("entry")
        if row.provision in law.provisions and row.text_sha256 == law.provisions[row.provision].sha256
    }


def may_leave(case: str, law: Law, shown: Collection[str] | None = None) -> Leave:
    """Return whether what the law data says of a case may leave, as far as it is shown: all of it unless named."""
    good = signed(law)
    unsigned = tuple(name for name in law.provisions if (shown is None or name in shown) and name not in good)
    allowances = UnsignedAllowance.objects.filter(case=case, law_sha256=law.sha256, withdrawn_because="")
    return Leave(unsigned, allowances.order_by("-entry").first() if unsigned else None)


def check_may_leave(case: str, law: Law, shown: Collection[str] | None = None) -> Leave:
    """Return why what is shown may leave; raise LawNotSigned."""
    leave = may_leave(case, law, shown)
    if not leave.is_allowed:
        raise LawNotSigned
    return leave


def check_signatures_seen(provisions: Collection[str], seen: int) -> None:
    """Raise StaleRecord if one of these was signed, or a signature under it taken back, after this entry."""
    since = Q(entry__gt=seen) | Q(withdrawn_entry__gt=seen)
    if ProvisionSignature.objects.filter(since, provision__in=provisions).exists():
        raise StaleRecord


def check_read(law: Law, provisions: Collection[str], read: Collection[str]) -> None:
    """Check that what was read is what would be signed: for each provision its SHA-256, or how that begins.

    Raises NoSuchProvision, HashNotGiven or TextChanged.
    """
    if not set(provisions) <= set(law.provisions):
        raise NoSuchProvision
    given = {one.strip().lower() for one in read}
    if len(given) < len(set(provisions)) or any(len(one) < SHA256_LETTERS for one in given):
        raise HashNotGiven
    texts = [law.provisions[name].sha256 for name in provisions]
    was_read = all(any(text.startswith(one) for one in given) for text in texts)
    if not was_read or not all(any(text.startswith(one) for text in texts) for one in given):
        raise TextChanged


def sign_provisions(
    docket: Docket,
    law: Law,
    provisions: Collection[str],
    *,
    lawyer: str,
    qualification: str,
    on: str,
    remarks: str = "",
    seen: int | None = None,
) -> dict[str, str]:
    """Record a lawyer's signature under provisions as they stand, one under each that is named, in the data's order.

    `seen` is the newest entry that whoever signs had read: where a signature under one of these was recorded or taken
    back since, nothing is recorded. Raises NoSuchProvision, LawyerNotNamed, SignedInTheFuture, SignedTooEarly,
    SignedAlready or StaleRecord.
    """
    if not set(provisions) <= set(law.provisions):
        raise NoSuchProvision
    if not typed(lawyer) or not typed(qualification) or not _is_day(on):
        raise LawyerNotNamed
    _check_day(docket, date.fromisoformat(on))
    entries = [
        ProvisionSigned(
            docket=docket.id,
            signature=new_id(),
            provision=provision,
            law_version=law.version,
            law_sha256=law.sha256,
            text_sha256=one.sha256,
            lawyer=typed(lawyer),
            qualification=typed(qualification),
            on=on,
            remarks=typed(remarks),
        )
        for provision, one in law.provisions.items()
        if provision in provisions
    ]

    def check() -> None:
        if seen is not None:
            check_signatures_seen(provisions, seen)
        if already := [entry.provision for entry in entries if _is_on_record(entry)]:
            raise SignedAlready(already)

    record(docket, *entries, check=check)
    return {entry.provision: entry.signature for entry in entries}


def allow_unsigned(docket: Docket, case: str, law: Law, reason: str, *, seen: int | None = None) -> str:
    """Let unsigned law of this version be printed and leave with a case, as a lead, until that is taken back.

    Raises OnlyALead, NoSuchCase, AllowanceNeedsReason or StaleRecord.
    """
    check_lead(docket)
    if not Case.objects.filter(pk=case).exists():
        raise NoSuchCase
    if not typed(reason):
        raise AllowanceNeedsReason
    entry = UnsignedLawAllowed(case, new_id(), law.sha256, typed(reason))
    record(docket, entry, seen=seen, check=lambda: check_lead(docket))
    return entry.allowance


def withdraw_signature(docket: Docket, signature: str, reason: str) -> None:
    """Take back a signature, as any member who may record one: from then on it lets nothing leave.

    Raises NothingToTakeBack or WithdrawalNeedsReason.
    """
    entry = SignatureWithdrawn(docket.id, signature, _why(reason))
    record(docket, entry, check=lambda: _check_stands(ProvisionSignature, signature))


def withdraw_allowance(docket: Docket, allowance: str, reason: str) -> None:
    """Take back that a case may leave unsigned, as a lead. What let it leave before that decision does so again.

    Raises OnlyALead, NothingToTakeBack or WithdrawalNeedsReason.
    """
    check_lead(docket)
    row = UnsignedAllowance.objects.filter(pk=allowance).first()
    if row is None:
        raise NothingToTakeBack
    entry = AllowanceWithdrawn(row.case, allowance, _why(reason))

    def check() -> None:
        check_lead(docket)
        _check_stands(UnsignedAllowance, allowance)

    record(docket, entry, check=check)


def _why(reason: str) -> str:
    if not typed(reason):
        raise WithdrawalNeedsReason
    return typed(reason)


def _check_stands(table: type[ProvisionSignature] | type[UnsignedAllowance], id: str) -> None:
    if not table.objects.filter(pk=id, withdrawn_because="").exists():
        raise NothingToTakeBack


def _check_day(docket: Docket, on: date) -> None:
    if is_to_come(on, docket.clock):
        raise SignedInTheFuture
    if on.year < FIRST_YEAR_OF_LAW_DATA:
        raise SignedTooEarly


def _is_on_record(entry: ProvisionSigned) -> bool:
    same = {"text_sha256": entry.text_sha256, "lawyer": entry.lawyer, "on": entry.on, "withdrawn_because": ""}
    return ProvisionSignature.objects.filter(provision=entry.provision, **same).exists()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
