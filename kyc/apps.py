"""App configuration: the label every foreign key and table name rests on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KycConfig(AppConfig):
    name = "kyc"
    verbose_name = _("Know your customer")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.signals import changed
        from kyc import tasks

        changed.connect(tasks.note, dispatch_uid="screening")
