"""Find the rows that an entry drew: an index on the entry of every drawn table, in the ledger's own order."""

from django.db import migrations, models

DRAWN = (
    "act",
    "attribution",
    "bundlerecord",
    "case",
    "claim",
    "claimvalue",
    "consent",
    "erasure",
    "event",
    "exhibit",
    "involvement",
    "letter",
    "member",
    "passage",
    "pattern",
    "person",
    "source",
    "sourcelink",
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_no_statistics")]
    operations = [
        migrations.AddIndex(model_name=table, index=models.Index(fields=["entry"], name=f"{table}_entry"))
        for table in DRAWN
    ]
