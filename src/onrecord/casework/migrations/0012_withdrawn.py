"""Make room for why a signature under the law data, or a lead's decision to let it leave unsigned, was taken back."""

from importlib import import_module

from django.db import migrations, models

# A module whose name begins with a digit can only be imported by its name.
NO_STATISTICS = "onrecord.casework.migrations.0003_no_statistics"


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_grade")]
    operations = [
        *(
            migrations.AddField(table, "withdrawn_because", models.TextField(default=""), preserve_default=False)
            for table in ("provisionsignature", "unsignedallowance")
        ),
        migrations.AddField("provisionsignature", "withdrawn_entry", models.BigIntegerField(null=True)),
        migrations.RunPython(import_module(NO_STATISTICS).forbid, migrations.RunPython.noop),
    ]
