"""Whatever changes a document names it: found by changing every row that there is, and looking."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from casework import people, reference
from casework.models import (
    Code,
    Court,
    Element,
    Goods,
    Indicator,
    Laboratory,
    Provision,
    User,
)
from casework.models.append_only import AppendOnlyModel
from kyc import parties
from kyc.models import Watchlist
from search import changes, documents, loading, sync
from search.documents.context import contexts
from search.engines import Key
from search.scope import IN_WORDS, WHOLE_CASE
from tests.search.conftest import Find, Story
from tests.search.whole_story import Whole

OURS = ("casework", "evidence", "kyc")
TEXT = (models.CharField, models.TextField)
FOR_LIFE = {("Proceeding", "number")}  # no operation gives a court's file another number


def rows() -> Iterator[models.Model]:
    """The first and the last row of every table that may change."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS or model.__name__.startswith("Historical"):
            continue
        if issubclass(model, AppendOnlyModel):
            continue
        found = model._base_manager.order_by("pk")
        yield from dict.fromkeys(row for row in (found.first(), found.last()) if row is not None)


def changed_values(row: models.Model) -> dict[str, Any]:
    """Another value for each field that holds words, a choice, or yes and no."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        is_for_life = (type(row).__name__, field.name) in FOR_LIFE
        if field.primary_key or field.is_relation or is_for_life:
            continue
        if field.choices:
            others = [key for key, _ in field.flatchoices if key != value]
            values.update({field.attname: others[0]} if others else {})
        elif isinstance(field, models.BooleanField):
            values[field.attname] = not value
        elif isinstance(field, TEXT) and not isinstance(field, models.JSONField):
            values[field.attname] = f"{value}q"[-(field.max_length or 1000) :]
    return values


def state() -> dict[Key, int]:
    return {document.key: document.digest for document in loading.everything({})}


def named(row: models.Model) -> set[Key]:
    """The documents that the outbox would bring up to date."""
    keys: set[Key] = set()
    for told, pk in changes.affected(row):
        kind = told.removesuffix(IN_WORDS)
        keys |= set(documents.keys_of_cases([pk])) if kind == WHOLE_CASE else {Key(kind, pk)}
    return keys


def forced(row: models.Model, values: dict[str, Any]) -> bool:
    """Written past the model's own rules; whether the database took it."""
    try:
        with transaction.atomic():
            models.QuerySet(type(row)).filter(pk=row.pk).update(**values)
    except IntegrityError:
        return False
    return True


def differing(before: dict[Key, int], after: dict[Key, int]) -> set[Key]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def test_a_row_that_changes_a_document_names_it(whole: Whole) -> None:
    before, unnamed = state(), {}
    for row in rows():
        for values in _in_turn(row, changed_values(row)):
            told = named(row)
            with transaction.atomic():
                if not forced(row, values):
                    continue
                row.refresh_from_db()
                told |= named(row)
                if missing := differing(before, state()) - told:
                    unnamed[type(row).__name__, *values] = missing
                transaction.set_rollback(True)
            row.refresh_from_db()
    assert unnamed == {}


def _in_turn(row: models.Model, values: dict[str, Any]) -> list[dict[str, Any]]:
    """All at once where the database allows it, else one after the other."""
    with transaction.atomic():
        is_taken = forced(row, values) if values else True
        transaction.set_rollback(True)
    return [values] if is_taken else [{name: value} for name, value in values.items()]


def test_renamed_reference_rows_leave_no_drift(whole: Whole, tmp_path: Path, manager: User) -> None:
    """By the pages of the tables, by a file, by the pages of people."""
    sync.rebuild()
    for model in (Court, Code, Laboratory, Indicator, Element, Provision, Watchlist, Goods):
        for row in model._base_manager.all()[:400]:
            field = (
                "label" if hasattr(row, "label") else "name" if hasattr(row, "name") else "title"
            )
            setattr(row, field, f"{getattr(row, field)} anew"[-100:])
            row.save()
    for kind, old, new in (
        ("ports", "Mombasa", "Kilindini"),
        ("taxa", "African elephant", "Tembo"),
    ):
        table = (reference.STARTER / f"{kind}.csv").read_text().replace(old, new)
        (tmp_path / "table.csv").write_text(table)
        reference.load(kind, tmp_path / "table.csv")
    people.change_agency(whole.case.agency, name="Renamed Service", actor=manager)
    people.change_person(whole.case.lead_officer, name="Renamed Officer", actor=manager)
    assert any(sync.drift().values())
    sync.catch_up()
    assert not any(sync.drift().values())
    values = contexts({whole.case.pk})[whole.case.pk].values
    assert {"Kilindini", "Tembo", "Renamed Service"} <= {
        v for some in values.values() for v in some
    }


def test_a_part_that_is_withdrawn_hides_what_its_case_says_of_the_party(
    whole: Whole, story: Story, investigator: User, custodian: User, find: Find
) -> None:
    """Facts of the case are then for readers of the register alone."""
    sync.rebuild()
    assert find(custodian, "godown")
    parties.withdraw(story.involvement, reason="Another firm", actor=investigator)
    assert find(custodian, "godown") == set()
    sync.catch_up()
    assert find(custodian, "godown") == set()
    assert find(investigator, "godown")
    assert not any(sync.drift().values())
