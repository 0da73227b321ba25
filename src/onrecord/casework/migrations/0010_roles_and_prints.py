"""Make room for the roles of members, and for sheets of the law that were printed."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

from onrecord.casework.models.drawn import Reference

# A module whose name begins with a digit can only be imported by its name.
NO_STATISTICS = "onrecord.casework.migrations.0003_no_statistics"

DRAWN: list[tuple[str, Any]] = [
    ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
    ("subject", Reference(db_index=True, max_length=32)),
    ("entry", models.BigIntegerField()),
]
TABLES: dict[str, list[tuple[str, Any]]] = {
    "RoleGrant": [
        ("member", Reference(db_index=True, max_length=32)),
        ("roles", models.JSONField()),
    ],
    "MatrixPrint": [
        ("case", Reference(db_index=True, max_length=32)),
        ("person", Reference(db_index=True, max_length=32)),
        ("event", Reference(blank=True, db_index=True, max_length=32)),
        ("law_version", models.CharField(max_length=40)),
        ("law_sha256", models.CharField(max_length=64)),
        ("purpose", models.CharField(max_length=40)),
        ("basis", models.JSONField()),
        ("reason", models.TextField()),
        *((name, models.JSONField()) for name in ("claims", "texts", "left_out", "elements", "provisions", "shown")),
        ("allowance", Reference(blank=True, db_index=True, max_length=32)),
        ("log_size", models.BigIntegerField()),
    ],
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_holding")]
    operations = [
        *(
            migrations.CreateModel(
                table,
                [*DRAWN, *fields],
                options={"abstract": False, "indexes": [models.Index(fields=["entry"], name=f"{table.lower()}_entry")]},
            )
            for table, fields in TABLES.items()
        ),
        migrations.RunPython(import_module(NO_STATISTICS).forbid, migrations.RunPython.noop),
    ]
