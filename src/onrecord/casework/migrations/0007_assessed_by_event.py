"""Make room for the event that an assessment is about, and for the open points that stood beside each element."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

from onrecord.casework.models.drawn import Reference

# A module whose name begins with a digit can only be imported by its name.
NO_STATISTICS = "onrecord.casework.migrations.0003_no_statistics"

# What an assessment of the first version says: all events together, and no open point on record.
ADDED: dict[str, Any] = {
    "event": Reference(blank=True, db_index=True, default="", max_length=32),
    "open_points": models.JSONField(default=dict),
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_law")]
    operations = [
        *(migrations.AddField("assessment", name, field, preserve_default=False) for name, field in ADDED.items()),
        migrations.RunPython(import_module(NO_STATISTICS).forbid, migrations.RunPython.noop),
    ]
