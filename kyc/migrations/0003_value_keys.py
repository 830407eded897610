"""Gives rows of older installations the keys by which equal facts, seals and bills are found."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from casework import identifiers
from kyc import fact_values

BATCH = 1000


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    Fact = apps.get_model("kyc", "Fact")
    waiting = []
    for fact in Fact.objects.select_related("kind").exclude(value="").iterator(BATCH):
        fact.value_key = fact_values.key(fact.kind.code, fact.value)
        waiting.append(fact)
        if len(waiting) == BATCH:
            Fact.objects.bulk_update(waiting, ["value_key"])
            waiting = []
    Fact.objects.bulk_update(waiting, ["value_key"])


def fill_numbers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Seals as they read alike; bills without their dashes."""
    for name, key in (("Seal", identifiers.alike), ("BillOfLading", identifiers.squeeze)):
        rows = apps.get_model("kyc", name).objects
        waiting = []
        for row in rows.only("number", "number_key").iterator(BATCH):
            row.number_key = key(row.number)
            waiting.append(row)
        rows.bulk_update(waiting, ["number_key"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("kyc", "0002_know_your_customer")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(fill_numbers, migrations.RunPython.noop),
    ]
