"""The last issued disclosure of a case, with which the next one begins."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from casework.models import Case, User
from evidence.disclosure import disclosures
from evidence.disclosure.disclosures import Asked
from evidence.models import DisclosureItem, Dossier


@dataclass(frozen=True)
class Last:
    dossier: Dossier
    issued_at: datetime
    keys: Collection[str]  # of everything that it decided
    asked: Asked


def of(case: Case, user: User) -> Last | None:
    rows = Dossier.objects.visible_to(user).filter(
        case=case, is_disclosure=True, state=Dossier.State.ISSUED
    )
    found = rows.order_by("-number").first()
    if found is None or found.issued_at is None:
        return None
    keys = DisclosureItem.objects.visible_to(user).filter(dossier=found)
    kept = disclosures.asked_of(found)
    asked = Asked(
        accused=tuple(kept.get("accused", ())), to=kept.get("to", ""),
        words=tuple(kept.get("words", ())),
    )  # fmt: skip
    return Last(found, found.issued_at, frozenset(keys.values_list("key", flat=True)), asked)
