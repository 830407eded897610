"""Searches saved under a name, for one person alone: an address and a name, never an answer.

Not in the audit, for the reason that recent ones are not.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from casework.errors import RuleBroken
from casework.models import User
from search.keeping.kept import MAX_ADDRESS, Kept
from search.models import SavedSearch
from search.params import Params

MOST = 100


def of(person: User) -> list[Kept]:
    rows = SavedSearch.objects.filter(person=person).values_list("pk", "name", "asked")[:MOST]
    return [Kept.read(pk, name, asked) for pk, name, asked in rows]


def save(params: Params, *, name: str, actor: User) -> SavedSearch:
    """Keep a question with its ticks and dates; it is asked anew each time it is opened."""
    asked = params.address(page=1)
    if len(asked) > MAX_ADDRESS:
        raise RuleBroken(_("This is too long to keep. Save it with fewer words or ticks."))
    if not (params.typed or params.is_narrowed):
        raise RuleBroken(_("Ask for something first: a few words, a tick or a date."))
    row = SavedSearch(person=actor, name=name.strip(), asked=asked)
    row.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            if SavedSearch.objects.filter(person=actor).count() >= MOST:
                raise RuleBroken(_("You have 100 saved searches. Delete one first."))
            row.save()
    except IntegrityError as error:
        raise RuleBroken(
            _("You have saved a search under this name. Choose another."), field="name"
        ) from error
    return row


def delete(row: SavedSearch, *, actor: User) -> None:
    """Only one's own: whoever asks for another's finds nothing."""
    SavedSearch.objects.filter(pk=row.pk, person=actor).delete()
