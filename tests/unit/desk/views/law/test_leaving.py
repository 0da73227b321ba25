"""What the law data says of a case leaves signed, or with a lead's reason, or not at all."""

import re
from html import unescape

from django.http import HttpResponse

from conftest import MEMBER
from invented_desk import COURT
from onrecord.casework.entries.docket import MemberAdded
from onrecord.casework.law.facts import read_case
from onrecord.casework.law.signing import sign_provisions
from onrecord.casework.members.roles import give_roles
from onrecord.casework.models import Event, MatrixPrint, ProvisionSignature, UnsignedAllowance
from onrecord.casework.record.append import record
from onrecord.desk.shown.law.weighing import hold
from onrecord.ground.ids import new_id
from onrecord.law.load import load_law
from onrecord.law.reading.signed_text import signed_text
from unit.desk.views.law.conftest import LawDesk
from unit.desk.views.law.test_matrix import part

SIGNED_TEXTS = ("id", "label", "short", "word", "instrument", "in_force", "article", "basis")
SIGNATURE = {"lawyer": "Vera Sample", "qualification": "advocate, invented bar", "on": "2026-03-01"}


def sign_all(law_desk: LawDesk) -> None:
    sign_provisions(law_desk.desk.docket, load_law(), list(load_law().provisions), **SIGNATURE)


def demote(law_desk: LawDesk) -> None:
    """Make somebody else the lead."""
    docket = law_desk.desk.docket
    record(docket, MemberAdded(docket=docket.id, member=new_id(), name="Ada Placeholder", verify_key="A" * 43 + "="))
    give_roles(docket, "Ada Placeholder", ["lead"])
    give_roles(docket, MEMBER, ["coder"])


def print_it(law_desk: LawDesk, **asked: object) -> HttpResponse:
    everything = {"purpose": COURT, "basis": ["consent", "public_source"]}
    return law_desk.post("/law/print", **{**everything, "step": "print", **asked})


def test_unsigned_law_is_not_printed_and_the_refusal_says_what_is_missing(law_desk: LawDesk) -> None:
    answer = law_desk.get("/law/print")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Printing is refused: no lawyer has signed all of what this shows." in page
    assert "GC IV 51 s.1" in page
    assert "<table" not in page


def test_on_paper_the_screen_says_only_why_it_is_not_printed(law_desk: LawDesk) -> None:
    page = law_desk.page()

    printed = page[page.index('class="instead"') :]
    assert "Printing is refused." in printed
    assert "8 provisions of law data 1.0.0 have no lawyer's signature" in printed


def test_a_lead_lets_it_leave_with_a_reason_that_is_printed_on_it(law_desk: LawDesk) -> None:
    without = law_desk.post("/law/allow", reason=" ")
    law_desk.post("/law/allow", reason="A hearing tomorrow")

    answer = print_it(law_desk)

    page = answer.content.decode()
    assert without.status_code == 422
    assert '<a href="#reason">' in without.content.decode()
    assert answer.status_code == 200
    assert "A hearing tomorrow" in page
    assert load_law().sha256 in page
    assert "Only a competent court decides" in page
    assert "A hearing tomorrow" in law_desk.page()


def test_who_is_no_lead_is_told_who_could_let_it_leave_and_gets_no_form(law_desk: LawDesk) -> None:
    demote(law_desk)

    shown, tried = law_desk.get("/law/print"), law_desk.post("/law/allow", reason="A hearing tomorrow")

    for answer in (shown, tried):
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "you are not a lead. This can be decided by: <b><bdi>Ada Placeholder</bdi></b>." in page
        assert "/law/allow" not in page
    assert not UnsignedAllowance.objects.exists()


def test_who_is_no_lead_sees_why_a_case_may_leave_and_gets_no_form_to_take_it_back(law_desk: LawDesk) -> None:
    law_desk.post("/law/allow", reason="A hearing tomorrow")
    demote(law_desk)

    page = law_desk.page("/law/print")
    tried = law_desk.send(f"/allowance/{UnsignedAllowance.objects.get().id}/withdraw", reason="a slip")

    assert "A hearing tomorrow" in page and "/withdraw" not in page
    assert tried.status_code == 403 and UnsignedAllowance.objects.get().withdrawn_because == ""


