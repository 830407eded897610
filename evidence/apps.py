"""App configuration: the label every foreign key and table name rests on."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = _("Evidence")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework import triggers
        from evidence import checks  # noqa: F401 - registers checks
        from evidence.signing import checks as seal_checks  # noqa: F401
        from evidence.tree import attest_checks, older_rows  # noqa: F401

        post_migrate.connect(triggers.after_migrate, dispatch_uid="append_only_triggers")
        post_migrate.connect(older_rows.after_migrate, sender=self)
