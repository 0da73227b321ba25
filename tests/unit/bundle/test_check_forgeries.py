"""Every forgery is seen by all three verifiers, at the same check, whatever the forger wrote anew."""

from pathlib import Path

import pytest

from unit.bundle.forgeries import FORGERIES
from unit.bundle.verifiers import by_onrecord, by_python, by_shell


def test_a_whole_bundle_is_whole_for_every_verifier(bundle: Path, keys: Path):
    verdicts = [by_shell(bundle, keys), by_shell(bundle, keys, shell="bash"), by_python(bundle, keys)]

    assert [verdict.code for verdict in verdicts] == [0, 0, 0]
    assert by_onrecord(bundle, keys).check is None


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_bundle_is_refused_by_every_verifier_for_the_same_reason(name: str, bundle: Path, keys: Path):
    forge, seen_by = FORGERIES[name]

    forge(bundle)

    verdicts = [by_shell(bundle, keys), by_python(bundle, keys), by_onrecord(bundle, keys)]
    assert [(verdict.code, verdict.check) for verdict in verdicts] == [(4, seen_by)] * 3, verdicts
