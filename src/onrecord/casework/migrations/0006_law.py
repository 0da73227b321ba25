"""Make room for assessments, lawyers' signatures, overrides and submissions."""

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
KNOWN: list[tuple[str, Any]] = [
    ("language", models.CharField(max_length=35)),
    ("deadline", models.CharField(max_length=60)),
    ("sent_on", models.CharField(max_length=60)),
    ("reference", models.TextField()),
    ("reply", models.TextField()),
    ("next_date", models.CharField(max_length=60)),
]
CASE: tuple[str, Any] = ("case", Reference(db_index=True, max_length=32))
LAW_SHA256: tuple[str, Any] = ("law_sha256", models.CharField(max_length=64))
LAW_VERSION: tuple[str, Any] = ("law_version", models.CharField(max_length=40))
TABLES: dict[str, list[tuple[str, Any]]] = {
    "Assessment": [
        CASE,
        ("person", Reference(db_index=True, max_length=32)),
        LAW_VERSION,
        LAW_SHA256,
        *((name, models.JSONField()) for name in ("facts", "evidence", "derived", "elements")),
        *((name, models.JSONField()) for name in ("provisions", "flags", "risks")),
        ("earlier", Reference(blank=True, db_index=True, max_length=32)),
    ],
    "PlaceOverride": [
        CASE,
        ("event", Reference(db_index=True, max_length=32)),
        ("status", models.CharField(max_length=40)),
        ("reason", models.TextField()),
    ],
    "UnsignedAllowance": [CASE, LAW_SHA256, ("reason", models.TextField())],
    "ProvisionSignature": [
        ("provision", models.CharField(db_index=True, max_length=60)),
        LAW_VERSION,
        LAW_SHA256,
        ("text_sha256", models.CharField(max_length=64)),
        ("lawyer", models.TextField()),
        ("qualification", models.TextField()),
        ("on", models.CharField(max_length=10)),
        ("remarks", models.TextField()),
    ],
    "Submission": [
        CASE,
        ("person", Reference(blank=True, db_index=True, max_length=32)),
        ("forum", models.CharField(max_length=60)),
        *KNOWN,
    ],
    "SubmissionNote": [
        ("submission", Reference(db_index=True, max_length=32)),
        *KNOWN,
        ("remarks", models.TextField()),
    ],
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_replies")]
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
