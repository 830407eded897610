"""What was decided on each line of charges, added up for the figures: nothing is recorded here."""

from django.db import models

from casework.models.case import Case
from casework.models.court import Accused, Charge, Proceeding


class ChargeLine(models.Model):
    """A charge and those that stand in its place, as their decisions stand with all that is known.

    Made anew with each filing, plea, decision and sentence (lines.py). It answers a question only
    where nothing of it was recorded or happened later than is asked; the record itself does else.
    """

    charge = models.OneToOneField(  # the first of the line
        Charge, on_delete=models.PROTECT, primary_key=True, related_name="line"
    )
    accused = models.ForeignKey(Accused, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    proceeding = models.ForeignKey(  # where the first of the line was filed
        Proceeding, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    filed_on = models.DateField()
    decided_on = models.DateField(null=True)
    last_decided_on = models.DateField(null=True)
    first_rank = models.PositiveSmallIntegerField()  # statistics/units.py
    last_rank = models.PositiveSmallIntegerField()
    is_appealed = models.BooleanField()
    pleaded_on = models.DateField(null=True)
    sentenced = models.BigIntegerField(null=True)  # the key of the last outcome with a sentence
    broken = models.BigIntegerField()  # the key of the last outcome that is no conviction
    newest = models.DateTimeField()  # when the last of all this was recorded
    latest = models.DateField()  # and the last day on which something of it happened

    class Meta:
        indexes = [  # in the order in which units are made of lines, and without the rows
            models.Index(
                fields=[
                    first, second, "filed_on", "latest", "newest", "decided_on",
                    "last_decided_on", "first_rank", "last_rank", "is_appealed", "pleaded_on",
                    "charge", "proceeding",
                ],
                name=f"line_of_{first}",
            )
            for first, second in (("accused", "case"), ("case", "accused"))
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"line of {self.charge}"
