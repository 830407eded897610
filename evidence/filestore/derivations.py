"""What a file was made of: working copies, redactions, transcripts name their original.

The original stays as it is; that something was made of it is only said beside it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework import access, roles
from casework.errors import NotAllowed, RuleBroken
from casework.models import User
from evidence.filestore import origins
from evidence.models import Attachment, Derivation


def derive(
    attachment: Attachment,
    *,
    original: Attachment,
    kind: str,
    person: str,
    actor: User,
    how: str = "",
    made_at: datetime | None = None,
    right: str = roles.EXHIBIT,
) -> Derivation:
    """State that the file was made of another one of the case; said anew, the newest stands.

    `right` is what the actor needs on the case: what makes a copy states what it was made of.
    """
    access.require(actor, attachment.case, right)
    origins.refuse_future(made_at, "made_at")
    if original.case_id != attachment.case_id:
        raise RuleBroken(_("The original belongs to another case."), field="original")
    if original.pk == attachment.pk:
        raise RuleBroken(_("A file is not made of itself."), field="original")
    with transaction.atomic():
        origins.lock(attachment)
        stands = origin(attachment)
        if stands is not None and not is_known_to(actor, stands):
            raise NotAllowed(_("It is stated already, of a file that you may not see."))
        if attachment.pk in _ancestors(original):
            message = _("That file was itself made of this one. Only one can be the original.")
            raise RuleBroken(message, field="original")
        row = Derivation(
            attachment=attachment, original=original, kind=kind, person=person, how=how,
            made_at=made_at, supersedes=stands, recorded_by=actor,
        )  # fmt: skip
        return origins.append(row, "file.derive", actor)


def origin(attachment: Attachment) -> Derivation | None:
    """What the file was made of, as it stands now."""
    rows = (
        Derivation.objects.filter(attachment=attachment)
        .standing()
        .select_related("original__case", "original__file")
    )
    found: Derivation | None = rows.order_by("-pk").first()
    return found


def is_known_to(user: User, derivation: Derivation) -> bool:
    """Whether the reader may know of the original: who made what of it is as hidden as it is."""
    seen = Attachment.objects.visible_to(user).filter(pk=derivation.original_id)
    return bool(seen.exists())


def _ancestors(attachment: Attachment) -> set[int]:
    """What a file was made of, and that in turn."""
    found: set[int] = set()
    step = origin(attachment)
    while step is not None and step.original_id not in found:
        found.add(step.original_id)
        step = origin(step.original)
    return found
