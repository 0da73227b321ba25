"""Which provisions are near is read from the law data: what stands around the conduct brings none of them nearer."""

import shutil
from pathlib import Path

import pytest

from onrecord.desk.shown.law.matrix import elements_of, in_groups, nearest
from onrecord.law.assess import assess
from onrecord.law.load import FOLDER, load_law, read_law
from onrecord.law.model import Fact, Facts

SIGNED_ON = Facts({"actor.kind": Fact(("armed_forces",)), "recruit.stage": Fact(("signed",))})


def test_every_element_has_one_row_in_the_order_of_the_groups() -> None:
    law = load_law()

    rows = [element for _title, elements in in_groups(law) for element in elements]

    assert sorted(rows) == sorted(law.elements)
    assert elements_of(law, law.provisions) == tuple(name for name in rows if name in elements_of(law, law.provisions))


def test_short_names_tell_elements_and_provisions_apart() -> None:
    law = load_law()

    for named in (law.elements, law.provisions):
        shorts = [one.short for one in named.values()]
        assert sorted(set(shorts)) == sorted(shorts)


@pytest.mark.parametrize(("around", "near"), [("true", "iccpr-18"), ("false", "gc3-130")])
def test_what_stands_around_the_conduct_is_what_the_data_says(tmp_path: Path, around: str, near: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "data"))
    elements = folder / "elements.yaml"
    there, instead = '"Where and who", around: true', f'"Where and who", around: {around}'
    elements.write_text(elements.read_text(encoding="utf-8").replace(there, instead), encoding="utf-8")
    law = read_law(folder)

    assert nearest(law, assess(SIGNED_ON, law), most=1) == (near,)
