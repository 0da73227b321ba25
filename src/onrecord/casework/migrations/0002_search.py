"""Create the search index beside the drawn tables."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from onrecord.casework.search import create_tables


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    create_tables(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_schema")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
