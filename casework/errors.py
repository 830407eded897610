"""Typed errors: every broken rule is a DomainError with a code, a message for people and a status.

Forms show the message beside the field; DomainErrorMiddleware renders what no form caught.
"""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class DomainError(Exception):
    """A rule of the domain was broken; nothing was written."""

    code = "refused"
    status = 409
    message: StrOrPromise = _("This cannot be done.")

    def __init__(self, message: StrOrPromise = "", *, field: str | None = None) -> None:
        self.message = message or self.message
        self.field = field
        super().__init__(str(self.message))


class RuleBroken(DomainError):
    """What was asked contradicts the record; the message says what to do."""

    code = "rule-broken"


class NotAllowed(DomainError):
    """The case is visible to the person, the act is not theirs."""

    code = "not-allowed"
    status = 403
    message = _("You may read this case, but your role does not allow this.")


class Conflict(DomainError):
    """Somebody else was first."""

    code = "conflict"
    message = _("Somebody else changed this first. Read it again, then decide.")
