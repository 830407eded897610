"""Gives the facts of older installations the key by which equal values are found."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

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


class Migration(migrations.Migration):
    dependencies = [("kyc", "0002_know_your_customer")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
