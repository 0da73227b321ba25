"""A small Django program over an encrypted database; prints what it saw as JSON. Run by test_sqlcipher_django."""

import datetime
import decimal
import json
import sys
import threading
from pathlib import Path

import django
from django.conf import settings

path = Path(sys.argv[1])
settings.configure(
    USE_TZ=True,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
    DATABASES={
        "default": {"ENGINE": "onrecord.store.sqlcipher", "NAME": path},
        "impatient": {"ENGINE": "onrecord.store.sqlcipher", "NAME": path, "OPTIONS": {"timeout": 0.1}},
        "memory": {"ENGINE": "onrecord.store.sqlcipher", "NAME": ":memory:"},
    },
)
django.setup()

from django.contrib.auth.models import Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, IntegrityError, connection, connections, models, transaction  # noqa: E402

from onrecord.store.sqlcipher import keys  # noqa: E402
from onrecord.store.sqlcipher.keys import DatabaseLocked  # noqa: E402


class Thing(models.Model):
    moment = models.DateTimeField()
    day = models.DateField()
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    is_true = models.BooleanField()
    record = models.JSONField()

    class Meta:
        app_label = "auth"


def name_of(error: type[Exception], do) -> str:
    try:
        do()
    except error as raised:
        return type(raised).__name__
    return "nothing was raised"


saw: dict[str, object] = {"without a key": name_of(DatabaseLocked, connection.ensure_connection)}
saw["a file appeared without a key"] = path.exists()

keys.hold(path, bytes(range(32)))
call_command("migrate", verbosity=0)
with connection.schema_editor() as editor:
    editor.create_model(Thing)
Group.objects.bulk_create(Group(name=f"Група вигадана {number}") for number in range(5000))
saw["cyrillic, any case"] = Group.objects.filter(name__iregex="група ВИГАДАНА 499$").count()
saw["literal percent"] = Group.objects.filter(name__contains="%").count()
saw["taken name"] = name_of(IntegrityError, lambda: Group.objects.create(name="Група вигадана 1"))

thing = Thing.objects.create(
    moment=datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC),
    day=datetime.date(2026, 3, 1),
    amount=decimal.Decimal("1234.50"),
    is_true=True,
    record={"who": ["вигаданий"]},
)
read = Thing.objects.get(record__who__0="вигаданий")
saw["values come back"] = all(
    getattr(read, field) == getattr(thing, field) for field in ("moment", "day", "amount", "is_true", "record")
)

with connection.cursor() as cursor:
    cursor.execute("SELECT %(a)s || '%%' || %(b)s", {"a": "x", "b": "y"})
    saw["named values"] = cursor.fetchone()[0]
    cursor.executemany("UPDATE auth_group SET name = %s WHERE id = %s", iter([("нова", 1), ("нова друга", 2)]))
    cursor.executemany("UPDATE auth_group SET name = %s WHERE id = %s", [])
saw["many rows"] = Group.objects.filter(name__startswith="нова").count()

# Nothing is written here: only a transaction that takes the lock when it begins keeps the other one out.
with transaction.atomic(), connections["impatient"].cursor() as other:
    saw["second writer"] = name_of(DatabaseError, lambda: other.execute("DELETE FROM auth_group"))


def write_many(group: str) -> None:
    for number in range(25):
        with transaction.atomic():
            Group.objects.filter(name=f"{group} {number}").exists()
            Group.objects.create(name=f"{group} {number}")
    connection.close()


writers = [threading.Thread(target=write_many, args=(group,)) for group in ("ліва", "права")]
for writer in writers:
    writer.start()
for writer in writers:
    writer.join()
saw["rows of two writers at once"] = Group.objects.filter(name__regex="^(ліва|права)").count()

call_command("migrate", database="memory", verbosity=0)
Group.objects.using("memory").create(name="у пам'яті")
saw["in memory"] = Group.objects.using("memory").count()

connection.close()
keys.forget(path)
saw["after forgetting"] = name_of(DatabaseLocked, connection.ensure_connection)
print(json.dumps(saw))
