"""Gives rows of older installations the keys by which equal facts, seals and bills are found."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from casework import identifiers
from kyc.diligence import fact_values
from kyc.ties import matches

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


def find_matches(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Tell the cases that are on record already which of them have the same."""
    load = "consignment__seizure__case"
    for kind, app, name, field, number, case in (
        ("seal", "kyc", "Seal", "number_key", "number", load),
        ("container", "kyc", "Container", "number", "number", load),
        ("bill", "kyc", "BillOfLading", "number_key", "number", load),
        ("file", "evidence", "Attachment", "file__digest", "file__digest", "case"),
    ):
        rows = apps.get_model(app, name).objects.order_by()
        common = rows.values(field).annotate(n=models.Count(case, distinct=True)).filter(n__gt=1)
        keys = [key for key in common.values_list(field, flat=True) if key]
        holders: dict[str, set[int]] = {}
        for key, said, holder in rows.filter(**{f"{field}__in": keys}).values_list(
            field, number, case
        ):
            if matches.is_telling(said):
                holders.setdefault(key, set()).add(holder)
        for key, cases in holders.items():
            _tell(apps.get_model("kyc", "Match"), kind, key, cases)


def _tell(Match: Any, kind: str, key: str, cases: set[int]) -> None:
    if len(cases) > matches.MOST_CASES:
        return
    Match.objects.bulk_create(
        [
            Match(kind=kind, value=key, case_id=told, other_case_id=of)
            for told in sorted(cases)
            for of in sorted(cases - {told})
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("kyc", "0002_know_your_customer")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(fill_numbers, migrations.RunPython.noop),
        migrations.RunPython(find_matches, migrations.RunPython.noop),
    ]
