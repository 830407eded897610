"""What a draft begins with: the accused in a row, and what the record already says for a count."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casework import access, display, proceedings, roles, stages
from casework.errors import RuleBroken
from casework.models import Accused, Case, ChargeSheet, Count, SeizedItem, User


@transaction.atomic
def add_several(
    case: Case, *, parties: Iterable[Any], names: Iterable[str], actor: User
) -> list[Accused]:
    """The parties chosen, then the names typed, as the next of A1, A2, ...; nobody twice."""
    access.require(actor, case, roles.PROSECUTE)
    stages.lock(case)
    known = set(case.accused.values_list("name", flat=True))
    typed = [name.strip() for name in names]
    fresh = [name for name in dict.fromkeys(typed) if name and name not in known]
    chosen = list(parties)
    if not (chosen or fresh):
        raise RuleBroken(
            _("Choose a party, or write a name that is not on the list yet."), field="names"
        )
    added = [proceedings.add_accused(case, party=party, actor=actor) for party in chosen]
    return added + [proceedings.add_accused(case, name=name, actor=actor) for name in fresh]


def first_values(case: Case, sheet: ChargeSheet) -> dict[str, Any]:
    """What a new count begins with: the days and accused of the count before it; of the first one
    all accused, and what the seizure says."""
    last: Count | None = sheet.counts.order_by("number").last()
    if last is None:
        return {"accused": list(case.accused.all()), "particulars": particulars(case)}
    return {
        "offence_on": last.offence_on,
        "offence_until": last.offence_until,
        "particulars": last.particulars,
        "taxon": last.taxon,
        "accused": [charge.accused_id for charge in last.charges.all()],
    }


def particulars(case: Case) -> str:
    """Day, place and things of the seizures, for the prosecutor to finish."""
    rows = case.seizures.prefetch_related("items__taxon", "items__specimen", "items__unit")
    return "\n".join(_of_seizure(row) for row in rows.order_by("seized_at"))


def _of_seizure(seizure: Any) -> str:
    things = "; ".join(filter(None, (_thing(item) for item in seizure.items.all())))
    said = {"day": display.day(seizure.seized_at), "place": seizure.place, "things": things}
    where = say("On %(day)s at %(place)s") if seizure.place else say("On %(day)s")
    return (where + ": %(things)s." if things else where + ".") % said


def _thing(item: SeizedItem) -> str:
    """`24 raw tusks (Loxodonta africana), 206.85 kg`, as far as it is recorded."""
    what = str(item.specimen or item.description or "")
    species = item.taxon.scientific_name if item.taxon else item.taxon_as_given
    named = f"{what} ({species})" if what and species else what or species
    counted = " ".join(filter(None, [f"{item.count:,}" if item.count else "", named]))
    weight = display.weight(item.weight_mg) if item.weight_mg else ""
    return ", ".join(filter(None, [counted, weight]))
