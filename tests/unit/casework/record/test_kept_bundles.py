"""A bundle that lies in the docket is in no backup, and goes when anything in it is erased."""

import tarfile
from pathlib import Path

import pytest

from onrecord.bundle.content import Basis
from onrecord.bundle.gather import Request
from onrecord.bundle.make import make_bundle
from onrecord.casework.backup import DOCKET_TAR, back_up
from onrecord.casework.docket import Docket
from onrecord.casework.models import BundleRecord
from onrecord.casework.record import erase as erasing
from onrecord.casework.record.erase import erase, finish_erasures
from onrecord.casework.record.kept_bundles import kept_bundle
from onrecord.ground.ids import SubjectId
from whole_story import Story, tell_story


@pytest.fixture
def story(docket: Docket, tmp_path: Path) -> Story:
    """The whole story, with its bundle kept twice: as the desk keeps it, and in clear text beside it."""
    told = tell_story(docket, tmp_path / "outside")
    request = Request(told.case, (Basis.LAWFUL_ORDER,), "share_international_court", "order 12")
    made = make_bundle(docket, request, docket.folder / "bundles/by-hand")
    kept_bundle(docket, made.id).write_bytes(b"sealed")
    return told


def kept(docket: Docket) -> list[str]:
    return sorted(path.name for path in (docket.folder / "bundles").iterdir())


def test_an_erased_letter_takes_every_bundle_that_names_it(docket: Docket, story: Story) -> None:
    assert all(story.letter in record.counts for record in BundleRecord.objects.all())

    erase(docket, SubjectId(story.letter), "asked_by_the_person")

    assert kept(docket) == []


def test_an_erased_case_takes_its_bundles_although_their_record_goes_with_it(docket: Docket, story: Story) -> None:
    erase(docket, SubjectId(story.case), "court_order")

    assert not BundleRecord.objects.exists()
    assert kept(docket) == []


def test_a_bundle_that_does_not_name_what_is_erased_stays(docket: Docket, story: Story) -> None:
    (docket.folder / "bundles/notes").mkdir()
    before = kept(docket)

    erase(docket, SubjectId(story.ukrainian_letter), "mistake")

    assert kept(docket) == before


def test_an_erasure_that_stopped_before_the_bundles_is_finished_later(
    docket: Docket, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as power_fails:
        power_fails.setattr(erasing, "remove_erased_bundles", _die)
        with pytest.raises(KeyboardInterrupt):
            erase(docket, SubjectId(story.letter), "asked_by_the_person")

    finish_erasures(docket)

    assert kept(docket) == []


def test_no_bundle_is_in_a_backup(docket: Docket, story: Story, tmp_path: Path) -> None:
    back_up(docket, tmp_path / "backup")

    with tarfile.open(tmp_path / "backup" / DOCKET_TAR) as tar:
        assert [name for name in tar.getnames() if name.startswith("bundles")] == []


def _die(*_arguments: object) -> None:
    raise KeyboardInterrupt
