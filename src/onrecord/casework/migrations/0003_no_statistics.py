"""Keep the words of letters and claims out of PostgreSQL's statistics, where an erasure would not reach them."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from onrecord.casework.models.drawn import drawn_tables

# Raw SQL: the ORM knows no statistics. The columns are ours, not a stranger's.
WITHOUT = "ALTER TABLE {table} ALTER {column} SET STATISTICS 0"


def forbid(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    quote = editor.quote_name
    drawn = {table._meta.db_table for table in drawn_tables()}
    # The tables as they were at this step: some that are drawn today came later.
    for table in apps.get_app_config("casework").get_models():
        if table._meta.db_table not in drawn:
            continue
        for field in table._meta.local_concrete_fields:
            if isinstance(field, models.TextField | models.JSONField):
                editor.execute(WITHOUT.format(table=quote(table._meta.db_table), column=quote(field.column or "")))


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_search")]
    operations = [migrations.RunPython(forbid, migrations.RunPython.noop)]
