"""App configuration: the label every foreign key and table name rests on."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def load_reference(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """The shipped reference tables come with `migrate`; rows that people edited stay."""
    from casework import reference

    if using == "default":
        reference.load_starter()


def fill_lines(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Charges of before there were lines get theirs; the table may be gone, on the way back."""
    from casework import lines
    from casework.models import ChargeLine

    tables = connections[using].introspection.table_names()
    if using == "default" and ChargeLine._meta.db_table in tables:
        lines.fill()


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Cases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import checks  # noqa: F401  # importing registers them
        from casework.forms.voice import speak_plainly

        speak_plainly()
        post_migrate.connect(load_reference, sender=self)
        post_migrate.connect(fill_lines, sender=self)