def test_what_is_printed_holds_no_word_of_a_text(law_desk: LawDesk) -> None:
    sign_all(law_desk)

    page = print_it(law_desk).content.decode()

    assert "Compulsion: force, threat or penalty" in page
    assert "I did not want it" not in page
    assert "go to prison" not in page


def test_signed_law_is_printed_with_who_signed_each_provision(law_desk: LawDesk) -> None:
    sign_all(law_desk)

    answer = print_it(law_desk)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("Vera Sample") == len(re.findall('scope="col" class="pv', page))
    assert "nobody has signed" not in page


def test_a_print_says_why_a_place_was_set_by_hand(law_desk: LawDesk) -> None:
    sign_all(law_desk)
    law_desk.post("/law/place", event=Event.objects.get().id, status="third_state", reason="A map of that day")

    page = print_it(law_desk, show=["gc4-51-1a"]).content.decode()

    assert "A map of that day" in page
    assert "set by hand" in part(page, 'id="e-in_occupied"', "</tr>")


def test_a_safeguard_against_a_label_is_never_printed(law_desk: LawDesk) -> None:
    sign_all(law_desk)

    page = print_it(law_desk, show=["merc-guard", "c29-2"]).content.decode()

    assert "ILO C29" in page
    assert "mercenary&#x27; open at all" not in page
    assert "Recruitment in order to fight" not in page


def test_a_print_of_one_signed_provision_says_nothing_of_the_unsigned_ones(law_desk: LawDesk) -> None:
    law = load_law()
    signed = {**SIGNATURE, "remarks": "Read with one reservation"}
    sign_provisions(law_desk.desk.docket, law, ["c29-2"], **signed)
    held = hold(read_case(law_desk.case, law), law_desk.person, law)
    all_flags, all_gaps = set(held.assessment.flags), [gap.check for gap in held.assessment.gaps]

    page = unescape(print_it(law_desk, show=["c29-2"]).content.decode())

    own = set(held.assessment.provisions["c29-2"].flags)
    assert [flag for flag in all_flags - own if law.flag_texts[flag] in page] == []
    assert [flag for flag in own if law.flag_texts[flag] not in page] == []
    moved = {gap.check: {"c29-2"} & {*gap.provisions} for gap in held.assessment.gaps}
    elements = {gap.check: gap.element in law.provisions["c29-2"].elements for gap in held.assessment.gaps}
    printed = [check for check in all_gaps if f">{check}</li>" in page]
    assert printed and all(moved[check] or elements[check] for check in printed)
    assert all_flags - own
    assert "mercenary" in law_desk.page().lower()
    assert "mercenary" not in page.lower()
    assert "Read with one reservation" in page


def test_a_signature_is_recorded_on_the_text_that_was_read_and_shown_with_its_day(law_desk: LawDesk) -> None:
    client, text = law_desk.desk.client, load_law().provisions["c29-2"].sha256

    answer = law_desk.send("/law/c29-2", **SIGNATURE, read=text)

    assert answer.status_code == 302
    listed = client.get("/law").content.decode()
    assert "1 of 37 provisions signed" in listed
    assert "Vera Sample" in listed
    assert "2026-03-01" in client.get("/law/c29-2").content.decode()


def test_what_was_taken_back_at_the_desk_lets_nothing_leave_and_old_prints_stay(law_desk: LawDesk) -> None:
    law_desk.send("/law/c29-2", **SIGNATURE, read=load_law().provisions["c29-2"].sha256)
    law_desk.post("/law/allow", reason="A hearing tomorrow")
    printed, offered = print_it(law_desk), law_desk.page("/law/print")
    signature, leave = ProvisionSignature.objects.get().id, UnsignedAllowance.objects.get().id

    taken = [
        law_desk.send(f"/signature/{signature}/withdraw", reason="Recorded under the wrong text"),
        law_desk.send(f"/allowance/{leave}/withdraw", reason="The hearing was put off", person=law_desk.person),
    ]

    assert (printed.status_code, [one.status_code for one in taken]) == (200, [302, 302])
    assert f"/allowance/{leave}/withdraw" in offered and "A hearing tomorrow" not in law_desk.page("/law/print")
    assert print_it(law_desk).status_code == 403
    provision = law_desk.desk.client.get(taken[0]["Location"]).content.decode()
    assert "nobody has signed this text" in provision and "Recorded under the wrong text" in provision
    assert "Vera Sample" in provision and "/withdraw" not in provision
    old = law_desk.desk.client.get(f"/sheet/{MatrixPrint.objects.get().id}").content.decode()
    assert "A hearing tomorrow" in old


