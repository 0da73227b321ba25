"""Make room for what members say about the things that submissions need."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

from onrecord.casework.models.drawn import Reference

# A module whose name begins with a digit can only be imported by its name.
NO_STATISTICS = "onrecord.casework.migrations.0003_no_statistics"

FIELDS: list[tuple[str, Any]] = [
    ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
    ("subject", Reference(db_index=True, max_length=32)),
    ("entry", models.BigIntegerField()),
    ("case", Reference(db_index=True, max_length=32)),
    ("person", Reference(blank=True, db_index=True, max_length=32)),
    ("thing", models.CharField(max_length=60)),
    ("state", models.CharField(max_length=20)),
    ("item", Reference(blank=True, db_index=True, max_length=32)),
    ("where", models.TextField()),
    ("reason", models.TextField()),
    ("purposes", models.JSONField()),
    ("agreed_by", models.TextField()),
    ("agreed_on", models.CharField(max_length=60)),
]
INDEX = models.Index(fields=["entry"], name="holding_entry")


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_assessed_by_event")]
    operations = [
        migrations.CreateModel("Holding", FIELDS, options={"abstract": False, "indexes": [INDEX]}),
        migrations.RunPython(import_module(NO_STATISTICS).forbid, migrations.RunPython.noop),
    ]
