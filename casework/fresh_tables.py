"""For an empty database: the tables of today at once, in place of every step since the first.

The steps are for installations that have data; a test holds what both ways make against each other.
"""

from django.apps import apps
from django.db import models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def make(connection: BaseDatabaseWrapper) -> int:
    """Make every table and record all migrations as done, in one transaction; how many tables.

    Nothing where a table exists, or where an app does without migrations, as tests do.
    """
    if connection.introspection.table_names():
        return 0
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    if loader.unmigrated_apps & {model._meta.app_label for model in _models(connection)}:
        return 0
    made = _models(connection)
    recorder = MigrationRecorder(connection)
    own: type[models.Model] = recorder.Migration
    with connection.schema_editor() as editor:
        for model in [own, *made]:
            editor.create_model(model)
        for app, name in sorted(loader.disk_migrations):
            recorder.migration_qs.create(app=app, name=name)
    return len(made)


def _models(connection: BaseDatabaseWrapper) -> list[type[models.Model]]:
    return [
        model
        for app in apps.get_app_configs()
        for model in router.get_migratable_models(app, connection.alias)
        if model._meta.can_migrate(connection)
    ]
