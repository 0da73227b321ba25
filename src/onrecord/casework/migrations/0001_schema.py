"""Create the ledger's table and every table that is drawn from it."""

from django.db import migrations, models

import onrecord.casework.models.drawn


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("name", models.CharField(max_length=100, unique=True)),
                ("verify_key", models.CharField(max_length=44)),
                ("is_active", models.BooleanField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("case", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("event", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("victim", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Attribution",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("claim", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("place", models.IntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("source", onrecord.casework.models.drawn.Reference(blank=True, db_index=True, max_length=32)),
                ("name", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BundleRecord",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("basis", models.JSONField()),
                ("purpose", models.CharField(max_length=40)),
                ("manifest_sha256", models.CharField(max_length=64)),
                ("counts", models.JSONField()),
                ("left_out", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("holder", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("holder_kind", models.CharField(max_length=10)),
                ("act", onrecord.casework.models.drawn.Reference(blank=True, db_index=True, max_length=32)),
                ("person", onrecord.casework.models.drawn.Reference(blank=True, db_index=True, max_length=32)),
                ("kind", models.CharField(max_length=40)),
                ("passage", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("exhibit", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("connection", models.CharField(max_length=40)),
                ("manner", models.TextField()),
                ("stance", models.CharField(max_length=12)),
                ("reliability", models.CharField(max_length=1)),
                ("credibility", models.CharField(max_length=1)),
                ("withdrawn_because", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ClaimValue",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("claim", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("place", models.IntegerField()),
                ("field", models.CharField(db_index=True, max_length=80)),
                ("value", models.TextField()),
                ("mode", models.CharField(max_length=20)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("letter", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("purpose", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=64)),
                ("wording_sha256", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("erased_kind", models.CharField(max_length=10)),
                ("reason", models.CharField(max_length=40)),
                ("complete_after", models.CharField(max_length=20)),
                ("sealed_sha256", models.CharField(db_index=True, max_length=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("case", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("title", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("origin", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("origin_kind", models.CharField(max_length=10)),
                ("place", models.IntegerField()),
                ("name", models.TextField()),
                ("media_type", models.CharField(max_length=100)),
                ("size_bytes", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("blob", models.CharField(max_length=64)),
                ("made_from", onrecord.casework.models.drawn.Reference(blank=True, db_index=True, max_length=32)),
                ("tool", models.CharField(max_length=100)),
                ("is_reading_text", models.BooleanField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Involvement",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("act", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("perpetrator", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("degree", models.CharField(max_length=60)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("sealed_sha256", models.CharField(db_index=True, max_length=64)),
                ("size_bytes", models.BigIntegerField()),
                ("blob", models.CharField(max_length=64)),
                ("parts", models.JSONField()),
                ("arrived_on", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[("sealed", "sealed"), ("opened", "opened"), ("quarantined", "quarantined")],
                        db_index=True,
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(max_length=40)),
                ("tier", models.CharField(max_length=1)),
                ("language", models.CharField(max_length=35)),
                ("path", models.CharField(max_length=12)),
                ("answers", models.JSONField()),
                ("prompted", models.JSONField()),
                ("identity_blob", models.CharField(max_length=64)),
                ("reporter", models.JSONField(null=True)),
                ("continues", onrecord.casework.models.drawn.Reference(blank=True, db_index=True, max_length=32)),
                ("counter", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("exhibit", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("quote", models.TextField()),
                ("quote_sha256", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pattern",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("code", models.CharField(max_length=60)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("case", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("counting_unit", models.CharField(max_length=20)),
                ("number_min", models.IntegerField(null=True)),
                ("number_best", models.IntegerField(null=True)),
                ("number_max", models.IntegerField(null=True)),
                ("basis", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("captured_at", models.CharField(max_length=20)),
                ("collector", models.CharField(max_length=32)),
                ("tool", models.CharField(max_length=100)),
                ("media_type", models.CharField(max_length=100)),
                ("proposal", models.JSONField()),
                ("is_described", models.BooleanField()),
                ("title", models.TextField()),
                ("author", models.TextField()),
                ("publisher", models.TextField()),
                ("published", models.CharField(max_length=60)),
                ("published_earliest", models.DateField(null=True)),
                ("published_latest", models.DateField(null=True)),
                ("published_raw", models.TextField()),
                ("reading_order", models.CharField(max_length=20)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceLink",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("subject", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("entry", models.BigIntegerField()),
                ("source", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
                ("relation", models.CharField(max_length=40)),
                ("other", onrecord.casework.models.drawn.Reference(db_index=True, max_length=32)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LedgerRow",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("leaf", models.BinaryField(max_length=32)),
                ("sealed", models.BinaryField()),
                ("is_keyset", models.BooleanField()),
                ("subject", models.CharField(max_length=32)),
                ("subject_seq", models.BigIntegerField()),
                ("actor", models.CharField(max_length=32)),
                ("actor_seq", models.BigIntegerField()),
                ("at", models.CharField(max_length=20)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "subject_seq"), name="one_entry_a_subject_number"),
                    models.UniqueConstraint(fields=("actor", "actor_seq"), name="one_entry_an_actor_number"),
                ],
            },
        ),
    ]
