"""Make room for what passes between desk and reporter, and for the form, mailbox and hash of a letter's words."""

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
    "Reply": [
        ("letter", Reference(db_index=True, max_length=32)),
        ("counter", models.BigIntegerField()),
        ("mailbox", Reference(db_index=True, max_length=32)),
        ("month", models.CharField(max_length=7)),
        ("opened", models.CharField(max_length=7)),
        ("box", models.TextField()),
        ("number", models.BigIntegerField()),
        ("kind", models.CharField(max_length=10)),
        ("text", models.TextField()),
        ("why", models.TextField()),
    ],
    "Hold": [
        ("letter", Reference(db_index=True, max_length=32)),
        ("tier", models.CharField(max_length=1)),
        ("lifted_because", models.TextField()),
    ],
    "Confirmation": [
        ("letter", Reference(db_index=True, max_length=32)),
        ("purpose", models.CharField(max_length=64)),
        ("said_in", Reference(db_index=True, max_length=32)),
    ],
}
ADDED: dict[str, Any] = {
    "form": models.CharField(default="", max_length=64),
    "mailbox": Reference(blank=True, db_index=True, default="", max_length=32),
    "body_sha256": models.CharField(default="", max_length=64),
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_rows_by_entry")]
    operations = [
        *(
            # The default fills old rows until they are drawn again, and is forgotten.
            migrations.AddField("letter", name, field, preserve_default=False)
            for name, field in ADDED.items()
        ),
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
