"""Make room for the grades of letters and sources."""

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
    ("origin", Reference(db_index=True, max_length=32)),
    ("reliability", models.CharField(max_length=1)),
    ("credibility", models.CharField(max_length=1)),
    ("reason", models.TextField()),
]
INDEX = models.Index(fields=["entry"], name="grade_entry")


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_roles_and_prints")]
    operations = [
        migrations.CreateModel("Grade", FIELDS, options={"abstract": False, "indexes": [INDEX]}),
        migrations.RunPython(import_module(NO_STATISTICS).forbid, migrations.RunPython.noop),
    ]
