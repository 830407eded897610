"""Search follows what changes: the one place where it is tied to the other apps."""

from django.apps import AppConfig
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.models import CaseGroupGrant, CaseUserGrant
        from casework.signals import changed
        from search import (
            checks,  # noqa: F401 - registers checks
            dependents,
            sync,
        )
        from search.reading import checks as _checks  # noqa: F401 - registers a check
        from search.reading import keeping

        changed.connect(sync.note, dispatch_uid="search")
        changed.connect(keeping.note, dispatch_uid="search.reading")
        # A grant must reach the outbox in its own transaction whoever writes it: until the index
        # has seen it, the case's tokens are not trusted. The others have no operation that tells.
        followed: tuple[type[Model], ...] = (CaseUserGrant, CaseGroupGrant, *dependents.FOLLOWED)
        for model in followed:
            for signal in (post_save, post_delete):
                signal.connect(sync.note, sender=model, dispatch_uid=f"search.{model.__name__}")
