"""Only casework.drawers writes drawn tables: whatever else wants to change a case has to record an entry."""

from pathlib import Path

import pytest
from django.db import connection

from drawing_rule import DrawnElsewhere, only_drawers_draw
from onrecord.casework.docket import Docket
from onrecord.casework.models import Case
from onrecord.casework.models.drawn import drawn_tables
from onrecord.casework.opening import open_case
from onrecord.casework.record import redraw
from onrecord.casework.record.erase import erase
from onrecord.ground.ids import SubjectId
from whole_story import tell_story


def test_in_a_whole_story_only_drawers_write_drawn_tables(docket_on_each_database: Docket, tmp_path: Path) -> None:
    docket = docket_on_each_database

    with only_drawers_draw() as written:
        story = tell_story(docket, tmp_path)
        erase(docket, SubjectId(story.ukrainian_letter), "mistake")
        redraw.redraw(docket)

    assert set(written) == {table._meta.db_table for table in drawn_tables()}


def test_a_write_that_was_planted_elsewhere_is_caught(docket: Docket) -> None:
    case = open_case(docket, "Lantern")
    plants = (
        lambda: Case.objects.filter(pk=case).update(name="Anchor"),
        lambda: Case.objects.get(pk=case).save(),
        lambda: Case.objects.create(id="f" * 32, subject="f" * 32, entry=0, name="Planted"),
        lambda: Case.objects.all().delete(),
        lambda: connection.cursor().execute("update casework_case set name = 'Anchor'"),
    )

    for plant in plants:
        with only_drawers_draw(), pytest.raises(DrawnElsewhere):
            plant()

    assert Case.objects.get().name == "Lantern"
