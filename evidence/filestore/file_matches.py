"""The same bytes in two cases, found when a file is attached.

Who may know of it, `kyc.models.Match` says: nobody learns of a sensitive file by its copy.
"""

from functools import partial

from django.db import connection, transaction

from evidence.models import Attachment
from kyc.models import Match
from kyc.ties import matches


def look(attachment: Attachment) -> None:
    """Tell this case and each other that has these bytes: one query by index."""
    again = partial(_look, attachment.case_id, attachment.file.digest)
    again()
    if connection.vendor == "postgresql":  # another case may be attaching them at the same time
        transaction.on_commit(again, robust=True)


def _look(case: int, digest: str) -> None:
    others = Attachment.objects.filter(file__digest=digest).exclude(case=case)
    cases = others.order_by().values_list("case", flat=True).distinct()
    matches.found(Match.Kind.FILE, case, [(digest, other) for other in cases])
