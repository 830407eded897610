"""The stages of a file between the inquiry and the court, and which a case is in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    INVESTIGATED = "investigated", _("Not sent yet")
    WAITING = "waiting", _("With the prosecutor")
    RETURNED = "returned", _("Returned, queries open")
    ANSWERED = "answered", _("Answered, not sent again")
    ACCEPTED = "accepted", _("Accepted, not filed in court")
    REFUSED = "refused", _("Nobody to be charged")


MARKS = {
    Stage.INVESTIGATED: "later",
    Stage.WAITING: "half",
    Stage.RETURNED: "cross",
    Stage.ANSWERED: "half",
    Stage.ACCEPTED: "full",
    Stage.REFUSED: "cross",
}
WITH_WHOM = {
    Stage.INVESTIGATED: _("the investigator"),
    Stage.WAITING: _("the prosecutor"),
    Stage.RETURNED: _("the investigator"),
    Stage.ANSWERED: _("the investigator"),
    Stage.ACCEPTED: _("the prosecutor"),
    Stage.REFUSED: _("nobody"),
}
