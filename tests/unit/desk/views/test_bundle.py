"""What leaves is decided with open eyes: on a named basis, beside everything that stays."""

import io
import secrets
import subprocess
import tarfile
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse

from invented_letters import InventedLetter, drop, spool_of
from onrecord.casework.models import BundleRecord
from onrecord.casework.record.erase import erase
from onrecord.casework.record.kept_bundles import kept_bundle
from onrecord.desk import keeping
from onrecord.desk.keeping import MadeByAnother, open_kept
from onrecord.ground.ids import BundleId, SubjectId
from onrecord.intake.collect import collect
from onrecord.seal.keyring import create_member
from unit.desk.conftest import Desk
from unit.desk.views.test_reading import typed

MAKE = {"step": "make", "basis": "consent", "purpose": "share_international_court"}


def coded_case(desk: Desk) -> str:
    exhibit, case = desk.account(), desk.case()
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case))
    return case


def made_bundle(desk: Desk, case: str) -> BundleId:
    desk.client.post(f"/case/{case}/bundle", MAKE)
    return BundleId(BundleRecord.objects.get().id)


def downloaded(desk: Desk, bundle: str) -> bytes:
    answer = desk.client.get(f"/bundle/{bundle}/download")
    assert isinstance(answer, StreamingHttpResponse)
    return b"".join(answer)  # type: ignore[arg-type]


def test_without_a_basis_everything_stays_and_nothing_can_be_made(desk: Desk) -> None:
    case = coded_case(desk)

    page = desk.client.get(f"/case/{case}/bundle").content.decode()

    assert "no basis is chosen" in page
    assert "nothing has a basis to leave" in page


def test_consent_for_this_recipient_lets_the_letter_go_and_no_other_basis_is_assumed(desk: Desk) -> None:
    case = coded_case(desk)

    court = desk.client.post(f"/case/{case}/bundle", {"basis": "consent", "purpose": "share_international_court"})
    state = desk.client.post(f"/case/{case}/bundle", {"basis": "consent", "purpose": "share_home_state"})

    assert "Make the bundle<" in court.content.decode()
    assert "the reporter did not allow it for this recipient" in state.content.decode()


def test_a_bundle_is_made_recorded_and_checked(desk: Desk) -> None:
    case = coded_case(desk)

    page = desk.client.post(f"/case/{case}/bundle", MAKE).content.decode()

    made = BundleRecord.objects.get()
    assert "every check held" in page
    assert "sh verify.sh KEYS" in page
    assert "clear text" in page
    assert f"/bundle/{made.id}/download" in page
    assert made.basis == ["consent"]


def test_on_consent_none_is_made_while_a_letter_lies_unopened(desk: Desk) -> None:
    case = coded_case(desk)
    drop(desk.docket, InventedLetter(account="Unread.").sealed(desk.docket))
    list(collect(desk.docket, spool_of(desk.docket)))

    answer = desk.client.post(f"/case/{case}/bundle", MAKE)

    assert answer.status_code == 403
    assert "Open the letters first" in answer.content.decode()
    assert not BundleRecord.objects.exists()


def test_no_bundle_is_made_to_be_published_while_a_danger_stands_at_the_head_of_its_page(desk: Desk) -> None:
    exhibit, case = desk.account(), desk.case()
    serving = {"field-0": "recruit.stage", "value-0": "in_training", "mode-0": ""}
    desk.client.post(f"/read/{exhibit.id}", typed(desk, case, **serving))
    asked = {**MAKE, "basis": "lawful_order", "reason": "order 12"}

    refused = desk.client.post(f"/case/{case}/bundle", {**asked, "purpose": "publish_facts"})

    page = refused.content.decode()
    assert refused.status_code == 403
    assert "nothing about them is published" in page and "Choose a recipient who publishes nothing" in page
    assert "May be serving" in page
    assert not BundleRecord.objects.exists()
    assert desk.client.post(f"/case/{case}/bundle", asked).status_code == 200


def test_what_lies_in_the_docket_is_one_sealed_file_and_nothing_stays_in_memory(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(keeping, "IN_MEMORY", memory)

    bundle = made_bundle(desk, coded_case(desk))

    kept = list((desk.docket.folder / "bundles").iterdir())
    assert kept == [kept_bundle(desk.docket, bundle)]
    assert kept[0].read_bytes().startswith(b"age-encryption.org/v1\n")
    assert list(memory.iterdir()) == []


def test_the_download_unpacks_to_a_bundle_that_verifies_and_says_nothing_of_this_machine(
    desk: Desk, tmp_path: Path
) -> None:
    case = coded_case(desk)
    bundle = made_bundle(desk, case)

    answer = desk.client.get(f"/bundle/{bundle}/download")

    data = downloaded(desk, bundle)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        members = tar.getmembers()
    assert {(one.mtime, one.uid, one.gid, one.uname, one.gname) for one in members} == {(0, 0, 0, "", "")}
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''Lantern-{bundle[:6]}.tar"
    assert (answer["Cache-Control"], answer["Content-Length"]) == ("no-store", str(len(data)))
    assert f"/bundle/{bundle}/download" in desk.client.get(f"/case/{case}").content.decode()
    subprocess.run(["tar", "xf", "-"], input=data, cwd=tmp_path, check=True)
    verified = subprocess.run(["sh", "verify.sh"], cwd=tmp_path / f"bundle-{bundle[:6]}", capture_output=True)
    assert verified.returncode == 0


def test_a_member_who_did_not_make_it_is_refused(desk: Desk, tmp_path: Path) -> None:
    bundle = made_bundle(desk, coded_case(desk))
    other = create_member(
        tmp_path, kind="member", name="Ada Placeholder", passphrase="x" * 20, random=secrets.token_bytes
    )

    with pytest.raises(MadeByAnother):
        open_kept(desk.docket.working_as(other), bundle)


def test_without_a_folder_in_memory_no_bundle_is_made(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = coded_case(desk)
    monkeypatch.setattr(keeping, "IN_MEMORY", tmp_path / "missing")

    answer = desk.client.post(f"/case/{case}/bundle", MAKE)

    assert answer.status_code == 403
    assert "no folder in memory" in answer.content.decode()
    assert not BundleRecord.objects.exists()


def test_erasing_the_letter_takes_the_bundle_with_it(desk: Desk) -> None:
    bundle = made_bundle(desk, coded_case(desk))
    letter = next(one for one in BundleRecord.objects.get().counts if desk.docket.subjects.kind(one) == "letter")

    erase(desk.docket, SubjectId(letter), "asked_by_the_person")

    assert list((desk.docket.folder / "bundles").iterdir()) == []
    assert desk.client.get(f"/bundle/{bundle}/download").status_code == 404


def test_a_bundle_of_which_a_part_is_erased_while_it_is_made_is_not_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = coded_case(desk)
    monkeypatch.setattr(keeping, "holds_erased", lambda _: True)

    answer = desk.client.post(f"/case/{case}/bundle", MAKE)

    assert answer.status_code == 404
    assert list((desk.docket.folder / "bundles").iterdir()) == []


def test_a_bundle_of_an_unknown_identifier_is_not_here(desk: Desk) -> None:
    assert desk.client.get(f"/bundle/{'0' * 32}/download").status_code == 404


def test_an_order_without_its_reference_is_refused_and_nothing_leaves(desk: Desk) -> None:
    case = coded_case(desk)

    answer = desk.client.post(f"/case/{case}/bundle", {"step": "make", "basis": "lawful_order"})

    assert answer.status_code == 400
    assert not BundleRecord.objects.exists()
    assert not list((desk.docket.folder / "bundles").iterdir())