def test_nothing_is_taken_back_without_a_reason_or_twice(law_desk: LawDesk) -> None:
    law_desk.send("/law/c29-2", **SIGNATURE, read=load_law().provisions["c29-2"].sha256)
    law_desk.post("/law/allow", reason="A hearing tomorrow")
    signature, leave = ProvisionSignature.objects.get().id, UnsignedAllowance.objects.get().id

    for path in (f"/signature/{signature}/withdraw", f"/allowance/{leave}/withdraw"):
        without, first, second = [law_desk.send(path, reason=reason) for reason in (" ", "a slip", "a slip")]
        assert (without.status_code, first.status_code, second.status_code) == (422, 302, 404)
        assert "for a reason that stays on record, and none was given" in without.content.decode()


def test_who_has_not_read_the_text_as_it_stands_signs_nothing_and_loses_nothing(law_desk: LawDesk) -> None:
    answer = law_desk.send("/law/c29-2", **SIGNATURE, read="0" * 64)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nothing was signed" in page
    assert 'value="Vera Sample"' in page
    assert "nobody has signed this text" in page


def test_of_two_tabs_on_a_provision_the_second_signs_nothing_and_loses_nothing(law_desk: LawDesk) -> None:
    client, text = law_desk.desk.client, load_law().provisions["c29-2"].sha256
    page = client.get("/law/c29-2").content.decode()
    seen = part(page, 'name="seen" value="', '">').removeprefix('name="seen" value="')
    first = client.post("/law/gc4-31", {**SIGNATURE, "read": load_law().provisions["gc4-31"].sha256, "seen": seen})
    second = client.post("/law/c29-2", {**SIGNATURE, "read": text, "seen": seen})

    third = client.post("/law/c29-2", {**SIGNATURE, "read": text, "seen": seen})

    assert (first.status_code, second.status_code, third.status_code) == (302, 302, 409)
    assert 'value="Vera Sample"' in third.content.decode()


def test_an_allowance_from_an_old_page_is_refused_and_keeps_its_reason(law_desk: LawDesk) -> None:
    page = law_desk.page("/law/print")
    seen = part(page, 'name="seen" value="', '">').removeprefix('name="seen" value="')
    law_desk.post("/law/place", event=Event.objects.get().id, status="third_state", reason="A map of that day")

    answer = law_desk.post("/law/allow", seen=seen, reason="A hearing tomorrow")

    assert answer.status_code == 409
    assert 'value="A hearing tomorrow"' in answer.content.decode()


def test_a_lawyer_reads_the_rules_as_they_are_computed_in_words(law_desk: LawDesk) -> None:
    page = law_desk.desk.client.get("/law/gc4-51-1a").content.decode()

    assert "at least one of these holds:" in page
    assert "this does not hold:" in page
    assert "the element “In the hands of the Power” is supported" in page
    assert "place: status is Occupied" in page
    assert "decides whether the rule reaches the facts" in page


def test_a_lawyer_reads_at_the_desk_every_text_that_a_signature_binds(law_desk: LawDesk) -> None:
    law = load_law()
    for provision in ("gc4-51-1a", "hr-46-2", "rome-7-1-h", "merc-guard"):
        page = " ".join(unescape(law_desk.desk.client.get(f"/law/{provision}").content.decode()).split())
        signed = signed_text(law.files, provision)

        texts = [one[key] for one in signed["elements"].values() for key in ("short", "q", "check", "notes")]
        texts += [flag["text"] for one in signed["elements"].values() for flag in one["flags"]]
        texts += [signed["provision"][key] for key in SIGNED_TEXTS]
        texts += [*signed["elements"], *signed["provisions"], *(one["short"] for one in signed["provisions"].values())]

        assert [text for text in texts if text and " ".join(text.split()) not in page] == []
        reaching = [one for one in signed["elements"].values() if one["reach"]]
        assert page.count("decides whether the rule reaches the facts") == len(reaching)
        assert "It does not bind the dangers to a person" in page
